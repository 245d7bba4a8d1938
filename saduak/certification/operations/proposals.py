"""The committee is asked to do something to a certificate, decides on it, and its resolution does it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import oversight
from saduak.certification.models import (
    Attendance,
    Certificate,
    Meeting,
    Proposal,
    ProposalRecusal,
    Resolution,
)
from saduak.certification.models.proposals import NOTHING, ProposalQuerySet
from saduak.certification.operations import acts, letters_of_acts
from saduak.certification.operations.sitting import open_meeting
from saduak.certification.operations.taking import one_line_end, refuse
from saduak.certification.procedure.certificates import CERTIFICATE
from saduak.certification.procedure.meetings import MEETING
from saduak.certification.procedure.roles import CENTRE, WORDINGS, Role
from saduak.journal.steps import StepOvertaken, StepRefused, lock, record
from saduak.procedure.kit import CLOCK, Refusal

PROPOSERS = frozenset({Role.SECRETARIAT, Role.STEERING_SECRETARY})
"""Who brings a certificate before the committee, besides the clock."""


@transaction.atomic
def propose(
    certificate: Certificate,
    kind: str,
    *,
    ground: str,
    reason: str,
    by: Any | None,
    until: date | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Proposal:
    """Propose an act to the committee; `by=None` is the clock. It waits for the agenda of a meeting.

    Raises StepRefused when the certificate stands where the act does not begin, when a proposal is open already, or
    the ground does not fit; and StepOvertaken.
    """
    at = at or timezone.now()
    locked = lock(certificate)
    held = {CLOCK} if by is None else oversight.roles_over(by, locked) & PROPOSERS
    if not held:
        refuse(CERTIFICATE, kind, Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if seen is not None and seen != locked.version:
        raise StepOvertaken(locked, tuple(locked.history.filter(facts__version__gt=seen)))
    if locked.stage not in CERTIFICATE.step(kind).moves or not locked.is_alive_on(timezone.localdate(at)):
        refuse(CERTIFICATE, kind, Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    if locked.proposals.open().exists():
        refuse(CERTIFICATE, kind, "no_proposal_is_open", _("Something is proposed about this certificate already."))
    _check(kind, ground, reason, until)
    made = Proposal.objects.create(
        certificate=locked,
        kind=kind,
        ground=ground,
        reason=reason.strip(),
        until_day=until,
        proposed_at=at,
        proposed_by=by,
    )
    _record(made, "propose_act", "8.8", by=by, role=min(held), at=at, note=made.reason, proposal=kind, ground=ground)
    letters_of_acts.tell_of_proposal(made, by=by, at=at)
    return made


@transaction.atomic
def state(
    proposal: Proposal, statement: str, *, by: Any, at: datetime | None = None, seen: str | None = None
) -> Proposal:
    """The centre is heard before the committee resolves: it says what speaks for it, as often as it likes until then.

    `seen` is the statement as the person read it. Raises StepRefused and StepOvertaken.
    """
    at = at or timezone.now()
    locked = _locked(proposal)
    held = oversight.roles_over(by, locked.certificate) & CENTRE
    if not held:
        refuse(CERTIFICATE, locked.kind, Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.settled_at is not None:
        refuse(CERTIFICATE, locked.kind, "proposal_is_open", _("The committee has resolved on it already."))
    if seen is not None and one_line_end(seen) != locked.statement:
        raise StepOvertaken(locked.certificate, ())
    if not statement.strip():
        refuse(CERTIFICATE, locked.kind, "statement_is_given", _("Write what the centre has to say."))
    locked.statement, locked.stated_at, locked.stated_by = one_line_end(statement), at, by
    locked.save(update_fields=["statement", "stated_at", "stated_by"])
    _record(locked, "state", "8.11", by=by, role=min(held), at=at, note=locked.statement, proposal=locked.kind)
    return locked


@transaction.atomic
def take_back(proposal: Proposal, *, by: Any, reason: str, at: datetime | None = None) -> Proposal:
    """Take a proposal back that stands on no agenda. Raises StepRefused."""
    at = at or timezone.now()
    locked = _locked(proposal)
    held = oversight.roles_over(by, locked.certificate) & PROPOSERS
    if not held:
        refuse(CERTIFICATE, locked.kind, Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.settled_at is not None or locked.meeting_id is not None:
        refuse(CERTIFICATE, locked.kind, "proposal_waits", _("Only a proposal on no agenda can be taken back."))
    if not reason.strip():
        refuse(CERTIFICATE, locked.kind, "reason_is_given", _("Write the reason."))
    locked.settled_at = at
    locked.save(update_fields=["settled_at"])
    _record(locked, "take_back_act", "8.9", by=by, role=min(held), at=at, note=reason, proposal=locked.kind)
    return locked


@transaction.atomic
def put_on_agenda(meeting: Meeting, chosen: Iterable[Proposal], *, by: Any) -> int:
    """Put waiting proposals on the agenda, in the order given; returns how many were new."""
    locked = open_meeting(meeting, by=by)
    wanted = [one.pk for one in chosen]
    waiting = list(Proposal.objects.waiting().filter(pk__in=wanted).select_for_update().order_by("pk"))
    last = locked.proposals.aggregate(last=Max("position"))["last"] or 0
    for position, one in enumerate(sorted(waiting, key=lambda one: wanted.index(one.pk)), last + 1):
        one.meeting, one.position = locked, position
        one.save(update_fields=["meeting", "position"])
    return len(waiting)


@transaction.atomic
def take_off_agenda(proposal: Proposal, *, by: Any) -> None:
    """Take a certificate off the agenda; the proposal waits for another meeting."""
    open_meeting(_meeting_of(proposal), by=by)
    _put_down(_locked(proposal))


def release(meeting: Meeting) -> None:
    """Let the proposals of a cancelled meeting wait for another. Inside the transaction that cancels it."""
    for one in meeting.proposals.select_for_update():
        _put_down(one)


@transaction.atomic
def decide(
    proposal: Proposal,
    decision: str,
    *,
    by: Any,
    ground: str = "",
    until: date | None = None,
    reason: str = "",
    seen: str | None = None,
) -> Proposal:
    """Write down what the committee decides; it takes effect with the resolution only.

    What follows the proposal takes over its reason when none is written; everything else needs one, also to do
    nothing. `seen` is the proposal's `sight` as it was read. Raises StepRefused and StepOvertaken.
    """
    meeting = open_meeting(_meeting_of(proposal), by=by)
    locked = _locked(proposal)
    if seen is not None and seen != locked.sight:
        raise StepOvertaken(meeting, ())
    if decision == NOTHING:
        ground, until = "", None
    else:
        _check(decision, ground, locked.reason, until)
    follows = (decision, ground, until) == (locked.kind, locked.ground, locked.until_day)
    reason = reason.strip() or (locked.reason if follows else "")
    if not reason:
        refuse(
            MEETING, "resolve", "departure_has_a_reason", _("Write the reason, because this departs from the proposal.")
        )
    locked.decision, locked.decided_ground, locked.decided_until, locked.decided_reason = (
        decision,
        ground,
        until,
        reason,
    )
    locked.save(update_fields=["decision", "decided_ground", "decided_until", "decided_reason"])
    return locked


@transaction.atomic
def step_aside(proposal: Proposal, seat: Attendance, *, by: Any, reason: str) -> ProposalRecusal:
    """A member does not take part in one certificate. Raises StepRefused."""
    meeting = open_meeting(_meeting_of(proposal), by=by)
    if seat.meeting_id != meeting.pk:
        refuse(MEETING, "resolve", "seat_is_of_this_meeting", _("The member has no seat at this meeting."))
    if not reason.strip():
        refuse(MEETING, "resolve", "reason_is_given", _("Write the reason."))
    recusal, _is_new = ProposalRecusal.objects.update_or_create(
        proposal=proposal, seat=seat, defaults={"reason": reason.strip()}
    )
    return recusal


@transaction.atomic
def come_back(recusal: ProposalRecusal, *, by: Any) -> None:
    """Take a recusal back that was written down by mistake."""
    open_meeting(_meeting_of(recusal.proposal), by=by)
    recusal.delete()


def of_meeting(meeting: Meeting) -> ProposalQuerySet:
    """What stands on an agenda about certificates, with all that a resolution writes down."""
    aside = ProposalRecusal.objects.select_related("seat").order_by("pk")
    return (
        Proposal.objects.filter(meeting=meeting)
        .select_related("certificate")
        .prefetch_related(Prefetch("recusals", aside))
        .order_by("position")
    )


def content_of(matters: Iterable[Proposal]) -> list[dict[str, Any]]:
    """A line per certificate, as the resolution is hashed."""
    return [
        {
            "position": one.position,
            "certificate": one.certificate.reference,
            "proposed": [one.kind, one.ground, _day(one.until_day)],
            "decision": [one.decision, one.decided_ground, _day(one.decided_until)],
            "reason": one.decided_reason,
            **({"statement": one.statement} if one.statement else {}),
            "aside": [[recusal.seat.person_id, recusal.reason] for recusal in one.recusals.all()],
        }
        for one in matters
    ]


def settle(matters: Iterable[Proposal], resolution: Resolution, *, by: Any, at: datetime) -> list[Proposal]:
    """Do what the resolution decides on each certificate; that nothing is done is written down with its reason too.

    Inside the transaction that records the resolution. Raises StepRefused, naming the certificate that cannot move.
    """
    resolved = []
    for one in sorted(matters, key=lambda one: one.certificate_id):
        if one.decision == NOTHING:
            _record(
                one,
                "leave",
                "8.10",
                by=by,
                role=Role.STEERING_SECRETARY,
                at=at,
                note=one.decided_reason,
                proposal=one.kind,
                reason=one.decided_reason,
                resolution=resolution.number,
            )
        else:
            try:
                acts.by_resolution(
                    one.decision,
                    one.certificate,
                    resolution,
                    ground=one.decided_ground,
                    reason=one.decided_reason,
                    until=one.decided_until,
                    by=by,
                    at=at,
                )
            except StepRefused as refused:
                why = " ".join(str(reason) for reason in refused.decision.reasons)
                refuse(MEETING, "resolve", "certificate_can_move", f"{one.certificate}: {why}")
        one.settled_at = at
        one.save(update_fields=["settled_at"])
        resolved.append(one)
    return resolved


def _check(kind: str, ground: str, reason: str, until: date | None) -> None:
    if kind not in acts.GROUNDS or ground not in acts.GROUNDS[kind]:
        refuse(CERTIFICATE, "suspend", "ground_fits", _("Choose a ground that fits the act."))
    if not reason.strip():
        refuse(CERTIFICATE, kind, "reason_is_given", _("Write the reason."))
    if until is not None and kind not in acts.FOR_A_TIME:
        refuse(CERTIFICATE, kind, "only_suspensions_end", _("Only a suspension has a last day."))


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("certificate").get(pk=proposal.pk)


def _meeting_of(proposal: Proposal) -> Meeting:
    if proposal.meeting is None:
        refuse(MEETING, "resolve", "stands_on_the_agenda", _("The certificate stands on no agenda."))
    return proposal.meeting


def _put_down(proposal: Proposal) -> None:
    proposal.meeting = proposal.position = proposal.decided_until = None
    proposal.decision = proposal.decided_ground = proposal.decided_reason = ""
    proposal.save()
    proposal.recusals.all().delete()


def _record(
    proposal: Proposal, step: str, clause: str, /, *, by: Any | None, role: str, at: datetime, note: str, **facts: Any
) -> None:
    """Write down in the history of the certificate what does not move it."""
    certificate = proposal.certificate
    record(
        certificate,
        step=step,
        clause=clause,
        from_stage=certificate.stage,
        to_stage=certificate.stage,
        by=by,
        role=role,
        at=at,
        note=note,
        facts=facts,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
