"""What waits in requests to reconsider: for the centre, the secretariat, the reviewers and the steering secretary."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import AgendaItem, Reconsideration
from saduak.certification.models.applications import WORKS_IN_A_CENTRE
from saduak.certification.procedure.reconsiderations import HEARD, ReconsiderationStage
from saduak.certification.queries.reconsiderations import own_review, took_part
from saduak.certification.rules import Default
from saduak.design.work import WorkItem
from saduak.directory.models import BodyKind, Office
from saduak.directory.queries import memberships_of

KIND = _("Reconsiderations")
S = ReconsiderationStage
RUNS = (Office.CHAIR, Office.MEMBER_AND_SECRETARY, Office.ASSISTANT_SECRETARY)


def work_of_reconsiderations(user: Any, today: date) -> list[WorkItem]:
    """What the person has to do in requests that have not ended; one query where there is none."""
    held = memberships_of(user)
    offices = {membership.office for membership in held}
    concerned = offices & {*WORKS_IN_A_CENTRE, Office.SECRETARIAT_OFFICER, Office.STEERING_SECRETARY}
    bodies = {m.body_id for m in held if m.body and m.body.kind == BodyKind.SUB_COMMITTEE}
    if not concerned and not bodies:
        return []
    centres = {m.centre_id for m in held if m.centre_id and m.office in WORKS_IN_A_CENTRE}
    items = []
    for request in Reconsideration.objects.visible_to(user).open().for_page().order_by("reference"):
        if request.stage == S.DRAFT and request.centre_id in centres:
            items.append(_item(request, _("Finish the request for reconsideration"), "write_grounds", _("Go on")))
        elif request.stage in {S.ASKED, S.ADMITTED} and Office.SECRETARIAT_OFFICER in offices:
            items.append(_for_secretariat(request))
        elif request.stage in HEARD and request.body_id in bodies:
            items += _for_reviewer(request, user, {m.office for m in held if m.body_id == request.body_id})
        if request.stage == S.PROPOSED and Office.STEERING_SECRETARY in offices:
            items += _for_committee(request)
    return items


def _for_secretariat(request: Reconsideration) -> WorkItem:
    if request.stage == S.ADMITTED:
        awaited = _("Give the request to another sub-committee")
        return _item(request, awaited, "assign_reconsideration", _("Assign"))
    by_default = request.application.round.sets(Default.ADMISSION)
    awaited = (
        _("Say whether the request is admitted; it counts as admitted after that day")
        if by_default
        else _("Say whether the request is admitted")
    )
    return _item(request, awaited, "show_reconsideration", _("Consider it"))


def _for_reviewer(request: Reconsideration, user: Any, offices: set[str]) -> list[WorkItem]:
    said = request.application.declared_by(user)
    if said is False or took_part(request.application, [user.pk]):
        return []
    runs = bool(offices & set(RUNS))
    mine = own_review(request, user)
    if request.stage == S.ASSIGNED:
        if said is None:
            awaited = _("Declare whether you have an interest in this unit")
            return [_item(request, awaited, "declare_for_review", _("Declare"))]
        if mine is not None and mine.submitted_at is None:
            return [_item(request, _("Write your opinion on what is disputed"), "write_opinion", _("Write"))]
        if request.opinions_are_in:
            return [_item(request, _("Agree on the reviewed values, and sign"), "compare_opinions", _("Agree"))]
        if runs and not request.named_reviewers:
            return [_item(request, _("Name the reviewers"), "name_reviewers", _("Name them"))]
    if request.stage == S.REVIEWED and runs:
        return [_item(request, _("Propose the finding to the committee"), "show_reconsideration", _("Open"))]
    return []


def _for_committee(request: Reconsideration) -> list[WorkItem]:
    if AgendaItem.objects.on_open_agendas().filter(reconsideration=request).exists():
        return []
    awaited = _("Put the request on the agenda of a meeting")
    return [_item(request, awaited, "show_reconsideration", _("Open"))]


def _item(request: Reconsideration, awaited: object, page: str, action: object) -> WorkItem:
    return WorkItem(
        reference=request.reference,
        who=str(request.application.centre),
        awaited=awaited,
        due=request.due_on,
        url=reverse(page, args=[request.reference]),
        action=action,
        kind=KIND,
        is_example=request.is_example,
    )
