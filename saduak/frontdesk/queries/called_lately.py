"""What was called while somebody waited, as it stood on the board (หมายเลขที่เพิ่งเรียก)."""

from saduak.frontdesk.models import Call, Ticket
from saduak.frontdesk.models.calls import CallKind

SHOWN = 6


def called_before(mine: Ticket) -> list[str]:
    """The last numbers that were called from my line since I came, the latest first; my own is not among them."""
    calls = Call.objects.filter(
        centre=mine.centre_id, day=mine.day, ticket__group=mine.group_id, undone_at=None, called_at__gte=mine.came_at
    )
    others = calls.exclude(kind=CallKind.RECALL).exclude(ticket=mine).select_related("ticket").order_by("-called_at")
    return list(dict.fromkeys(call.ticket.shown for call in others[: 2 * SHOWN]))[:SHOWN]
