"""The last steps that somebody took with tickets, as the journal has them."""

from saduak.frontdesk.models import Sitting, Ticket
from saduak.journal.models import Entry

NO_STEPS_TO_UNDO = ("issue", "write_note")
"""A ticket that was issued is cancelled, and a note is written anew."""


def last_step_at(sitting: Sitting) -> Entry | None:
    """The last step that the officer took with a ticket since sitting down; None without any."""
    return (
        Entry.objects.filter(
            centre_id=sitting.centre_id, case_kind=Ticket.case_kind, by=sitting.officer_id, at__gte=sitting.opened_at
        )
        .exclude(step__in=NO_STEPS_TO_UNDO)
        .order_by("-sequence")
        .first()
    )


def last_step_with(ticket: Ticket) -> Entry | None:
    """The last step that anybody took with the ticket."""
    return ticket.history.exclude(step="write_note").order_by("-sequence").first()
