"""Units go to numbered sub-committees, and their members declare their interests."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Application, Assignment, Declaration, Panel, VisitAssessor
from saduak.certification.operations.taking import refuse, take
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.procedure.roles import WORDINGS
from saduak.directory.queries import memberships_of
from saduak.journal.steps import lock, record
from saduak.procedure.kit import Refusal


@transaction.atomic
def assign(
    application: Application,
    panel: Panel,
    *,
    by: Any,
    reason: str = "",
    at: datetime | None = None,
    seen: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Application:
    """Give a screened unit to a sub-committee of the round, under its next running unit number.

    `facts` are more for the journal, such as the proposal that it follows.
    """
    at = at or timezone.now()
    _same_round(application, panel, "assign")
    number = _next_unit_number(panel)
    assigned = take(
        "assign",
        application,
        by=by,
        at=at,
        seen=seen,
        note=reason,
        facts={**(facts or {}), "body": panel.body.reference, "unit_number": number},
    )
    Assignment.objects.create(application=assigned, panel=panel, unit_number=number, reason=reason, at=at, by=by)
    return lock(assigned)


@transaction.atomic
def assign_several(
    applications: Iterable[Application],
    panel: Panel,
    *,
    by: Any,
    seen: Mapping[str, int],
    reason: str = "",
    at: datetime | None = None,
) -> list[Application]:
    """Give several units to one sub-committee, numbered in this order; all of them, or none.

    `seen` holds the version of each that the person was looking at, by reference. Raises as `assign` does.
    """
    at = at or timezone.now()
    return [assign(one, panel, by=by, reason=reason, at=at, seen=seen.get(one.reference)) for one in applications]


@transaction.atomic
def reassign(
    application: Application, panel: Panel, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """Give an assigned unit to another sub-committee, with the reason; it takes a new unit number there."""
    at = at or timezone.now()
    _same_round(application, panel, "reassign")
    if not reason.strip():
        refuse(APPLICATION, "reassign", "reason_is_given", _("Write the reason."))
    assignment = Assignment.objects.select_for_update().get(application=application)
    if assignment.panel_id == panel.pk:
        refuse(APPLICATION, "reassign", "another_sub_committee", _("The unit is with this sub-committee already."))
    number = _next_unit_number(panel)
    reassigned = take(
        "reassign",
        application,
        by=by,
        at=at,
        seen=seen,
        note=reason,
        facts={
            "body": panel.body.reference,
            "unit_number": number,
            "before": {"body": assignment.panel.body.reference, "unit_number": assignment.unit_number},
        },
    )
    assignment.panel, assignment.unit_number, assignment.reason = panel, number, reason
    assignment.at, assignment.by = at, by
    assignment.save()
    return lock(reassigned)


@transaction.atomic
def declare(
    application: Application, *, by: Any, has_conflict: bool, statement: str = "", at: datetime | None = None
) -> Declaration:
    """A member of the unit's sub-committee declares to be free of conflict, or what the conflict is.

    A declaration is made once. A member who learns of a conflict later makes the other declaration with
    `has_conflict`; the way back is closed. Raises StepRefused.
    """
    at = at or timezone.now()
    locked = lock(application)
    assignment = Assignment.objects.filter(application=locked).select_related("panel").first()
    if assignment is None or not any(m.body_id == assignment.panel.body_id for m in memberships_of(by)):
        refuse(APPLICATION, "plan_visit", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.is_final:
        refuse(APPLICATION, "plan_visit", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    if has_conflict and not statement.strip():
        refuse(APPLICATION, "plan_visit", "statement_is_given", _("Write what the conflict of interest is."))
    known = locked.declarations.filter(person=by).first()
    if known is not None and (known.has_conflict or not has_conflict):
        refuse(APPLICATION, "plan_visit", "declared_already", _("You have declared on this unit already."))
    declaration, _is_new = Declaration.objects.update_or_create(
        application=locked, person=by, defaults={"has_conflict": has_conflict, "statement": statement.strip(), "at": at}
    )
    if has_conflict:
        VisitAssessor.objects.filter(visit__in=locked.visits.planned(), person=by).delete()
    record(
        locked,
        step="declare",
        clause="4.3",
        by=by,
        at=at,
        role="panel_member",
        from_stage=locked.stage,
        to_stage=locked.stage,
        facts={"has_conflict": has_conflict},
    )
    return declaration


def _same_round(application: Application, panel: Panel, step: str) -> None:
    if panel.round_id != application.round_id:
        refuse(APPLICATION, step, "same_round", _("The sub-committee does not take part in this round."))


def _next_unit_number(panel: Panel) -> int:
    """The next number of the sub-committee in this round; the row is locked until the transaction ends."""
    Panel.objects.filter(pk=panel.pk).update(last_unit_number=F("last_unit_number") + 1)
    return Panel.objects.values_list("last_unit_number", flat=True).get(pk=panel.pk)
