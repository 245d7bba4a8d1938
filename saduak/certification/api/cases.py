"""Applications and their dossiers, as the person for whom a system acts reads them."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from saduak.attachments import serving
from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.api.fetching import application_for
from saduak.certification.api.words import EntryTold, PlaceTold, place_of
from saduak.certification.models import Application
from saduak.certification.policies import Permission
from saduak.certification.presenters.history import deed
from saduak.certification.presenters.stages import label_of
from saduak.certification.procedure.applications import APPLICATION
from saduak.machines.callers import person_of
from saduak.machines.cases import may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.scopes import Scope
from saduak.machines.steps import StepTold, steps_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Applications"])

FILE = {"responses": {200: {"description": "The file.", "content": {"*/*": {"schema": {"type": "string"}}}}}}


class ApplicationTold(Schema):
    """A centre's application in one round."""

    reference: str
    stage: str
    stage_in_words: str
    version: int = Field(..., description="To be sent as `seen` with the next step.")
    round: str
    centre: PlaceTold
    started_at: datetime
    submitted_at: datetime | None
    mend_until: date | None
    is_example: bool
    url: str


class ApplicationInFullTold(ApplicationTold):
    """An application with what can be done next."""

    contact_name: str
    contact_phone: str
    contact_email: str
    overview: str
    total: str | None = Field(..., description="The agreed score, once the person may read it.")
    level: str
    steps: list[StepTold]


class AnswerTold(Schema):
    """The centre's answer to one item of the criteria."""

    code: str
    answer: str = Field(..., description="met, not_met, not_applicable, points as text, or empty")
    explanation: str
    version: int = Field(..., description="To be sent as `seen` when it is changed.")


