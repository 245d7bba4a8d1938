"""What happens when the authority misses a date of its own, where the round has set it (ผลโดยปริยาย).

No default gives a certificate: a resolution stands behind every outcome. What is late comes onto the next agenda as it
was proposed, and the committee may still decide otherwise, with its reason.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from saduak.certification.models import AgendaItem, Application, Meeting, Reconsideration
from saduak.certification.operations import reconsiderations, telling
from saduak.certification.operations.taking import take
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.meetings import MeetingStage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.certification.rules import Default
from saduak.journal.steps import StepRefused, lock

STEPS: dict[str, tuple[str, Default]] = {
    Stage.SUBMITTED: ("pass_by_default", Default.SCREENING),
    Stage.ASSESSED: ("propose_by_default", Default.ASSESSMENT),
    Stage.PROPOSED: ("stand_by_default", Default.RESOLUTION),
}
"""Stage of an application → the step of the clock, and the default that allows it."""


def set_due(*, at: datetime | None = None) -> list[Application | Reconsideration]:
    """Set every default whose day has passed; each case in a transaction of its own. Returns what was moved.

    An application in which a person has found a gate not met is never passed by time.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    moved: list[Application | Reconsideration] = []
    waiting = Application.objects.filter(stage__in=STEPS, round__is_example=False, default_since__isnull=True)
    for application in waiting.exclude(round__defaults=[]).select_related("round").order_by("pk"):
        after = application.default_after
        if after is not None and today > after:
            moved += _set(application, after, at)
    for request in Reconsideration.objects.waiting_for_default(today).select_related("application__round"):
        moved += _set_request(request, at)
    for meeting in Meeting.objects.filter(stage=MeetingStage.CALLED):
        with transaction.atomic():
            bring_overdue(lock(meeting))
    return moved


def bring_overdue(meeting: Meeting) -> int:
    """Put on a called meeting's agenda what stands by default and is on none, decided as proposed; returns how many.

    Must be called inside the transaction that has the meeting locked or made.
    """
    units = Application.objects.filter(round=meeting.round_id, stage=Stage.PROPOSED, default_since__isnull=False)
    requests = Reconsideration.objects.filter(
        application__round=meeting.round_id, stage=ReconsiderationStage.PROPOSED, default_since__isnull=False
    ).select_related("application")
    items = [
        *(AgendaItem(application=unit, total=unit.total or 0, proposed_level=unit.level) for unit in units),
        *(
            AgendaItem(application=one.application, reconsideration=one, total=one.total or 0, proposed_level=one.level)
            for one in requests
        ),
    ]
    return _put(meeting, items)


def _put(meeting: Meeting, items: Iterable[AgendaItem]) -> int:
    last, added = meeting.items.aggregate(last=Max("position"))["last"] or 0, 0
    for item in items:
        case: Any = item.reconsideration or item.application
        if case.agenda_items.on_open_agendas().filter(reconsideration=item.reconsideration).exists():
            continue
        added += 1
        item.meeting, item.position = meeting, last + added
        item.decision, item.level = item.proposed, item.proposed_level
        item.dossier_sha256 = item.application.dossiers.order_by("-number").values_list("sha256", flat=True)[0]
        item.save()
    return added


def _set(application: Application, after: date, at: datetime) -> list[Application]:
    step, default = STEPS[application.stage]
    changes: dict[str, Any] = {"default_since": timezone.localdate(at)} if step == "stand_by_default" else {}
    try:
        with transaction.atomic():
            moved = take(step, application, by=None, at=at, facts=_facts(default, after), **changes)
            if step == "pass_by_default":
                telling.tell_the_centre(moved, telling.passed(moved), by=None, at=at)
    except StepRefused:
        return []
    return [moved]


def _set_request(request: Reconsideration, at: datetime) -> list[Reconsideration]:
    admits = request.stage == ReconsiderationStage.ASKED
    after = request.admitted_by_default_after if admits else request.stands_by_default_after
    if after is None:
        return []
    default = Default.ADMISSION if admits else Default.ANSWER
    step = "admit_by_default" if admits else "stand_by_default"
    changes: dict[str, Any] = {} if admits else {"default_since": timezone.localdate(at)}
    with transaction.atomic():
        moved = reconsiderations.take(step, request, by=None, at=at, facts=_facts(default, after), **changes)
        if admits:
            telling.tell_about(moved, "reconsideration_admitted", by=None, at=at)
    return [moved]


def _facts(default: Default, after: date) -> dict[str, str]:
    return {"default": default.value, "missed": after.isoformat()}
