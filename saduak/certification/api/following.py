"""After the decision: acts on certificates, requests to reconsider, and the surveillance of certified centres."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from saduak.certification import oversight
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.api.fetching import (
    ReasonAsked,
    SeenAsked,
    StepTold,
    application_for,
    reconsideration_for,
    steps_of,
    surveillance_for,
)
from saduak.certification.models import FindingTurn, Reconsideration, Surveillance
from saduak.certification.operations import findings, reconsiderations
from saduak.certification.policies import Permission
from saduak.certification.procedure.reconsiderations import RECONSIDERATION
from saduak.certification.procedure.surveillance import SURVEILLANCE
from saduak.machines.callers import person_of
from saduak.machines.cases import may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.scopes import Scope
from saduak.machines.words import gettext_lazy

router = Router(tags=["After the decision"])


class ReconsiderationTold(Schema):
    """A centre's request to reconsider one decision on one application."""

    reference: str
    application: str
    stage: str
    version: int
    subject: str
    ask_until: date | None
    admit_until: date | None
    answer_until: date | None
    is_example: bool


class GroundTold(Schema):
    """Why one criterion is disputed."""

    code: str
    text: str


class ReconsiderationInFullTold(ReconsiderationTold):
    """A request with its grounds and what the person can do next."""

    statement: str
    grounds: list[GroundTold]
    steps: list[StepTold]


class GroundsAsked(SeenAsked):
    """What the centre asks for, and a ground for each disputed criterion by its code; an empty one takes it back."""

    statement: str = Field(..., max_length=6000)
    grounds: dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=6000)]] = Field(
        default_factory=dict, max_length=100
    )


class FindingTold(Schema):
    """What is asked of the centre about one criterion, and what it answers."""

    id: int
    code: str
    severity: str
    text: str
    due_on: date
    answer: str
    verdict: str
    remark: str


class SurveillanceTold(Schema):
    """One follow-up of a certified centre."""

    reference: str
    certificate: str
    centre: str
    stage: str
    version: int
    origin: str
    due_on: date
    checked_on: date | None
    answer_due: date | None
    is_example: bool


class SurveillanceInFullTold(SurveillanceTold):
    """A follow-up with what is asked of the centre now, and what the person can do next."""

    summary: str
    findings: list[FindingTold]
    steps: list[StepTold]


class FindingAnswerAsked(Schema):
    """The centre's answer to one finding; `seen` is the answer as it was read."""

    answer: str = Field(..., min_length=1, max_length=6000)
    seen: str | None = Field(None, max_length=6000)


@router.get(
    "/reconsiderations",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The requests to reconsider that exist for the person, the latest first."),
    response=page_of(ReconsiderationTold),
)
def list_reconsiderations(request: HttpRequest, asked: Query[Paging]) -> Any:
    person = may(request, Permission.SEE_APPLICATIONS)
    found = Reconsideration.objects.visible_to(person).select_related("application").order_by("-pk")
    return paged(request, asked, found, _reconsideration)


@router.get(
    "/reconsiderations/{reference}",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("One request to reconsider."),
    response=ReconsiderationInFullTold,
)
def show_reconsideration(request: HttpRequest, reference: str) -> Any:
    return _reconsideration_in_full(request, reconsideration_for(request, reference))


@router.post(
    "/applications/{reference}/reconsiderations",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Begin a request to reconsider the decision that stands on an application."),
    response={201: ReconsiderationInFullTold},
)
def start_reconsideration(request: HttpRequest, reference: str) -> Any:
    made = reconsiderations.start(application_for(request, reference), by=person_of(request))
    return Status(201, _reconsideration_in_full(request, reconsideration_for(request, made.reference)))


@router.put(
    "/reconsiderations/{reference}",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Write what the centre asks for and why; criteria that are not named keep their grounds."),
    response=ReconsiderationInFullTold,
)
def write_reconsideration(request: HttpRequest, reference: str, asked: GroundsAsked) -> Any:
    found = reconsideration_for(request, reference)
    reconsiderations.write(
        found, statement=asked.statement, grounds=asked.grounds, by=person_of(request), seen=asked.seen
    )
    return _reconsideration_in_full(request, reconsideration_for(request, reference))


@router.post(
    "/reconsiderations/{reference}/ask",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Hand the request in."),
    response=ReconsiderationInFullTold,
)
def ask_reconsideration(request: HttpRequest, reference: str, asked: SeenAsked) -> Any:
    reconsiderations.ask(reconsideration_for(request, reference), by=person_of(request), seen=asked.seen)
    return _reconsideration_in_full(request, reconsideration_for(request, reference))


