"""The report on fairness in words: waits by class, who passed whom and why, calls out of order (รายงานความเป็นธรรม)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from saduak.design.tables import Column
from saduak.frontdesk.models import Ticket
from saduak.frontdesk.presenters.explaining import sentence
from saduak.frontdesk.presenters.reports import minutes, number
from saduak.frontdesk.rules.fairness import Called, Fairness, OfClass, Passing
from saduak.frontdesk.rules.order import moment
from saduak.thai import dates


@dataclass(frozen=True)
class ClassRow:
    """How one class fared, as `OfClass`; minutes."""

    name: str
    fared: OfClass
    share: float

    b = property(lambda self: float(self.fared.priority.b))
    visitors = property(lambda self: self.fared.visitors)
    mean = property(lambda self: minutes(self.fared.mean))
    most = property(lambda self: minutes(self.fared.most_of_them))
    longest = property(lambda self: minutes(self.fared.longest))
    sooner = property(lambda self: None if self.fared.sooner is None else round(self.fared.sooner, 2))


def class_rows(report: Fairness, names: Mapping[str, str]) -> list[ClassRow]:
    """By falling b."""
    return [
        ClassRow(
            names.get(one.priority.key, one.priority.key),
            one,
            round(float(report.share(one.priority.key)) * 100, 1),
        )
        for one in report.classes
    ]


def class_columns() -> list[Column]:
    """The columns of `ClassRow`."""
    return [
        Column("name", _("Visitors"), sort=lambda row: row.name),
        number("visitors", pgettext("ticket", "Called")),
        number("share", _("Share (%)")),
        number("mean", _("Mean wait (min)")),
        number("most", _("95 of 100 waited at most (min)")),
        number("longest", _("Longest wait (min)")),
        number("b", _("A minute counts as")),
        number("sooner", _("Waited so many times shorter")),
    ]


@dataclass(frozen=True)
class Told:
    """A call that came before another, or out of order, as the report tells it."""

    called_at: int
    number: str
    counter: str
    passed: str
    why: str


def passings_in_words(
    passings: Sequence[Passing], tickets: Mapping[str, Ticket], counters: Mapping[str, str]
) -> list[Told]:
    """Who passed whom, and why."""
    return [_passing(one, tickets, counters) for one in passings]


def out_of_order_in_words(
    calls: Sequence[Called], tickets: Mapping[str, Ticket], counters: Mapping[str, str]
) -> list[Told]:
    """Calls out of order with the officer's reason."""
    return [
        Told(one.at, tickets[one.ticket.key].shown, counters.get(one.caller.key, ""), "", one.out_of_order)
        for one in calls
    ]


def _passing(one: Passing, tickets: Mapping[str, Ticket], counters: Mapping[str, str]) -> Told:
    mine, other = tickets[one.mine.ticket.key].shown, tickets[one.other.ticket.key].shown
    counter = counters.get(one.other.caller.key, "")
    said = {"mine": mine, "other": other, "counter": counter}
    answer = one.answer
    return Told(one.other.at, other, counter, mine, " ".join(sentence(why, answer, said) for why in answer.reasons))


def told_columns(*, passes: bool) -> list[Column]:
    """The columns of `Told`."""
    first = [
        Column("called_at", _("Called at"), value=lambda row: moment(row.called_at), shown=_clock),
        Column("number", pgettext_lazy("ticket", "Number")),
        Column("counter", _("Counter")),
    ]
    passed = [Column("passed", _("Passed"))] if passes else []
    return [*first, *passed, Column("why", pgettext_lazy("ticket", "Why"))]


def _clock(row: Told) -> str:
    return dates.clock(timezone.localtime(moment(row.called_at)), get_language() or "th")
