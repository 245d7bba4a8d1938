"""Who is called next: accumulating priority (ลำดับการเรียกคิว).

score = b × (now − arrived) + credit. With b = 3 a minute of waiting counts as three, so priority visitors pass others
sooner the longer they wait, and nobody is passed for ever. The longest wait allowed is an alarm to open a counter and
never a part of the order: in overload a limit would call everybody by arrival and cancel the priority lane.

Moments are whole milliseconds since 1 January 1970 UTC, b is in hundredths: everything is integers, so that a server,
a console without signal and a report next year find the same order. Source of the rule: L. Kleinrock, A delay
dependent queue discipline, Naval Research Logistics Quarterly 11 (1964).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

ONE_MINUTE = 60_000
"""Milliseconds."""

PRIORITY_B = Decimal(3)
"""b of elderly, disabled and pregnant visitors, monks, and people with small children: this platform's default."""

HUNDREDTHS = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    """A moment with its time zone as whole milliseconds since 1970, cut off; ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment(ms: int) -> datetime:
    """The moment of so many milliseconds since 1970, in UTC."""
    return _EPOCH + timedelta(milliseconds=ms)


@dataclass(frozen=True, slots=True)
class Priority:
    """A class of visitors (กลุ่มผู้รับบริการ): what a minute of its waiting counts, and what it begins with.

    `b` has at most two decimals and is above zero; `credit` is in minutes of ordinary waiting, not below zero.
    """

    key: str
    b: Decimal = Decimal(1)
    credit: int = 0

    def __post_init__(self) -> None:
        if self.b <= 0 or self.b * HUNDREDTHS % 1:
            raise ValueError(f"b must be above zero with at most two decimals, not {self.b}")
        if self.credit < 0:
            raise ValueError(f"credit must not be below zero, not {self.credit}")

    @property
    def slope(self) -> int:
        """b in hundredths."""
        return int(self.b * HUNDREDTHS)

    @property
    def start(self) -> int:
        """The credit as a score."""
        return self.credit * ONE_MINUTE * HUNDREDTHS


ORDINARY = Priority("ordinary")


class Entry(StrEnum):
    """How a visitor came into the queue (การเข้าคิว)."""

    WALK_IN = "walk_in"
    BOOKED = "booked"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One ticket that waits (ผู้รอรับบริการ).

    `arrived` is when its waiting began to count (see `rules.arrivals`). Before `not_before` nobody may call it.
    `counter` is the only counter that may, after a transfer to one; empty is any that can do the service.
    """

    key: str
    sequence: int
    arrived: int
    service: str
    priority: Priority = ORDINARY
    not_before: int = 0
    counter: str = ""
    entry: Entry = Entry.WALK_IN
    transferred: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """A counter that calls (ช่องบริการ): its key, and the keys of the services that it can do now."""

    key: str
    skills: frozenset[str]

    def can_call(self, ticket: Waiting) -> bool:
        """Whether this ticket may be called here: sent to this counter, or to none and of a service done here."""
        return ticket.counter == self.key if ticket.counter else ticket.service in self.skills


def score(ticket: Waiting, now: int) -> int:
    """What the ticket has gathered, in hundredths of a millisecond of ordinary waiting; below zero before its time."""
    return ticket.priority.slope * (now - ticket.arrived) + ticket.priority.start


def in_minutes(points: int) -> Decimal:
    """A score as minutes of ordinary waiting, to a tenth."""
    return (Decimal(points) / (ONE_MINUTE * HUNDREDTHS)).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


class Standing(StrEnum):
    """Where a ticket stands: ready to be called, before its appointment, or held off for a while."""

    READY = "ready"
    EARLY = "early"
    HELD_OFF = "held_off"


def standing(ticket: Waiting, now: int) -> Standing:
    """Held off before `not_before`, early before its booked time, else ready."""
    if now < ticket.not_before:
        return Standing.HELD_OFF
    return Standing.EARLY if now < ticket.arrived else Standing.READY


def place(ticket: Waiting, now: int) -> tuple[int, int, int, str]:
    """What tickets are sorted by: the smallest is next.

    Who is ready comes by score; then who has come before a booked time, by that time; then who is held off, by when
    that ends. Ties go by the ticket's sequence.
    """
    stands = standing(ticket, now)
    if stands is Standing.READY:
        return 0, -score(ticket, now), ticket.sequence, ticket.key
    if stands is Standing.EARLY:
        return 1, ticket.arrived, ticket.sequence, ticket.key
    return 2, ticket.not_before, ticket.sequence, ticket.key


def in_order(waiting: Iterable[Waiting], now: int) -> list[Waiting]:
    """All that wait, as they would be called if nobody else came and time stood still."""
    return sorted(waiting, key=lambda ticket: place(ticket, now))


def next_of(waiting: Iterable[Waiting], now: int, caller: Caller) -> Waiting | None:
    """Whom this counter calls now, or None. A visitor before the booked time is called when nobody else can be."""
    free = [one for one in waiting if now >= one.not_before and caller.can_call(one)]
    return min(free, key=lambda ticket: place(ticket, now), default=None)


def ahead_of(ticket: Waiting, waiting: Sequence[Waiting], now: int) -> int:
    """How many tickets would be called before this one if time stood still."""
    mine = place(ticket, now)
    return sum(place(other, now) < mine for other in waiting)


def waits_too_long(ticket: Waiting, now: int, limit_minutes: int) -> bool:
    """Whether a supervisor is to be alarmed. It never changes the order."""
    return now - ticket.arrived > limit_minutes * ONE_MINUTE
