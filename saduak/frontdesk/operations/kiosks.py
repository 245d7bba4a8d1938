"""What a kiosk does: gives out tickets, with the server or without, and gets numbers for the time without (ตู้กดบัตรคิว).

Reference and secret are made by the kiosk before it asks, so that whatever is lost on the way, asking again gives the
same ticket. A ticket with a `number` exists on paper already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Device, NumberBlock, PriorityClass, Ticket, Undecided
from saduak.frontdesk.models.tickets import Channel, shown
from saduak.frontdesk.models.undecided import UndecidedKind
from saduak.frontdesk.operations import days, undecided
from saduak.frontdesk.operations.issuing import IssueRefused, issue, reserve_block
from saduak.frontdesk.operations.moving import facts_of, lock
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.procedure import Role, TicketStage
from saduak.journal.steps import entry_about
from saduak.procedure.kit import Reason

BLOCK = 20
"""Numbers of a letter that a kiosk gets at a time: an hour of a busy service."""

ENOUGH = 15
"""With fewer left it gets another block."""

MOST_BLOCKS = 40
"""Blocks of one letter that a device may get in a day; more would be a device gone wild."""


@dataclass(frozen=True)
class Wanted:
    """What a kiosk sends for one ticket; `age` is how long ago it was taken, `number` stands on the paper."""

    reference: UUID
    secret: str
    service: int
    priority: str
    language: str = "th"
    age: timedelta = timedelta()
    prefix: str = ""
    number: int | None = None


def take(device: Device, wanted: Wanted, *, at: datetime | None = None) -> Ticket | Undecided:
    """The ticket of that reference, issued unless it was before; what cannot be taken in is listed for the supervisor.

    Raises IssueRefused for a ticket that nobody holds yet: then the visitor reads why.
    """
    at = at or timezone.now()
    try:
        return _taken(device, wanted, at)
    except (Refused, IntegrityError) as refused:
        if wanted.number is None:
            raise
        codes = refused.codes if isinstance(refused, Refused) else ["number_taken"]
        return _listed(device, wanted, UndecidedKind.NOT_TAKEN_IN, at, {"reasons": codes})


@transaction.atomic
def stock(device: Device, left: Mapping[str, int], *, at: datetime | None = None) -> list[NumberBlock]:
    """Set more numbers aside for the letters of which fewer than `ENOUGH` are `left`; all blocks of today."""
    at = at or timezone.now()
    letters = set(Service.objects.offered().filter(centre=device.desk_id).values_list("prefix", flat=True))
    held = blocks_of(device, at=at)
    for prefix in sorted(letters & left.keys()):
        if left[prefix] < ENOUGH and sum(block.prefix == prefix for block in held) < MOST_BLOCKS:
            held.append(reserve_block(device, prefix, BLOCK, at))
    return held


def blocks_of(device: Device, *, at: datetime) -> list[NumberBlock]:
    """The numbers of today that were set aside since the device was paired; a device paired anew knows of no others."""
    today = NumberBlock.objects.filter(device=device, day=timezone.localdate(at))
    return list(today.filter(reserved_at__gte=device.paired_at))


@transaction.atomic
def _taken(device: Device, wanted: Wanted, at: datetime) -> Ticket | Undecided:
    centre = device.desk.centre
    known = Ticket.objects.filter(reference=wanted.reference.hex).first()
    if known is not None:
        if known.centre_id != centre.pk:
            raise Refused("issue", Reason("another_centre", _("This reference belongs to another centre.")))
        return known if wanted.number is None else _renumbered(device, known, wanted, at)
    service = Service.objects.select_related("group").filter(pk=wanted.service, centre=centre).first()
    priority = PriorityClass.objects.filter(desk=device.desk, code=wanted.priority).first()
    if service is None or priority is None or (wanted.number is not None and service.prefix != wanted.prefix):
        raise IssueRefused([Reason("service_not_offered", _("This service is not offered here now."))])
    offset = timedelta(milliseconds=device.clock_offset_ms or 0)
    return issue(
        centre,
        service,
        priority=priority,
        channel=Channel.KIOSK,
        device=device,
        at=at,
        language=wanted.language,
        reference=wanted.reference.hex,
        secret=wanted.secret,
        number=wanted.number,
        device_time=at + offset - wanted.age,
    )


def _renumbered(device: Device, known: Ticket, wanted: Wanted, at: datetime) -> Ticket | Undecided:
    """The answer was lost, and the visitor holds a number that was set aside: that one holds if none was called yet."""
    ticket = lock(known)
    if ticket.number == wanted.number:
        return ticket
    is_own = NumberBlock.objects.filter(
        device=device, day=ticket.day, prefix=ticket.prefix, first__lte=wanted.number, last__gte=wanted.number
    ).exists()
    if not is_own or ticket.stage != TicketStage.WAITING or ticket.times_called:
        facts = {"called_as": ticket.shown}
        return _listed(device, wanted, UndecidedKind.TWO_NUMBERS, at, facts, ticket=ticket)
    before = {"number": ticket.number}
    ticket.number = wanted.number  # type: ignore[assignment]  # The caller has asked.
    ticket.version += 1
    ticket.save(update_fields=["number", "version"])
    entry_about(
        ticket,
        step="renumber",
        clause="1.1",
        from_stage=ticket.stage,
        to_stage=ticket.stage,
        by=None,
        role=Role.DEVICE,
        at=at,
        facts={**facts_of(ticket), "before": before, "device": device.pk, "version": ticket.version},
    ).save(force_insert=True)
    days.touch(ticket.centre_id, ticket.day)
    return ticket


def _listed(
    device: Device,
    wanted: Wanted,
    kind: str,
    at: datetime,
    facts: Mapping[str, object],
    *,
    ticket: Ticket | None = None,
) -> Undecided:
    number = shown(wanted.prefix, wanted.number or 0, device.desk.number_digits)
    paper = {"number": number, "service": wanted.service, "priority": wanted.priority}
    return undecided.note(
        device.desk.centre,
        kind,
        {**paper, **facts},
        happened_at=at - wanted.age,
        at=at,
        device=device,
        ticket=ticket,
        reference=wanted.reference.hex,
    )
