"""Giving out tickets, setting numbers aside for devices, and taking tickets back (การออกบัตรคิว)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
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
from saduak.frontdesk.queries.offers import offers_of
from saduak.frontdesk.queries.scenes import kind_of
from saduak.frontdesk.queries.waits import waits_of_who_comes
from saduak.frontdesk.rules.arrivals import believed_arrival, entered
from saduak.frontdesk.rules.issuing import Hours
from saduak.frontdesk.rules.order import Entry as Arrival
from saduak.frontdesk.rules.order import milliseconds, moment
from saduak.journal.models import Entry
from saduak.journal.steps import entry_about, record
from saduak.procedure.kit import Reason

__all__ = ["IssueRefused", "cancel", "issue", "reserve_block"]

MOST_NUMBERS_OF_A_BLOCK = 500
NO_LIMIT = 2**31 - 1


def issue(
    centre: Centre,
    service: Service,
    *,
    priority: PriorityClass,
    channel: Channel | str,
    desk: Desk | None = None,
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

    `desk` is the centre's own, where the caller has just read it. `reference` is given by a device, which gets the same
    ticket when it sends the same reference again; `secret` too, when it has told the visitor the address of the
    ticket's page already. `number` may come only from a block that was set aside for the device: then the ticket exists
    on paper already, and is taken in whatever the hours are. `device_time` is the moment on the device's own clock, of
    which only the age is believed. `expected_end` is when the visit would end; if not given, by the latest estimate.
    `after` is the ticket of another centre that sent the visitor on; its arrival is kept. `whenever` gives it outside
    the hours and beyond every limit too: to try a desk that was set up in the evening. Raises IssueRefused with codes
    of `rules.issuing.Refusal` and Refused.
    """
    at = at or timezone.now()
    birth = partial(
        _birth,
        centre,
        service,
        priority=priority,
        channel=channel,
        known_desk=desk,
        by=by,
        device=device,
        at=at,
        language=language,
        reference=reference,
        secret=secret,
        number=number,
        device_time=device_time,
        booked_for=booked_for,
        came_at=came_at,
        visitor_name=visitor_name,
        expected_end=expected_end,
        after=after,
    )
    is_plain = not (reference or booked_for or whenever or number is not None)
    if is_plain and not connection.in_atomic_block and (ticket := _at_once(birth(), key)):
        return ticket
    with transaction.atomic():
        if reference and (known := _known(centre, reference)):
            return known
        return _in_turn(birth(), key, is_free=whenever or number is not None)


@dataclass
class _Birth:
    """A ticket that nobody has written yet, with what decides whether it may be given."""

    ticket: Ticket
    entry: Entry
    desk: Desk
    hours: Hours
    at: datetime
    is_booked: bool
    expected_end: datetime | None

    def refusals(self, day: days.Day) -> list[Reason]:
        """Why it is not given on a day that stands so."""
        return refusals(
            self.desk,
            self.ticket.service,
            day,
            self.hours,
            at=self.at,
            booked=self.is_booked,
            expected_end=self.expected_end,
        )


def _at_once(birth: _Birth, key: UUID | None) -> Ticket | None:
    """The ticket, given in one statement that commits by itself: its locks are held by nobody who is still thinking.

    None where something speaks against it, or must be counted first: then it is asked again in a transaction.
    """
    if birth.ticket.service.daily_limit is not None or birth.refusals(days.FIRST):
        return None
    most = birth.desk.daily_limit
    try:
        today = write_birth(birth.ticket, birth.entry, key=key, at=birth.at, most=NO_LIMIT if most is None else most)
    except IntegrityError:
        return None
    return birth.ticket if today else None


def _in_turn(birth: _Birth, key: UUID | None, *, is_free: bool) -> Ticket:
    """The ticket, given in a transaction. Raises IssueRefused unless it `is_free` of hours and limits."""
    today = write_birth(birth.ticket, birth.entry, key=key, at=birth.at)
    if today is None:
        press = presses.earlier(key, "issue", centre_id=birth.desk.pk, at=birth.at)
        return press.ticket  # type: ignore[union-attr,return-value]  # The key is known, and an issue leaves a ticket.
    if not is_free and (reasons := birth.refusals(today)):
        raise IssueRefused(reasons)
    return birth.ticket


def _birth(
    centre: Centre,
    service: Service,
    *,
    priority: PriorityClass,
    channel: Channel | str,
    known_desk: Desk | None,
    by: Any | None,
    device: Device | None,
    at: datetime,
    language: str,
    reference: str | None,
    secret: str | None,
    number: int | None,
    device_time: datetime | None,
    booked_for: datetime | None,
    came_at: datetime | None,
    visitor_name: str,
    expected_end: datetime | None,
    after: Ticket | None,
) -> _Birth:
    """What is to be written. Raises IssueRefused and Refused for what no day changes."""
    desk = known_desk or Desk.objects.select_related("centre__province").get(pk=centre.pk)
    role = Role.OFFICER if after else _role_of_giver(centre, channel, by, device)
    _check(desk, service, priority)
    came = came_at or _believed(device, device_time, at)
    day = timezone.localdate(came if number is not None else at)
    if number is not None:
        _check_block(device, day, service.prefix, number)
    hours = offers_of(desk).hours(desk, day) if known_desk else hours_of(desk, day)
    arrived, how = entered(
        milliseconds(came), milliseconds(booked_for) if booked_for else None, grace_minutes=desk.grace_minutes
    )
    is_booked = how == Arrival.BOOKED
    if expected_end is None and desk.stops_by_estimate and number is None and not is_booked:
        # What the estimator knew last: nothing is estimated while somebody waits for a ticket.
        wait = waits_of_who_comes(desk, at).if_now(service.pk, kind_of(priority))
        expected_end = wait.expected_end if wait else None
    ticket = Ticket(
        stage=TicketStage.WAITING,
        stage_since=came if number is not None else at,
        centre=centre,
        day=day,
        prefix=service.prefix,
        number=number or 0,
        digits=desk.number_digits,
        service=service,
        group_id=service.group_id,
        priority=priority,
        channel=channel,
        language=language if language in LANGUAGES else "th",
        came_at=came,
        arrived_at=after.arrived_at if after else moment(arrived),
        booked_for=booked_for if is_booked else None,
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
    return _Birth(ticket, entry, desk, hours, at, is_booked, expected_end)


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
