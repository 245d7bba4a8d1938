"""What is known of a desk now, as the estimator asks for it (สถานการณ์ปัจจุบันของจุดบริการ)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from django.db import connection
from django.db.models import Count, Sum
from django.utils import timezone

from saduak.catalogue.models import Service
from saduak.frontdesk.estimation.durations import RECENT, Durations
from saduak.frontdesk.estimation.forecasting import usual
from saduak.frontdesk.estimation.scene import Counter as OpenCounter
from saduak.frontdesk.estimation.scene import Scene, Stream
from saduak.frontdesk.models import (
    Appointment,
    Counter,
    DayFigures,
    DaySummary,
    Desk,
    PriorityClass,
    ServiceDay,
    Sitting,
    Slice,
    Ticket,
)
from saduak.frontdesk.procedure import AT_A_COUNTER, IN_THE_HOUSE, TicketStage
from saduak.frontdesk.queries.hours import hours_of
from saduak.frontdesk.queries.lines import as_waiting
from saduak.frontdesk.rules.figures import HALF_HOURS
from saduak.frontdesk.rules.issuing import Hours, Limit
from saduak.frontdesk.rules.order import Caller, Entry, Priority, Waiting, milliseconds
from saduak.frontdesk.rules.staffing import may_still_come

WEEKS_BACK = 8
"""So far back arrivals are counted, and visitors who did not come."""

LAST = 10**8
"""The sequence of who would take a ticket now: after everybody who has one."""

_SPANS = """
    SELECT service.id, served.span
    FROM catalogue_service AS service
    CROSS JOIN LATERAL (
        SELECT ticket_id, began_at, ended_at FROM frontdesk_slice
        WHERE service_id = service.id AND stage = 'serving' ORDER BY ended_at DESC LIMIT %s
    ) AS visit
    LEFT JOIN LATERAL (
        SELECT began_at FROM frontdesk_slice
        WHERE ticket_id = visit.ticket_id AND stage = 'called' AND ended_at = visit.began_at LIMIT 1
    ) AS awaited ON true
    CROSS JOIN LATERAL (
        SELECT (extract(epoch FROM visit.ended_at - coalesce(awaited.began_at, visit.began_at)) * 1000)::bigint AS span
    ) AS served
    WHERE service.centre_id = %s
    ORDER BY service.id, visit.ended_at
"""


def scene_of(desk: Desk, at: datetime, *, asks: bool = True) -> Scene:
    """The desk now. With `asks`, who would take a ticket now is in it too, of each offered service and kind of class.

    All queue groups are in one scene, for a counter may serve several of them.
    """
    now, day = milliseconds(at), timezone.localdate(at)
    tickets = list(
        Ticket.objects.filter(centre=desk.pk, day=day, stage__in=IN_THE_HOUSE)
        .select_related("priority")
        .defer("note", "visitor_name")
    )
    services = list(Service.objects.filter(centre=desk.pk))
    classes = list(PriorityClass.objects.filter(desk=desk.pk).order_by("position", "pk"))
    newest = _latest(desk.pk)
    absent, coming_back = _shares(desk.pk, day, newest)
    booked, hours = _booked(desk, classes, at), _hours(desk, day)
    held = {str(ticket.service_id) for ticket in tickets if ticket.stage == TicketStage.ON_HOLD}
    may_come = _may_come(desk, services, hours, at, known=held.union(one.service for one in booked))
    return Scene(
        now=now,
        waiting=[as_waiting(ticket) for ticket in tickets if ticket.stage == TicketStage.WAITING],
        counters=_open_counters(desk, [ticket for ticket in tickets if ticket.stage in AT_A_COUNTER]),
        durations=durations_of(desk.pk, services),
        streams=[stream.until(_ends(hours)) for stream in _streams(desk.pk, day, newest)],
        booked=booked,
        breaks=_breaks(hours, at),
        absent=absent,
        coming_back=coming_back,
        asking=_asking(services, classes, now) if asks else (),
        may_come=may_come,
    )


def durations_of(centre_id: int, services: Sequence[Service]) -> dict[str, Durations]:
    """How long the last visits of each service kept a counter, from the call on."""
    spans: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SPANS, [RECENT, centre_id])
        for service, span in cursor.fetchall():
            spans[service].append(max(1, span))
    return {str(one.pk): Durations(spans[one.pk], one.expected_minutes) for one in services}


def closed_counters(desk: Desk) -> list[Caller]:
    """Counters in use at which nobody sits, or somebody who pauses, in the desk's order."""
    ready = Sitting.objects.going_on().filter(centre=desk.pk, paused_since=None).values("counter")
    counters = Counter.objects.filter(desk=desk.pk, is_active=True).exclude(pk__in=ready).prefetch_related("skills")
    return [_caller(counter) for counter in counters.order_by("position", "pk")]


def kind_of(one: PriorityClass) -> Priority:
    """A class as the order sees it."""
    return Priority(one.code, one.b, one.credit_minutes)


def asked_as(service: int | str, one: Priority) -> str:
    """The key of who would take a ticket now: of this service, in a class with this b and credit."""
    return f"{service}:{one.slope}:{one.credit}"


def _caller(counter: Counter) -> Caller:
    return Caller(str(counter.pk), frozenset(str(service.pk) for service in counter.skills.all()))


