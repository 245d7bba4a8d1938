"""The steering committee meets: its meetings are called, attended, convened and resolved, and the letters leave."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from saduak.attachments.operations import store
from saduak.certification import policies
from saduak.certification.api.fetching import meeting_for, round_named
from saduak.certification.api.words import Day
from saduak.certification.forms.meetings import check_minutes
from saduak.certification.models import Meeting, Resolution
from saduak.certification.operations import letters, meetings
from saduak.certification.operations.meetings import Act
from saduak.certification.policies import Permission
from saduak.certification.procedure.meetings import MEETING
from saduak.certification.queries.meetings import committee_on, letters_of, meetings_found
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import Kind, Problem, wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import PersonKey, ReasonAsked, Reference, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy
from saduak.notices.models import Notice
from saduak.notices.operations import NoticeRefused, release
from saduak.notices.policies import Permission as Notices

router = Router(tags=["Meetings"])


class MeetingTold(Schema):
    """A meeting of the steering committee."""

    reference: str
    number: str
    round: str
    held_on: date
    place: str
    stage: str
    version: int
    is_example: bool
    url: str


class SeatTold(Schema):
    """A member's seat."""

    person: int
    name: str
    office: str
    votes: bool
    is_present: bool


class ResolutionTold(Schema):
    """What the committee resolved; it never changes."""

    number: str
    resolved_on: date
    text: str
    present: int
    votes_for: int
    votes_against: int
    abstentions: int
    has_minutes: bool
    sha256: str
    recorded_at: datetime


class MeetingInFullTold(MeetingTold):
    """A meeting with who sits, whether the quorum stands, and what can be done next."""

    seats: list[SeatTold]
    present: int
    quorum: int
    sight: str = Field(..., description="All that a resolution would move; to be sent when it is recorded.")
    resolution: ResolutionTold | None
    steps: list[StepTold]


class MeetingsAsked(Paging):
    """Which meetings are asked for."""

    round: str = Field("", max_length=60, description="A round's reference.")
    stage: str = Field("", max_length=40)


class CallAsked(Schema):
    """A meeting to be called."""

    round: Reference
    number: str = Field(..., min_length=1, max_length=20, description="Such as 1/2569.")
    held_on: Day
    place: str = Field("", max_length=200)


class PresentAsked(Schema):
    """Who is present; everybody else is absent."""

    present: list[PersonKey] = Field(..., max_length=200, description="The member `person` of their seats.")


class ResolveAsked(SeenAsked):
    """The resolution, and what was read before it was recorded."""

    sight: str = Field(..., min_length=1, max_length=40, description="The meeting's `sight` as it was read.")
    number: str = Field(..., min_length=1, max_length=40)
    text: str = Field(..., min_length=1, max_length=100_000)
    votes_for: int = Field(..., ge=0, le=999)
    votes_against: int = Field(0, ge=0, le=999)
    abstentions: int = Field(0, ge=0, le=999)


class LettersTold(Schema):
    """How far the letters of a resolution are."""

    owed: int = Field(..., description="How many units and certificates are owed a letter.")
    written: int = Field(..., description="How many have one.")
    by_state: dict[str, int]
    is_being_written: bool


class LetterTold(Schema):
    """One letter of a resolution."""

    id: UUID
    case: str
    to_name: str
    subject: str
    state: str = Field(..., description="draft, released, sent, failed or cancelled")
    url: str


class ReleaseAsked(Schema):
    """The drafts that were looked at."""

    seen: int = Field(..., ge=1, le=1_000_000, description="How many drafts there were.")


@router.get(
    "/meetings",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The meetings of the steering committee that exist for the person, the latest first."),
    response=page_of(MeetingTold),
)
def list_meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> Any:
    found = meetings_found(may(request, Permission.SEE_MEETINGS))
    wanted = {"round__reference": asked.round, "stage": asked.stage}
    return paged(request, asked, found.filter(**{name: value for name, value in wanted.items() if value}), _meeting)


@router.post(
    "/meetings",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Call a meeting; whoever is a member of the committee on that day has a seat."),
    response={201: MeetingInFullTold},
)
def call_meeting(request: HttpRequest, asked: CallAsked) -> Any:
    person = may(request, Permission.RUN_MEETINGS)
    body = committee_on(person)
    if body is None:
        raise PermissionDenied
    round_ = round_named(person, asked.round)
    called = meetings.call(round_, body, **asked.dict(exclude={"round"}), by=person)
    return Status(201, meeting_told(request, meeting_for(request, called.reference)))


@router.post(
    "/meetings/{reference}/resolution",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Record the resolution, with the signed minutes as PDF if there are any."),
    response={201: MeetingInFullTold},
)
def resolve_meeting(
    request: HttpRequest,
    reference: str,
    asked: Form[ResolveAsked],
    file: UploadedFile | None = File(None),  # noqa: B008  As django-ninja has it.
) -> Any:
    person = may(request, Permission.RUN_MEETINGS)
    meeting = meeting_for(request, reference)
    try:
        check_minutes(file)
    except ValidationError as refused:
        raise wrong(refused.messages[0], pointer="/file") from None
    with transaction.atomic():
        minutes = store(file, by=person) if file else None
        act = Act(**asked.dict(exclude={"seen", "sight"}), minutes=minutes)
        meetings.resolve(meeting, act, by=person, seen=asked.seen, sight=asked.sight)
    return Status(201, meeting_told(request, meeting_for(request, reference)))


