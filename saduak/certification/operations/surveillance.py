"""A certified centre is followed up: opened, somebody sent, announced, checked, and what was found handed over."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import oversight, policies
from saduak.certification.models import Certificate, Draw, FindingTurn, Surveillance, SurveillanceFinding
from saduak.certification.models.surveillance import Severity
from saduak.certification.operations import telling_of_surveillance as telling
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.certification.procedure.surveillance import SURVEILLANCE, CheckMode, Origin, SurveillanceStage
from saduak.certification.queries.surveillance import barred_from, certificates_to_follow
from saduak.certification.rules import (
    ANSWER_WORKING_DAYS,
    SURVEILLANCE_LEAD_DAYS,
    surveillance_days,
    turn_to_plan,
)
from saduak.directory.queries import office_calendar
from saduak.journal.steps import StepRefused, lock, record, take_step
from saduak.procedure.kit import CLOCK, Refusal


@transaction.atomic
def open_by_hand(
    certificate: Certificate, *, reason: str, due_on: date, by: Any, at: datetime | None = None
) -> Surveillance:
    """The secretariat opens a surveillance, with its reason. Raises StepRefused."""
    if Role.SECRETARIAT not in policies.roles_over_rounds(by):
        refuse(SURVEILLANCE, "send", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    return _open(certificate, Origin.HAND, reason=reason, due_on=due_on, by=by, at=at)


@transaction.atomic
def open_by_data(
    certificate: Certificate, *, reason: str, due_on: date | None = None, at: datetime | None = None
) -> Surveillance:
    """Figures of the centre's own service open a surveillance; `reason` says which figures, of when, and what they fell
    below. Without `due_on` it is to be checked within the lead of the calendar. Raises StepRefused."""
    at = at or timezone.now()
    due_on = due_on or timezone.localdate(at) + timedelta(days=SURVEILLANCE_LEAD_DAYS)
    return _open(certificate, Origin.DATA, reason=reason, due_on=due_on, by=None, at=at)


def open_by_draw(draw: Draw, certificate: Certificate, *, by: Any, at: datetime) -> Surveillance | None:
    """A drawn centre is followed up; None where it cannot be, because something runs already or has ended."""
    if Surveillance.objects.open().filter(certificate=certificate).exists() or not certificate.is_alive_on(
        timezone.localdate(at)
    ):
        return None
    return _open(certificate, Origin.DRAW, draw=draw, due_on=draw.due_on, by=by, at=at)


def plan_due(*, at: datetime | None = None) -> list[Surveillance]:
    """Plan what the calendar of each certificate asks for; a practice is left alone. Each in its own transaction."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    planned = []
    for one in certificates_to_follow(today):
        days = surveillance_days(one.issued_on, one.expires_on, one.round.surveillance_months)
        turn = turn_to_plan(days, today)
        if turn is not None and turn not in {known.turn for known in one.surveillances.all()}:
            with suppress(StepRefused), transaction.atomic():  # Somebody was faster.
                planned.append(_open(one, Origin.CALENDAR, turn=turn, due_on=days[turn - 1], by=None, at=at))
    return planned


