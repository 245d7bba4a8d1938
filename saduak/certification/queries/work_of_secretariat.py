"""What waits for the secretariat: dossiers to look through, units to assign, returned dossiers past their day."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Application
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.design.work import WorkItem
from saduak.directory.models import Office
from saduak.directory.queries import memberships_of

KIND = _("Screening and assignment")
MOST = 100
"""As many of each are listed, the oldest; the work list of applications has them all."""


def work_for_secretariat(user: Any, today: date) -> list[WorkItem]:
    """Everything between a submission and a sub-committee; three queries."""
    if not any(held.office == Office.SECRETARIAT_OFFICER for held in memberships_of(user)):
        return []
    waiting = Application.objects.for_page()
    submitted = waiting.filter(stage=Stage.SUBMITTED).order_by("submitted_at")[:MOST]
    screened = waiting.filter(stage=Stage.SCREENED).order_by("stage_since")[:MOST]
    late = waiting.filter(stage=Stage.RETURNED, mend_until__lt=today).order_by("mend_until")[:MOST]
    return [*map(_to_screen, submitted), *map(_to_assign, screened), *map(_too_late, late)]


def _to_screen(one: Application) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.centre),
        awaited=_awaited(one),
        due=_end_of(one, Phase.SCREENING),
        url=reverse("screen_application", args=[one.reference]),
        action=_("Screen"),
        kind=KIND,
        is_example=one.is_example,
    )


def _awaited(one: Application) -> object:
    again = one.was_returned
    if one.default_after is not None:
        if again:
            return _("Look through what the centre has mended; it counts as passed after its day")
        return _("Look through the dossier; it counts as passed after its day")
    return _("Look through what the centre has mended") if again else _("Look through the dossier")


def _to_assign(one: Application) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.centre),
        awaited=_("Assign a sub-committee"),
        due=_end_of(one, Phase.SCREENING),
        url=reverse("assign_application", args=[one.reference]),
        action=_("Assign"),
        kind=KIND,
        is_example=one.is_example,
    )


def _too_late(one: Application) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.centre),
        awaited=_("The centre has not mended the dossier in time"),
        due=one.mend_until,
        url=one.get_absolute_url(),
        action=_("Open"),
        kind=KIND,
        is_example=one.is_example,
    )


def _end_of(one: Application, phase: Phase) -> date | None:
    return None if one.round.is_example else one.round.window(phase).closes_on
