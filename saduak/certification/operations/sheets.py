"""Each assessor scores alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import Mark, ScoreSheet, Visit
from saduak.certification.models.visits import VisitState
from saduak.certification.operations.taking import check_answer, digest, refuse
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.procedure.sheets import SHEET, SheetStage
from saduak.journal.steps import lock, record, take_step
from saduak.procedure.kit import Refusal


@transaction.atomic
def open_sheet(visit: Visit, *, by: Any, at: datetime | None = None) -> ScoreSheet:
    """The assessor's own sheet for a visit that has begun, made at the first call. Raises StepRefused."""
    at = at or timezone.now()
    application = visit.application
    if Role.ASSESSOR not in policies.roles_of(by, application) or application.declared_by(by) is not True:
        refuse(SHEET, "submit", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if visit.state == VisitState.CANCELLED or visit.starts_at > at:
        refuse(SHEET, "submit", "the_visit_has_begun", _("The visit has not begun yet."))
    sheet, is_new = ScoreSheet.objects.get_or_create(
        visit=visit,
        assessor=by,
        defaults={
            "reference": f"{application.reference}-S{visit.pk}-{by.pk}",
            "stage": SheetStage.OPEN,
            "stage_since": at,
        },
    )
    if is_new:
        record(sheet, step="open", clause="5.6", to_stage=sheet.stage, by=by, at=at, role=Role.ASSESSOR)
    return sheet


@dataclass(frozen=True)
class Said:
    """What an assessor says under one code; an empty `answer` takes the mark back."""

    code: str
    answer: str
    note: str = ""


@transaction.atomic
def mark(sheet: ScoreSheet, code: str, said: str, *, by: Any, note: str = "", at: datetime | None = None) -> None:
    """Put a mark on one leaf; an empty `said` takes it back. Raises StepRefused and AnswersRefused."""
    mark_together(sheet, [Said(code, said, note)], by=by, at=at)


@transaction.atomic
def mark_together(sheet: ScoreSheet, marks: Iterable[Said], *, by: Any, at: datetime | None = None) -> None:
    """Put marks on several leaves, such as the parts of one criterion: all of them or none. Raises as `mark` does."""
    locked = lock(sheet)
    if Role.ASSESSOR not in policies.roles_on(by, locked):
        refuse(SHEET, "submit", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.is_submitted:
        refuse(SHEET, "submit", Refusal.WRONG_STAGE, _("The sheet was submitted and cannot be changed."))
    at = at or timezone.now()
    known = {mark.code: mark for mark in locked.marks.all()}
    library = locked.application.library
    new: list[Mark] = []
    taken_back: list[str] = []
    for said in {said.code: said for said in marks}.values():
        check_answer(library, said.code, said.answer)
        put = known.get(said.code) or Mark(sheet=locked, code=said.code)
        put.answer, put.note, put.changed_at = said.answer, said.note, at
        if not (said.answer or said.note):
            taken_back.append(said.code)
        elif put.pk is None:
            new.append(put)
        else:
            put.save(update_fields=["answer", "note", "changed_at"])
    if taken_back:
        locked.marks.filter(code__in=taken_back).delete()
    Mark.objects.bulk_create(new)


@transaction.atomic
def submit(sheet: ScoreSheet, *, by: Any, at: datetime | None = None, seen: int | None = None) -> ScoreSheet:
    """Hand the sheet in; it cannot be changed afterwards."""
    at = at or timezone.now()
    content = [[m.code, m.answer, m.note] for m in sheet.marks.order_by("code")]
    return take_step(
        SHEET,
        "submit",
        sheet,
        by=by,
        roles=lambda locked: policies.roles_on(by, locked),
        at=at,
        seen=seen,
        submitted_at=at,
        sha256=digest({"sheet": sheet.reference, "marks": content}),
    )
