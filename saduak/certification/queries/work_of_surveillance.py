"""What waits in the surveillance of certified centres, for each of its people (งานติดตาม)."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Draw, Proposal, Surveillance
from saduak.certification.procedure.draws import DrawStage
from saduak.certification.procedure.surveillance import BEFORE_CHECK, SurveillanceStage
from saduak.certification.queries.certificates import proposals_on
from saduak.design.work import WorkItem
from saduak.directory.models import Office
from saduak.directory.queries import memberships_of

KIND = _("Surveillance")
MOST = 100
"""As many of each are listed, the most pressing first; the list of surveillances has them all."""


def work_of_surveillance(user: Any, today: date) -> list[WorkItem]:
    """What the person does next in surveillances; at most five questions."""
    held = memberships_of(user)
    items = [_for_assessor(one, user) for one in _found(Q(assessor=user, stage__in=[*BEFORE_CHECK, CHECKED]))]
    if any(one.office == Office.SECRETARIAT_OFFICER for one in held):
        to_announce = Q(stage=SurveillanceStage.PLANNED)
        to_verify = Q(stage=SurveillanceStage.ANSWERED) & ~Q(assessor=user)
        items += [_for_secretariat(one) for one in _found(to_announce | to_verify)]
        items += [_to_draw(one) for one in Draw.objects.filter(stage=DrawStage.ANNOUNCED, seed_day__lte=today)]
    if centres := [one.centre_id for one in held if one.centre_id]:
        waiting = Q(certificate__centre__in=centres, stage=SurveillanceStage.AWAITING)
        items += [_for_centre(one) for one in _found(waiting)]
        items += [_to_state(one) for one in proposals_on(centres) if not one.statement]
    return [item for item in items if item is not None]


CHECKED = SurveillanceStage.CHECKED


def _found(chosen: Q) -> list[Surveillance]:
    return list(Surveillance.objects.filter(chosen).select_related("certificate__centre").order_by("due_on")[:MOST])


def _for_assessor(one: Surveillance, user: Any) -> WorkItem | None:
    if one.declared_at is None:
        return _item(one, _("Declare whether you have an interest in this centre"), one.due_on, _("Declare"))
    if one.stage == SurveillanceStage.PLANNED:
        return None  # The secretariat announces it first.
    if one.stage == SurveillanceStage.NOTIFIED:
        return _item(one, _("Check the centre"), one.due_on, _("Record"))
    return _item(one, _("Write down what was found and hand it over"), one.due_on, _("Go on"))


def _for_secretariat(one: Surveillance) -> WorkItem:
    if one.stage == SurveillanceStage.ANSWERED:
        return _item(one, _("Verify the answers of the centre"), None, _("Verify"))
    if one.assessor_id is None:
        return _item(one, _("Assign who checks the centre"), one.due_on, _("Assign"))
    return _item(one, _("Announce the surveillance to the centre"), one.due_on, _("Open"))


def _for_centre(one: Surveillance) -> WorkItem:
    return _item(one, _("Answer what was found in the surveillance"), one.answer_due, _("Answer"))


def _to_state(one: Proposal) -> WorkItem:
    return WorkItem(
        reference=one.certificate.reference,
        who=str(one.certificate.centre),
        awaited=_("Speak for the centre before the committee resolves on its certificate"),
        due=one.meeting.held_on if one.meeting is not None and not one.certificate.is_example else None,
        url=reverse("state_on_certificate", args=[one.certificate.reference]),
        action=_("Write a statement"),
        kind=_("Certificates"),
        is_example=one.certificate.is_example,
    )


def _item(one: Surveillance, awaited: object, due: date | None, action: object) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.certificate.centre),
        awaited=awaited,
        due=None if one.is_example else due,
        url=one.get_absolute_url(),
        action=action,
        kind=KIND,
        is_example=one.is_example,
    )


def _to_draw(one: Draw) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=one.title,
        awaited=_("Type the seed of its source and draw the sample"),
        due=one.seed_day,
        url=reverse("draw_sample", args=[one.reference]),
        action=_("Draw"),
        kind=KIND,
        is_example=one.is_example,
    )
