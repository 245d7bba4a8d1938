"""The government-office calendar (วันทำการของส่วนราชการ): arithmetic with working days that explains itself.

Every answer names the days that were counted and, for each day passed over, why: the weekend, or a day on which offices
close, with its name, where it holds and where that is known from.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from saduak.thai import dates

NATIONWIDE = "nationwide"
ONE_DAY = timedelta(days=1)


class FirstDay(StrEnum):
    """Which day is day one.

    Source: a period in days does not count the day of the event (Civil and Commercial Code s. 193/3, Administrative
    Procedure Act s. 64; unchecked against the text). Where a rule says "from the day", choose SAME_DAY for that clock.
    """

    DAY_AFTER = "day_after"
    SAME_DAY = "same_day"


class LastDay(StrEnum):
    """What happens when a period in calendar days ends on a day on which offices are closed.

    Source: it runs to the next working day (Civil and Commercial Code s. 193/8, Administrative Procedure Act s. 64;
    unchecked against the text). AS_IT_FALLS is for periods that bind the office itself.
    """

    NEXT_WORKING_DAY = "next_working_day"
    AS_IT_FALLS = "as_it_falls"


class Why(StrEnum):
    """Why a day is no working day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Closure:
    """One line of the holiday table.

    `scope` is "nationwide", "region:" with the name of one of the six regions, or province codes with spaces between.
    `offices_close` is False for days that close banks and firms but not offices (Labour Day). `confidence` and `source`
    tell how the day is known; "projected" means computed, before the cabinet's list was read.
    """

    day: date
    name: str
    kind: str = ""
    scope: str = NATIONWIDE
    offices_close: bool = True
    confidence: str = ""
    source: str = ""

    def holds_in(self, province: str = "", region: str = "") -> bool:
        """Whether it holds in the province of that code and six-region name; nationwide days hold everywhere."""
        if self.scope == NATIONWIDE:
            return True
        if self.scope.startswith("region:"):
            return bool(region) and self.scope == f"region:{region}"
        return province in self.scope.split()


@dataclass(frozen=True)
class Skipped:
    """A day that was not counted. A holiday that falls on a weekend is a weekend with its closures named."""

    day: date
    why: Why
    closures: tuple[Closure, ...] = ()

    def sentence(self, lang: str = "th", places: Mapping[str, str] | None = None) -> str:
        """The reason in words; `places` gives names to scopes: {"10": "กรุงเทพมหานคร", "region:เหนือ": "ภาคเหนือ"}."""
        weekdays = dates.WEEKDAYS_TH if lang == "th" else dates.WEEKDAYS_EN
        reasons = [("วัน" if lang == "th" else "") + weekdays[self.day.weekday()]] if self.why == Why.WEEKEND else []
        reasons += [closure.name + _where(closure, lang, places or {}) for closure in self.closures]
        return f"{dates.short(self.day, lang)}: {', '.join(reasons)}"


@dataclass(frozen=True)
class Explained:
    """A day and how it was reached: counted and skipped days, in order, are together the whole range.

    `years_without_list` are Gregorian years in the range for which no confirmed list of holidays is known: the answer
    may move when the cabinet publishes it.
    """

    start: date
    day: date
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    years_without_list: tuple[int, ...] = ()

    def sentences(self, lang: str = "th", places: Mapping[str, str] | None = None) -> list[str]:
        """Every skipped day with its reason, in order."""
        return [skipped.sentence(lang, places) for skipped in self.skipped]


