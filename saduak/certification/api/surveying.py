"""The surveillance of certified centres: opened, somebody sent, checked, findings answered and verified."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from saduak.attachments.operations import store
from saduak.audit.operations import looked_at
from saduak.certification import oversight
from saduak.certification.api.fetching import certificate_for, surveillance_for
from saduak.certification.api.words import Day
from saduak.certification.models import FindingTurn, Surveillance, SurveillanceFinding
from saduak.certification.operations import findings, surveillance
from saduak.certification.operations.surveillance import Check
from saduak.certification.policies import Permission
from saduak.certification.presenters.surveillance import people_to_send
from saduak.certification.procedure.surveillance import SURVEILLANCE
from saduak.certification.queries.surveillance import surveillances_found
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import PersonKey, ReasonAsked, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Surveillance"])


class FindingTold(Schema):
    """What is asked of the centre about one criterion, and what it answers."""

    id: int
    code: str
    severity: str
    text: str
    due_on: date
    answer: str
    files: list[UUID]
    verdict: str
    remark: str


class RecordedTold(Schema):
    """What was found of one criterion, as it was written down."""

    id: int
    code: str
    severity: str
    text: str


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
    """A follow-up with what was found, what is asked of the centre now, and what the person can do next."""

    summary: str
    recorded: list[RecordedTold]
    findings: list[FindingTold]
    steps: list[StepTold]


class CandidateTold(Schema):
    """Somebody who can be sent."""

    id: int
    words: str = Field(..., description="Name, office, and ties that are no bar.")


class SurveillancesAsked(Paging):
    """Which surveillances are asked for."""

    q: str = Field("", max_length=100, description="Number, or words in the name of the centre.")
    stage: str = Field("", max_length=40, description="A stage, or running.")
    origin: str = Field("", max_length=20, description="calendar, draw, hand or data")


class OpenAsked(Schema):
    """Why a centre is followed up, and by when it is checked."""

    reason: str = Field(..., min_length=1, max_length=4000)
    due_on: Day


class SendAsked(SeenAsked):
    """Who checks."""

    person: PersonKey


class StandBackAsked(Schema):
    """The interest of who is sent."""

    reason: str = Field(..., min_length=1, max_length=4000)


class CheckAsked(SeenAsked):
    """How and when the centre was checked, and what the check says as a whole."""

    mode: str = Field(..., max_length=10, description="visit or desk")
    checked_on: Day
    summary: str = Field(..., min_length=1, max_length=4000)


class FoundAsked(Schema):
    """What was found of one criterion."""

    code: str = Field(..., min_length=1, max_length=20)
    severity: str = Field(..., max_length=20, description="minor, major or critical")
    text: str = Field(..., min_length=1, max_length=4000)


class FindingAnswerAsked(Schema):
    """The centre's answer to one finding; `seen` is the answer as it was read."""

    answer: str = Field(..., min_length=1, max_length=6000)
    seen: str | None = Field(None, max_length=6000)


class VerdictAsked(Schema):
    """Whether an answer mends the finding; the centre reads the remark."""

    verdict: str = Field(..., max_length=20, description="mended or not_mended")
    remark: str = Field("", max_length=4000)


@router.get(
    "/surveillances",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The surveillances that exist for the person, the earliest due first."),
    response=page_of(SurveillanceTold),
)
def list_surveillances(request: HttpRequest, asked: Query[SurveillancesAsked]) -> Any:
    person = may(request, Permission.SEE_SURVEILLANCE)
    found = surveillances_found(person, q=asked.q, stage=asked.stage, origin=asked.origin)
    return paged(request, asked, found, _surveillance)


@router.post(
    "/surveillances/{reference}/findings/{finding}/files",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Add a file to the centre's answer to one finding, once it is written."),
    response={201: SurveillanceInFullTold},
)
def add_answer_file(request: HttpRequest, reference: str, finding: int, file: File[UploadedFile]) -> Any:
    turn = _turn_for(request, reference, finding)
    person = may(request, Permission.ANSWER_FINDINGS)
    if not oversight.may_answer(person, turn.finding.surveillance):
        raise PermissionDenied
    findings.write_answer(turn, turn.answer, files=[store(file, by=person)], by=person, seen=turn.answer)
    return Status(201, _in_full(request, surveillance_for(request, reference)))


