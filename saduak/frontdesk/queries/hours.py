"""When a desk is open: its weekly hours, or its centre's, with holidays of its province and its special days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from saduak.directory.models import Holiday
from saduak.frontdesk.hours import DEFAULT_HOURS, Opening, Why, days_from, next_opening, opening_on
from saduak.frontdesk.models import Desk
from saduak.frontdesk.rules.issuing import Hours

FORTNIGHT = 14


def weekly_hours(desk: Desk) -> list[dict[str, object]]:
    """The hours of every week: the desk's own, else its centre's, else those of government offices."""
    return desk.hours or desk.centre.opening_hours or list(DEFAULT_HOURS)


def openings(desk: Desk, days: Iterable[date]) -> list[Opening]:
    """Each of the days as the desk keeps it, in two questions to the database."""
    days = list(days)
    holidays: dict[date, list[str]] = {}
    if desk.keeps_holidays:
        observed = Holiday.objects.closing_offices().observed_in(desk.centre.province).filter(day__in=days)
        for day, name in observed.values_list("day", "name"):
            holidays.setdefault(day, []).append(name)
    special = {one.day: (one.spans, one.reason) for one in desk.special_days.filter(day__in=days)}
    hours = weekly_hours(desk)
    return [opening_on(day, hours, holidays=holidays, special=special) for day in days]


def opening(desk: Desk, day: date) -> Opening:
    """One day as the desk keeps it."""
    return openings(desk, [day])[0]


def hours_of(desk: Desk, day: date) -> Hours:
    """One day of a desk as the rules ask for it."""
    kept: Opening = opening(desk, day)
    zone = timezone.get_default_timezone()
    return Hours(
        spans=[
            (datetime.combine(day, span.opens, tzinfo=zone), datetime.combine(day, span.closes, tzinfo=zone))
            for span in kept.spans
        ],
        holiday=", ".join(kept.names) if kept.why == Why.HOLIDAY else "",
        come_early=timedelta(minutes=desk.come_early_minutes),
    )


def opens_next(desk: Desk, after: datetime) -> datetime | None:
    """When the desk is open next, from the moment `after` on; None when not within two weeks."""
    here = timezone.localtime(after)
    return next_opening(openings(desk, days_from(here.date(), FORTNIGHT)), here)


def closes_at(desk: Desk, at: datetime) -> datetime | None:
    """The end of service on the day of that moment; None when the desk is closed on that day."""
    here = timezone.localtime(at)
    today = opening(desk, here.date())
    if today.is_closed:
        return None
    return datetime.combine(today.day, today.spans[-1].closes, here.tzinfo)
