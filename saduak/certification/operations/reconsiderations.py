"""A centre asks for reconsideration; the secretariat admits the request and gives it to another sub-committee."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.attachments.operations import store
from saduak.certification import policies
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.models import Application, Ground, GroundFile, Reconsideration
from saduak.certification.models.reconsiderations import Subject
from saduak.certification.operations import telling
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.reconsiderations import RECONSIDERATION, ReconsiderationStage
from saduak.certification.procedure.roles import CENTRE, WORDINGS
from saduak.certification.queries.reconsiderations import may_hear, subject_of, term_to_ask, told_on
from saduak.certification.rules import reconsideration_reference
from saduak.directory.models import Body
from saduak.directory.queries import office_calendar
from saduak.journal.steps import StepOvertaken, lock, record, take_step
from saduak.procedure.kit import CLOCK, Refusal


def take(name: str, request: Reconsideration, *, by: Any | None, **given: Any) -> Reconsideration:
    """Take one step with a request; `by=None` is the clock. Raises StepRefused and StepOvertaken."""
    roles = partial(rights.roles_over, by) if by is not None else frozenset({CLOCK})
    return take_step(RECONSIDERATION, name, request, by=by, roles=roles, **given)


@transaction.atomic
def start(application: Application, *, by: Any, at: datetime | None = None) -> Reconsideration:
    """Begin a request to reconsider the decision that stands on an application.

    Raises StepRefused when there is none, the person is not of the centre, the time is over, or a request was made.
    """
    at = at or timezone.now()
    unit = lock(application)
    role = policies.role_in_centre(by, unit.centre)
    if role is None:
        refuse(RECONSIDERATION, "ask", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    subject = subject_of(unit)
    if subject is None:
        refuse(RECONSIDERATION, "ask", "a_decision_stands", _("There is no decision that could be reconsidered."))
    told = told_on(unit)
    until = term_to_ask(unit, told).day if told else None
    if until is not None and not unit.is_example and timezone.localdate(at) > until:
        refuse(RECONSIDERATION, "ask", "it_is_asked_in_time", _("The time for asking has run out."))
    try:
        with transaction.atomic():
            made = Reconsideration.objects.create(
                reference=reconsideration_reference(unit.reference, unit.reconsiderations.count() + 1),
                stage=ReconsiderationStage.DRAFT,
                stage_since=at,
                application=unit,
                centre=unit.centre,
                subject=subject,
                first_stage=unit.stage,
                first_level=unit.level if subject == Subject.RESULT else "",
                first_total=unit.total if subject == Subject.RESULT else None,
                first_resolution=unit.resolution,
                started_at=at,
                started_by=by,
                told_on=told,
                ask_until=until,
                is_example=unit.is_example,
            )
    except IntegrityError:
        refuse(
            RECONSIDERATION,
            "ask",
            "a_decision_is_reconsidered_once",
            _("Reconsideration of this decision was asked for already."),
        )
    record(made, step="start", clause="10.0", to_stage=made.stage, by=by, at=at, role=role)
    return made


@transaction.atomic
def write(
    request: Reconsideration,
    *,
    statement: str,
    grounds: Mapping[str, str],
    by: Any,
    seen: int | None = None,
    at: datetime | None = None,
) -> Reconsideration:
    """Write down what the centre asks for, and a ground for each disputed criterion by its code; "" takes one back.

    Criteria that are not named keep their grounds. Raises StepRefused and StepOvertaken.
    """
    at = at or timezone.now()
    locked = _open_request(request, by=by)
    if seen is not None and seen != locked.version:
        raise StepOvertaken(locked, ())
    known = {ground.code: ground for ground in locked.grounds.all()}
    for code, text in grounds.items():
        _refuse_what_cannot_be_disputed(locked, code)
        ground = known.get(code)
        if ground is None and text.strip():
            Ground.objects.create(reconsideration=locked, code=code, text=text.strip(), changed_at=at, changed_by=by)
        elif ground is not None and ground.text != text.strip():
            ground.text, ground.changed_at, ground.changed_by = text.strip(), at, by
            ground.save(update_fields=["text", "changed_at", "changed_by"])
    locked.statement = statement.strip()
    locked.version += 1
    locked.save(update_fields=["statement", "version"])
    return lock(locked)


@transaction.atomic
def add_file(
    request: Reconsideration, code: str, upload: "File[Any]", *, by: Any, at: datetime | None = None
) -> GroundFile:
    """Add a file to the ground of one criterion. Raises StepRefused and FileRefused."""
    at = at or timezone.now()
    locked = _open_request(request, by=by)
    _refuse_what_cannot_be_disputed(locked, code)
    attachment = store(upload, by=by, at=at)
    ground, _is_new = Ground.objects.get_or_create(
        reconsideration=locked, code=code, defaults={"changed_at": at, "changed_by": by}
    )
    same = ground.files.filter(attachment__content=attachment.content).first()
    return same or GroundFile.objects.create(ground=ground, attachment=attachment, added_at=at, added_by=by)


@transaction.atomic
def drop_file(request: Reconsideration, file: GroundFile, *, by: Any) -> None:
    """Take a file away from its ground."""
    locked = _open_request(request, by=by)
    GroundFile.objects.filter(pk=file.pk, ground__reconsideration=locked).delete()


@transaction.atomic
def ask(request: Reconsideration, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Reconsideration:
    """Hand the request in; its grounds are closed, and the terms for the answer begin."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    _with_terms(request)
    round_, calendar = request.application.round, office_calendar(request.centre.province)
    asked = take(
        "ask",
        request,
        by=by,
        at=at,
        seen=seen,
        facts={"contested": list(request.contested)},
        asked_at=at,
        admit_until=calendar.add_working_days(today, round_.admission_working_days).day,
        answer_until=calendar.add_calendar_days(today, round_.answer_days).day,
    )
    telling.tell_about(asked, "reconsideration_asked", by=by, at=at)
    return asked