class EvidenceTold(Schema):
    """One file of the dossier; it may serve several criteria."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    caption: str
    codes: list[str]
    period_from: date | None
    period_until: date | None


class DossierTold(Schema):
    """What the centre says and shows, and what is still missing."""

    reference: str
    criteria: str
    claim: str = Field(..., description="The score that the centre gives itself.")
    answers: list[AnswerTold]
    evidence: list[EvidenceTold]
    unanswered: list[str]
    unproven: list[str]
    to_mend: dict[str, str] = Field(..., description="Criteria to be mended, each with what the secretariat remarked.")


class ApplicationsAsked(Paging):
    """Which applications are asked for."""

    stage: str = Field("", max_length=40)
    round: str = Field("", max_length=60, description="A round's reference.")
    centre: str = Field("", max_length=20, description="A centre's code.")


@router.get(
    "/applications",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The applications that exist for the person, the latest round first."),
    response=page_of(ApplicationTold),
)
def list_applications(request: HttpRequest, asked: Query[ApplicationsAsked]) -> Any:
    person = may(request, Permission.SEE_APPLICATIONS)
    found = Application.objects.visible_to(person).for_page()
    wanted = {"stage": asked.stage, "round__reference": asked.round, "centre__code": asked.centre}
    return paged(request, asked, found.filter(**{name: value for name, value in wanted.items() if value}), _told)


@router.get(
    "/applications/{reference}",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("One application with the steps that belong to the person now."),
    response=ApplicationInFullTold,
)
def show_application(request: HttpRequest, reference: str) -> Any:
    return in_full(request, application_for(request, reference))


@router.get(
    "/applications/{reference}/history",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("What happened to an application, as far as the person may read it, the oldest first."),
    response=list[EntryTold],
)
def show_history(request: HttpRequest, reference: str) -> Any:
    application = application_for(request, reference)
    person = person_of(request)
    return [
        {
            "sequence": entry.sequence,
            "at": entry.at,
            "step": entry.step,
            "clause": entry.clause,
            "from_stage": entry.from_stage,
            "to_stage": entry.to_stage,
            "what": deed(entry.step),
        }
        for entry in application.history.order_by("sequence")
        if policies.may_read_entry(person, application, entry.step)
    ]


@router.get(
    "/applications/{reference}/dossier",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy(
        "Answers and evidence of an application. Whoever is not of the centre is written into the audit."
    ),
    response=DossierTold,
)
def show_dossier(request: HttpRequest, reference: str) -> Any:
    application = dossier_for(request, reference)
    tell_audit(request, application, "dossier")
    return dossier_told(application)


@router.get(
    "/applications/{reference}/evidence/{evidence}",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("One file of the dossier, byte by byte."),
    openapi_extra=FILE,
)
def show_evidence(request: HttpRequest, reference: str, evidence: int) -> HttpResponse:
    application = dossier_for(request, reference)
    found = get_object_or_404(application.evidence.select_related("attachment__content"), pk=evidence)
    tell_audit(request, application, gettext_noop("evidence") + f": {found.attachment.name}")
    return serving.respond(found.attachment, request=request)


def dossier_for(request: HttpRequest, reference: str) -> Application:
    """The application whose dossier the person may read. Raises Http404 and PermissionDenied."""
    application = application_for(request, reference)
    if not policies.may_read_dossier(person_of(request), application):
        raise PermissionDenied
    return application


def tell_audit(request: HttpRequest, application: Application, what: str) -> None:
    """Write down that somebody from outside the centre looked."""
    person = person_of(request)
    if policies.reads_from_outside(person, application):
        looked_at(person, kind=application.case_kind, reference=application.reference, what=what, request=request)


def dossier_told(application: Application) -> dict[str, Any]:
    """What the centre says and shows."""
    uses: dict[int, list[str]] = {}
    for pk, code in application.evidence_uses.values_list("evidence", "code"):
        uses.setdefault(pk, []).append(code)
    marks = application.screening_by_code
    return {
        "reference": application.reference,
        "criteria": application.round.criteria.reference,
        "claim": str(application.claim.total),
        "answers": [answer_told(each) for each in application.answers.order_by("code")],
        "evidence": [
            evidence_told(each, uses[each.pk])
            for each in application.evidence.select_related("attachment__content")
            if each.pk in uses
        ],
        "unanswered": list(application.unanswered),
        "unproven": list(application.unproven),
        "to_mend": {code: marks[code].remark for code in application.named_items},
    }


def answer_told(answer: Any) -> dict[str, Any]:
    """One answer."""
    return {
        "code": answer.code,
        "answer": answer.answer,
        "explanation": answer.explanation,
        "version": answer.version,
    }


def evidence_told(evidence: Any, codes: list[str]) -> dict[str, Any]:
    """One file of the dossier."""
    return {
        "id": evidence.pk,
        "name": evidence.attachment.name,
        "media_type": evidence.attachment.media_type,
        "size": evidence.attachment.size,
        "sha256": evidence.attachment.sha256,
        "caption": evidence.caption,
        "codes": sorted(codes),
        "period_from": evidence.period_from,
        "period_until": evidence.period_until,
    }


def in_full(request: HttpRequest, application: Application) -> dict[str, Any]:
    """An application as the person reads it."""
    person = person_of(request)
    reads_scores = policies.may_read_result(person, application)
    return {
        **_told(application),
        "contact_name": application.contact_name,
        "contact_phone": application.contact_phone,
        "contact_email": application.contact_email,
        "overview": application.overview if policies.may_read_dossier(person, application) else "",
        "total": str(application.total) if reads_scores else None,
        "level": application.level if reads_scores else "",
        "steps": steps_of(APPLICATION, application, policies.roles_of(person, application)),
    }


def _told(application: Application) -> dict[str, Any]:
    return {
        "reference": application.reference,
        "stage": application.stage,
        "stage_in_words": str(label_of(application)),
        "version": application.version,
        "round": application.round.reference,
        "centre": place_of(application.centre),
        "started_at": application.started_at,
        "submitted_at": application.submitted_at,
        "mend_until": application.mend_until,
        "is_example": application.is_example,
        "url": f"{settings.PUBLIC_URL}{application.get_absolute_url()}",
    }
