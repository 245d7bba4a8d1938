"""A button pressed twice does its deed once (การกดปุ่มซ้ำ)."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Press, Ticket
from saduak.frontdesk.operations.refusals import Refused
from saduak.procedure.kit import Reason


def earlier(key: UUID | None, deed: str, *, centre_id: int, at: datetime) -> Press | None:
    """The press that came with this key before, or None: then the key belongs to this deed from now on.

    A second press at the same moment waits here until the first has committed. Raises Refused for a key that belongs
    to another deed.
    """
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO frontdesk_press (key, centre_id, deed, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [key, centre_id, deed, at],
        )
        if cursor.rowcount:
            return None
    return known(key, deed, centre_id=centre_id)


def known(key: UUID, deed: str, *, centre_id: int) -> Press:
    """The press that has this key. Raises Refused for a key that belongs to another deed."""
    press = Press.objects.select_related("ticket").get(pk=key)
    if (press.centre_id, press.deed) != (centre_id, deed):
        raise Refused(
            deed, Reason("another_button", _("This button was used for something else. Load the page again."))
        )
    return press


def answer(key: UUID | None, ticket: Ticket | None) -> Ticket | None:
    """Keep what the press did, for whoever presses again."""
    if key is not None and ticket is not None:
        Press.objects.filter(pk=key).update(ticket=ticket)
    return ticket
