"""Ratings of a desk as far as they may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from saduak.frontdesk.models import Counter, Desk, Rating, RatingComment, Ticket
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.rules.ratings import FACES, Disclosed, Tally, disclosed

TABLET_WAITS = timedelta(minutes=10)
"""So long after a visit the tablet at its counter asks about it, and the kiosk lets it be rated."""


@dataclass(frozen=True)
class Rated:
    """One service or counter with what may be seen of its ratings."""

    name: str
    seen: Disclosed


@dataclass(frozen=True)
class Ratings:
    """One month of a desk: by service and by counter, each in the desk's order; how many were given in all."""

    services: Sequence[Rated]
    counters: Sequence[Rated]
    given: int

    @property
    def shown(self) -> Tally:
        """Those that are shown by service, together."""
        return sum((one.seen.shown for one in self.services), Tally())


def ratings_of(desk: Desk, first: date, last: date, *, today: date) -> Ratings:
    """The ratings of the days from `first` to `last`, as far as they may be seen on `today`: four questions."""
    given = Rating.objects.filter(centre=desk.centre_id, day__range=(first, last))
    services = {service.pk: service.name for service in desk.centre.services.order_by("position", "pk")}
    counters = {counter.pk: counter.label for counter in desk.counters.order_by("position", "pk")}
    return Ratings(
        _by(given, "service_id", services, desk.least_ratings, today),
        _by(given, "counter_id", counters, desk.least_ratings, today),
        given.count(),
    )


def _by(given: QuerySet[Rating], name: str, names: dict[int, str], least: int, today: date) -> list[Rated]:
    days: dict[int, dict[date, list[int]]] = {}
    for cell, day, score, number in given.values_list(name, "day", "score").annotate(n=Count("pk")).order_by():
        days.setdefault(cell, {}).setdefault(day, [0] * FACES)[score - 1] = number
    tallies = {cell: {day: Tally(tuple(faces)) for day, faces in of.items()} for cell, of in days.items()}
    found = disclosed(tallies, least=least, before=today)
    return [Rated(names[cell], found[cell]) for cell in names if cell in found]


def months_with_ratings(desk: Desk) -> list[date]:
    """The first days of the months in which something was rated, the latest first."""
    found = Rating.objects.filter(centre=desk.centre_id).dates("day", "month", order="DESC")
    return list(found)


def comments_of(desk: Desk, first: date, last: date, *, today: date) -> QuerySet[RatingComment]:
    """Comments of days that are over, in an order that says nothing."""
    comments = RatingComment.objects.filter(centre=desk.centre_id, day__range=(first, last), day__lt=today)
    return comments.select_related("service").order_by("pk")


def to_rate_in(desk: Desk, at: datetime) -> QuerySet[Ticket]:
    """The visits that have just ended at a desk and were not rated, the latest first."""
    ended = Ticket.objects.filter(
        centre=desk.centre_id, day=timezone.localdate(at), stage=TicketStage.FINISHED, rated=None, counter__isnull=False
    )
    return ended.filter(stage_since__gte=at - TABLET_WAITS, stage_since__lte=at).order_by("-stage_since", "pk")


def to_rate_at(counter: Counter, at: datetime) -> Ticket | None:
    """The visit that has just ended at a counter, if nobody sits there again and it was not rated."""
    since = at - TABLET_WAITS
    today = Ticket.objects.filter(
        centre=counter.desk_id, day__range=(timezone.localdate(since), timezone.localdate(at))
    )
    tickets = today.filter(counter=counter, stage_since__gte=since, stage_since__lte=at)
    last = tickets.select_related("service", "rated").order_by("-stage_since").first()
    if last is None or last.stage != TicketStage.FINISHED or hasattr(last, "rated"):
        return None
    return last
