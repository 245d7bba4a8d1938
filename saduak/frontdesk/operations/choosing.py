"""All that a press of Next asks before it chooses, in one round to the database (การเลือกคิวถัดไป).

Whoever holds a line makes everybody else wait. So the press, the seat, the lock and those at the head of the line go to
the database together, and of those only the one who is chosen becomes an object.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from saduak.frontdesk.models import PriorityClass, Sitting, Ticket
from saduak.frontdesk.queries.columns import Columns
from saduak.frontdesk.queries.lines import LINES
from saduak.frontdesk.rules.order import Caller, Entry, Priority, Waiting, milliseconds, next_of

_PRESS = """
INSERT INTO frontdesk_press (key, centre_id, deed, at) VALUES (%(key)s, %(centre)s, 'call', %(at)s)
ON CONFLICT DO NOTHING RETURNING true
"""

_SEAT = """
WITH skills AS MATERIALIZED (
    SELECT service.id, service.group_id FROM frontdesk_counter_skills skill
    JOIN catalogue_service service ON service.id = skill.service_id WHERE skill.counter_id = %(counter)s
), held AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock(%(lines)s, line))
    FROM (SELECT DISTINCT group_id::int AS line FROM skills ORDER BY line) AS sorted
)
SELECT
    seat.closed_at IS NOT NULL, seat.paused_since IS NOT NULL, ARRAY(SELECT id FROM skills),
    EXISTS (SELECT FROM frontdesk_ticket WHERE counter_id = %(counter)s AND stage IN ('called', 'serving')),
    EXISTS (
        SELECT FROM frontdesk_follower follower JOIN frontdesk_ticket ticket ON ticket.id = follower.ticket_id
        WHERE ticket.centre_id = %(centre)s AND ticket.day = %(day)s AND ticket.stage IN ('waiting', 'called')
    )
FROM held, frontdesk_sitting seat WHERE seat.id = %(sitting)s
"""
"""Takes the locks of the lines, in the same order everywhere; what it finds was so before they were had."""

_TICKET, _CLASS = (
    Columns(Ticket, "ticket"),
    Columns(PriorityClass, "class", only=["desk", "code", "b", "credit_minutes"]),
)
_HEADS = f"""
SELECT {_TICKET}, {_CLASS}
FROM (
    SELECT DISTINCT ON (service_id, priority_id, asks_for_id) id FROM frontdesk_ticket
    WHERE centre_id = %(centre)s AND day = %(day)s AND stage = 'waiting'
    AND (asks_for_id = %(counter)s OR asks_for_id IS NULL
        AND service_id IN (SELECT service_id FROM frontdesk_counter_skills WHERE counter_id = %(counter)s))
    AND (not_before IS NULL OR not_before <= %(at)s)
    ORDER BY service_id, priority_id, asks_for_id, arrived_at, sequence
) AS head
JOIN frontdesk_ticket ticket ON ticket.id = head.id
JOIN frontdesk_priorityclass class ON class.id = ticket.priority_id
"""  # noqa: S608  Names of our own columns.


_OF_TICKET = ("reference", "sequence", "arrived_at", "service_id", "not_before", "asks_for_id", "booked_for")
_asked = itemgetter(
    *(_TICKET.place(name) for name in _OF_TICKET),
    *(len(_TICKET) + _CLASS.place(name) for name in ("code", "b", "credit_minutes")),
)
"""Of a row what the order asks."""


class Seat(NamedTuple):
    """A sitting as it was when its officer pressed."""

    is_left: bool
    is_paused: bool
    skills: list[int]
    has_visitor: bool
    has_followers: bool
    """Whether somebody follows a ticket of the day that may be told of this call."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a press saw. The key's first press `is_new`; `seat` is None for a sitting that is none."""

    is_new: bool
    seat: Seat | None
    heads: "list[Head]"


class Head:
    """The first of one service, class and wished counter among who may come; an object only when it is chosen.

    Within one of these lanes scores grow alike, so nobody behind a head can be next; `rules.order.next_of` chooses
    among the heads as it would among all.
    """

    __slots__ = ("_row", "waiting")

    def __init__(self, row: tuple[Any, ...]) -> None:
        self._row = row
        reference, sequence, arrived, service, not_before, asks_for, booked_for, code, b, credit = _asked(row)
        self.waiting = Waiting(
            key=reference,
            sequence=sequence,
            arrived=milliseconds(arrived),
            service=str(service),
            priority=Priority(code, b, credit),
            not_before=milliseconds(not_before) if not_before else 0,
            counter=str(asks_for) if asks_for else "",
            entry=Entry.BOOKED if booked_for else Entry.WALK_IN,
        )

    def ticket(self) -> Ticket:
        """It as an object, with as much of its class as the order asks."""
        values = iter(self._row)
        ticket = _TICKET.taken(values)
        ticket.priority = _CLASS.taken(values)
        return ticket


def look(sitting: Sitting, *, key: UUID | None, at: datetime) -> Look:
    """Keep the key for this deed, take the locks of the counter's lines, and see who stands at their heads.

    A second press with the same key waits until the first has committed. Nobody else chooses from these lines until
    the transaction ends.
    """
    parts = [_PRESS, _SEAT, _HEADS] if key is not None else [_SEAT, _HEADS]
    with connection.cursor() as cursor:
        cursor.execute(";".join(parts), _about(sitting, at) | {"key": key})
        is_new = True
        if key is not None:
            is_new = cursor.fetchone() is not None
            cursor.nextset()
        seat = cursor.fetchone()
        cursor.nextset()
        return Look(is_new, Seat(*seat) if seat else None, [Head(row) for row in cursor])


def heads(sitting: Sitting, at: datetime) -> list[Head]:
    """Those among whom the next for a counter is, once more; the locks of its lines are held already."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, _about(sitting, at))
        return [Head(row) for row in cursor]


def first_of(found: Iterable[Head], seat: Seat, sitting: Sitting, at: datetime) -> Ticket | None:
    """Whom the order says among the heads, or None."""
    by_key = {head.waiting.key: head for head in found}
    caller = Caller(str(sitting.counter_id), frozenset(map(str, seat.skills)))
    first = next_of((head.waiting for head in by_key.values()), milliseconds(at), caller)
    return by_key[first.key].ticket() if first else None


def _about(sitting: Sitting, at: datetime) -> dict[str, Any]:
    return {
        "lines": LINES,
        "sitting": sitting.pk,
        "counter": sitting.counter_id,
        "centre": sitting.centre_id,
        "day": timezone.localdate(at),
        "at": at,
    }
