"""Waiting people for tests and for Hypothesis: moments are minutes after nine o'clock on one day."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from saduak.frontdesk.rules.order import ONE_MINUTE, ORDINARY, Caller, Priority, Waiting

NINE = 1_795_140_000_000  # 20 November 2026, 9:00 in Bangkok.
ELDERLY = Priority("elderly", Decimal(3))
CREDITED = Priority("pregnant", Decimal("1.5"), credit=20)
SERVICES = ("jobs", "benefits", "permits")
EVERYWHERE = Caller("1", frozenset(SERVICES))


def at(minutes: float) -> int:
    """So many minutes after nine."""
    return NINE + int(minutes * ONE_MINUTE)


def ticket(sequence: int, arrived: float = 0, priority: Priority = ORDINARY, **of_ticket) -> Waiting:
    """A ticket that waits since so many minutes after nine."""
    of_ticket.setdefault("service", "jobs")
    if "not_before" in of_ticket:
        of_ticket["not_before"] = at(of_ticket["not_before"])
    return Waiting(f"T{sequence:03d}", sequence, at(arrived), priority=priority, **of_ticket)


moments = st.integers(0, 90).map(at)
classes = st.sampled_from([ORDINARY, ELDERLY, CREDITED])
callers = st.builds(
    Caller, key=st.sampled_from(["1", "2"]), skills=st.frozensets(st.sampled_from(SERVICES), min_size=1)
)
tickets = st.builds(
    Waiting,
    key=st.just(""),
    sequence=st.integers(1, 5),
    arrived=moments,
    service=st.sampled_from(SERVICES),
    priority=classes,
    not_before=st.just(0) | moments,
    counter=st.sampled_from(["", "", "", "1", "2"]),
)


@st.composite
def queues(draw, max_size: int = 9):
    """Some that wait, each under a key of its own; sequences may be equal, as after a transfer from another centre."""
    some = draw(st.lists(tickets, max_size=max_size))
    return [replace(one, key=f"k{number}") for number, one in enumerate(some)]
