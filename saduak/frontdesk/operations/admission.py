"""Whether a desk gives out a ticket now: its hours, its limits, a stop, and the end that is expected."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.operations.days import Day
from saduak.frontdesk.queries.hours import hours_of
from saduak.frontdesk.rules.issuing import Hours, Limit, Refusal, may_issue
from saduak.procedure.kit import Reason

__all__ = ["SENTENCES", "hours_of", "refusals"]

SENTENCES: dict[Refusal, object] = {
    Refusal.HOLIDAY: _("The centre is closed today: a holiday."),
    Refusal.CLOSED_TODAY: _("The centre is closed today."),
    Refusal.STOPPED: _("No more tickets are given out today."),
    Refusal.BEFORE_HOURS: _("The centre has not opened yet."),
    Refusal.MIDDAY: _("The centre is closed at midday."),
    Refusal.AFTER_HOURS: _("The centre has closed for today."),
    Refusal.LIMIT_OF_DESK: _("All tickets of today have been given out."),
    Refusal.LIMIT_OF_SERVICE: _("All tickets of today for this service have been given out."),
    Refusal.WOULD_END_TOO_LATE: _("So many people wait that your turn would come after closing time."),
}
"""What a visitor is told; presenters add the times."""


def refusals(
    desk: Desk,
    service: Service,
    day: Day,
    hours: Hours,
    *,
    at: datetime,
    booked: bool = False,
    expected_end: datetime | None = None,
) -> list[Reason]:
    """Why the desk gives no ticket for the service at that moment; empty if it gives one.

    `day` counts this ticket already, and nobody else's can come between. Whoever has booked is not turned away for the
    number of others, nor because somebody stopped giving out tickets.
    """
    of_desk, of_service = Limit(), Limit()
    if not booked:
        of_desk = Limit(day.sequence - 1, desk.daily_limit)
        if service.daily_limit is not None:
            given = Ticket.objects.filter(centre=desk.pk, day=timezone.localdate(at), service=service).count()
            of_service = Limit(given - 1, service.daily_limit)
        if day.stopped_at:
            hours = replace(hours, stopped="stopped")
    found = may_issue(
        at,
        hours,
        of_desk=of_desk,
        of_service=of_service,
        expected_end=expected_end if desk.stops_by_estimate and not booked else None,
    )
    return [Reason(one.refusal.value, SENTENCES[one.refusal]) for one in found]
