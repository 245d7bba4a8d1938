"""What names the state of a console, in one small question: asked every few seconds by every counter."""

from datetime import date
from typing import Any, NamedTuple, cast

from django.db import connection

from saduak.frontdesk.queries.floor import tag_of
from saduak.postgres.base import DatabaseWrapper

_STANDS = """
SELECT desk.centre_id, desk.version, day.id, day.version, sitting.id, sitting.version, ticket.id, ticket.version
FROM directory_centre centre
JOIN frontdesk_desk desk ON desk.centre_id = centre.id
LEFT JOIN frontdesk_serviceday day ON day.centre_id = centre.id AND day.day = %s
LEFT JOIN frontdesk_sitting sitting ON sitting.officer_id = %s AND sitting.closed_at IS NULL
LEFT JOIN frontdesk_ticket ticket
    ON ticket.counter_id = sitting.counter_id AND ticket.stage IN ('called', 'serving')
WHERE centre.code = %s
"""


class Stands(NamedTuple):
    """A desk by the key of its centre, the version of its settings, the tag of its day, and the officer's own counter.

    `mine` names the state of the counter where the officer sits, here or elsewhere; empty: nowhere.
    """

    centre: int
    settings: int
    tag: str
    mine: str


def stands_of(code: str, officer: Any, day: date) -> Stands | None:
    """How the desk of the centre of that code stands; None where there is none. Whether one may know is not asked."""
    with cast(DatabaseWrapper, connection).prepared() as cursor:
        cursor.execute(_STANDS, [day, officer.pk, code])
        row = cursor.fetchone()
    if row is None:
        return None
    centre, settings, *of_day, sitting, seat_version, ticket, ticket_version = row
    mine = mine_of(sitting, seat_version, ticket, ticket_version) if sitting else ""
    return Stands(centre, settings, tag_of(*of_day), mine)


def mine_of(sitting: int, version: int, ticket: int | None, ticket_version: int | None) -> str:
    """Names the state of an own counter: another name, and the page is drawn anew."""
    return f"{sitting}.{version}.{ticket}.{ticket_version}" if ticket else f"{sitting}.{version}"
