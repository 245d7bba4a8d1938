"""Visits are arranged, changed, cancelled and held."""

from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from saduak.certification.api.cases import ApplicationInFullTold, in_full
from saduak.certification.api.fetching import application_for
from saduak.certification.api.words import Day
from saduak.certification.forms.visits import check_link
from saduak.certification.models import Application, Visit
from saduak.certification.models.visits import Mode
from saduak.certification.operations import visits
from saduak.certification.operations.visits import VisitPlan
from saduak.certification.policies import Permission
from saduak.certification.queries.conflicts import standings
from saduak.certification.queries.visits import visits_found
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import NoteAsked, PersonKey, ReasonAsked, SeenAsked
from saduak.machines.words import gettext_lazy

router = Router(tags=["Sub-committees and visits"])


class VisitTold(Schema):
    """A visit to a unit, planned or held."""

    application: str
    panel: str
    mode: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str
    note: str
    state: str
    assessors: list[dict[str, Any]] = Field(..., description="Each with `id`, `name` and `office`.")


class VisitsAsked(Paging):
    """Which visits are asked for."""

    round: str = Field("", max_length=60, description="A round's reference.")
    panel: int | None = Field(None, ge=1, le=32767, description="The number of a sub-committee.")
    application: str = Field("", max_length=60, description="The reference of an application.")
    on: Day | None = Field(None, description="Those of one day.")


class VisitAsked(SeenAsked):
    """When, how and where a unit is visited, and by which members of its sub-committee."""

    mode: Literal["on_spot", "video"]
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str = Field("", max_length=300, description="By video: the link, beginning with https://.")
    note: str = Field("", max_length=4000)
    assessors: list[PersonKey] = Field(..., max_length=50, description="The member `id` of the unit's members.")


class VisitChangeAsked(VisitAsked):
    """The visit as it is to be, and why; the centre reads it."""

    reason: str = Field(..., min_length=1, max_length=2000)


@router.get(
    "/visits",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The visits, planned or held, that exist for the person, the earliest first."),
    response=page_of(VisitTold),
)
def list_visits(request: HttpRequest, asked: Query[VisitsAsked]) -> Any:
    person = may(request, Permission.PLAN_VISITS)
    found = visits_found(person, round_=asked.round, panel=asked.panel, application=asked.application, day=asked.on)
    return paged(request, asked, found, _visit)


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "application": visit.application.reference,
        "panel": visit.application.assignment.panel.body.reference,
        "mode": visit.mode,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "place": visit.place,
        "note": visit.note,
        "state": visit.state,
        "assessors": [
            {"id": seat.person_id, "name": str(seat.person), "office": seat.office} for seat in visit.assessors.all()
        ],
    }


def _plan(application: Application, *, by: Any, seen: int, **planned: Any) -> None:
    visits.plan(application, _planned(application, **planned), by=by, seen=seen)


def _change(application: Application, *, by: Any, seen: int, reason: str, **planned: Any) -> None:
    visits.change(application, _planned(application, **planned), by=by, seen=seen, reason=reason)


def _planned(application: Application, *, assessors: list[int], place: str, **facts: Any) -> VisitPlan:
    """The plan in the words of the operation. Raises Problem for somebody who is no member, and for a bad link."""
    assignment = getattr(application, "assignment", None)
    members = {one.person.pk: one.person for one in standings(application, assignment.panel.body)} if assignment else {}
    for position, key in enumerate(assessors):
        if assignment and key not in members:
            raise wrong(_("Nobody of the unit's sub-committee has this id."), pointer=f"/assessors/{position}")
    try:
        if facts["mode"] == Mode.VIDEO:
            check_link(place)
    except ValidationError as refused:
        raise wrong(refused.messages[0], pointer="/place") from None
    return VisitPlan(**facts, place=place.strip(), assessors=tuple(members[key] for key in assessors if key in members))


VISITED = Cases(router, "/applications/{reference}", application_for, in_full, ApplicationInFullTold)

VISITED.step(
    "plan_visit",
    "visit",
    _plan,
    VisitAsked,
    gettext_lazy("Fix the visit of an assigned unit; the centre is told."),
    permission=Permission.PLAN_VISITS,
)
VISITED.step(
    "change_visit",
    "visit",
    _change,
    VisitChangeAsked,
    gettext_lazy("Move a planned visit or change who assesses; the centre is told."),
    permission=Permission.PLAN_VISITS,
    method="PUT",
)
VISITED.step(
    "cancel_visit",
    "visit/cancel",
    visits.cancel,
    ReasonAsked,
    gettext_lazy("Cancel a planned visit; the centre is told, and the unit waits for another."),
)
VISITED.step("hold_visit", "visit/held", visits.hold, NoteAsked, gettext_lazy("Record that the visit was held."))
VISITED.step(
    "correct_visit",
    "visit/correct",
    visits.correct,
    ReasonAsked,
    gettext_lazy("Take back the record that the visit was held, while no score is lost by it."),
)
