"""Single tickets: found by what their holder has, how many are before them, and what has happened to them."""

import re
from datetime import date, datetime

from django.utils import timezone

from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.models.tickets import TicketQuerySet
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.lines import as_waiting
from saduak.frontdesk.rules import order
from saduak.frontdesk.rules.order import milliseconds
from saduak.journal.models import Entry, EntryQuerySet
from saduak.thai.numerals import from_thai_digits

_NUMBER = re.compile(r"([A-Z])\s*0*(\d{1,6})", re.ASCII)


def with_words(tickets: TicketQuerySet) -> TicketQuerySet:
    """Tickets with all that a page prints of them, in one question to the database."""
    return tickets.select_related("service", "group", "priority", "counter", "asks_for", "officer", "centre")


def by_secret(secret: str) -> Ticket | None:
    """The ticket whose page on the phone has this secret; None for a wrong one."""
    return with_words(Ticket.objects.filter(secret=secret)).first()


def in_line(ticket: Ticket) -> list[Ticket]:
    """Everybody who waits today in the ticket's queue group, in no order."""
    waiting = Ticket.objects.filter(
        centre=ticket.centre_id, day=ticket.day, group=ticket.group_id, stage=TicketStage.WAITING
    )
    return list(waiting.select_related("priority"))


def ahead_of(ticket: Ticket, at: datetime | None = None) -> int | None:
    """How many would be called before this ticket if nobody else came; None for a ticket that does not wait."""
    if ticket.stage != TicketStage.WAITING:
        return None
    now = milliseconds(at or timezone.now())
    line = [as_waiting(other) for other in in_line(ticket)]
    return order.ahead_of(as_waiting(ticket), line, now)


def history(ticket: Ticket) -> EntryQuerySet:
    """What has happened to the ticket, oldest first, with the people."""
    return ticket.history.select_related("by").order_by("sequence")


def sent_on_to(ticket: Ticket) -> Ticket | None:
    """The ticket at another centre that this one was ended for; None for all others."""
    entry: Entry | None = ticket.history.filter(step="send_on").order_by("-sequence").first()
    if entry is None or ticket.outcome != "sent_on":
        return None
    return with_words(Ticket.objects.filter(reference=entry.facts["sent_on"])).first()


def somebody_missed_a_call(desk: Desk, day: date) -> bool:
    """Whether there is a ticket of the day whose holder was called and did not come."""
    return Ticket.objects.filter(centre=desk.pk, day=day, stage=TicketStage.NO_SHOW).exists()


def of_number(desk: Desk, typed: str, at: datetime | None = None) -> Ticket | None:
    """Today's ticket of a number as people say it: A012, a12 or A 12; None when there is none."""
    found = _NUMBER.fullmatch(from_thai_digits(typed).strip().upper())
    if found is None:
        return None
    day = timezone.localdate(at)
    prefix, number = found.groups()
    return with_words(Ticket.objects.filter(centre=desk.pk, day=day, prefix=prefix, number=int(number))).first()
