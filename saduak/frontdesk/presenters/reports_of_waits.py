"""How good the told waits were, and how many will come, in words (รายงานความแม่นยำและการคาดการณ์)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from saduak.design.charts import Chart, Series
from saduak.design.tables import Column
from saduak.frontdesk.estimation.forecasting import DayLoad
from saduak.frontdesk.estimation.measuring import Accuracy
from saduak.frontdesk.presenters.reports import day_column, minutes, number


@dataclass(frozen=True)
class DayOfWaits:
    """How good the told waits of one day were; minutes and percent."""

    day: date
    measured: Accuracy

    told = property(lambda self: self.measured.told)
    error = property(lambda self: minutes(self.measured.error))
    bias = property(lambda self: minutes(self.measured.bias))
    within = property(lambda self: round(self.measured.within * 100, 1))


def accuracy_columns() -> list[Column]:
    """The columns of `DayOfWaits`."""
    return [
        day_column(),
        number("told", _("Waits told")),
        number("error", _("Mean error (min)")),
        number("bias", _("Told too long by (min)")),
        number("within", _("Called within the upper bound (%)")),
    ]


def accuracy_chart(days: Sequence[DayOfWaits]) -> Chart | None:
    """The mean error by day; None of fewer than two days."""
    if len(days) < 2:
        return None
    mean = sum((one.error or 0) * one.told for one in days) / sum(one.told for one in days)
    return Chart(
        _("On average a told wait was wrong by %(minutes)s minutes") % {"minutes": f"{mean:.1f}"},
        [f"{one.day.day}/{one.day.month}" for one in days],
        [Series(_("Mean error (min)"), [one.error for one in days])],
        unit=pgettext("unit", "minutes"),
        source=_("Told on taking the ticket, held against the call"),
        name="accuracy",
        digits=1,
    )


@dataclass(frozen=True)
class LoadRow:
    """One day to come."""

    load: DayLoad

    day = property(lambda self: self.load.day)
    days = property(lambda self: self.load.days)
    expected = property(lambda self: round(self.load.expected))
    most = property(lambda self: max((slot.counters for slot in self.load.slots), default=0))

    @property
    def peak(self) -> str:
        """The half hour that needs most counters."""
        part = max(range(len(self.load.slots)), key=lambda at: self.load.slots[at].expected, default=None)
        return "" if part is None else f"{part // 2:02d}.{part % 2 * 30:02d}"


def load_columns() -> list[Column]:
    """The columns of `LoadRow`."""
    return [
        day_column(),
        number("expected", _("Visitors expected")),
        number("most", _("Counters needed at most")),
        Column("peak", _("Busiest from")),
        number("days", _("From so many such weekdays")),
    ]


def load_chart(load: DayLoad, title: str) -> Chart | None:
    """Visitors expected in each half hour of a day, and the counters that takes; None where nobody is expected."""
    parts = [at for at, slot in enumerate(load.slots) if slot.expected >= 0.05]
    if not parts:
        return None
    parts = list(range(parts[0], parts[-1] + 1))
    most = max(load.slots[at].counters for at in parts)
    finding = _("%(day)s: about %(people)s visitors, up to %(counters)s counters") % {
        "day": title,
        "people": round(load.expected),
        "counters": most,
    }
    return Chart(
        finding,
        [f"{at // 2:02d}.{at % 2 * 30:02d}" for at in parts],
        [
            Series(_("Visitors"), [round(load.slots[at].expected, 1) for at in parts]),
            Series(_("Counters needed"), [load.slots[at].counters for at in parts]),
        ],
        unit=_("for each half hour"),
        source=_("From the same weekdays of the last eight weeks"),
        name=f"load-{load.day:%m%d}",
        digits=1,
    )
