"""A round as a calendar, its steps, and its applications in numbers (รอบการรับรอง)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from saduak.certification import policies
from saduak.certification.models import Round
from saduak.certification.presenters.clocks import days_left, phase_label
from saduak.certification.presenters.decisions import Consequence
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.rounds import ROUND
from saduak.design.charts import Chart, Series
from saduak.procedure.kit import Decision
from saduak.thai import dates

PAGES = {
    "open": "take_round_step",
    "change_terms": "change_round_terms",
    "change_calendar": "change_round_calendar",
    "close": "take_round_step",
}
"""Step → name of the address where it is taken."""

CONSEQUENCES: dict[str, Consequence] = {
    "open": Consequence(
        gettext_lazy("Open the round"),
        (
            gettext_lazy("The criteria are pinned with their digest; another version needs another round."),
            gettext_lazy("Centres can apply from the first to the last day of applications."),
            gettext_lazy("The round stays open until every application has its outcome."),
        ),
        gettext_lazy("Open the round for applications"),
        "",
    ),
    "close": Consequence(
        gettext_lazy("Close the round"),
        (
            gettext_lazy("Every application has its outcome; nothing more happens in this round."),
            gettext_lazy("Its dossiers, scores and resolutions stay as they are."),
        ),
        gettext_lazy("Close the round for good"),
        "",
    ),
}


@dataclass(frozen=True)
class Bar:
    """One phase on the calendar; `start` and `length` are per cent of the whole, `state` is past, now or ahead."""

    label: str
    period: str
    start: str
    length: str
    state: str
    words: str


@dataclass(frozen=True)
class RoundCalendar:
    """The phases below each other, and where today lies; `today` is "" when it lies outside."""

    bars: tuple[Bar, ...]
    today: str


@dataclass(frozen=True)
class Action:
    """A step of the round with its page."""

    decision: Decision[Any]
    url: str
    kind: str


def calendar_of(round_: Round, today: date) -> RoundCalendar:
    """The calendar of a round to be drawn."""
    language = get_language() or "th"
    first, last = round_.windows[0].opens_on, round_.windows[-1].closes_on
    whole = (last - first).days + 1

    def share(days: int) -> str:
        return f"{100 * days / whole:.2f}"

    bars = tuple(
        Bar(
            phase_label(window.phase),
            dates.period(window.opens_on, window.closes_on, language),
            share((window.opens_on - first).days),
            share((window.closes_on - window.opens_on).days + 1),
            "past" if window.closes_on < today else "now" if window.covers(today) else "ahead",
            _words(window.opens_on, window.closes_on, today),
        )
        for window in round_.windows
    )
    here = share((today - first).days) if first <= today <= last else ""
    return RoundCalendar(bars, here)


def _words(first: date, last: date, today: date) -> str:
    if last < today:
        return _("over")
    if first <= today:
        return days_left(last, today)
    ahead = (first - today).days
    return ngettext("begins in %(days)s day", "begins in %(days)s days", ahead) % {"days": ahead}


def actions_for(user: Any, round_: Round, at: datetime) -> list[Action]:
    """The steps of this stage that belong to the person."""
    roles = policies.roles_over_rounds(user)
    return [
        Action(decision, _page(decision.step.name, round_), "primary" if decision.step.to else "secondary")
        for decision in ROUND.decisions(round_, roles=roles, at=at)
    ]


def _page(step: str, round_: Round) -> str:
    name = PAGES[step]
    return reverse(name, args=[round_.reference, step] if name == "take_round_step" else [round_.reference])


def chart_of(counts: Mapping[Stage, int]) -> Chart | None:
    """How many applications stand at each stage; None when there is none."""
    if not counts:
        return None
    most = max(counts, key=lambda stage: counts[stage])
    finding = _("%(number)s of %(all)s applications stand at “%(stage)s”") % {
        "number": counts[most],
        "all": sum(counts.values()),
        "stage": most.label,
    }
    return Chart(
        finding=finding,
        labels=[stage.label for stage in counts],
        series=[Series(_("Applications"), [float(number) for number in counts.values()])],
        unit=_("applications"),
        source=_("The applications that you may see, as they stand now"),
        name="stages",
    )
