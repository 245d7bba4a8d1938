"""Units go to sub-committees, by hand or as the platform proposes, and their members declare their interests."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from saduak.certification import policies
from saduak.certification.api.cases import ApplicationInFullTold, in_full
from saduak.certification.api.fetching import application_for, panel_of, round_for, undeclared_for
from saduak.certification.models import AllotmentProposal, Application, Round
from saduak.certification.operations import allotting, assignments
from saduak.certification.policies import Permission
from saduak.certification.presenters.allotting import Shown
from saduak.certification.queries.board import columns_of
from saduak.certification.queries.conflicts import standings
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.problems import wrong
from saduak.machines.steps import Reference, SeenAsked
from saduak.machines.words import gettext_lazy

router = Router(tags=["Sub-committees and visits"])


class PanelTold(Schema):
    """A sub-committee that takes part in a round, and the units that it has."""

    panel: str = Field(..., description="The reference of the body.")
    number: int | None
    name: str
    last_unit_number: int
    units: list[str] = Field(..., description="References of applications.")


class MemberTold(Schema):
    """A member of the unit's sub-committee, and what stands between member and unit."""

    id: int
    name: str
    office: str
    declared_free: bool | None = Field(..., description="Null: nothing is declared yet.")
    is_barred: bool = Field(..., description="A hard conflict of interest.")
    may_assess: bool


class AssignAsked(SeenAsked):
    """Which sub-committee gets a unit."""

    panel: Reference = Field(..., description="The reference of a body that takes part in the round.")
    reason: str = Field("", max_length=2000, description="Needed when another sub-committee had it, or was proposed.")


class UnitAsked(SeenAsked):
    """One unit in the version in which it was read."""

    reference: Reference


class AssignSeveralAsked(Schema):
    """Units that go to one sub-committee, numbered in this order: all of them, or none."""

    panel: Reference
    units: list[UnitAsked] = Field(..., min_length=1, max_length=500)
    reason: str = Field("", max_length=2000)


class DeclarationAsked(Schema):
    """What a member declares of a unit; a conflict is worded."""

    has_conflict: bool
    statement: str = Field("", max_length=2000)


class AllotmentTold(Schema):
    """A proposal of assignments for the waiting units of a round."""

    id: int
    reference: str
    round: str
    state: str = Field(..., description="waiting, running, finished, stopped or failed")
    seed: int
    sha256: str = Field(..., description="The digest of what it was made from; empty before it is finished.")
    made_at: datetime
    given: dict[str, str] = Field(..., description="The reference of a unit → that of the proposed sub-committee.")


class ExplainedTold(Schema):
    """Why a unit is proposed for its sub-committee, and what the others would cost."""

    reference: str
    panel: str
    why: str
    others: dict[str, str] = Field(..., description="The reference of another sub-committee → what it would cost.")
    waits: bool = Field(..., description="Whether it can still be assigned as it was looked at.")


class AcceptAsked(Schema):
    """Which proposed units are assigned."""

    units: list[Reference] | None = Field(
        None, min_length=1, max_length=5000, description="References; null: every unit that still waits."
    )


def _allotment_for(request: HttpRequest, allotment: int) -> AllotmentProposal:
    may(request, Permission.ASSIGN)
    return get_object_or_404(AllotmentProposal.objects.select_related("round", "made_by"), pk=allotment)


def _proposed_unit(request: HttpRequest, allotment: int, reference: str) -> tuple[AllotmentProposal, Application]:
    proposal = _allotment_for(request, allotment)
    get_object_or_404(AllotmentProposal, pk=proposal.pk, versions__has_key=reference)
    return proposal, application_for(request, reference)


def _allotment(_request: HttpRequest, proposal: AllotmentProposal) -> dict[str, Any]:
    return {
        "id": proposal.pk,
        "reference": proposal.reference,
        "round": proposal.round.reference,
        "state": proposal.state,
        "seed": proposal.seed,
        "sha256": proposal.sha256,
        "made_at": proposal.made_at,
        "given": proposal.given,
    }


def _explained(_request: HttpRequest, unit: tuple[AllotmentProposal, Application]) -> dict[str, Any]:
    proposal, application = unit
    line = Shown(
        proposal, list(proposal.round.panels.select_related("body")), proposal.panel_of(application.reference)
    ).line_of(application.reference)
    return {
        "reference": application.reference,
        "panel": line.panel,
        "why": line.why,
        "others": {one.key: one.sentence for one in line.alternatives},
        "waits": line.waits,
    }


def _panels(_request: HttpRequest, round_: Round) -> list[dict[str, Any]]:
    return [
        {
            "panel": column.panel.body.reference,
            "number": column.panel.body.number,
            "name": str(column.panel),
            "last_unit_number": column.panel.last_unit_number,
            "units": [one.application.reference for one in column.assignments],
        }
        for column in columns_of(round_, on=timezone.localdate())
    ]


