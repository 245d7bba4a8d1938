"""How many will come, and how many counters that needs, from past days by weekday and half hour (คาดการณ์ปริมาณงาน)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt
from statistics import fmean

WEEKS = 8
"""So many of the last days of one weekday count: this platform's default, two months."""

LEAN = 2
"""The mean of all weekdays counts like so many days, so that one odd Monday does not make the next."""

FULL = 0.85
"""Counters are busy for at most this share of the time; above it waits grow steeply (ρ / (1 − ρ) in every queue)."""

FOUR_FIFTHS = 1.2816
"""Standard deviations on both sides of a normal mean that hold four fifths (NIST/SEMATECH e-Handbook, 1.3.6.7.1)."""

HALF_HOUR_MINUTES = 30

Counts = Sequence[int]
"""Visitors of one day in each half hour from the opening on."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One half hour to come: visitors expected, four days in five between `low` and `high`, and counters it needs."""

    expected: float
    low: int
    high: int
    counters: int


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day to come, in half hours from the opening on; `days` is how many past ones of the weekday it stands on."""

    day: date
    days: int
    slots: tuple[Slot, ...]

    @property
    def expected(self) -> float:
        """Visitors of the whole day."""
        return sum(slot.expected for slot in self.slots)


def usual(past: Mapping[date, Counts], day: date) -> tuple[float, ...]:
    """Visitors expected on `day` in each half hour; empty if no past day is known.

    Only earlier days count; `past` has the open ones. A day that was shorter counts as nobody in what it lacks.
    """
    of_weekday, every = _days(past, day)
    return tuple(_expected(of_weekday, every, part) for part in range(max(map(len, every), default=0)))


def load_forecast(past: Mapping[date, Counts], days: Iterable[date], *, minutes: float) -> list[DayLoad]:
    """The load of each of these days, which the desk is open on; a visit takes so many `minutes` on average."""
    forecast = []
    for day in days:
        of_weekday, every = _days(past, day)
        slots = []
        for part, expected in enumerate(usual(past, day)):
            seen = [_at(counts, part) for counts in of_weekday] or [_at(counts, part) for counts in every]
            # At least as wide as chance alone makes counts of arrivals.
            variance = max(expected, fmean((one - expected) ** 2 for one in seen))
            reach = FOUR_FIFTHS * sqrt(variance)
            needs = ceil(expected * minutes / (HALF_HOUR_MINUTES * FULL))
            slots.append(Slot(expected, max(0, round(expected - reach)), round(expected + reach), needs))
        forecast.append(DayLoad(day, len(of_weekday), tuple(slots)))
    return forecast


def _days(past: Mapping[date, Counts], day: date) -> tuple[list[Counts], list[Counts]]:
    """The last days of the same weekday, and the last days of all."""
    earlier = sorted((one for one in past if one < day), reverse=True)
    same = [past[one] for one in earlier if one.weekday() == day.weekday()]
    return same[:WEEKS], [past[one] for one in earlier[: 5 * WEEKS]]


def _expected(of_weekday: list[Counts], every: list[Counts], part: int) -> float:
    usual_day = fmean(_at(counts, part) for counts in every)
    return (sum(_at(counts, part) for counts in of_weekday) + LEAN * usual_day) / (len(of_weekday) + LEAN)


def _at(counts: Counts, part: int) -> int:
    return counts[part] if part < len(counts) else 0
