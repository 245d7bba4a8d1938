"""A centre's own system applies, answers, proves, hands in, mends and withdraws; and the secretariat's screens."""

from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from saduak.certification.api.cases import (
    ApplicationInFullTold,
    DossierTold,
    EvidenceTold,
    dossier_for,
    dossier_told,
    evidence_told,
    in_full,
)
from saduak.certification.api.fetching import application_for, round_named
from saduak.certification.forms.answering import written
from saduak.certification.models import Application
from saduak.certification.operations import applications, screening
from saduak.certification.operations.applications import AnswerOvertaken, Said
from saduak.certification.policies import Permission
from saduak.directory.models import Centre
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.problems import Kind, Problem, wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import LARGEST, NoteAsked, ReasonAsked, SeenAsked
from saduak.machines.words import gettext_lazy

router = Router(tags=["Applications"])


class StartAsked(Schema):
    """Which centre applies in which round."""

    round: str = Field(..., min_length=1, max_length=60, description="A round's reference.")
    centre: str = Field(..., min_length=1, max_length=20, description="A centre's code.")


class AboutAsked(Schema):
    """Who answers for the application, and the overview that opens the visit."""

    contact_name: str = Field(..., min_length=1, max_length=200)
    contact_phone: str = Field(..., min_length=1, max_length=40)
    contact_email: str = Field("", max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")
    overview: str = Field("", max_length=6000)


class AnswerAsked(Schema):
    """One answer; `seen` 0 says that none was there."""

    code: str = Field(..., min_length=1, max_length=20)
    answer: str = Field(..., max_length=20, description="met, not_met, not_applicable, points as text, or empty")
    explanation: str = Field("", max_length=6000)
    seen: int | None = Field(None, ge=0, le=LARGEST, description="The answer's version as it was read.")


class AnswersAsked(Schema):
    """Answers that are kept together, or not at all."""

    answers: list[AnswerAsked] = Field(..., min_length=1, max_length=500)


class EvidenceAsked(Schema):
    """What a file shows, and which criteria it serves."""

    codes: list[str] = Field(..., min_length=1, max_length=100)
    caption: str = Field("", max_length=300)
    period_from: date | None = None
    period_until: date | None = None


class FindingAsked(SeenAsked):
    """What the screening finds of one criterion."""

    code: str = Field(..., min_length=1, max_length=20)
    finding: Literal["accepted", "to_mend", "failed"]
    remark: str = Field("", max_length=4000)


@router.post(
    "/applications",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Begin the application of a centre in a round."),
    response={201: ApplicationInFullTold},
)
def start_application(request: HttpRequest, asked: StartAsked) -> Any:
    person = may(request, Permission.APPLY)
    round_ = round_named(person, asked.round)
    centre = Centre.objects.visible_to(person).filter(code=asked.centre).first()
    if centre is None:
        raise wrong(_("There is no centre of this code."), pointer="/centre")
    made = applications.start(round_, centre, by=person)
    return Status(201, in_full(request, application_for(request, made.reference)))


@router.put(
    "/applications/{reference}/answers",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Answer several items: all of them or none. An empty answer takes one back."),
    response=DossierTold,
)
def put_answers(request: HttpRequest, reference: str, asked: AnswersAsked) -> Any:
    application = dossier_for(request, reference)
    said = [
        Said(one.code, _written(application, one, place), one.explanation, one.seen)
        for place, one in enumerate(asked.answers)
    ]
    try:
        applications.answer_together(application, said, by=person_of(request))
    except AnswerOvertaken as overtaken:
        current = overtaken.current
        told = _("Somebody has answered %(code)s otherwise in the meantime.") % {"code": current.code}
        raise Problem(Kind.OVERTAKEN, told, more={"version": current.version}) from None
    return dossier_told(dossier_for(request, reference))


@router.post(
    "/applications/{reference}/evidence",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Add a file as evidence for one or several criteria."),
    response={201: EvidenceTold},
)
def add_evidence(request: HttpRequest, reference: str, about: Form[EvidenceAsked], file: File[UploadedFile]) -> Any:
    if about.period_from and about.period_until and about.period_until < about.period_from:
        raise wrong(_("The period ends before it begins."), pointer="/period_until")
    application = dossier_for(request, reference)
    facts = about.dict(exclude={"codes"})
    added = applications.add_evidence(application, file, about.codes, by=person_of(request), **facts)
    return Status(201, evidence_told(added, list(added.uses.values_list("code", flat=True))))


@router.delete(
    "/applications/{reference}/evidence/{evidence}/{code}",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Take a file away from one criterion."),
    response={204: None},
)
def drop_evidence(request: HttpRequest, reference: str, evidence: int, code: str) -> Any:
    application = dossier_for(request, reference)
    found = get_object_or_404(application.evidence, pk=evidence)
    applications.drop_evidence(application, found, code, by=person_of(request))
    return Status(204, None)


APPLICATIONS = Cases(router, "/applications/{reference}", application_for, in_full, ApplicationInFullTold)
DOSSIERS = Cases(
    router,
    "/applications/{reference}",
    dossier_for,
    lambda _request, application: dossier_told(application),
    DossierTold,
)


def _find(application: Application, *, code: str, **said: Any) -> None:
    try:
        screening.find(application, code, **said)
    except KeyError:
        raise wrong(_("The criteria of this round have no such item."), pointer="/code") from None


APPLICATIONS.step(
    "describe_application",
    "about",
    applications.describe,
    AboutAsked,
    gettext_lazy("Say who answers for the application, and what the assessors should know of the centre."),
    method="PUT",
)
APPLICATIONS.step(
    "submit_application",
    "submit",
    applications.submit,
    SeenAsked,
    gettext_lazy("Hand the application in; its dossier is closed from then on and has a hash."),
)
APPLICATIONS.step(
    "resubmit_application", "resubmit", applications.resubmit, SeenAsked, gettext_lazy("Hand the mended dossier in.")
)
APPLICATIONS.step(
    "withdraw_application", "withdraw", applications.withdraw, ReasonAsked, gettext_lazy("Withdraw the application.")
)
DOSSIERS.step(
    "find_in_screening",
    "screening/findings",
    _find,
    FindingAsked,
    gettext_lazy("Write down what the screening finds of one criterion."),
    permission=Permission.SCREEN,
)
DOSSIERS.step(
    "accept_the_rest",
    "screening/accept-the-rest",
    screening.accept_the_rest,
    SeenAsked,
    gettext_lazy("Find every criterion in order that has no finding yet."),
    permission=Permission.SCREEN,
)
APPLICATIONS.step(
    "pass_screening",
    "screening/pass",
    screening.pass_screening,
    NoteAsked,
    gettext_lazy(
        "Let the application go on to a sub-committee; what has no finding yet must be found in order before."
    ),
    permission=Permission.SCREEN,
)
APPLICATIONS.step(
    "return_application",
    "screening/return",
    screening.return_for_mending,
    NoteAsked,
    gettext_lazy("Return the dossier, once, for the items that were found to be mended."),
    permission=Permission.SCREEN,
)
APPLICATIONS.step(
    "screen_out",
    "screening/out",
    screening.screen_out,
    ReasonAsked,
    gettext_lazy("End the application because a gate is not met."),
    permission=Permission.SCREEN,
)
APPLICATIONS.step(
    "correct_screening",
    "screening/correct",
    screening.correct_screening,
    ReasonAsked,
    gettext_lazy("Take the screening up again before a sub-committee has the unit."),
    permission=Permission.SCREEN,
)


def _written(application: Application, asked: AnswerAsked, place: int) -> str:
    """The answer as it is kept. Raises Problem, which points to it."""
    if not application.library.has(asked.code):
        raise wrong(_("The criteria of this round have no such item."), pointer=f"/answers/{place}/code")
    try:
        return written(application.library, asked.code, asked.answer)
    except ValidationError as refused:
        raise wrong(refused.messages[0], pointer=f"/answers/{place}/answer") from None
