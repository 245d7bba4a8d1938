"""Calling visitors to a counter: the next in the order, again, and out of it (การเรียกคิว)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Call, Counter, Desk, Device, Sitting, Ticket
from saduak.frontdesk.models.calls import CallKind
from saduak.frontdesk.operations import following, presses, sittings
from saduak.frontdesk.operations.admission import hours_of
from saduak.frontdesk.operations.choosing import Look, Seat, first_of, heads, look
from saduak.frontdesk.operations.moving import lock, move, move_if
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.policies import roles_at_a_counter
from saduak.frontdesk.procedure import AT_A_COUNTER, Role
from saduak.frontdesk.queries.lines import hold_lines
from saduak.frontdesk.rules.issuing import Lost, may_come_back
from saduak.procedure.kit import Reason

STILL_SITS = "EXISTS (SELECT FROM frontdesk_sitting WHERE id = %s AND closed_at IS NULL AND paused_since IS NULL)"

COME_BACK_TOO_LATE: dict[Lost, object] = {
    Lost.ANOTHER_DAY: _("The day of this ticket is over."),
    Lost.AFTER_HOURS: _("The counters have closed; the ticket has expired."),
    Lost.TOO_OFTEN: _("The visitor missed too many calls; the ticket has expired."),
}


@transaction.atomic
def call_next(sitting: Sitting, *, key: UUID | None = None, at: datetime | None = None) -> Ticket | None:
    """Call whom the order says to this counter; None when nobody waits who could be called here.

    One counter at a time chooses from a queue group, so nobody passes anybody and nobody is called twice. Raises
    Refused when the counter has a visitor, is paused or was left.
    """
    at = at or timezone.now()
    # Whatever can be known before the line is held, is known before.
    counter, roles = sitting.counter, roles_at_a_counter(sitting.officer, sitting.centre)
    seen = look(sitting, key=key, at=at)
    if key is not None and not seen.is_new:
        return presses.known(key, "call", centre_id=sitting.centre_id).ticket
    try:
        return _call_first(sitting, counter, seen, roles, key=key, at=at)
    except IntegrityError:
        raise _has_a_visitor("call") from None


@transaction.atomic
def call_out_of_order(
    sitting: Sitting,
    ticket: Ticket,
    *,
    reason: str,
    seen: int | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Call one waiting visitor before the others, for a reason that is recorded. Raises Refused and StepRefused."""
    at = at or timezone.now()
    if press := presses.earlier(key, "call_out_of_order", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    if not reason.strip():
        raise Refused("call_out_of_order", Reason("no_reason", _("Say why, so that others know.")))
    hold_lines([ticket.group_id])
    _must_be_free(sitting, "call_out_of_order")
    locked = _own(lock(ticket), sitting, "call_out_of_order")
    reason = reason.strip()[:300]
    return _called(
        "call_out_of_order", sitting, locked, kind=CallKind.OUT_OF_ORDER, key=key, at=at, seen=seen, reason=reason
    )


@transaction.atomic
def call_known(sitting: Sitting, ticket: Ticket, *, key: UUID | None = None, at: datetime | None = None) -> Ticket:
    """Take in a call that the console made without the server, by the same rule from what it knew; `away` says so.

    Raises Refused when the counter has a visitor, StepRefused when the ticket does not wait any more.
    """
    at = at or timezone.now()
    if press := presses.earlier(key, "call_known", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    hold_lines([ticket.group_id])
    _must_be_free(sitting, "call")
    locked = _own(lock(ticket), sitting, "call")
    return _called("call", sitting, locked, kind=CallKind.NEXT, key=key, at=at, facts={"away": True})


@transaction.atomic
def recall(
    sitting: Sitting, ticket: Ticket, *, seen: int | None = None, key: UUID | None = None, at: datetime | None = None
) -> Ticket:
    """Call the visitor again who has not come yet. Raises Refused and StepRefused."""
    at = at or timezone.now()
    if press := presses.earlier(key, "recall", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    locked = at_this_counter(lock(ticket), sitting, "recall")
    return _called("recall", sitting, locked, kind=CallKind.RECALL, key=key, at=at, seen=seen)


@transaction.atomic
def no_show(
    sitting: Sitting, ticket: Ticket, *, seen: int | None = None, key: UUID | None = None, at: datetime | None = None
) -> Ticket:
    """The visitor did not come, after as many calls as the desk demands. Raises Refused and StepRefused."""
    at = at or timezone.now()
    if press := presses.earlier(key, "no_show", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    locked = at_this_counter(lock(ticket), sitting, "no_show")
    here = sittings.present(sitting, "no_show")
    return move(
        "no_show",
        locked,
        by=here.officer,
        roles=roles_at_a_counter(here.officer, here.centre),
        at=at,
        seen=seen,
        key=key,
        missed_calls=locked.missed_calls + 1,
    )


@transaction.atomic
def bring_back(
    ticket: Ticket,
    *,
    by: Any | None = None,
    device: Device | None = None,
    seen: int | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Let a visitor who missed the call wait again, with the first arrival, but held off for some minutes.

    By staff, by a kiosk of the desk where the visitor types the number, or by the visitor who holds the ticket.
    Raises Refused and StepRefused.
    """
    at = at or timezone.now()
    if press := presses.earlier(key, "bring_back", centre_id=ticket.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    locked = lock(ticket)
    if by is not None:
        roles = roles_at_a_counter(by, locked.centre)
    elif device is not None:
        roles = frozenset({Role.DEVICE} if device.desk_id == locked.centre_id else ())
    else:
        roles = frozenset({Role.VISITOR})
    desk = Desk.objects.select_related("centre__province").get(pk=locked.centre_id)
    if lost := may_come_back(timezone.localtime(at), hours_of(desk, locked.day), missed=locked.missed_calls):
        raise Refused("bring_back", Reason(lost.value, COME_BACK_TOO_LATE[lost]))
    not_before = at + timedelta(minutes=desk.hold_off_minutes)
    return move(
        "bring_back",
        locked,
        by=by,
        roles=roles,
        at=at,
        seen=seen,
        key=key,
        not_before=not_before,
        times_called=0,
        asks_for=None,
    )


def called_from_hold(sitting: Sitting, locked: Ticket, *, seen: int | None, key: UUID | None, at: datetime) -> Ticket:
    """Call a held visitor, whom `serving.resume_held` has locked, to the counter."""
    _must_be_free(sitting, "resume_held")
    return _called("resume_held", sitting, locked, kind=CallKind.RECALL, key=key, at=at, seen=seen)


def at_this_counter(locked: Ticket, sitting: Sitting, deed: str) -> Ticket:
    """The ticket, when it is at this counter now. Raises Refused."""
    if locked.counter_id != sitting.counter_id:
        raise Refused(deed, Reason("not_at_this_counter", _("This visitor is not at your counter any more.")))
    return locked


def _call_first(
    sitting: Sitting, counter: Counter, seen: Look, roles: frozenset[Role], *, key: UUID | None, at: datetime
) -> Ticket | None:
    """Call the first who can be called; somebody whom another deed takes away in between is passed over."""
    seat = _ready(seen.seat)
    found, gone = seen.heads, set[str]()
    while ticket := first_of((head for head in found if head.waiting.key not in gone), seat, sitting, at):
        ticket.centre = sitting.centre
        moved = move_if(
            (STILL_SITS, [sitting.pk]),
            "call",
            ticket,
            by=sitting.officer,
            roles=roles,
            at=at,
            rows=[_call_of(ticket, sitting, CallKind.NEXT, at=at)],
            key=key,
            counter=counter,
            officer=sitting.officer,
            times_called=ticket.times_called + 1,
        )
        if moved is not None:
            if seat.has_followers:
                following.tell_soon(moved.centre_id)
            return moved
        sittings.ready(sitting, "call")
        gone.add(ticket.reference)
        found = heads(sitting, at)
    return None


def _ready(seat: Seat | None) -> Seat:
    """The seat, when its officer sits there, is not paused, and has no visitor. Raises Refused."""
    if seat is None or seat.is_left:
        raise Refused("call", sittings.LEFT)
    if seat.is_paused:
        raise Refused("call", sittings.PAUSED)
    if seat.has_visitor:
        raise _has_a_visitor("call")
    return seat


def _called(
    step: str,
    sitting: Sitting,
    locked: Ticket,
    *,
    kind: CallKind,
    key: UUID | None,
    at: datetime,
    seen: int | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> Ticket:
    here = sittings.present(sitting, step)
    following.soon(locked.centre_id, locked.day)
    return move(
        step,
        locked,
        by=here.officer,
        roles=roles_at_a_counter(here.officer, here.centre),
        at=at,
        seen=seen,
        note=reason,
        facts=facts,
        rows=[_call_of(locked, here, kind, at=at, reason=reason)],
        key=key,
        counter=here.counter,
        officer=here.officer,
        times_called=locked.times_called + 1,
    )


def _call_of(ticket: Ticket, here: Sitting, kind: CallKind, *, at: datetime, reason: str = "") -> Call:
    """The call as it is to be written; at the moment that the step is taken."""
    return Call(
        centre_id=ticket.centre_id,
        day=ticket.day,
        ticket=ticket,
        counter=here.counter,
        officer=here.officer,
        kind=kind,
        reason=reason,
        called_at=max(at, ticket.stage_since),
    )


def _must_be_free(sitting: Sitting, deed: str) -> None:
    if Ticket.objects.filter(counter=sitting.counter_id, stage__in=AT_A_COUNTER).exists():
        raise _has_a_visitor(deed)


def _has_a_visitor(deed: str) -> Refused:
    reason = _("There is still a visitor at this counter. Finish, hold or pass on first.")
    return Refused(deed, Reason("has_a_visitor", reason))


def _own(locked: Ticket, sitting: Sitting, deed: str) -> Ticket:
    if locked.centre_id != sitting.centre_id:
        raise Refused(deed, Reason("another_centre", _("This ticket belongs to another centre.")))
    return locked
