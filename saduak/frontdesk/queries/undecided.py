"""What waits for the supervisor of a desk."""

from django.db.models import QuerySet

from saduak.frontdesk.models import Desk, Undecided

LATEST = 50


def unsettled(desk: Desk) -> QuerySet[Undecided]:
    """What nobody has settled yet, the latest first."""
    return Undecided.objects.filter(centre_id=desk.pk, settled_at=None).select_related("device", "ticket")


def lately_settled(desk: Desk) -> QuerySet[Undecided]:
    """What was settled last."""
    matters = Undecided.objects.filter(centre_id=desk.pk, settled_at__isnull=False)
    return matters.select_related("device", "ticket", "settled_by").order_by("-settled_at")[:LATEST]
