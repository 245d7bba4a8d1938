"""What the clock does when a day is over: tickets end, and counters are left (การปิดวัน)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from saduak.frontdesk.models import ServiceDay, Sitting, Ticket
from saduak.frontdesk.operations import days, sittings, supervising
from saduak.frontdesk.operations.moving import lock, move
from saduak.frontdesk.procedure import Outcome, Role, TicketStage


def close_days(at: datetime | None = None) -> int:
    """End what earlier days have left open; how many tickets. Each centre and day by itself."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    left = Ticket.objects.in_the_house().filter(day__lt=today).values_list("centre", "day")
    sat = Sitting.objects.going_on().exclude(opened_at__date=today).values_list("centre", "opened_at__date")
    unclosed = ServiceDay.objects.filter(day__lt=today, closed_at=None).values_list("centre", "day")
    wanted = {*left.order_by().distinct(), *sat.order_by().distinct(), *unclosed}
    return sum(_close(centre_id, day) for centre_id, day in sorted(wanted))


@transaction.atomic
def _close(centre_id: int, day: date) -> int:
    """End one day, as of its midnight."""
    at = datetime.combine(day + timedelta(days=1), time(0), tzinfo=timezone.get_default_timezone())
    ended = 0
    for ticket in Ticket.objects.in_the_house().filter(centre=centre_id, day=day).order_by("pk"):
        locked = lock(ticket)
        if locked.stage == TicketStage.SERVING:
            outcome = Outcome.NOT_RECORDED.value
            move("close", locked, by=None, roles={Role.CLOCK}, at=at, outcome=outcome)
        else:
            move("lapse", locked, by=None, roles={Role.CLOCK}, at=at)
        ended += 1
    for sitting in Sitting.objects.going_on().filter(Q(centre=centre_id) & Q(opened_at__date=day)):
        sittings.end(sittings.lock(sitting), by=None, role=Role.CLOCK, at=at)
    supervising.end_wanted(centre_id, day, at=at)
    days.touch(centre_id, day)
    ServiceDay.objects.filter(centre=centre_id, day=day, closed_at=None).update(closed_at=at)
    return ended
