"""The first ticket of a new desk: given to try it, and taken back (ทดลองออกบัตรคิว)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.catalogue.models import Service
from saduak.frontdesk.beginnings import GENERAL
from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations.issuing import cancel, issue
from saduak.frontdesk.procedure import TicketStage
from saduak.journal.models import Entry


def ticket_of(desk: Desk, *, by: Any, at: datetime | None = None) -> Ticket | None:
    """The ticket with which this person tries the desk today, while it waits."""
    day = timezone.localdate(at or timezone.now())
    waiting = Ticket.objects.on(desk.centre, day).filter(stage=TicketStage.WAITING, channel=Channel.OFFICER)
    own = Entry.objects.filter(case_kind=Ticket.case_kind, step="issue", by=by, centre_id=desk.pk)
    return waiting.filter(reference__in=own.values("case_reference")).order_by("sequence").first()


@transaction.atomic
def give(desk: Desk, *, by: Any, at: datetime | None = None) -> Ticket:
    """Give a ticket of the first service to try the desk, at any hour; the one that is there already if there is one.

    Raises IssueRefused when the desk gives out no tickets at all.
    """
    if existing := ticket_of(desk, by=by, at=at):
        return existing
    service = Service.objects.offered().of(desk.centre).first()
    general = desk.classes.filter(code=GENERAL).first() or desk.classes.order_by("is_priority", "position").first()
    assert service is not None  # noqa: S101 – no desk opens without one.
    assert general is not None  # noqa: S101 – the class of everybody else cannot be removed.
    return issue(desk.centre, service, priority=general, channel=Channel.OFFICER, by=by, at=at, whenever=True)


@transaction.atomic
def take_back(desk: Desk, *, by: Any, at: datetime | None = None) -> None:
    """Take the ticket back with which the desk was tried; nothing happens when there is none."""
    if ticket := ticket_of(desk, by=by, at=at):
        cancel(ticket, by=by, at=at, reason=_("test ticket"))