@dataclass(frozen=True)
class OfficeCalendar:
    """The days on which offices of one place are closed, besides Saturdays and Sundays.

    `closed` maps a day to its name or its lines of the holiday table; `OfficeCalendar.of` chooses those of one place.
    """

    closed: Mapping[date, str | Sequence[Closure]] = field(default_factory=dict)

    @classmethod
    def of(cls, closures: Iterable[Closure], *, province: str = "", region: str = "") -> "OfficeCalendar":
        """The calendar of one province (its code, its six-region name): only days on which offices there close."""
        closed: dict[date, list[Closure]] = {}
        for closure in closures:
            if closure.offices_close and closure.holds_in(province, region):
                closed.setdefault(closure.day, []).append(closure)
        return cls(closed)

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on that day."""
        return day.weekday() < 5 and day not in self.closed

    def why_closed(self, day: date) -> Skipped | None:
        """Why offices are closed on that day; None when they are open."""
        if self.is_working_day(day):
            return None
        return Skipped(day, Why.WEEKEND if day.weekday() >= 5 else Why.HOLIDAY, self._closures(day))

    def add_working_days(self, start: date, n: int, *, first: FirstDay = FirstDay.DAY_AFTER) -> Explained:
        """The last day of "within n working days" of `start`. n = 0 is `start` itself. Raises ValueError when n < 0."""
        return self._walk(start, n, ONE_DAY, first)

    def subtract_working_days(self, start: date, n: int) -> Explained:
        """The working day that lies n working days before `start`. n = 0 is `start`. Raises ValueError when n < 0."""
        return self._walk(start, n, -ONE_DAY, FirstDay.DAY_AFTER)

    def add_calendar_days(
        self,
        start: date,
        n: int,
        *,
        first: FirstDay = FirstDay.DAY_AFTER,
        last: LastDay = LastDay.NEXT_WORKING_DAY,
    ) -> Explained:
        """The last day of "within n days" of `start`; every day counts. Skipped are only the closed days at the end
        that move it to the next working day. n = 0 is `start`. Raises ValueError when n < 0.
        """
        _refuse_negative(n)
        if n == 0:
            return Explained(start, start)
        begin = start if first == FirstDay.SAME_DAY else start + ONE_DAY
        counted = tuple(begin + ONE_DAY * offset for offset in range(n))
        day, skipped = counted[-1], []
        while last == LastDay.NEXT_WORKING_DAY and (closed := self.why_closed(day)):
            skipped.append(closed)
            day += ONE_DAY
        if skipped:
            # The moved end is the day that counts; the closed days before it are the ones passed over.
            counted = (*counted[:-1], day)
        return Explained(start, day, counted, tuple(skipped), self._years_without_list(start, day))

    def working_days(self, first: date, last: date) -> Explained:
        """The working days from `first` to `last`, both included; none when `last` is before `first`."""
        days = [first + ONE_DAY * offset for offset in range((last - first).days + 1)]
        skipped = tuple(closed for day in days if (closed := self.why_closed(day)))
        counted = tuple(day for day in days if self.is_working_day(day))
        return Explained(first, last, counted, skipped, self._years_without_list(first, last))

    def working_days_left(self, today: date, due: date) -> int:
        """How many working days after `today` are left until `due`, which counts; negative by as many as are past."""
        if due >= today:
            return len(self.working_days(today + ONE_DAY, due).counted)
        return -len(self.working_days(due + ONE_DAY, today).counted)

    def _walk(self, start: date, n: int, step: timedelta, first: FirstDay) -> Explained:
        _refuse_negative(n)
        if n == 0:
            return Explained(start, start)
        counted: list[date] = []
        skipped: list[Skipped] = []
        day = start - step if first == FirstDay.SAME_DAY else start
        while len(counted) < n:
            day += step
            if closed := self.why_closed(day):
                skipped.append(closed)
            else:
                counted.append(day)
        return Explained(start, day, tuple(counted), tuple(skipped), self._years_without_list(start, day))

    def _closures(self, day: date) -> tuple[Closure, ...]:
        found = self.closed.get(day, ())
        return (Closure(day, found),) if isinstance(found, str) else tuple(found)

    def _years_without_list(self, one: date, other: date) -> tuple[int, ...]:
        listed = {day.year for day in self.closed if any(c.confidence != "projected" for c in self._closures(day))}
        first, last = sorted([one.year, other.year])
        return tuple(year for year in range(first, last + 1) if year not in listed)


def add_working_days(
    start: date, n: int, *, closed: Mapping[date, str | Sequence[Closure]], first: FirstDay = FirstDay.DAY_AFTER
) -> Explained:
    """`OfficeCalendar(closed).add_working_days`, for rules that are handed the closed days."""
    return OfficeCalendar(closed).add_working_days(start, n, first=first)


def read_closures(lines: Iterable[str]) -> Iterator[Closure]:
    """The holiday table from the lines of a CSV file.

    Columns: date (ISO), name_th, kind, scope, gov_office_closed (yes or no), confidence, note. Raises ValueError,
    naming the row, when a column is missing or holds something else.
    """
    for number, row in enumerate(csv.DictReader(lines), start=2):
        try:
            if row["gov_office_closed"] not in ("yes", "no"):
                raise ValueError(row["gov_office_closed"])
            yield Closure(
                day=date.fromisoformat(row["date"]),
                name=row["name_th"],
                kind=row["kind"],
                scope=row["scope"],
                offices_close=row["gov_office_closed"] == "yes",
                confidence=row["confidence"],
                source=row["note"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"Row {number} of the holiday table: {error!r}.") from error


def _refuse_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"A period of {n} days.")


def _where(closure: Closure, lang: str, places: Mapping[str, str]) -> str:
    if closure.scope == NATIONWIDE:
        return ""
    scopes = [closure.scope] if closure.scope.startswith("region:") else closure.scope.split()
    named = ", ".join(places.get(scope, scope.removeprefix("region:")) for scope in scopes)
    return f" (เฉพาะ {named})" if lang == "th" else f" (only {named})"
