"""Giving out tickets, setting numbers aside for devices, and taking tickets back (การออกบัตรคิว)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import LANGUAGES, Service
from saduak.directory.models import Centre
from saduak.frontdesk.models import Desk, Device, NumberBlock, PriorityClass, Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import days, presses
from saduak.frontdesk.operations.admission import hours_of, refusals
from saduak.frontdesk.operations.births import write_birth
from saduak.frontdesk.operations.moving import facts_of, lock, move
from saduak.frontdesk.operations.refusals import IssueRefused, Refused
from saduak.frontdesk.policies import roles_at_a_counter
from saduak.frontdesk.procedure import STAFF, Role, TicketStage
from saduak.frontdesk.queries.scenes import kind_of
from saduak.frontdesk.queries.waits import waits_of_who_comes
from saduak.frontdesk.rules.arrivals import believed_arrival, entered
from saduak.frontdesk.rules.order import Entry as Arrival
from saduak.frontdesk.rules.order import milliseconds, moment
from saduak.journal.steps import entry_about, record
from saduak.procedure.kit import Reason

__all__ = ["IssueRefused", "cancel", "issue", "reserve_block"]

MOST_NUMBERS_OF_A_BLOCK = 500


@transaction.atomic
def issue(
    centre: Centre,
    service: Service,
    *,
    priority: PriorityClass,
    channel: Channel | str,
    by: Any | None = None,
    device: Device | None = None,
    at: datetime | None = None,
    language: str = "th",
    reference: str | None = None,
    secret: str | None = None,
    number: int | None = None,
    device_time: datetime | None = None,
    booked_for: datetime | None = None,
    came_at: datetime | None = None,
    visitor_name: str = "",
    key: UUID | None = None,
    expected_end: datetime | None = None,
    after: Ticket | None = None,
    whenever: bool = False,
) -> Ticket:
    """Give out a ticket, `at` by the server's clock; its place counts from when the visitor came.

    `reference` is given by a device, which gets the same ticket when it sends the same reference again; `secret` too,
    when it has told the visitor the address of the ticket's page already. `number` may come only from a block that was
    set aside for the device: then the ticket exists on paper already, and is taken in whatever the hours are.
    `device_time` is the moment on the device's own clock, of which only the age is believed.
    `expected_end` is when the visit would end; if not given, by the latest estimate. `after` is the ticket of another
    centre that sent the visitor on; its arrival is kept. `whenever` gives it outside the hours and beyond every limit
    too: to try a desk that was set up in the evening. Raises IssueRefused with codes of `rules.issuing.Refusal` and
    Refused.
    """
    at = at or timezone.now()
    if reference and (known := _known(centre, reference)):
        return known
    desk = Desk.objects.select_related("centre__province").get(pk=centre.pk)
    role = Role.OFFICER if after else _role_of_giver(centre, channel, by, device)
    _check(desk, service, priority)
    came = came_at or _believed(device, device_time, at)
    day = timezone.localdate(came if number is not None else at)
    if number is not None:
        _check_block(device, day, service.prefix, number)
    hours = hours_of(desk, day)
    if expected_end is None and desk.stops_by_estimate and number is None and booked_for is None:
        # What the estimator knew last: nothing is estimated while somebody waits for a ticket.
        wait = waits_of_who_comes(desk, at).if_now(service.pk, kind_of(priority))
        expected_end = wait.expected_end if wait else None
    arrived, how = entered(
        milliseconds(came), milliseconds(booked_for) if booked_for else None, grace_minutes=desk.grace_minutes
    )
    ticket = Ticket(
        stage=TicketStage.WAITING,
        stage_since=came if number is not None else at,
        centre=centre,
        day=day,
        prefix=service.prefix,
        number=number or 0,
        service=service,
        group_id=service.group_id,
        priority=priority,
        channel=channel,
        language=language if language in LANGUAGES else "th",
        came_at=came,
        arrived_at=after.arrived_at if after else moment(arrived),
        booked_for=booked_for if how == Arrival.BOOKED else None,
        visitor_name=visitor_name,
        device=device,
        device_time=device_time,
        **({"reference": reference} if reference else {}),
        **({"secret": secret} if secret else {}),
    )
    facts: dict[str, Any] = {
        **facts_of(ticket),
        "channel": str(channel),
        "came": came.isoformat(),
        "since": ticket.stage_since.isoformat(),
        "version": 0,
    }
    if booked_for:
        facts |= {"booked_for": booked_for.isoformat(), "entry": how.value}
    if device:
        facts |= {"device": device.pk, "device_time": device_time.isoformat() if device_time else None}
    if after:
        facts["sent_from"] = after.reference
    entry = entry_about(
        ticket, step="issue", clause="1.1", to_stage=TicketStage.WAITING, by=by, role=role, at=at, facts=facts
    )
    today = write_birth(ticket, entry, key=key, at=at)
    if today is None:
        press = presses.earlier(key, "issue", centre_id=centre.pk, at=at)
        return press.ticket  # type: ignore[union-attr,return-value]  # The key is known, and an issue leaves a ticket.
    if number is None and not whenever:
        booked = booked_for is not None
        if reasons := refusals(desk, service, today, hours, at=at, booked=booked, expected_end=expected_end):
            raise IssueRefused(reasons)
    return ticket


@transaction.atomic
def reserve_block(device: Device, prefix: str, size: int, at: datetime | None = None) -> NumberBlock:
    """Set numbers of a letter aside for a device, for the day of that moment, so that it can go on without the server.

    Raises Refused for a device whose pairing has ended.
    """
    at = at or timezone.now()
    if device.revoked_at is not None:
        raise Refused("reserve_numbers", Reason("device_ended", _("This device does not belong to a desk any more.")))
    size = max(1, min(size, MOST_NUMBERS_OF_A_BLOCK))
    day = timezone.localdate(at)
    last = days.set_aside(device.desk_id, day, prefix, size=size, digits=device.desk.number_digits)
    block = NumberBlock.objects.create(
        centre_id=device.desk_id,
        device=device,
        day=day,
        prefix=prefix,
        first=last - size + 1,
        last=last,
        reserved_at=at,
    )
    facts = {"prefix": prefix, "first": block.first, "last": block.last, "day": day.isoformat()}
    record(device, step="reserve_numbers", by=None, role=Role.DEVICE, at=at, facts=facts)
    return block


@transaction.atomic
def cancel(
    ticket: Ticket,
    *,
    by: Any | None = None,
    device: Device | None = None,
    at: datetime | None = None,
    seen: int | None = None,
    reason: str = "",
    key: UUID | None = None,
) -> Ticket:
    """Take a waiting ticket out of the queue: by staff, by a device of the desk, or by the visitor who holds it."""
    at = at or timezone.now()
    if press := presses.earlier(key, "cancel", centre_id=ticket.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    locked = lock(ticket)
    if by is not None:
        roles: frozenset[Role] = roles_at_a_counter(by, locked.centre)
    else:
        is_own = device is not None and device.desk_id == locked.centre_id
        roles = frozenset({Role.DEVICE if is_own else Role.VISITOR})
    return move("cancel", locked, by=by, roles=roles, at=at, seen=seen, note=reason, key=key)


def _known(centre: Centre, reference: str) -> Ticket | None:
    """The ticket of that reference; none: nobody else gives it out until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ticket {reference}"])
    known = Ticket.objects.select_related("service", "priority").filter(reference=reference).first()
    if known is not None and known.centre_id != centre.pk:
        raise Refused("issue", Reason("another_centre", _("This reference belongs to another centre.")))
    return known


