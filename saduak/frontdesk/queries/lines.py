"""Who waits, as the pure order sees them; and the locks that let one counter at a time choose."""

from collections.abc import Collection, Iterable

from django.db import connection

from saduak.frontdesk.models import Counter, Ticket
from saduak.frontdesk.rules.order import Caller, Entry, Priority, Waiting, milliseconds

LINES = 4801
"""The first key of the advisory locks of queue groups; the second is the group's own number."""


def hold_lines(groups: Iterable[int]) -> None:
    """Let nobody else choose from these queue groups until the transaction ends; in the same order everywhere."""
    wanted = sorted(set(groups))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, line) FROM unnest(%s::int[]) AS line", [LINES, wanted])


def as_waiting(ticket: Ticket) -> Waiting:
    """A ticket as the order sees it; needs its class at hand.

    Whether it was passed on or came late for its booking changes no order: `queries.explaining` tells that from the
    journal to who asks why.
    """
    return Waiting(
        key=ticket.reference,
        sequence=ticket.sequence,
        arrived=milliseconds(ticket.arrived_at),
        service=str(ticket.service_id),
        priority=Priority(ticket.priority.code, ticket.priority.b, ticket.priority.credit_minutes),
        not_before=milliseconds(ticket.not_before) if ticket.not_before else 0,
        counter=str(ticket.asks_for_id) if ticket.asks_for_id else "",
        entry=Entry.BOOKED if ticket.booked_for else Entry.WALK_IN,
        returned=ticket.not_before is not None,
    )


def as_caller(counter: Counter, skills: Collection[int]) -> Caller:
    """A counter as the order sees it."""
    return Caller(str(counter.pk), frozenset(map(str, skills)))
