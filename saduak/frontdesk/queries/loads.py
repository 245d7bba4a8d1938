"""How many will probably come to a desk in the days ahead (คาดการณ์ปริมาณงาน)."""

from collections.abc import Iterable
from datetime import date, timedelta
from statistics import fmean

from saduak.frontdesk.estimation.forecasting import DayLoad, load_forecast
from saduak.frontdesk.models import DaySummary, Desk
from saduak.frontdesk.queries.figures import kept_lines
from saduak.frontdesk.queries.hours import openings
from saduak.frontdesk.rules.figures import HALF_HOURS, Line

WEEKS_BACK = 8
USUALLY = 10.0
"""Minutes at the counter of a desk that has measured none: the catalogue's own default."""


def loads(desk: Desk, days: Iterable[date], *, before: date) -> list[DayLoad]:
    """The load of those of the days on which the desk is open, from the weeks before a day."""
    since, until = before - timedelta(weeks=WEEKS_BACK), before - timedelta(days=1)
    known = DaySummary.objects.filter(centre=desk.pk, day__gte=since, day__lte=until).values_list("day", flat=True)
    past = dict.fromkeys(known, [0] * HALF_HOURS)
    every = Line()
    for day, lines in kept_lines(desk.pk, since, until).items():
        together = Line()
        for line in lines.values():
            together.add(line)
        past[day] = together.arrivals
        every.add(together)
    visit = every.mean_visit / 60_000 if every.mean_visit else fmean(_minutes(desk) or [USUALLY])
    is_open = [one.day for one in openings(desk, days) if not one.is_closed]
    return load_forecast(past, is_open, minutes=visit)


def _minutes(desk: Desk) -> list[float]:
    return [float(one) for one in desk.centre.services.offered().values_list("expected_minutes", flat=True)]