def _turn_for(request: HttpRequest, reference: str, finding: int) -> FindingTurn:
    """What is asked of the centre now about one finding. Raises Http404 and PermissionDenied."""
    found = surveillance_for(request, reference)
    if not oversight.may_read_findings(person_of(request), found):
        raise PermissionDenied
    turn = get_object_or_404(found.current.select_related("finding").prefetch_related("files"), pk=finding)
    turn.finding.surveillance = found
    return turn


def _file_for(request: HttpRequest, reference: str, finding: int, file: UUID) -> tuple[FindingTurn, Any]:
    turn = _turn_for(request, reference, finding)
    return turn, get_object_or_404(turn.files.all(), pk=file)


def _recorded_for(request: HttpRequest, reference: str, finding: int) -> SurveillanceFinding:
    return get_object_or_404(surveillance_for(request, reference).findings.all(), pk=finding)


def _surveillance(one: Surveillance) -> dict[str, Any]:
    names = ("reference", "stage", "version", "origin", "due_on", "checked_on", "answer_due", "is_example")
    return {
        **{name: getattr(one, name) for name in names},
        "certificate": one.certificate.reference,
        "centre": one.certificate.centre.code,
    }


def _in_full(request: HttpRequest, one: Surveillance) -> dict[str, Any]:
    """A follow-up as the person reads it; somebody from outside the centre is written into the audit."""
    person = person_of(request)
    if oversight.reads_from_outside(person, one):
        looked_at(person, kind=one.case_kind, reference=one.reference, request=request)
    reads = oversight.may_read_findings(person, one)
    recorded = one.findings.order_by("pk") if reads else ()
    turns = one.current.select_related("finding").prefetch_related("files") if reads else ()
    return {
        **_surveillance(one),
        "summary": one.summary if reads else "",
        "recorded": [{"id": each.pk, **_found(each)} for each in recorded],
        "findings": [_turn(turn) for turn in turns],
        "steps": steps_of(SURVEILLANCE, one, oversight.roles_in(person, one)),
    }


def _found(finding: SurveillanceFinding) -> dict[str, Any]:
    return {"code": finding.code, "severity": finding.severity, "text": finding.text}


def _turn(turn: FindingTurn) -> dict[str, Any]:
    return {
        **_found(turn.finding),
        **{name: getattr(turn, name) for name in ("due_on", "answer", "verdict", "remark")},
        "id": turn.pk,
        "files": [file.pk for file in turn.files.all()],
    }


def _candidates(_request: HttpRequest, one: Surveillance) -> list[dict[str, Any]]:
    return [{"id": person.pk, "words": words} for person, words in people_to_send(one, timezone.localdate())]


def _send(one: Surveillance, *, person: int, **said: Any) -> None:
    able = {each.pk: each for each, _words in people_to_send(one, timezone.localdate())}
    if person not in able:
        raise wrong(_("Nobody of this id can be sent."), pointer="/person")
    surveillance.send(one, able[person], **said)


def _check(one: Surveillance, *, mode: str, checked_on: date, summary: str, **said: Any) -> None:
    surveillance.check(one, Check(mode, checked_on, summary), **said)


def _drop_file(answered: tuple[FindingTurn, Any], *, by: Any) -> None:
    findings.drop_file(*answered, by=by)


SURVEILLANCES = Cases(router, "/surveillances/{reference}", surveillance_for, _in_full, SurveillanceInFullTold)
PEOPLE = Cases(router, "/surveillances/{reference}", surveillance_for, _candidates, list[CandidateTold])
TURNS = Cases(router, "/surveillances/{reference}/findings/{finding}", _turn_for)
FILES = Cases(router, "/surveillances/{reference}/findings/{finding}/files/{file}", _file_for)
RECORDED = Cases(router, "/surveillances/{reference}/recorded/{finding}", _recorded_for)

