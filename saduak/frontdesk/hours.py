"""When a desk is open on a day, and why it is not: weekly hours with midday, holidays, special days. Plain arithmetic.

Times of day are those of Thailand; days are dates in Bangkok.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

DEFAULT_HOURS: tuple[dict[str, object], ...] = ({"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "16:30"},)
"""Office hours of the government: Monday to Friday, 08.30–16.30. What a desk keeps that has said nothing."""


class Span(NamedTuple):
    """From one time of day until another."""

    opens: time
    closes: time


class Why(StrEnum):
    """Why a desk keeps the hours it keeps on a day."""

    WEEKLY = "weekly"  # As every week: open, or no hours on that weekday.
    HOLIDAY = "holiday"
    SPECIAL = "special"


@dataclass(frozen=True)
class Opening:
    """One day of a desk: its spans in order (none: closed), why, and the holidays' or the special day's names."""

    day: date
    spans: tuple[Span, ...]
    why: Why = Why.WEEKLY
    names: tuple[str, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether nobody is served on that day."""
        return not self.spans

    def is_open_at(self, at: time) -> bool:
        """Whether the desk serves at that time of day; at closing time it does no longer."""
        return any(span.opens <= at < span.closes for span in self.spans)

    def is_midday_at(self, at: time) -> bool:
        """Whether the desk is between two of its spans: it opens again today."""
        return bool(self.spans) and self.spans[0].opens <= at < self.spans[-1].closes and not self.is_open_at(at)

    def minutes_left(self, at: time) -> int:
        """Whole minutes of service from that time of day until the day's end, without midday."""
        return sum(
            max(0, minute_of_day(span.closes) - max(minute_of_day(span.opens), minute_of_day(at)))
            for span in self.spans
        )


def opening_on(
    day: date,
    hours: Sequence[Mapping[str, Any]],
    *,
    holidays: Mapping[date, Sequence[str]],
    special: Mapping[date, tuple[Sequence[Mapping[str, Any]], str]],
) -> Opening:
    """The spans of one day. A special day outweighs a holiday, a holiday outweighs the weekly hours.

    `hours` are stored as a centre's are. `holidays` is day → names of those on which the desk closes. `special` is
    day → (spans stored as `{"opens", "closes"}`, its reason); no spans: closed.
    """
    if day in special:
        spans, reason = special[day]
        return Opening(day, _sorted(spans), Why.SPECIAL, (reason,))
    weekly = _sorted(part for part in hours if day.isoweekday() in part["days"])
    if weekly and day in holidays:
        return Opening(day, (), Why.HOLIDAY, tuple(holidays[day]))
    return Opening(day, weekly)


def next_opening(openings: Iterable[Opening], after: datetime) -> datetime | None:
    """The first moment from `after` on, in its own time zone, at which one of the days opens; None when none does.

    While a desk is open, that is `after` itself.
    """
    for opening in openings:
        for span in opening.spans:
            opens, closes = (datetime.combine(opening.day, end, after.tzinfo) for end in span)
            if after < closes:
                return max(after, opens)
    return None


def minute_of_day(at: time) -> int:
    """Whole minutes since midnight; 1440 for the day's last moment, midnight at its end."""
    return 24 * 60 if at == time.max else at.hour * 60 + at.minute


def days_from(first: date, number: int) -> list[date]:
    """That many days in a row."""
    return [first + timedelta(days=offset) for offset in range(number)]


def _sorted(parts: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(sorted(Span(_time(part["opens"]), _time(part["closes"])) for part in parts))


def _time(stored: str) -> time:
    """08:30 as a time; midnight at the end of a day, 24:00, as the day's last moment."""
    return time.max if stored == "24:00" else time.fromisoformat(stored)
