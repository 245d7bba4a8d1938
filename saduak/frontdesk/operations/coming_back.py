"""Visitors who missed the call, and have come after all, let themselves wait again (การกลับเข้าคิวด้วยตนเอง)."""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone

from saduak.frontdesk.models import Desk, Device, Ticket
from saduak.frontdesk.operations import calling
from saduak.frontdesk.operations.admission import hours_of
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.rules.issuing import Lost, may_come_back
from saduak.journal.steps import StepRefused


def why_not(ticket: Ticket, at: datetime) -> Lost | None:
    """Why a ticket that missed its call cannot wait again now; None when it can."""
    desk = Desk.objects.select_related("centre__province").get(pk=ticket.centre_id)
    return may_come_back(timezone.localtime(at), hours_of(desk, ticket.day), missed=ticket.missed_calls)


def may_ask(ticket: Ticket, at: datetime) -> bool:
    """Whether the holder of the ticket is offered to wait again."""
    return ticket.stage == TicketStage.NO_SHOW and why_not(ticket, at) is None


def come_back(ticket: Ticket, *, device: Device | None = None, at: datetime | None = None) -> Ticket:
    """The ticket as it is after its holder asked to wait again, by the own page or at a kiosk.

    Asked twice, or when somebody has let it wait meanwhile, nothing changes: whoever shows the ticket says how it is.
    """
    with suppress(StepRefused):
        calling.bring_back(ticket, device=device, at=at or timezone.now())
    ticket.refresh_from_db()
    return ticket