def _members(request: HttpRequest, application: Application) -> list[dict[str, Any]]:
    if not policies.may_read_interests(person_of(request), application):
        raise PermissionDenied
    return [
        {
            "id": one.person.pk,
            "name": str(one.person),
            "office": one.office,
            "declared_free": one.declared_free,
            "is_barred": one.is_barred,
            "may_assess": one.may_assess,
        }
        for one in standings(application, application.assignment.panel.body)
    ]


def _assign(application: Application, *, panel: str, **said: Any) -> None:
    assignments.assign(application, panel_of(application.round, panel), **said)


def _reassign(application: Application, *, panel: str, **said: Any) -> None:
    assignments.reassign(application, panel_of(application.round, panel), **said)


def _assign_several(round_: Round, *, panel: str, units: list[UnitAsked], reason: str, by: Any) -> None:
    visible = Application.objects.visible_to(by).filter(round=round_).for_step()
    found = {one.reference: one for one in visible.filter(reference__in=[unit.reference for unit in units])}
    for place, unit in enumerate(units):
        if unit.reference not in found:
            raise wrong(_("There is no application of this reference."), pointer=f"/units/{place}/reference")
    seen = {unit.reference: unit.seen for unit in units}
    chosen = [found[reference] for reference in seen]
    assignments.assign_several(chosen, panel_of(round_, panel), by=by, seen=seen, reason=reason)


def _accept(proposal: AllotmentProposal, *, units: list[str] | None, by: Any) -> None:
    allotting.accept(proposal, units, by=by)


def _decide_otherwise(unit: tuple[AllotmentProposal, Application], *, panel: str, **said: Any) -> None:
    proposal, application = unit
    allotting.decide_otherwise(proposal, application, panel_of(proposal.round, panel), **said)


APPLICATIONS = Cases(router, "/applications/{reference}", application_for, in_full, ApplicationInFullTold)
UNDECLARED = Cases(router, "/applications/{reference}", undeclared_for, in_full, ApplicationInFullTold)
MEMBERS = Cases(router, "/applications/{reference}", application_for, _members, list[MemberTold])
PANELS = Cases(router, "/rounds/{reference}", round_for, _panels, list[PanelTold])
ALLOTMENTS = Cases(router, "/allotments/{allotment}", _allotment_for, _allotment, AllotmentTold)
PROPOSED = Cases(router, "/allotments/{allotment}/units/{reference}", _proposed_unit, _explained, ExplainedTold)

PANELS.shows(
    "list_panels",
    "panels",
    gettext_lazy("The sub-committees of a round with the units that they have."),
    permission=Permission.ASSIGN,
)
MEMBERS.shows(
    "list_members",
    "members",
    gettext_lazy("The members of the unit's sub-committee: who declared what, and who may assess."),
)
APPLICATIONS.step(
    "assign_application",
    "assign",
    _assign,
    AssignAsked,
    gettext_lazy("Give a screened unit to a sub-committee, under its next running number."),
    permission=Permission.ASSIGN,
)
APPLICATIONS.step(
    "reassign_application",
    "reassign",
    _reassign,
    AssignAsked,
    gettext_lazy("Give an assigned unit to another sub-committee, with the reason."),
    permission=Permission.ASSIGN,
)
PANELS.step(
    "assign_several_applications",
    "assignments",
    _assign_several,
    AssignSeveralAsked,
    gettext_lazy("Give several units to one sub-committee: all of them or none."),
    permission=Permission.ASSIGN,
)
UNDECLARED.step(
    "declare_interest",
    "declaration",
    assignments.declare,
    DeclarationAsked,
    gettext_lazy("A member of the unit's sub-committee declares to be free of conflict, or what the conflict is."),
    permission=Permission.DECLARE,
    told=False,
)
PANELS.makes(
    "propose_assignments",
    "allotments",
    allotting.begin,
    None,
    gettext_lazy("Have the platform propose who gets the waiting units; many are calculated by the worker."),
    ALLOTMENTS,
    permission=Permission.ASSIGN,
)
ALLOTMENTS.shows("show_allotment", "", gettext_lazy("A proposal of assignments, and how far it is."))
ALLOTMENTS.step(
    "accept_allotment",
    "accept",
    _accept,
    AcceptAsked,
    gettext_lazy("Assign the proposed units, or those named of them, as proposed: all of them or none."),
)
ALLOTMENTS.step(
    "stop_allotment", "stop", lambda one, by: allotting.stop(one), None, gettext_lazy("Stop a calculation.")
)
PROPOSED.shows(
    "explain_allotment",
    "",
    gettext_lazy("Why a unit is proposed for its sub-committee, and what each of the others would cost."),
)
PROPOSED.step(
    "decide_otherwise",
    "",
    _decide_otherwise,
    AssignAsked,
    gettext_lazy("Give a unit to another sub-committee than the proposed one, with the reason."),
    then=APPLICATIONS,
)
