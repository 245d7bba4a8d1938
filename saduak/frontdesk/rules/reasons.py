"""Why somebody was called before me, with the real reasons and numbers (เหตุที่เรียกคิวอื่นก่อน).

Everything is told as it stood at the moment of the call. `presenters` word the codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from saduak.frontdesk.rules.order import Caller, Entry, Standing, Waiting, in_minutes, place, score, standing


class Why(StrEnum):
    """One reason. Those of the first group decide alone; those of the second add up to the higher score."""

    OUT_OF_ORDER = "out_of_order"  # The officer chose, and gave a reason.
    NOT_YET_HERE = "not_yet_here"  # Mine did not exist yet.
    MY_HOLD_OFF = "my_hold_off"  # Mine had come back after a missed call and was held off.
    MY_TIME_TO_COME = "my_time_to_come"  # Mine was booked for later.
    OTHER_COUNTER = "other_counter"  # Mine had been sent to another counter.
    OTHER_SERVICE = "other_service"  # That counter does not do my service.

    WAITED_LONGER = "waited_longer"  # The other's waiting counts from earlier.
    BOOKED = "booked"  # … because it counts from the booked time.
    TRANSFERRED = "transferred"  # … because a transferred visitor keeps the first arrival.
    RETURNED = "returned"  # … because a visitor who comes back keeps the first arrival.
    MY_LATENESS = "my_lateness"  # … and mine came too late for its booked time.
    HIGHER_B = "higher_b"  # A minute of the other's waiting counts more.
    CREDIT = "credit"  # The other began with more.
    EARLIER_TICKET = "earlier_ticket"  # The same score; the lower ticket goes first.

    AGAINST_THE_ORDER = "against_the_order"  # Nothing above explains it; the supervisor should look.


@dataclass(frozen=True, slots=True)
class Facts:
    """One ticket at the moment of the call: minutes it had waited, what a minute counts, credit, score in minutes."""

    arrived: int
    waited: Decimal
    b: Decimal
    credit: int
    score: Decimal


@dataclass(frozen=True, slots=True)
class Answer:
    """Why the other ticket was called before mine. `note` is the officer's reason for a call out of order."""

    called_at: int
    reasons: tuple[Why, ...]
    mine: Facts
    other: Facts
    note: str = ""


def why_before(
    mine: Waiting,
    other: Waiting,
    called_at: int,
    *,
    caller: Caller | None = None,
    came: int | None = None,
    out_of_order: str = "",
) -> Answer:
    """Why `other` was called at `called_at` while `mine` was not.

    Both tickets as they stood then. `caller` is the counter that called, if known; `came` is when I was really there
    (if not given, when my waiting began to count, or in time for my booking); `out_of_order` is the reason that the
    officer gave, empty for *next*.
    """
    if came is None:
        came = min(mine.arrived, called_at) if mine.entry is Entry.BOOKED else mine.arrived
    return Answer(
        called_at,
        _decisive(mine, called_at, caller, came, out_of_order)
        or tuple(_of_the_score(mine, other, called_at))
        or (Why.AGAINST_THE_ORDER,),
        _facts(mine, called_at),
        _facts(other, called_at),
        out_of_order,
    )


def _decisive(mine: Waiting, at: int, caller: Caller | None, came: int, out_of_order: str) -> tuple[Why, ...]:
    if out_of_order:
        return (Why.OUT_OF_ORDER,)
    if came > at:
        return (Why.NOT_YET_HERE,)
    if caller and not caller.can_call(mine):
        return (Why.OTHER_COUNTER if mine.counter else Why.OTHER_SERVICE,)
    stands = standing(mine, at)
    if stands is Standing.HELD_OFF:
        return (Why.MY_HOLD_OFF,)
    return (Why.MY_TIME_TO_COME,) if stands is Standing.EARLY else ()


def _of_the_score(mine: Waiting, other: Waiting, at: int) -> Iterator[Why]:
    if place(other, at) > place(mine, at):
        return
    if other.arrived < mine.arrived:
        yield Why.WAITED_LONGER
        if other.entry is Entry.BOOKED:
            yield Why.BOOKED
        if other.transferred:
            yield Why.TRANSFERRED
        if other.returned:
            yield Why.RETURNED
        if mine.entry is Entry.LATE:
            yield Why.MY_LATENESS
    if other.priority.b > mine.priority.b and at > other.arrived:
        yield Why.HIGHER_B
    if other.priority.credit > mine.priority.credit:
        yield Why.CREDIT
    if score(other, at) == score(mine, at):
        yield Why.EARLIER_TICKET


def _facts(ticket: Waiting, at: int) -> Facts:
    waited = in_minutes((at - ticket.arrived) * 100)
    return Facts(ticket.arrived, waited, ticket.priority.b, ticket.priority.credit, in_minutes(score(ticket, at)))