@transaction.atomic
def send(
    surveillance: Surveillance, person: Any, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Surveillance:
    """Assign who checks the centre; whom a hard conflict bars is refused. Who is sent declares anew."""
    certificate = surveillance.certificate
    if person.pk in barred_from(certificate, [person], on=timezone.localdate(at)):
        refuse(SURVEILLANCE, "send", "is_not_barred", _("A conflict of interest bars this person from the centre."))
    return take(
        "send",
        surveillance,
        by=by,
        at=at,
        seen=seen,
        facts={"person": person.pk, "name": str(person)},
        assessor=person,
        declared_at=None,
    )


@transaction.atomic
def declare_free(surveillance: Surveillance, *, by: Any, at: datetime | None = None) -> Surveillance:
    """Who is sent declares to have no interest in the centre."""
    at = at or timezone.now()
    if by.pk in barred_from(surveillance.certificate, [by], on=timezone.localdate(at)):
        refuse(SURVEILLANCE, "declare_free", "is_not_barred", _("A conflict of interest bars you from the centre."))
    return take("declare_free", surveillance, by=by, at=at, declared_at=at)


@transaction.atomic
def stand_back(surveillance: Surveillance, *, by: Any, reason: str, at: datetime | None = None) -> Surveillance:
    """Who is sent has an interest in the centre; somebody else is to be sent."""
    _needs_reason("stand_back", reason)
    return take("stand_back", surveillance, by=by, at=at, note=reason.strip(), assessor=None, declared_at=None)


@transaction.atomic
def notify(surveillance: Surveillance, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Surveillance:
    """Announce it to the centre, which is told at once."""
    at = at or timezone.now()
    told = take("notify", surveillance, by=by, at=at, seen=seen, notified_at=at)
    telling.tell_the_centre(told, "notified", by=by, at=at)
    return told


@dataclass(frozen=True)
class Check:
    """How and when a centre was checked, and what the check says as a whole."""

    mode: str
    checked_on: date
    summary: str


@transaction.atomic
def check(
    surveillance: Surveillance, done: Check, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Surveillance:
    """Write down that the centre was checked. Raises StepRefused."""
    at = at or timezone.now()
    if done.mode not in CheckMode.values:
        refuse(SURVEILLANCE, "check", "mode_is_known", _("Say how the centre was checked."))
    if done.checked_on > timezone.localdate(at):
        refuse(SURVEILLANCE, "check", "day_is_not_ahead", _("The day of the check lies ahead."))
    if not done.summary.strip():
        refuse(SURVEILLANCE, "check", "summary_is_given", _("Write the summary."))
    return take(
        "check",
        surveillance,
        by=by,
        at=at,
        seen=seen,
        note=done.summary.strip(),
        facts={"mode": done.mode, "checked_on": done.checked_on.isoformat()},
        mode=done.mode,
        checked_on=done.checked_on,
        summary=done.summary.strip(),
    )


@transaction.atomic
def find(
    surveillance: Surveillance, *, code: str, severity: str, text: str, by: Any, at: datetime | None = None
) -> SurveillanceFinding:
    """Write down what was found of one criterion. Raises StepRefused."""
    locked = _open_to_findings(surveillance, by=by)
    if code not in {criterion.code for criterion in locked.library.criteria()}:
        refuse(SURVEILLANCE, "hand_over", "criterion_is_known", _("Choose the criterion."))
    if severity not in Severity.values:
        refuse(SURVEILLANCE, "hand_over", "severity_is_known", _("Choose how much it weighs."))
    if not text.strip():
        refuse(SURVEILLANCE, "hand_over", "finding_is_worded", _("Write what was found."))
    return SurveillanceFinding.objects.create(
        surveillance=locked,
        code=code,
        severity=severity,
        text=text.strip(),
        recorded_at=at or timezone.now(),
        recorded_by=by,
    )


@transaction.atomic
def strike(finding: SurveillanceFinding, *, by: Any) -> None:
    """Take a finding back before it is handed over."""
    _open_to_findings(finding.surveillance, by=by)
    finding.delete()


@transaction.atomic
def hand_over(
    surveillance: Surveillance, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Surveillance:
    """Hand the findings over to the centre, each with the day by which it is to be answered."""
    at = at or timezone.now()
    findings = list(surveillance.findings.order_by("pk"))
    if not findings:  # Without any there is no first day; the procedure words it.
        return take("hand_over", surveillance, by=by, at=at, seen=seen)
    due = due_days(surveillance, findings, at)
    asked = take(
        "hand_over",
        surveillance,
        by=by,
        at=at,
        seen=seen,
        facts={"findings": {one.code: one.severity for one in findings}, "answer_due": min(due.values()).isoformat()},
        asked_on=timezone.localdate(at),
        answer_due=min(due.values()),
        turns=1,
    )
    ask(findings, due, turn=1)
    telling.tell_the_centre(asked, "findings", by=by, at=at)
    return asked


@transaction.atomic
def close_clean(
    surveillance: Surveillance, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Surveillance:
    """Close a surveillance that has found nothing; the reason is its summary, which the centre reads."""
    at = at or timezone.now()
    closed = take("close_clean", surveillance, by=by, at=at, seen=seen, note=surveillance.summary)
    telling.tell_the_centre(closed, "closed", by=by, at=at)
    return closed


@transaction.atomic
def call_off(
    surveillance: Surveillance, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Surveillance:
    """Cancel a surveillance before the centre was checked; the centre is told when it had been announced."""
    at = at or timezone.now()
    _needs_reason("call_off", reason)
    cancelled = take("call_off", surveillance, by=by, at=at, seen=seen, note=reason.strip())
    if cancelled.notified_at is not None:
        telling.tell_the_centre(cancelled, "called_off", by=by, at=at, note=reason.strip())
    return cancelled


def stop_ended(*, at: datetime | None = None) -> list[Surveillance]:
    """Cancel what runs about certificates that have ended; each in a transaction of its own."""
    at = at or timezone.now()
    stopped = []
    for one in Surveillance.objects.due_to_stop(timezone.localdate(at)):
        with suppress(StepRefused), transaction.atomic():  # Somebody was faster.
            stopped.append(take("stop", one, by=None, at=at))
    return stopped


def due_days(surveillance: Surveillance, findings: list[SurveillanceFinding], at: datetime) -> dict[int, date]:
    """By the key of each finding the day by which it is answered, in working days of the centre's province."""
    calendar = office_calendar(surveillance.certificate.centre.province)
    today = timezone.localdate(at)
    return {one.pk: calendar.add_working_days(today, ANSWER_WORKING_DAYS[one.severity]).day for one in findings}


def ask(findings: list[SurveillanceFinding], due: dict[int, date], *, turn: int) -> None:
    """Ask the centre about these findings."""
    FindingTurn.objects.bulk_create(
        FindingTurn(finding=one, number=turn, due_on=due[one.pk], recorded_by=one.recorded_by) for one in findings
    )


def take(
    name: str,
    surveillance: Surveillance,
    *,
    by: Any | None,
    at: datetime | None = None,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Surveillance:
    """Take one step with a surveillance; `by=None` is the clock. Raises StepRefused and StepOvertaken."""
    roles = partial(oversight.roles_in, by) if by is not None else frozenset({CLOCK})
    return take_step(
        SURVEILLANCE, name, surveillance, by=by, roles=roles, at=at, seen=seen, note=note, facts=facts, **changes
    )


def _open(
    certificate: Certificate,
    origin: Origin,
    *,
    due_on: date,
    by: Any | None,
    at: datetime | None,
    reason: str = "",
    turn: int | None = None,
    draw: Draw | None = None,
) -> Surveillance:
    at = at or timezone.now()
    locked = lock(certificate)
    today = timezone.localdate(at)
    if not locked.is_alive_on(today):
        refuse(SURVEILLANCE, "send", "the_certificate_lives", _("The certificate is no longer in force or suspended."))
    if locked.surveillances.open().exists():
        refuse(SURVEILLANCE, "send", "none_is_open", _("A surveillance of this centre runs already."))
    if origin in (Origin.HAND, Origin.DATA):
        _needs_reason("send", reason)
    if due_on < today:
        refuse(SURVEILLANCE, "send", "day_is_ahead", _("The day by which it is checked lies in the past."))
    made = Surveillance.objects.create(
        reference=f"{locked.reference}-S{locked.surveillances.count() + 1}",
        stage=SurveillanceStage.PLANNED,
        stage_since=at,
        certificate=locked,
        origin=origin,
        turn=turn,
        draw=draw,
        reason=reason.strip(),
        due_on=due_on,
        is_example=locked.is_example,
    )
    record(
        made,
        step="open_surveillance",
        clause="9.1",
        to_stage=made.stage,
        by=by,
        role=CLOCK if by is None else Role.SECRETARIAT,
        at=at,
        note=made.reason,
        facts={
            "origin": origin,
            "due_on": due_on.isoformat(),
            **({"turn": turn} if turn is not None else {}),
            **({"draw": draw.reference} if draw is not None else {}),
        },
    )
    return made


def _open_to_findings(surveillance: Surveillance, *, by: Any) -> Surveillance:
    locked = lock(surveillance)
    if not oversight.may_record_findings(by, locked):
        refuse(SURVEILLANCE, "hand_over", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    return locked


def _needs_reason(step: str, reason: str) -> None:
    if not reason.strip():
        refuse(SURVEILLANCE, step, "reason_is_given", _("Write the reason."))