def _role_of_giver(centre: Centre, channel: Channel | str, by: Any | None, device: Device | None) -> Role:
    """In which role the ticket is given. Raises Refused for strangers who act as officers."""
    if channel == Channel.OFFICER:
        held = roles_at_a_counter(by, centre) & STAFF if by is not None else frozenset()
        if not held:
            raise Refused("issue", Reason("wrong_role", _("Only people of this front desk do that.")))
        return min(held)
    if device is not None:
        if device.desk_id != centre.pk or device.revoked_at is not None:
            raise Refused("issue", Reason("device_ended", _("This device does not belong to a desk any more.")))
        return Role.DEVICE
    return Role.VISITOR


def _check(desk: Desk, service: Service, priority: PriorityClass) -> None:
    reasons = []
    if not desk.is_open:
        reasons.append(Reason("desk_not_open", _("This centre does not give out tickets yet.")))
    if service.centre_id != desk.pk or not service.is_offered:
        reasons.append(Reason("service_not_offered", _("This service is not offered here now.")))
    if priority.desk_id != desk.pk:
        reasons.append(Reason("class_of_another_desk", _("This class of visitors belongs to another desk.")))
    if reasons:
        raise IssueRefused(reasons)


def _check_block(device: Device | None, day: date, prefix: str, number: int) -> None:
    own = NumberBlock.objects.filter(device=device, day=day, prefix=prefix, first__lte=number, last__gte=number)
    if device is None or not own.exists():
        raise IssueRefused([Reason("number_not_reserved", _("This number was not set aside for the device."))])


def _believed(device: Device | None, device_time: datetime | None, at: datetime) -> datetime:
    """When the visitor came, from a device whose clock may be wrong; the server's clock for everybody else."""
    if device is None or device_time is None or device.clock_offset_ms is None or device.last_seen_at is None:
        return at
    now = milliseconds(at)
    heard = min(milliseconds(device.last_seen_at), now)
    device_now = now + device.clock_offset_ms
    return moment(believed_arrival(milliseconds(device_time), device_now=device_now, received=now, last_seen=heard))