def _open_counters(desk: Desk, at_counters: Sequence[Ticket]) -> list[OpenCounter]:
    there = {ticket.counter_id: ticket for ticket in at_counters}
    serving = [ticket.pk for ticket in at_counters if ticket.stage == TicketStage.SERVING]
    called = Slice.objects.filter(ticket__in=serving, stage=TicketStage.CALLED).order_by("pk") if serving else ()
    since = {one.ticket_id: one.began_at for one in called}
    sittings = Sitting.objects.going_on().filter(centre=desk.pk).select_related("counter")
    found = []
    for sitting in sittings.prefetch_related("counter__skills").order_by("pk"):
        ticket = there.get(sitting.counter_id)
        if sitting.paused_since is not None:
            continue
        found.append(
            OpenCounter(
                _caller(sitting.counter),
                busy_with=str(ticket.service_id) if ticket else "",
                since=milliseconds(since.get(ticket.pk, ticket.stage_since)) if ticket else 0,
            )
        )
    return found


def _asking(services: Sequence[Service], classes: Sequence[PriorityClass], now: int) -> list[Waiting]:
    kinds = {(kind.slope, kind.credit): kind for kind in map(kind_of, classes)}
    return [
        Waiting(asked_as(service.pk, kind), LAST, now, str(service.pk), kind)
        for service in services
        if service.is_offered
        for kind in kinds.values()
    ]


def _booked(desk: Desk, classes: Sequence[PriorityClass], at: datetime) -> list[Waiting]:
    """Appointments of later today, in the class that most visitors are of."""
    ordinary = next((one for one in classes if not one.is_priority), None)
    if ordinary is None:
        return []
    day = timezone.localdate(at)
    later = Appointment.objects.on(desk.centre, day).booked().filter(slot__begins_at__gt=at)
    return [
        Waiting(reference, LAST, milliseconds(begins), str(service), kind_of(ordinary), entry=Entry.BOOKED)
        for reference, begins, service in later.values_list("reference", "slot__begins_at", "service_id")
    ]


def _hours(desk: Desk, day: date) -> Hours:
    """The day's hours, and whether giving out tickets has been stopped."""
    stopped = ServiceDay.objects.filter(centre=desk.pk, day=day, stopped_at__isnull=False).exists()
    return replace(hours_of(desk, day), stopped="stopped" if stopped or not desk.is_open else "")


def _ends(hours: Hours) -> int:
    """From when nobody comes who has not booked; 0 on a day when nobody does."""
    return milliseconds(hours.closes_at) if hours.closes_at and not hours.stopped else 0


def _may_come(
    desk: Desk, services: Sequence[Service], hours: Hours, at: datetime, *, known: Collection[str]
) -> frozenset[str]:
    limits: dict[str, Limit] = {str(one.pk): Limit() for one in services if one.is_offered}
    of_desk = Limit()
    limited = [one for one in services if one.is_offered and one.daily_limit is not None]
    if limited or desk.daily_limit is not None:
        today = Ticket.objects.filter(centre=desk.pk, day=timezone.localdate(at)).order_by()
        given = dict(today.values_list("service").annotate(number=Count("pk")))
        of_desk = Limit(sum(given.values()), desk.daily_limit)
        limits |= {str(one.pk): Limit(given.get(one.pk, 0), one.daily_limit) for one in limited}
    return may_still_come(at, hours, limits, of_desk=of_desk, known=known)


def _breaks(hours: Hours, at: datetime) -> list[tuple[int, int]]:
    """The middays to come today. In one that has begun, whoever sits at a counter works."""
    return [
        (milliseconds(begins), milliseconds(ends))
        for (_opens, begins), (ends, _closes) in pairwise(hours.spans)
        if begins > at
    ]


def _latest(centre_id: int) -> int:
    """Names the newest kept figures: what was read from them holds until there are newer ones."""
    found = DaySummary.objects.filter(centre=centre_id).order_by("-made_at").values_list("pk", flat=True).first()
    return found or 0


@lru_cache(maxsize=512)
def _streams(centre_id: int, day: date, newest: int) -> tuple[Stream, ...]:
    """Who usually comes on such a weekday, by service and class."""
    days = DaySummary.objects.filter(centre=centre_id, day__lt=day, day__gte=day - timedelta(weeks=WEEKS_BACK))
    none = (0,) * HALF_HOURS
    known = dict.fromkeys(days.values_list("day", flat=True), none)
    counts: dict[tuple[int, Priority], dict[date, Sequence[int]]] = {}
    figures = DayFigures.objects.filter(centre=centre_id, day__in=known).select_related("priority")
    for one in figures:
        counts.setdefault((one.service_id, kind_of(one.priority)), dict(known))[one.day] = one.arrivals
    midnight = milliseconds(datetime.combine(day, time(0), timezone.get_default_timezone()))
    streams = (
        (key, usual(past, day)) for key, past in sorted(counts.items(), key=lambda one: (one[0][0], one[0][1].key))
    )
    return tuple(
        Stream(str(service), priority, midnight, expected) for (service, priority), expected in streams if any(expected)
    )


@lru_cache(maxsize=512)
def _shares(centre_id: int, day: date, newest: int) -> tuple[float, float]:
    """The share of calls that nobody came to, and of those visitors the share who came back."""
    since = day - timedelta(weeks=WEEKS_BACK)
    sums = DayFigures.objects.filter(centre=centre_id, day__lt=day, day__gte=since).aggregate(
        missed=Sum("missed"), back=Sum("came_back"), served=Sum("served")
    )
    missed, back, served = (sums[name] or 0 for name in ("missed", "back", "served"))
    return missed / max(1, missed + served), back / max(1, missed)