@router.get(
    "/meetings/{reference}/letters",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The letters of a resolution."),
    response=page_of(LetterTold),
)
def list_letters(request: HttpRequest, reference: str, asked: Query[Paging]) -> Any:
    may(request, Notices.OUTBOX)
    batch = letters.batch_of(_resolution_for(request, reference))
    return paged(request, asked, Notice.objects.filter(batch=batch).order_by("drafted_at", "pk"), _letter)


def _resolution_for(request: HttpRequest, reference: str) -> Resolution:
    meeting = meeting_for(request, reference)
    if not hasattr(meeting, "resolution"):
        raise Http404
    return meeting.resolution


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "reference": meeting.reference,
        "number": meeting.number,
        "round": meeting.round.reference,
        "held_on": meeting.held_on,
        "place": meeting.place,
        "stage": meeting.stage,
        "version": meeting.version,
        "is_example": meeting.is_example,
        "url": f"{settings.PUBLIC_URL}{meeting.get_absolute_url()}",
    }


def meeting_told(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """A meeting as the person reads it."""
    return {
        **_meeting(meeting),
        "seats": [
            {
                "person": seat.person_id,
                "name": str(seat.person),
                "office": seat.office,
                "votes": seat.votes,
                "is_present": seat.is_present,
            }
            for seat in meeting.attendance.select_related("person")
        ],
        "present": meeting.present,
        "quorum": meeting.quorum,
        "sight": meeting.sight,
        "resolution": _resolution(meeting.resolution) if hasattr(meeting, "resolution") else None,
        "steps": steps_of(MEETING, meeting, policies.roles_at(person_of(request), meeting)),
    }


def _resolution(resolution: Resolution) -> dict[str, Any]:
    names = [name for name in ResolutionTold.model_fields if name != "has_minutes"]
    return {**{name: getattr(resolution, name) for name in names}, "has_minutes": resolution.minutes_id is not None}


def _letters(_request: HttpRequest, resolution: Resolution) -> dict[str, Any]:
    found = letters_of(resolution, letters.batch_of(resolution))
    return {
        "owed": found.units,
        "written": found.drafted,
        "by_state": found.by_state,
        "is_being_written": found.is_being_written,
    }


def _letter(letter: Notice) -> dict[str, Any]:
    return {
        "id": letter.pk,
        "case": letter.case_reference,
        "to_name": letter.to_name or letter.to_email,
        "subject": letter.subject,
        "state": letter.state,
        "url": f"{settings.PUBLIC_URL}{letter.get_absolute_url()}",
    }


def _seat(meeting: Meeting, *, present: list[int], by: Any) -> None:
    seats = {seat.person_id: seat for seat in meeting.attendance.select_related("person")}
    for position, key in enumerate(present):
        if key not in seats:
            raise wrong(_("Nobody with a seat at this meeting has this id."), pointer=f"/present/{position}")
    meetings.seat(meeting, [seats[key].person for key in present], by=by)


def _release(resolution: Resolution, *, seen: int, by: Any) -> None:
    try:
        release(letters.batch_of(resolution), by=by, seen=seen)
    except NoticeRefused as refused:
        raise Problem(Kind.OVERTAKEN, " ".join(str(reason) for reason in refused.reasons)) from None


MEETINGS = Cases(router, "/meetings/{reference}", meeting_for, meeting_told, MeetingInFullTold)
LETTERS = Cases(router, "/meetings/{reference}/letters", _resolution_for, _letters, LettersTold)

MEETINGS.shows(
    "show_meeting", "", gettext_lazy("One meeting: who sits, whether the quorum stands, and its resolution.")
)
MEETINGS.step(
    "seat_members",
    "attendance",
    _seat,
    PresentAsked,
    gettext_lazy("Write down who is present; everybody else is absent."),
    permission=Permission.RUN_MEETINGS,
    method="PUT",
)
MEETINGS.step(
    "convene_meeting",
    "convene",
    meetings.convene,
    SeenAsked,
    gettext_lazy("Open the meeting on its day."),
    permission=Permission.RUN_MEETINGS,
)
MEETINGS.step(
    "cancel_meeting",
    "cancel",
    meetings.cancel,
    ReasonAsked,
    gettext_lazy("Cancel a meeting; its units and certificates wait for another."),
    permission=Permission.RUN_MEETINGS,
)
LETTERS.shows("show_letters", "state", gettext_lazy("How far the letters of a resolution are."))
LETTERS.step(
    "draft_letters",
    "draft",
    lambda resolution, by: letters.draft_soon(resolution),
    None,
    gettext_lazy("Have the letters drafted that are missing."),
    permission=Permission.RELEASE_LETTERS,
)
LETTERS.step(
    "release_letters",
    "release",
    _release,
    ReleaseAsked,
    gettext_lazy("Release the drafts that were looked at, all of them or none."),
    permission=Notices.OUTBOX,
)
