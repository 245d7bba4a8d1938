"""The one statement that gives a ticket its number and its place, and writes it down (การให้เลขคิว)."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.operations.days import Day
from saduak.frontdesk.operations.writing import Sql, at_once, counting, insertion, touching
from saduak.journal.models import Entry

IDENTITY = "SELECT nextval(pg_get_serial_sequence('frontdesk_ticket', 'id')) AS id"
SHOWN = "jsonb_build_object('number', %s || lpad(number.last::text, greatest(%s::int, length(number.last::text)), '0'))"
"""What a ticket shows, as `Ticket.shown` has it."""


def write_birth(ticket: Ticket, entry: Entry, *, key: UUID | None, at: datetime, most: int | None = None) -> Day | None:
    """Write a new ticket, its entry and its press; the day as it is then. None: the key was pressed before.

    A ticket without a number gets the next one of its letter. Series and day are held until the transaction ends, which
    should be soon: all tickets of a centre take their turn here. With `most` the statement stands alone: where the
    day's tickets are stopped, or would become more than that, the number is null, which no ticket may have, and nothing
    is written. Raises IntegrityError then.
    """
    parts: dict[str, Sql] = {"identity": (IDENTITY, [])}
    if key is None:
        parts["pressed"] = ("SELECT id FROM identity", [])
    else:
        parts["pressed"] = (
            "INSERT INTO frontdesk_press (key, centre_id, deed, ticket_id, at) SELECT %s, %s, 'issue', id, %s"
            " FROM identity ON CONFLICT DO NOTHING RETURNING ticket_id AS id",
            [key, ticket.centre_id, at],
        )
    if ticket.number:
        parts["number"] = ("SELECT %s::int AS last FROM pressed", [ticket.number])
    else:
        parts["number"] = counting(ticket.centre_id, ticket.day, ticket.prefix, source="pressed")
    parts["today"] = touching(ticket.centre_id, ticket.day, tickets=1, source="number")
    last: Sql = ("number.last", [])
    if most is not None:
        last = ("CASE WHEN today.stopped_at IS NULL AND today.sequence <= %s THEN number.last END", [most])
    given: dict[str, Sql] = {
        "id": ("pressed.id", []),
        "number": last,
        "sequence": ("today.sequence", []),
    }
    parts["born"] = insertion(ticket, given=given, source="pressed, number, today")
    facts = Entry._meta.get_field("facts").get_db_prep_save(entry.facts, connection)
    told: dict[str, Sql] = {"facts": (f"%s || {SHOWN}", [facts, ticket.prefix, ticket.digits])}
    parts["told"] = insertion(entry, given=told, source="number")
    answer = at_once(
        parts,
        "SELECT pressed.id, number.last, today.version, today.sequence, today.stopped_at FROM pressed, number, today",
    )
    if answer is None:
        return None
    ticket.pk, ticket.number, version, ticket.sequence, stopped_at = answer
    ticket._state.adding, ticket._state.db = False, connection.alias
    return Day(version, ticket.sequence, stopped_at)
