"""A centre applies, answers, proves, hands over, mends and withdraws."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.attachments.operations import store
from saduak.certification import policies
from saduak.certification.models import Answer, Application, Dossier, Evidence, EvidenceUse, Round
from saduak.certification.models.evidence import Source
from saduak.certification.models.marking import as_value
from saduak.certification.operations import remarks
from saduak.certification.operations.taking import digest, refuse, take
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.certification.procedure.roles import CENTRE, WORDINGS
from saduak.certification.rules import Phase, application_reference
from saduak.directory.models import Centre
from saduak.journal.steps import lock, record
from saduak.procedure.kit import Refusal
from saduak.standards.rules import AnswersRefused, problems_with


@dataclass(frozen=True)
class Said:
    """What a person says under one code; `seen` is the version of the answer that the person was looking at."""

    code: str
    answer: str
    explanation: str = ""
    seen: int | None = None


class AnswerOvertaken(Exception):
    """Somebody else has changed the answer since the person opened it; `current` stands now. Pages answer 409."""

    def __init__(self, current: Answer) -> None:
        self.current = current
        super().__init__(f"{current.code} changed in the meantime.")


@transaction.atomic
def start(round_: Round, centre: Centre, *, by: Any, at: datetime | None = None) -> Application:
    """Begin the application of a centre in a round.

    Raises StepRefused when the round takes no applications today, the person does not work in the centre, or the
    centre has an open application in this round.
    """
    at = at or timezone.now()
    accepting = round_.is_open and round_.runs(Phase.APPLICATION, timezone.localdate(at))
    if not accepting:
        refuse(APPLICATION, "submit", "round_accepts_applications", _("The round is not accepting applications today."))
    role = policies.role_in_centre(by, centre)
    if role is None:
        refuse(APPLICATION, "submit", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    Round.objects.filter(pk=round_.pk).update(last_application_number=F("last_application_number") + 1)
    running = Round.objects.values_list("last_application_number", flat=True).get(pk=round_.pk)
    try:
        with transaction.atomic():
            made = Application.objects.create(
                reference=application_reference(round_.cycle_be, running),
                stage=Stage.DRAFT,
                stage_since=at,
                round=round_,
                centre=centre,
                contact_name=str(by),
                contact_phone=by.phone,
                contact_email=by.email,
                started_by=by,
                started_at=at,
                is_example=round_.is_example,
            )
    except IntegrityError:
        refuse(
            APPLICATION,
            "submit",
            "one_open_application_per_centre_and_round",
            _("The centre has an application in this round already."),
        )
    record(made, step="start", clause="2.0", to_stage=made.stage, by=by, at=at, role=role)
    return made


@transaction.atomic
def describe(
    application: Application, *, overview: str, contact_name: str, contact_phone: str, contact_email: str, by: Any
) -> Application:
    """Write down who answers for the application, and the overview that opens the visit."""
    locked = _open_dossier(application, by=by)
    locked.overview, locked.contact_name = overview, contact_name
    locked.contact_phone, locked.contact_email = contact_phone, contact_email
    locked.save(update_fields=["overview", "contact_name", "contact_phone", "contact_email"])
    return locked


@transaction.atomic
def answer(
    application: Application,
    code: str,
    said: str,
    *,
    by: Any,
    explanation: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> Answer:
    """Answer one leaf of the self-assessment; an empty `said` takes the answer back.

    `seen` is the version of the answer that the person was looking at (0: none). Saying the same again changes
    nothing. Raises StepRefused when the item is closed, AnswersRefused when the answer does not fit the criterion,
    and AnswerOvertaken when somebody else was faster.
    """
    locked = _open_dossier(application, by=by, codes=[code])
    _check_answer(locked, code, said)
    known = locked.answers.filter(code=code).first()
    put = _put(locked, known, Said(code, said, explanation, seen), by=by, at=at or timezone.now())
    if put.pk is None:
        put.save()
    return put


@transaction.atomic
def answer_together(
    application: Application, said: Iterable[Said], *, by: Any, at: datetime | None = None
) -> list[Answer]:
    """Answer several leaves, such as the parts of one criterion: all of them or none. Raises what `answer` raises.

    What is empty and was never answered leaves no answer behind.
    """
    locked = _open_dossier(application, by=by)
    known = {answer.code: answer for answer in locked.answers.all()}
    told = [one for one in said if one.answer or one.explanation or one.code in known]
    for one in told:
        _refuse_what_is_closed(locked, one.code)
        _check_answer(locked, one.code, one.answer)
    at = at or timezone.now()
    answers = {}
    for one in told:
        answers[one.code] = known[one.code] = _put(locked, known.get(one.code), one, by=by, at=at)
    Answer.objects.bulk_create(answer for answer in answers.values() if answer.pk is None)
    return [answers[one.code] for one in told]


@transaction.atomic
def add_evidence(
    application: Application,
    upload: "File[Any]",
    codes: Iterable[str],
    *,
    by: Any,
    caption: str = "",
    source: str = Source.UPLOAD,
    period_from: date | None = None,
    period_until: date | None = None,
    at: datetime | None = None,
) -> Evidence:
    """Add a file as evidence for one or several criteria. Raises StepRefused and FileRefused."""
    at = at or timezone.now()
    codes = list(dict.fromkeys(codes))
    locked = _open_dossier(application, by=by, codes=codes)
    attachment = store(upload, by=by, keep_place=True, at=at)
    same = locked.evidence.filter(attachment__content=attachment.content, uses__isnull=False).first()
    evidence = same or Evidence.objects.create(
        application=locked,
        attachment=attachment,
        caption=caption,
        source=Source.PHOTO if attachment.is_image and source == Source.UPLOAD else source,
        period_from=period_from,
        period_until=period_until,
        added_at=at,
        added_by=by,
    )
    served = set(evidence.uses.values_list("code", flat=True)) if evidence is same else set()
    EvidenceUse.objects.bulk_create(
        EvidenceUse(application=locked, evidence=evidence, code=code, added_at=at)
        for code in codes
        if code not in served
    )
    return evidence


@transaction.atomic
def use_evidence(
    application: Application, evidence: Evidence, code: str, *, by: Any, at: datetime | None = None
) -> EvidenceUse:
    """Let evidence that the dossier has already serve one more criterion."""
    locked = _open_dossier(application, by=by, codes=[code])
    if evidence.application_id != locked.pk:
        refuse(APPLICATION, "submit", "evidence_is_of_this_dossier", _("The file belongs to another application."))
    use, _is_new = EvidenceUse.objects.get_or_create(
        evidence=evidence, code=code, defaults={"application": locked, "added_at": at or timezone.now()}
    )
    return use


@transaction.atomic
def describe_evidence(
    application: Application,
    evidence: Evidence,
    *,
    by: Any,
    caption: str = "",
    period_from: date | None = None,
    period_until: date | None = None,
) -> Evidence:
    """Say anew what a file shows and of which time, in every criterion that it serves. Raises StepRefused.

    Of a returned dossier only what serves nothing but items that the secretariat named.
    """
    _open_dossier(application, by=by, codes=evidence.uses.values_list("code", flat=True))
    evidence.caption, evidence.period_from, evidence.period_until = caption, period_from, period_until
    evidence.save(update_fields=["caption", "period_from", "period_until"])
    return evidence


@transaction.atomic
def drop_evidence(application: Application, evidence: Evidence, code: str, *, by: Any) -> None:
    """Take evidence away from one criterion; the file itself stays where it was stored."""
    locked = _open_dossier(application, by=by, codes=[code])
    locked.evidence_uses.filter(evidence=evidence, code=code).delete()


@transaction.atomic
def submit(application: Application, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Application:
    """Hand the application in; from now on its dossier is closed and has a hash."""
    at = at or timezone.now()
    submitted = take("submit", application, by=by, at=at, seen=seen, submitted_at=at)
    _hand_over(submitted, by=by, at=at)
    return submitted


@transaction.atomic
def resubmit(application: Application, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Application:
    """Hand the mended dossier in; the mended items are screened anew."""
    at = at or timezone.now()
    mended = application.named_items
    resubmitted = take(
        "resubmit", application, by=by, at=at, seen=seen, submitted_at=at, facts={"mended": list(mended)}
    )
    resubmitted.screening_marks.filter(code__in=mended).delete()
    _hand_over(resubmitted, by=by, at=at)
    return resubmitted


@transaction.atomic
def withdraw(
    application: Application, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """Withdraw the application, with the reason that the secretariat will read."""
    if not reason.strip():
        refuse(APPLICATION, "withdraw", "reason_is_given", _("Write the reason."))
    withdrawn = take("withdraw", application, by=by, at=at, seen=seen, note=reason)
    withdrawn.visits.planned().update(state="cancelled")
    return withdrawn


def lapse_overdue(*, at: datetime | None = None) -> list[Application]:
    """End every draft and returned dossier whose time has run out; each in a transaction of its own."""
    at = at or timezone.now()
    lapsed = []
    for application in Application.objects.overdue(timezone.localdate(at)):
        with transaction.atomic():
            lapsed.append(take("lapse", application, by=None, at=at))
    return lapsed


def dossier_content(application: Application) -> dict[str, Any]:
    """What is handed over: the criteria's hash, the facts of the centre, every answer, every file's hash."""
    centre = application.centre
    return {
        "format": "saduak-dossier/1",
        "reference": application.reference,
        "criteria": {"code": application.round.criteria.code, "sha256": application.round.criteria.sha256},
        "centre": {
            "code": centre.code,
            "name_th": centre.name_th,
            "agency": centre.agency.name_th,
            "province": centre.province.code,
        },
        "contact": [application.contact_name, application.contact_phone, application.contact_email],
        "overview": application.overview,
        "answers": {
            a.code: {
                "answer": a.answer,
                "explanation": a.explanation,
                "changed_at": a.changed_at,
                **({"confirmed_from": a.carried_from.application.reference} if a.carried_from else {}),
            }
            for a in application.answers.select_related("carried_from__application").order_by("code")
        },
        "evidence": [
            {
                "code": use.code,
                "sha256": use.evidence.attachment.sha256,
                "name": use.evidence.attachment.name,
                "caption": use.evidence.caption,
                "period": [use.evidence.period_from, use.evidence.period_until],
            }
            for use in application.evidence_uses.select_related("evidence__attachment").order_by("code", "pk")
        ],
        "claim": str(application.claim.total),
    }


def _hand_over(application: Application, *, by: Any, at: datetime) -> Dossier:
    remarks.look_soon(application)
    content = dossier_content(application)
    return Dossier.objects.create(
        application=application,
        number=application.dossiers.count() + 1,
        handed_over_at=at,
        handed_over_by=by,
        content=content,
        sha256=digest(content),
    )


def _open_dossier(application: Application, *, by: Any, codes: Iterable[str] = ()) -> Application:
    """The application, locked, if the person may work on it, and on the criteria of `codes`, now."""
    locked = lock(application)
    if not policies.roles_of(by, locked) & CENTRE:
        refuse(APPLICATION, "submit", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if not locked.is_editable:
        refuse(APPLICATION, "submit", "dossier_is_closed", _("The dossier was handed over and cannot be changed."))
    for code in codes:
        _refuse_what_is_closed(locked, code)
    return locked


def _refuse_what_is_closed(application: Application, code: str) -> None:
    """Only items of the round's criteria are open; of a returned dossier, only those that the secretariat named."""
    if not application.library.has(code):
        refuse(APPLICATION, "submit", "criterion_is_known", _("The criteria of this round have no such item."))
    if application.stage == Stage.RETURNED and not application.is_named(code):
        refuse(
            APPLICATION, "resubmit", "item_is_not_named", _("Only the items that the secretariat named can be mended.")
        )


def _put(application: Application, known: Answer | None, said: Said, *, by: Any, at: datetime) -> Answer:
    """The answer as said: a known one is saved, a new one is left to the caller to save. Raises AnswerOvertaken."""
    if known is None:
        return Answer(
            application=application,
            code=said.code,
            answer=said.answer,
            explanation=said.explanation,
            changed_at=at,
            changed_by=by,
        )
    if (known.answer, known.explanation) == (said.answer, said.explanation):
        return known
    if said.seen is not None and said.seen != known.version:
        raise AnswerOvertaken(known)
    known.answer, known.explanation, known.version = said.answer, said.explanation, known.version + 1
    known.carried_from = None  # What is changed is said anew.
    known.changed_at, known.changed_by = at, by
    known.save()
    return known


def _check_answer(application: Application, code: str, said: str) -> None:
    """Raises AnswersRefused when the answer does not fit what stands under `code`; "" fits everywhere."""
    if said and (problems := problems_with(application.library, {code: as_value(said)})):
        raise AnswersRefused(problems)
