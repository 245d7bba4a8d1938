"""What a person can do next with an application, and on which page.

A page plugs in with one row: in `PAGES` when a step of the procedure is taken on it, in `LINKS` when it is none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.models import Application
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.queries.renewals import earlier_application
from saduak.design.components import Crumb, Tab
from saduak.procedure.kit import Decision

PAGES: dict[str, str] = {
    "submit": "submit_application",
    "resubmit": "submit_application",
    "withdraw": "take_step",
    "return": "return_application",
    "pass_screening": "pass_screening",
    "screen_out": "screen_out",
    "correct_screening": "take_step",
    "assign": "assign_application",
    "reassign": "assign_application",
    "hold_visit": "take_step",
    "cancel_visit": "take_step",
    "correct_visit": "take_step",
    "sign_consensus": "sign_scores",
    "reopen_consensus": "take_step",
    "propose": "take_step",
    "take_back_proposal": "take_step",
}
"""Step → name of the address where it is taken; its argument is the reference, for `take_step` the step too."""

ASIDE = frozenset(
    {
        "withdraw",
        "correct_screening",
        "reassign",
        "cancel_visit",
        "correct_visit",
        "reopen_consensus",
        "take_back_proposal",
    }
)
"""Steps that undo something; their buttons stand back."""


@dataclass(frozen=True)
class Action:
    """A step that belongs to this stage and person, with its page."""

    decision: Decision[Any]
    url: str
    kind: str


@dataclass(frozen=True)
class Link:
    """A page about the application on which no step is taken; `url_name` takes the reference."""

    label: object
    url_name: str
    shown: Callable[[Any, Application], bool]
    kind: str = "secondary"
    icon: str = ""


@dataclass(frozen=True)
class Way:
    """A link whose address is known."""

    label: object
    url: str
    kind: str
    icon: str


def may_carry_over(user: Any, application: Application) -> bool:
    """Whether the person works on a draft whose centre has applied before."""
    return policies.may_fill_in(user, application) and earlier_application(application) is not None


def may_ask_again(user: Any, application: Application) -> bool:
    """Whether the person can ask today for the decision to be reconsidered."""
    return application.is_final and rights.may_start(user, application, timezone.localdate())


LINKS: tuple[Link, ...] = (
    Link(_("Work on the self-assessment"), "assess", policies.may_fill_in, kind="primary", icon="edit"),
    Link(_("Mend the named items"), "assess", policies.may_mend, kind="primary", icon="edit"),
    Link(_("Answers of last time"), "carry_over", may_carry_over, icon="list"),
    Link(_("Contact and overview"), "describe_application", policies.may_edit_dossier),
    Link(_("Look through the dossier"), "screen_application", policies.may_screen, kind="primary", icon="search"),
    Link(_("Declare interests"), "declare_interest", policies.has_to_declare, kind="primary", icon="edit"),
    Link(_("Fix the visit"), "plan_visit", policies.may_plan_visit, kind="primary", icon="calendar"),
    Link(_("Change the visit"), "change_visit", policies.may_change_visit, icon="calendar"),
    Link(_("The visit as a calendar entry"), "download_visit", policies.has_visit_ahead, kind="quiet", icon="download"),
    Link(_("Declare a conflict of interest"), "declare_interest", policies.has_declared_free, kind="quiet"),
    Link(_("My score sheet"), "open_sheet", policies.may_score, kind="primary", icon="edit"),
    Link(_("Score without signal"), "open_field", policies.may_score, icon="download"),
    Link(_("Compare and agree"), "compare_sheets", policies.may_settle, kind="primary", icon="list"),
    Link(_("Ask for reconsideration"), "start_reconsideration", may_ask_again, icon="edit"),
    Link(_("Receipt"), "show_receipt", policies.has_handed_in, icon="file"),
)
"""Pages besides those of steps, in the order of the procedure."""

TABS: tuple[Link, ...] = (
    Link(_("Overview"), "show_application", lambda user, application: True),
    Link(_("Self-assessment"), "show_dossier", policies.may_read_dossier),
    Link(_("Files"), "show_files", policies.may_read_dossier),
    Link(_("Interests"), "show_interests", policies.may_read_interests),
    Link(_("Result"), "show_result", policies.may_read_result),
    Link(_("History"), "show_history", lambda user, application: True),
)
"""The views of a case."""


def actions_for(user: Any, application: Application, at: datetime) -> list[Action]:
    """The steps of this stage that belong to the person and have a page, with the reasons of those not open."""
    roles = policies.roles_of(user, application)
    return [
        Action(decision, page_of(decision.step.name, application), _kind(decision))
        for decision in APPLICATION.decisions(application, roles=roles, at=at)
        if decision.step.name in PAGES
    ]


def links_for(user: Any, application: Application) -> list[Way]:
    """The pages that belong to this stage and person."""
    return [
        Way(link.label, reverse(link.url_name, args=[application.reference]), link.kind, link.icon)
        for link in LINKS
        if link.shown(user, application)
    ]


def tabs_for(user: Any, application: Application, current: str) -> list[Tab]:
    """The views of the case that the person may open; `current` is the name of this one."""
    return [
        Tab(tab.label, reverse(tab.url_name, args=[application.reference]), current=tab.url_name == current)
        for tab in TABS
        if tab.shown(user, application)
    ]


def trail_of(application: Application, *below: object) -> list[Crumb]:
    """The pages above a page of the case; `below` are the words of the pages below the case, the last without link."""
    trail = [Crumb(_("Applications"), reverse("list_applications"))]
    if not below:
        return [*trail, Crumb(application.reference)]
    here = Crumb(application.reference, reverse("show_application", args=[application.reference]))
    return [*trail, here, *(Crumb(words) for words in below)]


def page_of(step: str, application: Application) -> str:
    """The address of the page where the step is taken. Raises KeyError for a step without one."""
    name = PAGES[step]
    arguments = [application.reference, step] if name == "take_step" else [application.reference]
    return reverse(name, args=arguments)


def _kind(decision: Decision[Any]) -> str:
    return "quiet" if decision.step.name in ASIDE else "primary"
