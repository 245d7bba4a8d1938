"""What a supervisor does: ask for a counter to be opened, stop the tickets, move one (การกำกับดูแล)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Counter, Desk, ServiceDay, Sitting, Ticket, WantedCounter
from saduak.frontdesk.operations import days, presses
from saduak.frontdesk.operations.moving import lock, move
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.policies import supervises
from saduak.frontdesk.procedure import Role, TicketStage
from saduak.journal.steps import record
from saduak.procedure.kit import Reason

NOT_A_SUPERVISOR = Reason("wrong_role", _("Only a supervisor of this front desk does that."))


@transaction.atomic
def want_open(counter: Counter, *, by: Any, note: str = "", at: datetime | None = None) -> WantedCounter:
    """Ask the officers to open a counter; every console of the desk says so. Once is enough. Raises Refused."""
    at = at or timezone.now()
    counter = Counter.objects.select_related("desk__centre").select_for_update(of=("self",)).get(pk=counter.pk)
    _may("want_open", counter.desk, by)
    if not counter.is_active:
        raise Refused("want_open", Reason("counter_not_in_use", _("This counter is not in use.")))
    if Sitting.objects.going_on().filter(counter=counter, paused_since=None).exists():
        raise Refused("want_open", Reason("is_open", _("This counter is open already.")))
    wanted = WantedCounter.objects.filter(counter=counter, ended_at=None).first()
    if wanted is None:
        wanted = WantedCounter.objects.create(
            centre_id=counter.desk_id,
            counter=counter,
            day=timezone.localdate(at),
            wanted_at=at,
            wanted_by=by,
            note=note.strip()[:200],
        )
        _written(wanted, "want_open", counter.label, by=by, role=Role.SUPERVISOR, at=at)
    return wanted


@transaction.atomic
def want_no_more(wanted: WantedCounter, *, by: Any, at: datetime | None = None) -> WantedCounter:
    """Take the request back. Raises Refused."""
    at = at or timezone.now()
    locked = WantedCounter.objects.select_related("counter__desk__centre").select_for_update(of=("self",))
    wanted = locked.get(pk=wanted.pk)
    _may("want_no_more", wanted.counter.desk, by)
    if wanted.ended_at is None:
        wanted.ended_at = max(at, wanted.wanted_at)
        wanted.save(update_fields=["ended_at"])
        _written(wanted, "want_no_more", wanted.counter.label, by=by, role=Role.SUPERVISOR, at=at)
    return wanted


def opened(counter: Counter, *, at: datetime) -> None:
    """Somebody is ready at the counter: nobody has to ask any more."""
    WantedCounter.objects.filter(counter=counter, ended_at=None).update(ended_at=at, was_opened=True)


def end_wanted(centre_id: int, day: date, *, at: datetime) -> None:
    """The day is over, and what was wanted with it."""
    WantedCounter.objects.filter(centre=centre_id, day=day, ended_at=None).update(ended_at=at)


@transaction.atomic
def stop_tickets(desk: Desk, reason: str, *, by: Any, at: datetime | None = None) -> None:
    """Give out no more tickets today, for a reason that visitors read. Who waits is served. Raises Refused."""
    at = at or timezone.now()
    _may("stop_tickets", desk, by)
    reason = reason.strip()[:200]
    if not reason:
        raise Refused("stop_tickets", Reason("no_reason", _("Say why, so that others know.")))
    day = timezone.localdate(at)
    if days.touch(desk.pk, day).stopped_at is None:
        ServiceDay.objects.filter(centre=desk.pk, day=day).update(stopped_at=at, stop_reason=reason)
        record(desk, step="tickets_stopped", by=by, role=Role.SUPERVISOR, at=at, note=reason)


@transaction.atomic
def go_on_with_tickets(desk: Desk, *, by: Any, at: datetime | None = None) -> None:
    """Give out tickets again. Raises Refused."""
    at = at or timezone.now()
    _may("go_on_with_tickets", desk, by)
    day = timezone.localdate(at)
    if days.touch(desk.pk, day).stopped_at is not None:
        ServiceDay.objects.filter(centre=desk.pk, day=day).update(stopped_at=None, stop_reason="")
        record(desk, step="tickets_again", by=by, role=Role.SUPERVISOR, at=at)


@transaction.atomic
def move_ticket(
    ticket: Ticket,
    *,
    by: Any,
    reason: str,
    service: Service | None = None,
    counter: Counter | None = None,
    seen: int | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Let a waiting visitor wait for another service or for one counter, with the first arrival and for a reason.

    Raises Refused and StepRefused.
    """
    at = at or timezone.now()
    if press := presses.earlier(key, "move_ticket", centre_id=ticket.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    locked = lock(ticket)
    _may("transfer", Desk.objects.select_related("centre").get(pk=locked.centre_id), by)
    if found := list(_problems(locked, reason, service, counter)):
        raise Refused("transfer", *found)
    changes: dict[str, Any] = {"asks_for": counter, "not_before": None, "times_called": 0}
    if service is not None:
        changes |= {"service": service, "group": service.group}
    return move(
        "transfer", locked, by=by, roles={Role.SUPERVISOR}, at=at, seen=seen, note=reason.strip(), key=key, **changes
    )


def no_such_ticket() -> Refused:
    """The refusal of a number that is nobody's today."""
    return Refused("transfer", Reason("no_such_number", _("There is no ticket of this number today.")))


def _problems(locked: Ticket, reason: str, service: Service | None, counter: Counter | None) -> Any:
    if locked.stage != TicketStage.WAITING:
        yield Reason("does_not_wait", _("This ticket does not wait. Whoever serves it passes it on."))
    if not reason.strip():
        yield Reason("no_reason", _("Say why, so that others know."))
    if service is None and counter is None:
        yield Reason("no_goal", _("Say to which service, counter or centre."))
    if service is not None and service.centre_id != locked.centre_id:
        yield Reason("service_not_offered", _("This service is not offered here now."))
    if counter is not None and (counter.desk_id != locked.centre_id or not counter.is_active):
        yield Reason("counter_not_in_use", _("This counter is not in use."))


def _may(deed: str, desk: Desk, by: Any) -> None:
    if not supervises(by, desk.centre):
        raise Refused(deed, NOT_A_SUPERVISOR)


def _written(wanted: WantedCounter, step: str, counter: str, *, by: Any, role: Role, at: datetime) -> None:
    record(wanted, step=step, by=by, role=role, at=at, note=wanted.note, facts={"counter": counter})
    days.touch(wanted.centre_id, timezone.localdate(at))
