"""When a ticket may be taken, and until when a missed one lives (เงื่อนไขการออกบัตรคิว).

Moments are of one time zone; a day's spans come from the desk's hours and the office calendar.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Refusal(StrEnum):
    """Why no ticket is given out (เหตุที่ไม่ออกบัตรคิว)."""

    HOLIDAY = "holiday"
    CLOSED_TODAY = "closed_today"
    STOPPED = "stopped"
    BEFORE_HOURS = "before_hours"
    MIDDAY = "midday"
    AFTER_HOURS = "after_hours"
    LIMIT_OF_DESK = "limit_of_desk"
    LIMIT_OF_SERVICE = "limit_of_service"
    WOULD_END_TOO_LATE = "would_end_too_late"


@dataclass(frozen=True, slots=True)
class Reason:
    """One refusal with its number: `at` is when tickets are given again, or the expected end; `limit` is the number."""

    refusal: Refusal
    at: datetime | None = None
    limit: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """One day of a desk: the spans in which it serves, in order, or none; and the holiday's name if it is one.

    `stopped` is the reason why somebody stopped giving out tickets today. Tickets are given out `come_early` before
    each span, so that whoever comes at dawn has a place in the queue and not only in front of the door.
    """

    spans: Sequence[tuple[datetime, datetime]]
    holiday: str = ""
    stopped: str = ""
    come_early: timedelta = timedelta(0)

    @property
    def closes_at(self) -> datetime | None:
        """The end of the last span; None on a day without hours."""
        return self.spans[-1][1] if self.spans else None


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tickets have been given out today, and how many may be; None is no limit."""

    given: int = 0
    most: int | None = None

    @property
    def is_reached(self) -> bool:
        """Whether there is a limit and it is used up."""
        return self.most is not None and self.given >= self.most


def may_issue(
    now: datetime,
    hours: Hours,
    *,
    of_desk: Limit = Limit(),
    of_service: Limit = Limit(),
    expected_end: datetime | None = None,
) -> tuple[Reason, ...]:
    """Why no ticket may be issued now; empty if one may.

    `expected_end` is when this visit would end by the estimate; None if it is not known or the desk does not stop by
    it. On a day that is closed as a whole, only that is said.
    """
    return tuple(_of_the_day(hours)) or tuple(_of_now(now, hours, of_desk, of_service, expected_end))


def _of_the_day(hours: Hours) -> Iterator[Reason]:
    if hours.holiday:
        yield Reason(Refusal.HOLIDAY, note=hours.holiday)
    elif not hours.spans:
        yield Reason(Refusal.CLOSED_TODAY)
    elif hours.stopped:
        yield Reason(Refusal.STOPPED, note=hours.stopped)


def _of_now(
    now: datetime, hours: Hours, of_desk: Limit, of_service: Limit, expected_end: datetime | None
) -> Iterator[Reason]:
    if outside := _outside(now, hours):
        yield outside
    if of_desk.is_reached:
        yield Reason(Refusal.LIMIT_OF_DESK, limit=of_desk.most)
    if of_service.is_reached:
        yield Reason(Refusal.LIMIT_OF_SERVICE, limit=of_service.most)
    if expected_end and hours.closes_at and not outside and expected_end > hours.closes_at:
        yield Reason(Refusal.WOULD_END_TOO_LATE, at=expected_end)


def _outside(now: datetime, hours: Hours) -> Reason | None:
    for number, (opens, closes) in enumerate(hours.spans):
        if now < opens - hours.come_early:
            return Reason(Refusal.MIDDAY if number else Refusal.BEFORE_HOURS, at=opens - hours.come_early)
        if now < closes:
            return None
    return Reason(Refusal.AFTER_HOURS)


class Lost(StrEnum):
    """Why a missed ticket cannot come back (เหตุที่กลับเข้าคิวไม่ได้)."""

    ANOTHER_DAY = "another_day"
    AFTER_HOURS = "after_hours"
    TOO_OFTEN = "too_often"


MOST_MISSED = 3
"""So many missed calls a ticket may have and still come back: this platform's default."""


def may_come_back(now: datetime, hours: Hours, *, missed: int, most: int = MOST_MISSED) -> Lost | None:
    """Why a no-show cannot have the place in the queue back, or None. `hours` are those of the ticket's own day.

    A ticket lives as long as its day: after the counters have closed, or with too many missed calls, it has expired.
    """
    closes = hours.closes_at
    if closes is None or now.date() != closes.date():
        return Lost.ANOTHER_DAY
    if now >= closes:
        return Lost.AFTER_HOURS
    return Lost.TOO_OFTEN if missed > most else None
