"""Units on the agenda of a meeting: put on it, numbered, decided, and who steps aside."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from saduak.certification.api.fetching import meeting_for
from saduak.certification.api.meeting import MEETINGS
from saduak.certification.models import AgendaItem, Attendance, Meeting
from saduak.certification.models.meetings import Decision
from saduak.certification.operations import meetings
from saduak.certification.policies import Permission
from saduak.certification.queries.meetings import agenda, requests_to_choose, units_to_choose, with_units
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import LARGEST, PersonKey, Reference
from saduak.machines.words import gettext_lazy

router = Router(tags=["Meetings"])


class AsideTold(Schema):
    """A member who steps aside."""

    person: int
    reason: str


class ItemTold(Schema):
    """One unit on the agenda, or a request to reconsider one."""

    id: int
    position: int
    application: str
    reconsideration: str = Field(..., description="The reference of the request that it answers; empty for none.")
    total: str
    proposed: str = Field(..., description="certify, decline or continue")
    proposed_level: str
    decision: str
    level: str
    reason: str
    seen: str = Field(..., description="To be sent when it is decided.")
    aside: list[AsideTold]


class AgendaAsked(Paging):
    """Which items are asked for."""

    q: str = Field("", max_length=100, description="A reference, or words in the name of the centre.")
    decision: Literal["", "open", "certify", "decline", "departs", "aside"] = ""


class PutOnAsked(Schema):
    """What is put on the agenda, in this order."""

    applications: list[Reference] = Field(default_factory=list, max_length=2000)
    reconsiderations: list[Reference] = Field(default_factory=list, max_length=2000)


class ArrangeAsked(Schema):
    """The items in the order in which they are to be numbered; others follow."""

    items: list[Annotated[int, Field(ge=1, le=LARGEST)]] = Field(..., min_length=1, max_length=5000)


class DecideAsked(Schema):
    """What the committee decides on a unit."""

    decision: Decision
    level: str = Field("", max_length=40, description="With certify: the code of the level.")
    reason: str = Field("", max_length=2000, description="Needed when it departs from the proposal.")
    seen: str = Field(..., max_length=4000)


class AsideAsked(Schema):
    """Who steps aside, and why."""

    person: PersonKey
    reason: str = Field(..., min_length=1, max_length=300)


class BackAsked(Schema):
    """Who takes part after all."""

    person: PersonKey


@router.get(
    "/meetings/{reference}/agenda",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The units on the agenda of a meeting, in the order of their numbers."),
    response=page_of(ItemTold),
)
def list_agenda(request: HttpRequest, reference: str, asked: Query[AgendaAsked]) -> Any:
    may(request, Permission.SEE_MEETINGS)
    found = agenda(meeting_for(request, reference), q=asked.q, decision=asked.decision)
    return paged(request, asked, found, _item)


def _item_for(request: HttpRequest, reference: str, item: int) -> AgendaItem:
    may(request, Permission.SEE_MEETINGS)
    meeting = meeting_for(request, reference)
    found = get_object_or_404(with_units(meeting.items.all()), pk=item)
    found.meeting = meeting
    return found


def _item(item: AgendaItem) -> dict[str, Any]:
    names = ("position", "proposed", "proposed_level", "decision", "level", "reason")
    return {
        **{name: getattr(item, name) for name in names},
        "id": item.pk,
        "application": item.application.reference,
        "reconsideration": item.reconsideration.reference if item.reconsideration else "",
        "total": str(item.total),
        "seen": item.sight,
        "aside": aside_told(item.recusals.all()),
    }


def aside_told(recusals: Iterable[Any]) -> list[dict[str, Any]]:
    """Who steps aside."""
    return [{"person": one.seat.person_id, "reason": one.reason} for one in recusals]


def _put_on(meeting: Meeting, *, applications: list[str], reconsiderations: list[str], by: Any) -> None:
    units = named(units_to_choose(meeting), applications, "applications")
    requests = named(requests_to_choose(meeting), reconsiderations, "reconsiderations")
    with transaction.atomic():
        meetings.put_on_agenda(meeting, units, by=by)
        meetings.put_requests_on_agenda(meeting, requests, by=by)


def named(found: QuerySet[Any], references: list[str], where: str) -> list[Any]:
    """The cases of these references, in this order. Raises Problem, which points to one that does not wait."""
    by_name = {one.reference: one for one in found.filter(reference__in=references)}
    for position, reference in enumerate(references):
        if reference not in by_name:
            raise wrong(_("Nothing of this reference waits for a meeting."), pointer=f"/{where}/{position}")
    return [by_name[reference] for reference in dict.fromkeys(references)]


def _arrange(meeting: Meeting, *, items: list[int], by: Any) -> None:
    standing = {item.pk: item for item in meeting.items.all()}
    meetings.arrange(meeting, [standing[key] for key in items if key in standing], by=by)


def seat_of(meeting: Meeting, person: int) -> Attendance:
    """The seat of that person. Raises Problem."""
    seat = meeting.attendance.select_related("person").filter(person=person).first()
    if seat is None:
        raise wrong(_("Nobody with a seat at this meeting has this id."), pointer="/person")
    return seat


def _step_aside(item: AgendaItem, *, person: int, **said: Any) -> None:
    meetings.step_aside(item, seat_of(item.meeting, person), **said)


def _come_back(item: AgendaItem, *, person: int, by: Any) -> None:
    meetings.come_back(get_object_or_404(item.recusals, seat__person=person), by=by)


ITEMS = Cases(router, "/meetings/{reference}/agenda/{item}", _item_for, lambda _request, item: _item(item), ItemTold)
PUT_ON = Cases(router, "/meetings/{reference}/agenda", MEETINGS.find, MEETINGS.tell, MEETINGS.shape)

PUT_ON.step(
    "put_on_agenda",
    "",
    _put_on,
    PutOnAsked,
    gettext_lazy("Put proposed units and requests to reconsider on the agenda, in the order given."),
    permission=Permission.RUN_MEETINGS,
)
PUT_ON.step(
    "arrange_agenda",
    "",
    _arrange,
    ArrangeAsked,
    gettext_lazy("Number the agenda anew."),
    permission=Permission.RUN_MEETINGS,
    method="PUT",
)
PUT_ON.step(
    "follow_the_proposals",
    "follow",
    meetings.follow_the_proposals,
    None,
    gettext_lazy("Decide every unit without a decision as it was proposed."),
    permission=Permission.RUN_MEETINGS,
)
ITEMS.shows("show_agenda_item", "", gettext_lazy("One item of the agenda."))
ITEMS.step(
    "decide_item",
    "",
    meetings.decide,
    DecideAsked,
    gettext_lazy("Write down what the committee decides on a unit; it takes effect with the resolution."),
    permission=Permission.RUN_MEETINGS,
    method="PUT",
)
ITEMS.step(
    "take_off_agenda",
    "",
    meetings.take_off_agenda,
    None,
    gettext_lazy("Take a unit off the agenda; it stays proposed."),
    permission=Permission.RUN_MEETINGS,
    method="DELETE",
    told=False,
)
ITEMS.step(
    "step_aside",
    "aside",
    _step_aside,
    AsideAsked,
    gettext_lazy("A member does not take part in one unit."),
    permission=Permission.RUN_MEETINGS,
)
ITEMS.step(
    "come_back",
    "aside/back",
    _come_back,
    BackAsked,
    gettext_lazy("Take back that a member steps aside, when it was written down by mistake."),
    permission=Permission.RUN_MEETINGS,
)
