"""A desk's reports in words: rows that are sums over slices, and what the charts find (รายงานของจุดบริการ)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from saduak.catalogue.models import Service
from saduak.design.charts import Chart, Series
from saduak.design.tables import Column
from saduak.frontdesk.models import PriorityClass
from saduak.frontdesk.procedure import Outcome
from saduak.frontdesk.rules.figures import HALF_HOUR, Key, Line
from saduak.thai import dates

MINUTE = 60_000
SOURCE = gettext_lazy("Counted from the stages of every ticket")


def minutes(milliseconds: float | None) -> float | None:
    """To a tenth; None where there is nothing."""
    return None if milliseconds is None else round(milliseconds / MINUTE, 1)


@dataclass(frozen=True)
class Row:
    """One line of a report: a label, and the people it counts. Minutes."""

    label: object
    line: Line

    @property
    def taken(self) -> int:
        """Tickets taken."""
        return self.line.issued

    @property
    def called(self) -> int:
        """Waits that ended with a call."""
        return self.line.called

    @property
    def mean_wait(self) -> float | None:
        """Of those."""
        return minutes(self.line.mean_wait)

    @property
    def longest(self) -> float | None:
        """Of those."""
        return minutes(self.line.longest)

    @property
    def served(self) -> int:
        """Visits at the counter."""
        return self.line.served

    @property
    def mean_visit(self) -> float | None:
        """Of those."""
        return minutes(self.line.mean_visit)

    @property
    def missed(self) -> int:
        """Did not come when called."""
        return self.line.missed

    @property
    def cancelled(self) -> int:
        """Cancelled, or not served before the day ended."""
        return self.line.cancelled


def columns(first: object) -> list[Column]:
    """The columns of `Row`."""
    return [
        Column("label", first, value=lambda row: str(row.label), sort=lambda row: str(row.label)),
        number("taken", _("Tickets taken")),
        number("called", pgettext("ticket", "Called")),
        number("mean_wait", _("Mean wait (min)")),
        number("longest", _("Longest wait (min)")),
        number("served", _("Served")),
        number("mean_visit", _("At the counter (min)")),
        number("missed", _("Did not come")),
        number("cancelled", _("Cancelled or not served")),
    ]


def by_service(lines: Mapping[Key, Line], services: Mapping[int, Service]) -> list[Row]:
    """One row for each service that had anybody."""
    return _summed(lines, lambda key: key[0], services)


def by_class(lines: Mapping[Key, Line], classes: Mapping[int, PriorityClass]) -> list[Row]:
    """One row for each class of visitors that had anybody."""
    return _summed(lines, lambda key: key[1], classes)


def total(lines: Mapping[Key, Line]) -> Row:
    """Everybody."""
    line = Line()
    for one in lines.values():
        line.add(one)
    return Row(pgettext("of all rows", "Together"), line)


@dataclass(frozen=True)
class Hour:
    """One hour of a day: who came, who was called and how long they had waited, and how many counters were ready."""

    hour: int
    arrivals: int
    calls: int
    waited: int
    ready: float

    @property
    def label(self) -> str:
        """09–10."""
        return f"{self.hour:02d}–{self.hour + 1:02d}"

    @property
    def mean_wait(self) -> float | None:
        """Minutes of those who were called in it."""
        return minutes(self.waited / self.calls) if self.calls else None


def by_hour(line: Line, ready: Sequence[int]) -> list[Hour]:
    """The hours from the first to the last in which anything was."""
    ready = list(ready) or [0] * len(line.arrivals)
    hours = [
        Hour(
            hour,
            sum(line.arrivals[2 * hour : 2 * hour + 2]),
            sum(line.calls[2 * hour : 2 * hour + 2]),
            sum(line.waited[2 * hour : 2 * hour + 2]),
            round(sum(ready[2 * hour : 2 * hour + 2]) / (2 * HALF_HOUR), 2),
        )
        for hour in range(24)
    ]
    busy = [one.hour for one in hours if one.arrivals or one.calls or one.ready]
    return hours[busy[0] : busy[-1] + 1] if busy else []


def hour_columns() -> list[Column]:
    """The columns of `Hour`."""
    return [
        Column("label", _("Hour"), sort=lambda row: row.hour),
        number("arrivals", _("Came")),
        number("calls", pgettext("ticket", "Called")),
        number("mean_wait", _("Mean wait (min)")),
        number("ready", _("Counters ready")),
    ]


def arrivals_against_staffing(hours: Sequence[Hour], visit: float | None) -> Chart | None:
    """Who came beside what the counters could serve, by the mean visit; None where nothing was."""
    if not hours or not any(one.arrivals for one in hours):
        return None
    series = [Series(_("Came"), [one.arrivals for one in hours])]
    finding = _("Visitors by the hour in which they came")
    if visit:
        could = [round(one.ready * 60 / visit, 1) for one in hours]
        series.append(Series(_("Could be served"), could))
        short = [one.label for one, served in zip(hours, could, strict=True) if one.arrivals > served]
        finding = _("In every hour the counters could serve whoever came")
        if short:
            finding = ngettext(
                "More came than the counters could serve in %(count)s hour: %(hours)s",
                "More came than the counters could serve in %(count)s hours: %(hours)s",
                len(short),
            ) % {"count": len(short), "hours": ", ".join(short)}
    return Chart(
        finding, [one.label for one in hours], series, unit=pgettext("unit", "people"), source=SOURCE, name="staffing"
    )


@dataclass(frozen=True)
class Ending:
    """How many parts of visits ended so."""

    label: object
    number: int


def endings(lines: Mapping[Key, Line]) -> list[Ending]:
    """The outcomes of the day, the most frequent first."""
    outcomes = total(lines).line.outcomes
    return [Ending(Outcome(code).label, number) for code, number in outcomes.most_common()]


def ending_columns() -> list[Column]:
    """The columns of `Ending`."""
    return [
        Column("label", _("How it ended"), value=lambda row: str(row.label)),
        number("number", pgettext("at counters", "Visits")),
    ]


@dataclass(frozen=True)
class DayRow(Row):
    """One day of a period."""

    day: date = date.min


def day_columns() -> list[Column]:
    """The columns of `DayRow`."""
    return [day_column(), *columns("")[1:]]


def days_chart(rows: Sequence[DayRow]) -> Chart | None:
    """Mean wait by day; None of fewer than two days."""
    if len(rows) < 2:
        return None
    worst = max(rows, key=lambda row: row.mean_wait or 0)
    finding = _("The mean wait was longest on %(day)s: %(minutes)s minutes") % {
        "day": f"{worst.day.day}/{worst.day.month}",
        "minutes": worst.mean_wait or 0,
    }
    labels = [f"{row.day.day}/{row.day.month}" for row in rows]
    return Chart(
        finding, labels, [Series(_("Mean wait (min)"), [row.mean_wait for row in rows])],
        unit=pgettext("unit", "minutes"), source=SOURCE, name="days", digits=1,
    )  # fmt: skip


def _summed(lines: Mapping[Key, Line], part: Any, things: Mapping[int, Any]) -> list[Row]:
    found: dict[int, Line] = {}
    for key, line in lines.items():
        found.setdefault(part(key), Line()).add(line)
    ordered = [pk for pk in things if pk in found]
    return [Row(things[pk], found[pk]) for pk in ordered]


def number(name: str, label: object) -> Column:
    """A column of numbers that sorts."""
    return Column(name, label, number=True, sort=lambda row: getattr(row, name))


def day_column() -> Column:
    """The day of a row, as people write it."""
    shown = lambda row: dates.short(row.day, get_language() or "th")  # noqa: E731
    return Column("day", _("Day"), sort=lambda row: row.day, shown=shown)