Cases(router, "/certificates/{number}", certificate_for).makes(
    "open_surveillance",
    "surveillances",
    surveillance.open_by_hand,
    OpenAsked,
    gettext_lazy("Follow a certified centre up, with the reason."),
    SURVEILLANCES,
    permission=Permission.RUN_SURVEILLANCE,
)
SURVEILLANCES.shows("show_surveillance", "", gettext_lazy("One surveillance with what is asked of the centre now."))
PEOPLE.shows(
    "list_people_to_send",
    "people",
    gettext_lazy("Who can be sent to check the centre: nobody whom a hard conflict bars."),
    permission=Permission.RUN_SURVEILLANCE,
)
SURVEILLANCES.step(
    "send_assessor",
    "send",
    _send,
    SendAsked,
    gettext_lazy("Assign who checks the centre."),
    permission=Permission.RUN_SURVEILLANCE,
)
SURVEILLANCES.step(
    "declare_free", "declare-free", surveillance.declare_free, None, gettext_lazy("Who is sent declares to be free.")
)
SURVEILLANCES.step(
    "stand_back",
    "stand-back",
    surveillance.stand_back,
    StandBackAsked,
    gettext_lazy("Who is sent has an interest in the centre; somebody else is to be sent."),
    told=False,
)
SURVEILLANCES.step(
    "notify_centre", "notify", surveillance.notify, SeenAsked, gettext_lazy("Announce it to the centre.")
)
SURVEILLANCES.step(
    "check_centre",
    "check",
    _check,
    CheckAsked,
    gettext_lazy("Write down that the centre was checked."),
    permission=Permission.CHECK_CENTRES,
)
SURVEILLANCES.step(
    "record_finding",
    "recorded",
    surveillance.find,
    FoundAsked,
    gettext_lazy("Write down what was found of one criterion."),
    permission=Permission.CHECK_CENTRES,
)
RECORDED.step(
    "strike_finding",
    "",
    surveillance.strike,
    None,
    gettext_lazy("Take a finding back before it is handed over."),
    permission=Permission.CHECK_CENTRES,
    method="DELETE",
    told=False,
)
SURVEILLANCES.step(
    "hand_over_findings",
    "hand-over",
    surveillance.hand_over,
    SeenAsked,
    gettext_lazy("Hand the findings over to the centre, each with the day by which it is answered."),
)
SURVEILLANCES.step(
    "close_clean", "close-clean", surveillance.close_clean, SeenAsked, gettext_lazy("Close it; nothing was found.")
)
TURNS.step(
    "answer_finding",
    "",
    findings.write_answer,
    FindingAnswerAsked,
    gettext_lazy("Write the centre's answer to one finding; it can be changed until all are sent."),
    method="PUT",
    then=SURVEILLANCES,
)
FILES.step(
    "drop_answer_file",
    "",
    _drop_file,
    None,
    gettext_lazy("Take a file out of an answer that is not sent yet."),
    permission=Permission.ANSWER_FINDINGS,
    method="DELETE",
    told=False,
)
SURVEILLANCES.step(
    "send_answers",
    "answer",
    findings.send_answers,
    SeenAsked,
    gettext_lazy("Send the answers; from then on they are verified."),
)
TURNS.step(
    "verify_finding",
    "verdict",
    findings.verify,
    VerdictAsked,
    gettext_lazy("Say whether an answer mends the finding; never by who recorded it."),
    permission=Permission.RUN_SURVEILLANCE,
    method="PUT",
    then=SURVEILLANCES,
)
SURVEILLANCES.step(
    "close_surveillance", "close", findings.close, SeenAsked, gettext_lazy("Close it; everything is mended.")
)
SURVEILLANCES.step(
    "repeat_findings",
    "repeat",
    findings.repeat,
    SeenAsked,
    gettext_lazy("Ask the centre once more about what is not mended."),
)
SURVEILLANCES.step(
    "bring_before_committee",
    "before-committee",
    findings.bring_before_committee,
    SeenAsked,
    gettext_lazy("Propose to the committee what follows from what is not mended."),
)
SURVEILLANCES.step(
    "call_off_surveillance",
    "call-off",
    surveillance.call_off,
    ReasonAsked,
    gettext_lazy("Cancel a surveillance before the centre was checked."),
)
