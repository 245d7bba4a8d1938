"""Serving a visitor at a counter, and what else may become of the visit (การให้บริการ)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Counter, Desk, PriorityClass, Sitting, Ticket
from saduak.frontdesk.operations import calling, issuing, presses, sittings
from saduak.frontdesk.operations.moving import lock, move
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.operations.undoing import undo
from saduak.frontdesk.policies import roles_at_a_counter
from saduak.frontdesk.procedure import CHOSEN_BY_OFFICERS, Outcome
from saduak.procedure.kit import Reason

__all__ = [
    "finish", "hold", "next_service", "resume_held", "start", "transfer", "undo", "write_note",
]  # fmt: skip

SENDING_ON = 4802
"""The key of the advisory lock under which visitors are sent on to other centres."""


@transaction.atomic
def start(
    sitting: Sitting, ticket: Ticket, *, seen: int | None = None, key: UUID | None = None, at: datetime | None = None
) -> Ticket:
    """The called visitor has come to the counter. Raises Refused and StepRefused."""
    return _step("start", sitting, ticket, seen=seen, key=key, at=at)


@transaction.atomic
def hold(
    sitting: Sitting, ticket: Ticket, *, seen: int | None = None, key: UUID | None = None, at: datetime | None = None
) -> Ticket:
    """Put the visit on hold: the visitor fetches something; the counter is free. Raises Refused and StepRefused."""
    return _step("hold", sitting, ticket, seen=seen, key=key, at=at)


@transaction.atomic
def resume_held(
    sitting: Sitting, ticket: Ticket, *, seen: int | None = None, key: UUID | None = None, at: datetime | None = None
) -> Ticket:
    """Call a held visitor to this counter. Raises Refused and StepRefused."""
    at = at or timezone.now()
    if press := presses.earlier(key, "resume_held", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    locked = lock(ticket)
    if locked.centre_id != sitting.centre_id:
        raise Refused("resume_held", Reason("another_centre", _("This ticket belongs to another centre.")))
    return calling.called_from_hold(sitting, locked, seen=seen, key=key, at=at)


@transaction.atomic
def transfer(
    sitting: Sitting,
    ticket: Ticket,
    *,
    service: Service | None = None,
    counter: Counter | None = None,
    desk: Desk | None = None,
    reason: str = "",
    seen: int | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Pass the visitor on to a service, to a counter, or to the desk of another centre; the first arrival is kept.

    Within the centre the ticket waits again. At another centre a new ticket is given out for `service`, which is
    returned; this one ends. Raises Refused, StepRefused and IssueRefused.
    """
    at = at or timezone.now()
    if press := presses.earlier(key, "transfer", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    if desk is not None and desk.pk != sitting.centre_id:
        if service is None:
            raise Refused("transfer", Reason("no_goal", _("Say to which service, counter or centre.")))
        return _send_on(sitting, ticket, desk, service, reason=reason, seen=seen, key=key, at=at)
    _check_goal(sitting, service, counter)
    locked = lock(ticket)
    changes: dict[str, Any] = {"asks_for": counter, "times_called": 0, "not_before": None}
    if service is not None:
        changes |= {"service": service, "group": service.group}
    return _step("transfer", sitting, locked, seen=seen, key=key, at=at, note=reason, anywhere=True, **changes)


@transaction.atomic
def finish(
    sitting: Sitting,
    ticket: Ticket,
    *,
    outcome: Outcome | str,
    seen: int | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:
    """The visit is over, with its coded outcome. Raises Refused and StepRefused."""
    return _step("finish", sitting, ticket, seen=seen, key=key, at=at, outcome=_chosen("finish", outcome))


@transaction.atomic
def next_service(
    sitting: Sitting,
    ticket: Ticket,
    *,
    service: Service,
    outcome: Outcome | str = Outcome.DONE,
    seen: int | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Go on with another service for the same visitor at the same counter; `outcome` is that of the part that ends."""
    _check_goal(sitting, service, None)
    chosen = _chosen("next_service", outcome)
    return _step(
        "next_service",
        sitting,
        ticket,
        seen=seen,
        key=key,
        at=at,
        facts={"outcome_of_part": chosen},
        service=service,
        group=service.group,
    )


@transaction.atomic
def write_note(
    sitting: Sitting,
    ticket: Ticket,
    note: str,
    *,
    seen: int | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Keep a private note with the visit. The journal says that there is one, and nothing of it."""
    at = at or timezone.now()
    if press := presses.earlier(key, "write_note", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    moved = _step("write_note", sitting, ticket, seen=seen, key=None, at=at, anywhere=True)
    moved.note = note.strip()[:1000]
    moved.save(update_fields=["note"])
    presses.answer(key, moved)
    return moved


def _step(
    name: str,
    sitting: Sitting,
    ticket: Ticket,
    *,
    seen: int | None,
    key: UUID | None,
    at: datetime | None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    anywhere: bool = False,
    **changes: Any,
) -> Ticket:
    """One step of the officer with a ticket at the own counter, or `anywhere` in the own centre."""
    at = at or timezone.now()
    if name != "transfer" and (press := presses.earlier(key, name, centre_id=sitting.centre_id, at=at)):
        return press.ticket  # type: ignore[return-value]
    locked = lock(ticket)
    if locked.centre_id != sitting.centre_id:
        raise Refused(name, Reason("another_centre", _("This ticket belongs to another centre.")))
    if not anywhere:
        calling.at_this_counter(locked, sitting, name)
    here = sittings.present(sitting, name)
    return move(
        name,
        locked,
        by=here.officer,
        roles=roles_at_a_counter(here.officer, here.centre),
        at=at,
        seen=seen,
        note=note,
        facts=facts,
        key=key,
        **changes,
    )


def _send_on(
    sitting: Sitting,
    ticket: Ticket,
    desk: Desk,
    service: Service,
    *,
    reason: str,
    seen: int | None,
    key: UUID | None,
    at: datetime,
) -> Ticket:
    """End the ticket here and give out one at the other desk, in the class that has the same code there.

    Two centres that send each other somebody at the same moment take turns: each changes the days of both.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [SENDING_ON])
    locked = calling.at_this_counter(lock(ticket), sitting, "send_on")
    classes = {one.code: one for one in PriorityClass.objects.filter(desk=desk)}
    ordinary = next((one for one in classes.values() if not one.is_priority), None)
    priority = classes.get(locked.priority.code, ordinary)
    if priority is None:
        raise Refused("transfer", Reason("desk_not_open", _("This centre does not give out tickets yet.")))
    new = issuing.issue(
        desk.centre,
        service,
        priority=priority,
        channel=locked.channel,
        by=sitting.officer,
        at=at,
        language=locked.language,
        came_at=locked.came_at,
        visitor_name=locked.visitor_name,
        after=locked,
    )
    here = sittings.present(sitting, "send_on")
    move(
        "send_on",
        locked,
        by=here.officer,
        roles=roles_at_a_counter(here.officer, here.centre),
        at=at,
        seen=seen,
        note=reason,
        facts={"sent_on": new.reference, "to": desk.pk},
        outcome=Outcome.SENT_ON.value,
    )
    presses.answer(key, new)
    return new


def _check_goal(sitting: Sitting, service: Service | None, counter: Counter | None) -> None:
    if service is None and counter is None:
        raise Refused("transfer", Reason("no_goal", _("Say to which service, counter or centre.")))
    if service is not None and service.centre_id != sitting.centre_id:
        raise Refused("transfer", Reason("service_not_offered", _("This service is not offered here now.")))
    if counter is not None and (counter.desk_id != sitting.centre_id or not counter.is_active):
        raise Refused("transfer", Reason("counter_not_in_use", _("This counter is not in use.")))


def _chosen(deed: str, outcome: Outcome | str) -> str:
    if outcome not in CHOSEN_BY_OFFICERS:
        raise Refused(deed, Reason("no_outcome", _("Choose how the visit ended.")))
    return Outcome(outcome).value