@router.post(
    "/reconsiderations/{reference}/withdraw",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Withdraw the request; the first decision stands."),
    response=ReconsiderationInFullTold,
)
def withdraw_reconsideration(request: HttpRequest, reference: str, asked: ReasonAsked) -> Any:
    found = reconsideration_for(request, reference)
    reconsiderations.withdraw(found, by=person_of(request), reason=asked.reason, seen=asked.seen)
    return _reconsideration_in_full(request, reconsideration_for(request, reference))


@router.get(
    "/surveillances",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The surveillances that exist for the person, the earliest due first."),
    response=page_of(SurveillanceTold),
)
def list_surveillances(request: HttpRequest, asked: Query[Paging]) -> Any:
    person = may(request, Permission.SEE_SURVEILLANCE)
    found = Surveillance.objects.visible_to(person).select_related("certificate__centre")
    return paged(request, asked, found, _surveillance)


@router.get(
    "/surveillances/{reference}",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("One surveillance with what is asked of the centre now."),
    response=SurveillanceInFullTold,
)
def show_surveillance(request: HttpRequest, reference: str) -> Any:
    return _surveillance_in_full(request, surveillance_for(request, reference))


@router.put(
    "/surveillances/{reference}/findings/{finding}",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Write the centre's answer to one finding; it can be changed until all are sent."),
    response=SurveillanceInFullTold,
)
def answer_finding(request: HttpRequest, reference: str, finding: int, asked: FindingAnswerAsked) -> Any:
    found = surveillance_for(request, reference)
    if not oversight.may_read_findings(person_of(request), found):
        raise PermissionDenied
    turn = get_object_or_404(found.current.select_related("finding"), pk=finding)
    turn.finding.surveillance = found
    findings.write_answer(turn, asked.answer, by=person_of(request), seen=asked.seen)
    return _surveillance_in_full(request, surveillance_for(request, reference))


@router.post(
    "/surveillances/{reference}/answer",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Send the answers; from then on they are verified."),
    response=SurveillanceInFullTold,
)
def send_answers(request: HttpRequest, reference: str, asked: SeenAsked) -> Any:
    findings.send_answers(surveillance_for(request, reference), by=person_of(request), seen=asked.seen)
    return _surveillance_in_full(request, surveillance_for(request, reference))


def _reconsideration(request: Reconsideration) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "application": request.application.reference,
        "stage": request.stage,
        "version": request.version,
        "subject": request.subject,
        "ask_until": request.ask_until,
        "admit_until": request.admit_until,
        "answer_until": request.answer_until,
        "is_example": request.is_example,
    }


def _reconsideration_in_full(request: HttpRequest, found: Reconsideration) -> dict[str, Any]:
    person = person_of(request)
    reads = rights.may_read_grounds(person, found)
    grounds = found.grounds.order_by("code") if reads else ()
    return {
        **_reconsideration(found),
        "statement": found.statement if reads else "",
        "grounds": [{"code": ground.code, "text": ground.text} for ground in grounds],
        "steps": steps_of(RECONSIDERATION, found, rights.roles_over(person, found)),
    }


def _surveillance(surveillance: Surveillance) -> dict[str, Any]:
    return {
        "reference": surveillance.reference,
        "certificate": surveillance.certificate.reference,
        "centre": surveillance.certificate.centre.code,
        "stage": surveillance.stage,
        "version": surveillance.version,
        "origin": surveillance.origin,
        "due_on": surveillance.due_on,
        "checked_on": surveillance.checked_on,
        "answer_due": surveillance.answer_due,
        "is_example": surveillance.is_example,
    }


def _surveillance_in_full(request: HttpRequest, surveillance: Surveillance) -> dict[str, Any]:
    person = person_of(request)
    reads = oversight.may_read_findings(person, surveillance)
    turns = surveillance.current.select_related("finding") if reads else ()
    return {
        **_surveillance(surveillance),
        "summary": surveillance.summary if reads else "",
        "findings": [_turn(turn) for turn in turns],
        "steps": steps_of(SURVEILLANCE, surveillance, oversight.roles_in(person, surveillance)),
    }


def _turn(turn: FindingTurn) -> dict[str, Any]:
    finding = turn.finding
    return {
        "id": turn.pk,
        "code": finding.code,
        "severity": finding.severity,
        "text": finding.text,
        "due_on": turn.due_on,
        "answer": turn.answer,
        "verdict": turn.verdict,
        "remark": turn.remark,
    }
