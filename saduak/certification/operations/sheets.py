"""Each assessor scores alone."""

from collections.abc import Collection, Iterable
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
from saduak.certification.operations.versions import note_changes
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.procedure.sheets import SHEET, SheetStage
from saduak.certification.queries.field import is_taken_along
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
    locked = _open(sheet, by=by)
    at = at or timezone.now()
    library = locked.application.library
    wanted = {said.code: said for said in marks}
    for said in wanted.values():
        check_answer(library, said.code, said.answer)
    changed = put(locked, wanted.values(), at=at)
    if changed and is_taken_along(locked):
        note_changes(locked, {said.code: (said.answer, said.note) for said in changed}, by=by, at=at)


@transaction.atomic
def settle_line(sheet: ScoreSheet, said: Said, *, by: Any, at: datetime) -> None:
    """Say what holds of a line of which devices differ; all that is known is overtaken. Raises StepRefused."""
    locked = _open(sheet, by=by)
    note_changes(locked, {said.code: (said.answer, said.note)}, by=by, at=at)
    put(locked, [said], at=at)
    record(locked, step="settle", clause="5.6", by=by, at=at, role=Role.ASSESSOR, facts={"code": said.code})


def _open(sheet: ScoreSheet, *, by: Any) -> ScoreSheet:
    """The sheet, locked, when its assessor may still write on it. Raises StepRefused."""
    locked = lock(sheet)
    if Role.ASSESSOR not in policies.roles_on(by, locked):
        refuse(SHEET, "submit", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.is_submitted:
        refuse(SHEET, "submit", Refusal.WRONG_STAGE, _("The sheet was submitted and cannot be changed."))
    return locked


def put(
    sheet: ScoreSheet, marks: Iterable[Said], *, at: datetime, disputed: Collection[str] = frozenset()
) -> list[Said]:
    """Write marks onto a locked sheet, in the words given; returns those that say something new.

    A line in `disputed` is kept even when it says nothing, so that the dispute is seen.
    """
    known = {mark.code: mark for mark in sheet.marks.all()}
    new: list[Mark] = []
    taken_back: list[str] = []
    changed: list[Said] = []
    for said in marks:
        mark = known.get(said.code) or Mark(sheet=sheet, code=said.code)
        before = (mark.answer, mark.note, mark.is_disputed)
        mark.answer, mark.note, mark.is_disputed = said.answer, said.note, said.code in disputed
        if (mark.answer, mark.note, mark.is_disputed) == before:
            continue
        changed.append(said)
        mark.changed_at = at
        if not (said.answer or said.note or mark.is_disputed):
            taken_back.append(said.code)
        elif mark.pk is None:
            new.append(mark)
        else:
            mark.save(update_fields=["answer", "note", "is_disputed", "changed_at"])
    if taken_back:
        sheet.marks.filter(code__in=taken_back).delete()
    Mark.objects.bulk_create(new)
    return changed


@transaction.atomic
def submit(
    sheet: ScoreSheet,
    *,
    by: Any,
    at: datetime | None = None,
    seen: int | None = None,
    facts: dict[str, Any] | None = None,
) -> ScoreSheet:
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
        facts=facts,
        submitted_at=at,
        sha256=digest({"sheet": sheet.reference, "marks": content}),
    )
