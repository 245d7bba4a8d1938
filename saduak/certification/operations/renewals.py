"""A centre renews its certificate: it applies anew, and confirms one by one what is still true (การต่ออายุการรับรอง)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import Answer, Application, Certificate, Evidence, EvidenceUse, Round
from saduak.certification.operations import applications, telling
from saduak.certification.operations.taking import check_answer, refuse
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.roles import CENTRE, WORDINGS, Role
from saduak.certification.queries.renewals import Carried, carried_of, earlier_application, renewable, renewal_of
from saduak.certification.rules import reminder_due
from saduak.journal.models import Entry
from saduak.journal.steps import lock, record
from saduak.procedure.kit import Refusal


@dataclass(frozen=True)
class Shown:
    """A file of the earlier dossier that is to be used again, with the period that it shows now."""

    evidence: int
    period_from: date | None
    period_until: date | None


@dataclass(frozen=True)
class StillTrue:
    """What the centre confirms of one criterion: its answers of last time, and which files still show it."""

    code: str
    files: tuple[Shown, ...] = ()


@transaction.atomic
def start(certificate: Certificate, round_: Round, *, by: Any, at: datetime | None = None) -> Application:
    """Begin the application that renews a certificate.

    Raises StepRefused when the certificate is not alive or too far from its last day, the round takes no applications,
    or the centre has one in it.
    """
    at = at or timezone.now()
    locked = lock(certificate)
    if not renewable(locked, round_, timezone.localdate(at)):
        refuse(
            APPLICATION,
            "submit",
            "certificate_can_be_renewed",
            _("This certificate cannot be renewed now: it has ended, or its last day is too far away."),
        )
    begun = applications.start(round_, locked.centre, by=by, at=at)
    begun.renews = locked
    begun.save(update_fields=["renews"])
    record(
        begun,
        step="begin_renewal",
        clause="11.1",
        from_stage=begun.stage,
        to_stage=begun.stage,
        by=by,
        at=at,
        role=policies.role_in_centre(by, locked.centre) or "",
        facts={"certificate": locked.reference, "expires_on": locked.expires_on.isoformat()},
    )
    return begun


@transaction.atomic
def confirm(
    application: Application, still_true: Iterable[StillTrue], *, by: Any, at: datetime | None = None
) -> list[Answer]:
    """Confirm answers of the earlier application as still true, with the files that still show it; all or none.

    Only what goes on unchanged through the confirmed mapping can be confirmed, only what was not answered yet, and a
    file only with its period said anew. Raises StepRefused and AnswersRefused.
    """
    at = at or timezone.now()
    locked = lock(application)
    if not policies.roles_of(by, locked) & CENTRE:
        refuse(APPLICATION, "submit", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    earlier = earlier_application(locked)
    known = {one.criterion.code: one for one in carried_of(locked, earlier)} if earlier is not None else {}
    confirmed: list[Answer] = []
    for one in {each.code: each for each in still_true}.values():
        carried = known.get(one.code)
        if carried is None or not carried.can_be_confirmed:
            refuse(
                APPLICATION,
                "submit",
                "answer_can_be_carried",
                _("%(code)s has to be answered anew, or is answered already.") % {"code": one.code},
            )
        confirmed += _confirm(locked, carried, one.files, by=by, at=at)
    return confirmed


def _confirm(
    application: Application, carried: Carried, files: Sequence[Shown], *, by: Any, at: datetime
) -> list[Answer]:
    before = dict(carried.pairs)
    for code, answer in before.items():
        check_answer(application.library, code, answer.answer)
    said = [applications.Said(code, answer.answer, answer.explanation) for code, answer in before.items()]
    answers = applications.answer_together(application, said, by=by, at=at)
    for answer in answers:
        answer.carried_from = before[answer.code]
    Answer.objects.bulk_update(answers, ["carried_from"])
    allowed = {evidence.pk: evidence for evidence in carried.evidence}
    for shown in files:
        if shown.evidence not in allowed:
            refuse(
                APPLICATION, "submit", "evidence_was_used_there", _("This file did not serve this criterion before.")
            )
        _use_again(application, carried.criterion.code, allowed[shown.evidence], shown, by=by, at=at)
    return answers


def _use_again(application: Application, code: str, older: Evidence, shown: Shown, *, by: Any, at: datetime) -> None:
    """Let a file of the earlier dossier serve again; the file itself is the same, its period is said anew."""
    first, last = shown.period_from, shown.period_until
    if first is None or last is None or last < first:
        refuse(
            APPLICATION,
            "submit",
            "period_is_said_anew",
            _("Say for every file from when to when it holds now."),
        )
    again = application.evidence.filter(carried_from=older, period_from=first, period_until=last).first()
    if again is None:
        again = Evidence.objects.create(
            application=application,
            attachment=older.attachment,
            caption=older.caption,
            source=older.source,
            period_from=first,
            period_until=last,
            carried_from=older,
            added_at=at,
            added_by=by,
        )
    EvidenceUse.objects.get_or_create(evidence=again, code=code, defaults={"application": application, "added_at": at})


def remind_due(*, at: datetime | None = None) -> list[Certificate]:
    """Remind every centre whose certificate comes near its last day, once for each reminder of its round.

    Who has begun to renew is not reminded. Each in a transaction of its own.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    near = Certificate.objects.filter(
        stage=CertificateStage.VALID,
        is_example=False,
        expires_on__range=(today, today + timedelta(days=31 * LONGEST)),
    ).select_related("round", "centre", "application__centre")
    reminded = []
    for certificate in near.order_by("pk"):
        months = reminder_due(certificate.expires_on, today, certificate.round.reminder_months)
        if months is None or _was_reminded(certificate, months) or renewal_of(certificate) is not None:
            continue
        with transaction.atomic():
            _remind(certificate, months, at)
        reminded.append(certificate)
    return reminded


LONGEST = 24
"""Months; no round reminds earlier."""


def _was_reminded(certificate: Certificate, months: int) -> bool:
    told = Entry.objects.of(certificate).filter(step="remind").values_list("facts__months", flat=True)
    return any(known <= months for known in told)


def _remind(certificate: Certificate, months: int, at: datetime) -> None:
    locked = lock(certificate)
    record(
        locked,
        step="remind",
        clause="11.2",
        from_stage=locked.stage,
        to_stage=locked.stage,
        by=None,
        at=at,
        role=Role.CLOCK,
        facts={"months": months},
    )
    telling.remind_of(locked, at=at)
