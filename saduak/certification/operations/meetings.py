"""The steering committee meets, and one resolution moves the whole agenda."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import (
    AgendaItem,
    Application,
    Attendance,
    Dossier,
    Meeting,
    Reconsideration,
    Recusal,
    Resolution,
    Round,
)
from saduak.certification.models.meetings import Decision
from saduak.certification.operations import answering, certificates, defaults, findings, letters, proposals
from saduak.certification.operations.sitting import open_meeting
from saduak.certification.operations.taking import digest, refuse, take_by_resolution
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.meetings import MEETING, MeetingStage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.directory.models import Body, BodyKind, Membership
from saduak.journal.steps import StepOvertaken, Taking, lock, record, take_step
from saduak.procedure.kit import Refusal


@dataclass(frozen=True)
class Act:
    """What the committee resolved: the number and text of the resolution, and the vote."""

    number: str
    text: str
    votes_for: int
    votes_against: int = 0
    abstentions: int = 0
    minutes: Any | None = None


@transaction.atomic
def call(
    round_: Round, body: Body, *, number: str, held_on: date, by: Any, place: str = "", at: datetime | None = None
) -> Meeting:
    """Call a meeting; every member of the committee on that day has a seat. Raises StepRefused."""
    at = at or timezone.now()
    if Role.STEERING_SECRETARY not in policies.roles_over_rounds(by):
        refuse(MEETING, "convene", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if body.kind != BodyKind.STEERING_COMMITTEE:
        refuse(MEETING, "convene", "not_the_committee", _("Only the steering committee resolves on certification."))
    if Meeting.objects.filter(body=body, number=number).exclude(stage=MeetingStage.CANCELLED).exists():
        refuse(MEETING, "convene", "number_is_taken", _("The committee has a meeting with this number already."))
    made = Meeting.objects.create(
        reference=f"M{round_.cycle_be}-{Meeting.objects.filter(round=round_).count() + 1}",
        stage=MeetingStage.CALLED,
        stage_since=at,
        round=round_,
        body=body,
        number=number,
        held_on=held_on,
        place=place,
        is_example=round_.is_example,
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=made, person_id=person, office=office)
        for person, office in Membership.objects.on(held_on).filter(body=body).values_list("person", "office")
    )
    record(made, step="call", clause="6.4", to_stage=made.stage, by=by, at=at, role=Role.STEERING_SECRETARY)
    defaults.bring_overdue(made)
    return made


@transaction.atomic
def put_on_agenda(meeting: Meeting, applications: Iterable[Application], *, by: Any) -> int:
    """Put proposed units of the round on the agenda, in the order given; returns how many were new.

    What is proposed, its total and the hash of its dossier are written down here and decided upon as they stand.
    Raises StepRefused; then none of them is on it.
    """
    locked = open_meeting(meeting, by=by)
    wanted = list(dict.fromkeys(application.pk for application in applications))
    units = {unit.pk: unit for unit in Application.objects.filter(pk__in=wanted).order_by("pk").select_for_update()}
    if any(unit.stage != Stage.PROPOSED or unit.round_id != locked.round_id for unit in units.values()):
        refuse(
            MEETING,
            "convene",
            "unit_is_proposed",
            _("Only units that a sub-committee has proposed can be put on it."),
        )
    taken = set(
        AgendaItem.objects.on_open_agendas().filter(application__in=wanted).values_list("application", flat=True)
    )
    dossiers = dict(
        Dossier.objects.filter(application__in=wanted)
        .order_by("application", "-number")
        .distinct("application")
        .values_list("application", "sha256")
    )
    last = locked.items.aggregate(last=Max("position"))["last"] or 0
    added = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=locked,
            application=units[key],
            position=position,
            total=units[key].total or Decimal(0),
            proposed_level=units[key].level,
            dossier_sha256=dossiers[key],
        )
        for position, key in enumerate((key for key in wanted if key not in taken), last + 1)
    )
    return len(added)


@transaction.atomic
def put_requests_on_agenda(meeting: Meeting, requests: Iterable[Reconsideration], *, by: Any) -> int:
    """Put proposed requests to reconsider on the agenda, in the order given; returns how many were new.

    Raises StepRefused; then none of them is on it.
    """
    locked = open_meeting(meeting, by=by)
    wanted = list(dict.fromkeys(request.pk for request in requests))
    found = {one.pk: one for one in Reconsideration.objects.filter(pk__in=wanted).order_by("pk").select_for_update()}
    last, added = locked.items.aggregate(last=Max("position"))["last"] or 0, 0
    for request in (found[key] for key in wanted):
        unit = request.application
        if request.stage != ReconsiderationStage.PROPOSED or unit.round_id != locked.round_id:
            refuse(MEETING, "convene", "request_is_proposed", _("Only requests that were reviewed can be put on it."))
        if request.is_on_open_agenda:
            continue
        added += 1
        AgendaItem.objects.create(
            meeting=locked,
            application=unit,
            reconsideration=request,
            position=last + added,
            total=request.total or Decimal(0),
            proposed_level=request.level,
            dossier_sha256=unit.dossiers.order_by("-number").values_list("sha256", flat=True)[0],
        )
    return added


@transaction.atomic
def arrange(meeting: Meeting, items: Iterable[AgendaItem], *, by: Any) -> None:
    """Number the agenda anew in the order given; items that are not named follow in the order that they had."""
    locked = open_meeting(meeting, by=by)
    if locked.stage != MeetingStage.CALLED:
        refuse(MEETING, "convene", "agenda_is_read_out", _("The meeting has begun; its agenda keeps its numbers."))
    named = {item.pk: place for place, item in enumerate(items)}
    standing = sorted(locked.items.all(), key=lambda item: (named.get(item.pk, len(named)), item.position))
    above = max((item.position for item in standing), default=0)
    for start in (above, 0):  # Twice, since no two items may bear one number on the way.
        for place, item in enumerate(standing, start + 1):
            item.position = place
        AgendaItem.objects.bulk_update(standing, ["position"])


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: Any) -> None:
    """Take a unit off the agenda; it stays proposed. What came by default, because it is late already, stays on it."""
    open_meeting(item.meeting, by=by)
    if item.stands_by_default:
        refuse(
            MEETING,
            "convene",
            "it_came_by_default",
            _("The committee has missed its date; the unit stays on the agenda."),
        )
    item.delete()


@transaction.atomic
def seat(meeting: Meeting, present: Iterable[Any], *, by: Any) -> None:
    """Write down who is present; everybody else is absent."""
    locked = open_meeting(meeting, by=by)
    present = {person.pk for person in present}
    for attendance in locked.attendance.all():
        if attendance.is_present != (attendance.person_id in present):
            attendance.is_present = not attendance.is_present
            attendance.save(update_fields=["is_present"])


@transaction.atomic
def step_aside(item: AgendaItem, attendance: Attendance, *, by: Any, reason: str) -> Recusal:
    """A member does not take part in one unit."""
    open_meeting(item.meeting, by=by)
    if attendance.meeting_id != item.meeting_id:
        refuse(MEETING, "resolve", "seat_is_of_this_meeting", _("The member has no seat at this meeting."))
    if not reason.strip():
        refuse(MEETING, "resolve", "reason_is_given", _("Write the reason."))
    recusal, _is_new = Recusal.objects.update_or_create(item=item, seat=attendance, defaults={"reason": reason.strip()})
    return recusal


@transaction.atomic
def come_back(recusal: Recusal, *, by: Any) -> None:
    """Take a recusal back that was written down by mistake."""
    open_meeting(recusal.item.meeting, by=by)
    recusal.delete()


@transaction.atomic
def decide(
    item: AgendaItem, decision: str, *, by: Any, level: str = "", reason: str = "", seen: str | None = None
) -> AgendaItem:
    """Write down what the committee decides on one unit; what departs from the proposal has a reason.

    The decision takes effect with the resolution only. `seen` is the item's `sight` as the person read it. Raises
    StepRefused, and StepOvertaken when somebody else wrote another decision down meanwhile.
    """
    meeting = open_meeting(item.meeting, by=by)
    item.refresh_from_db(fields=["decision", "level", "reason"])
    if seen is not None and seen != item.sight:
        raise StepOvertaken(meeting, ())
    known = {known.code for known in meeting.round.criteria.library.levels}
    if decision == Decision.CERTIFY and level not in known:
        refuse(MEETING, "resolve", "level_is_known", _("Choose the level."))
    item.decision, item.level = decision, level if decision == Decision.CERTIFY else ""
    answering.check(item)
    if item.departs and not reason.strip():
        refuse(
            MEETING, "resolve", "departure_has_a_reason", _("Write the reason, because this departs from the proposal.")
        )
    item.reason = reason.strip()
    item.save(update_fields=["decision", "level", "reason"])
    return item


@transaction.atomic
def follow_the_proposals(meeting: Meeting, *, by: Any) -> int:
    """Decide every open unit as it was proposed; returns how many."""
    locked = open_meeting(meeting, by=by)
    open_items = list(locked.items.filter(decision="").select_related("reconsideration"))
    for item in open_items:
        item.decision, item.level = item.proposed, item.proposed_level
    AgendaItem.objects.bulk_update(open_items, ["decision", "level"])
    return len(open_items)


@transaction.atomic
def convene(meeting: Meeting, *, by: Any, at: datetime | None = None, seen: int | None = None) -> Meeting:
    """Open the meeting on its day."""
    return _take("convene", meeting, by=by, at=at, seen=seen)


@transaction.atomic
def cancel(meeting: Meeting, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None) -> Meeting:
    """Cancel a meeting; its units and certificates wait for another."""
    if not reason.strip():
        refuse(MEETING, "cancel", "reason_is_given", _("Write the reason."))
    cancelled = _take("cancel", meeting, by=by, at=at, seen=seen, note=reason)
    proposals.release(cancelled)
    return cancelled


@transaction.atomic
def resolve(
    meeting: Meeting,
    act: Act,
    *,
    by: Any,
    at: datetime | None = None,
    seen: int | None = None,
    sight: str | None = None,
) -> Resolution:
    """Record the resolution: every unit on the agenda is certified or declined by it, and certificates are issued.

    `sight` is the meeting's, as the person read it. Raises StepRefused when the quorum is missing, a unit is undecided,
    the vote does not add up to a majority of those present; and StepOvertaken. Either the whole batch moves or nothing
    does. The letters are drafted by a job.
    """
    at = at or timezone.now()
    locked = lock(meeting)
    if sight is not None and locked.stage == MeetingStage.IN_SESSION and sight != locked.sight:
        raise StepOvertaken(locked, ())
    _check_vote(locked, act)
    resolved = _take("resolve", meeting, by=by, at=at, seen=seen, facts={"resolution": act.number})
    items = list(
        resolved.items.select_related("application__centre__agency", "reconsideration").prefetch_related(
            Prefetch("recusals", Recusal.objects.select_related("seat").order_by("pk"))
        )
    )
    matters = list(proposals.of_meeting(resolved))
    content = _content(resolved, items, act)
    if matters:
        content["certificates"] = proposals.content_of(matters)
    resolution = Resolution.objects.create(
        meeting=resolved,
        number=act.number,
        resolved_on=resolved.held_on,
        text=act.text,
        present=resolved.present,
        votes_for=act.votes_for,
        votes_against=act.votes_against,
        abstentions=act.abstentions,
        minutes=act.minutes,
        content=content,
        sha256=digest(content),
        recorded_at=at,
        recorded_by=by,
    )
    first = [item for item in items if item.reconsideration is None]
    moved = take_by_resolution([_outcome(item, resolution) for item in first], by=by, at=at)
    certificates.issue([unit for unit in moved if unit.stage == Stage.CERTIFIED], resolution, by=by, at=at)
    for item in items:
        if item.reconsideration is not None:
            answering.answer(item, resolution, by=by, at=at)
    for settled in proposals.settle(matters, resolution, by=by, at=at):
        findings.settle(settled, by=by, at=at)
    letters.draft_soon(resolution)
    return resolution


def _take(name: str, meeting: Meeting, *, by: Any, **given: Any) -> Meeting:
    return take_step(MEETING, name, meeting, by=by, roles=lambda locked: policies.roles_at(by, locked), **given)


def _check_vote(meeting: Meeting, act: Act) -> None:
    if not act.number.strip() or not act.text.strip():
        refuse(MEETING, "resolve", "resolution_is_worded", _("Give the number and the text of the resolution."))
    if act.votes_for <= act.votes_against:
        refuse(MEETING, "resolve", "majority_is_for_it", _("The resolution has no majority."))
    if act.votes_for + act.votes_against + act.abstentions > meeting.present:
        refuse(MEETING, "resolve", "votes_add_up", _("There are more votes than members present."))


def _outcome(item: AgendaItem, resolution: Resolution) -> Taking[Application]:
    """What the resolution does to one unit."""
    return Taking(
        item.application,
        "certify" if item.decision == Decision.CERTIFY else "decline",
        note=item.reason,
        facts={"resolution": resolution.number, "level": item.level},
        changes={"resolution": resolution, "level": item.level},
    )


def _content(meeting: Meeting, items: Iterable[AgendaItem], act: Act) -> dict[str, Any]:
    """The resolution as it is hashed: who sat, who stepped aside, how it was voted, a line per unit."""
    return {
        "format": "saduak-resolution/1",
        "meeting": [meeting.reference, meeting.number, meeting.held_on.isoformat()],
        "resolution": [act.number, act.text],
        "seats": [[seat.person_id, seat.office, seat.is_present] for seat in meeting.seats],
        "votes": [act.votes_for, act.votes_against, act.abstentions],
        "minutes": act.minutes.sha256 if act.minutes is not None else "",
        "units": [
            {
                "position": item.position,
                "application": item.application.reference,
                "total": str(item.total),
                "proposed": item.proposed_level,
                "decision": item.decision,
                "level": item.level,
                "reason": item.reason,
                "dossier": item.dossier_sha256,
                **({"reconsideration": item.reconsideration.reference} if item.reconsideration else {}),
                "aside": [[r.seat.person_id, r.reason] for r in item.recusals.all()],
            }
            for item in items
        ],
    }
