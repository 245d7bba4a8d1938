"""Which slots a day has, when they can be booked, and what coming early or late means: plain arithmetic.

All clock times are those of the centre (Asia/Bangkok); moments are aware.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class PlanLine:
    """One line of a plan: on these weekdays (Monday is 1), every `minutes` from `opens` to `closes`, so many places."""

    weekdays: frozenset[int]
    opens: time
    closes: time
    minutes: int
    places: int


@dataclass(frozen=True, order=True)
class PlannedSlot:
    """A span of a day for which `places` people may come with an appointment."""

    opens: time
    closes: time
    places: int


@dataclass(frozen=True)
class Window:
    """Between which moments slots may begin that can be booked at a moment."""

    earliest: datetime
    last_day: date

    def holds(self, begins_at: datetime, day: date) -> bool:
        """Whether a slot that begins then, on that day, can be booked."""
        return begins_at >= self.earliest and day <= self.last_day


class Coming(StrEnum):
    """How somebody with an appointment comes."""

    EARLY = "early"
    IN_TIME = "in_time"
    LATE = "late"


def slots_of_day(lines: Iterable[PlanLine], day: date, spans: Sequence[tuple[time, time]]) -> list[PlannedSlot]:
    """The slots of a day in order, of those that lie wholly in a span of opening: none on a closed day or over midday.

    Where two lines give a slot for the same beginning, the first counts.
    """
    found: dict[time, PlannedSlot] = {}
    for line in lines:
        if day.isoweekday() in line.weekdays:
            for slot in _slots(line):
                if any(opens <= slot.opens and slot.closes <= closes for opens, closes in spans):
                    found.setdefault(slot.opens, slot)
    return sorted(found.values())


def window(now: datetime, today: date, *, notice_minutes: int, days_ahead: int) -> Window:
    """What can be booked now: from `notice_minutes` on, until so many days ahead."""
    return Window(now + timedelta(minutes=notice_minutes), today + timedelta(days=days_ahead))


def coming(begins_at: datetime, now: datetime, *, early_minutes: int, grace_minutes: int) -> Coming:
    """Whether coming now is too early for the appointment, in time, or so late that the slot is lost."""
    if now < begins_at - timedelta(minutes=early_minutes):
        return Coming.EARLY
    return Coming.IN_TIME if now <= begins_at + timedelta(minutes=grace_minutes) else Coming.LATE


def overlapping(lines: Sequence[PlanLine]) -> bool:
    """Whether two lines of one group share a weekday and a time."""
    return any(
        one.weekdays & other.weekdays and one.opens < other.closes and other.opens < one.closes
        for number, one in enumerate(lines)
        for other in lines[number + 1 :]
    )


def places_by_capacity(counters: int, minutes: int, expected_minutes: float, share: float = 0.5) -> int:
    """How many may come in a slot so that appointments take at most that share of the counters' time; at least one."""
    return max(1, int(counters * minutes * share / max(expected_minutes, 1)))


def _slots(line: PlanLine) -> Iterator[PlannedSlot]:
    begins, ends = _minute(line.opens), _minute(line.closes)
    while begins + line.minutes <= ends:
        yield PlannedSlot(_clock(begins), _clock(begins + line.minutes), line.places)
        begins += line.minutes


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