@transaction.atomic
def withdraw(
    request: Reconsideration, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """Withdraw the request; the first decision stands."""
    _reason_is_given("withdraw", reason)
    return take("withdraw", request, by=by, at=at, seen=seen, note=reason)


@transaction.atomic
def admit(
    request: Reconsideration, *, by: Any, note: str = "", at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """Admit the request, and tell the centre."""
    at = at or timezone.now()
    admitted = take("admit", request, by=by, at=at, seen=seen, note=note)
    telling.tell_about(admitted, "reconsideration_admitted", by=by, at=at, note=note)
    return admitted


@transaction.atomic
def refuse_request(
    request: Reconsideration, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Reconsideration:
    """Do not admit the request, with the reasons that the centre will read; the first decision stands."""
    _reason_is_given("refuse", reason)
    at = at or timezone.now()
    refused = take("refuse", request, by=by, at=at, seen=seen, note=reason)
    telling.tell_about(refused, "reconsideration_refused", by=by, at=at, note=reason)
    return refused


@transaction.atomic
def assign(
    request: Reconsideration,
    body: Body,
    *,
    by: Any,
    reason: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> Reconsideration:
    """Give an admitted request to a sub-committee of the round that has not assessed the unit, or, with the reason,
    one under review to a different one."""
    step = "reassign" if request.stage == ReconsiderationStage.ASSIGNED else "assign"
    if step == "reassign":
        _reason_is_given("reassign", reason)
    if body not in may_hear(request.application):
        refuse(
            RECONSIDERATION,
            step,
            "another_sub_committee",
            _("Choose a sub-committee of the round that has not assessed the unit."),
        )
    assigned = take(step, request, by=by, at=at, seen=seen, note=reason, facts={"body": body.reference}, body=body)
    assigned.reviewers.all().delete()
    return lock(assigned)


def lapse_overdue(*, at: datetime | None = None) -> list[Reconsideration]:
    """End every draft whose term for asking is over; each in a transaction of its own."""
    at = at or timezone.now()
    for draft in Reconsideration.objects.filter(stage=ReconsiderationStage.DRAFT, ask_until__isnull=True):
        _with_terms(draft)
    lapsed = []
    for request in Reconsideration.objects.written_too_late(timezone.localdate(at)):
        with transaction.atomic():
            lapsed.append(take("lapse", request, by=None, at=at))
    return lapsed


def _with_terms(request: Reconsideration) -> None:
    """Write down the term of a request that was begun before the letter left, once it has."""
    if request.ask_until is None and (told := told_on(request.application)) is not None:
        request.told_on, request.ask_until = told, term_to_ask(request.application, told).day
        request.save(update_fields=["told_on", "ask_until"])


def _open_request(request: Reconsideration, *, by: Any) -> Reconsideration:
    locked = lock(request)
    if not rights.roles_over(by, locked) & CENTRE:
        refuse(RECONSIDERATION, "ask", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if not locked.is_editable:
        refuse(RECONSIDERATION, "ask", Refusal.WRONG_STAGE, _("The request was handed in and cannot be changed."))
    return locked


def _refuse_what_cannot_be_disputed(request: Reconsideration, code: str) -> None:
    known = {criterion.code for criterion in request.library.criteria()}
    if request.is_about_screening:
        known = set(request.application.failed_gates)
    if code not in known:
        refuse(RECONSIDERATION, "ask", "criterion_is_decided", _("Nothing was decided on this criterion."))


def _reason_is_given(step: str, reason: str) -> None:
    if not reason.strip():
        refuse(RECONSIDERATION, step, "reason_is_given", _("Write the reason."))
