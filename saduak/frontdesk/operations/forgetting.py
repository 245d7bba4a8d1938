"""Forgetting whose appointment or ticket it was, some days after it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from saduak.frontdesk.models import Appointment, BookedPerson, BookingTerms, Press, Ticket
from saduak.journal.steps import record
from saduak.notices.operations import forget

BATCH = 1000
"""Appointments that are forgotten in one transaction."""

TICKETS_REMEMBER = timedelta(days=30)
"""So long a ticket keeps a name and a private note; the default of appointments, so that nobody is kept longer for
having come without one. A name that came with an appointment goes with it."""

PRESSES_ARE_KNOWN = timedelta(days=30)
"""So long a button that is pressed again gets its first answer: longer than any device stays without the server."""


def erase_due(*, at: datetime | None = None) -> int:
    """Erase names and contacts of appointments that lie further back than their desk keeps them; gives their number.

    What stays says when somebody came for which service, and nothing of the person.
    """
    at = at or timezone.now()
    return sum(_erase(terms, at=at) for terms in BookingTerms.objects.select_related("desk__centre"))


@transaction.atomic
def _erase(terms: BookingTerms, *, at: datetime) -> int:
    before = timezone.localdate(at) - timedelta(days=terms.keep_days)
    due = Appointment.objects.filter(centre=terms.desk_id, day__lt=before, erased_at=None).order_by("pk")
    chosen = list(due.select_for_update(of=("self",), skip_locked=True)[:BATCH])
    if not chosen:
        return 0
    keys = [one.pk for one in chosen]
    BookedPerson.objects.filter(appointment__in=keys).delete()
    forget(Appointment.case_kind, [one.reference for one in chosen])
    Ticket.objects.filter(appointment__in=keys).update(visitor_name="")
    erased = Appointment.objects.filter(pk__in=keys).update(name="", phone="", email="", erased_at=at)
    record(terms, step="erase_names", by=None, at=at, facts={"appointments": erased})
    return erased


def erase_words_of_tickets(*, at: datetime | None = None) -> int:
    """Erase names and private notes of tickets that lie further back than `TICKETS_REMEMBER`; gives their number."""
    before = timezone.localdate(at) - TICKETS_REMEMBER
    old = Ticket.objects.filter(day__lt=before).exclude(visitor_name="", note="")
    with transaction.atomic():
        named = old.exclude(visitor_name="").filter(appointment=None).update(visitor_name="", note="")
        return named + old.exclude(note="").update(note="")


def forget_presses(*, at: datetime | None = None) -> int:
    """Forget buttons that nobody presses again; gives their number."""
    return Press.objects.filter(at__lt=(at or timezone.now()) - PRESSES_ARE_KNOWN).delete()[0]
