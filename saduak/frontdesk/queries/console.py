"""What every console of a desk shows of the others: the lines in their order, the counters, who is on hold or missed.

It is the same for all officers of a desk, is asked for every few seconds, and holds nothing of a person; so it reads
little, and makes no objects of hundreds of tickets.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db import connection

from saduak.catalogue.models import QueueGroup, Service
from saduak.frontdesk.models import Desk, PriorityClass, Sitting, Ticket, WantedCounter
from saduak.frontdesk.models.tickets import shown
from saduak.frontdesk.procedure import AT_A_COUNTER, TicketStage
from saduak.frontdesk.rules.order import Entry, Priority, Standing, Waiting, milliseconds, place, standing
from saduak.frontdesk.rules.order import waits_too_long as too_long
from saduak.postgres.base import DatabaseWrapper
from saduak.postgres.standing import Standing as Question

FIRST = 6
"""Tickets of each line that a console shows; the whole line has a page of its own."""

Row = tuple[Any, ...]
"""One ticket as the database gives it, by `_COLUMNS`."""

_COLUMNS = (
    "reference",
    "sequence",
    "arrived_at",
    "service_id",
    "priority_id",
    "not_before",
    "asks_for_id",
    "booked_for",
    "group_id",
    "prefix",
    "number",
    "digits",
)


# Asked anew at every change of a desk, by every process: each is written once.

_ANY, _SOME_DAY = 987_654_321, date(1999, 12, 31)
_SERVICES = Question(lambda centre: Service.objects.filter(centre=centre).order_by(), centre=_ANY)
_CLASSES = Question(lambda desk: PriorityClass.objects.filter(desk=desk).order_by(), desk=_ANY)
_GROUPS = Question(lambda centre: QueueGroup.objects.filter(centre=centre).order_by("position", "pk"), centre=_ANY)
_WAITING = f"""
SELECT {", ".join(_COLUMNS)} FROM frontdesk_ticket WHERE centre_id = %s AND day = %s AND stage = 'waiting'
"""  # noqa: S608  Names of our own columns.
_WITH_COUNTERS = Question(
    lambda centre, day: (
        Ticket.objects.filter(
            centre=centre, day=day, stage__in=[*sorted(AT_A_COUNTER), TicketStage.ON_HOLD, TicketStage.NO_SHOW]
        )
        .select_related("service", "counter")
        .defer("note", "visitor_name")
        .order_by("stage_since", "pk")
    ),
    centre=_ANY,
    day=_SOME_DAY,
)
_SEATS = Question(
    lambda centre: (
        Sitting.objects.going_on()
        .filter(centre=centre)
        .select_related("counter", "officer")
        .order_by("counter__position", "counter__pk")
    ),
    centre=_ANY,
)
_WANTED = Question(
    lambda centre: WantedCounter.objects.filter(centre=centre, ended_at=None).select_related("counter", "wanted_by"),
    centre=_ANY,
)
_AT_COUNTER = Question(
    lambda counter: (
        Ticket.objects.filter(counter=counter, stage__in=sorted(AT_A_COUNTER))
        .select_related("service", "priority", "counter", "asks_for")
        .order_by()
    ),
    counter=_ANY,
)


@dataclass(frozen=True, slots=True)
class Place:
    """One ticket that waits, and how: its place in its line from 1, whole minutes waited."""

    reference: str
    number: str
    service: Service
    priority: PriorityClass
    place: int
    minutes: int
    standing: Standing
    asks_for: int | None
    is_alarming: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One queue group: how many wait in it, and those at its head in the order of the rule, or all."""

    group: QueueGroup
    waiting: int
    places: Sequence[Place]

    @property
    def more(self) -> int:
        """How many wait behind those shown."""
        return self.waiting - len(self.places)


def lines(desk: Desk, day: date, at: datetime, *, first: int | None = None) -> list[Line]:
    """All queue groups of a desk with whoever waits there now, or the `first` of each; in four questions."""
    now = milliseconds(at)
    services = {service.pk: service for service in _SERVICES.all(centre=desk.pk)}
    classes = {one.pk: one for one in _CLASSES.all(desk=desk.pk)}
    slopes = {pk: Priority(one.code, one.b, one.credit_minutes) for pk, one in classes.items()}
    with cast(DatabaseWrapper, connection).prepared() as cursor:
        cursor.execute(_WAITING, [desk.pk, day])
        rows = cursor.fetchall()
    found: dict[int, list[Place]] = defaultdict(list)
    waiting: Counter[int] = Counter()
    for _, one, row in sorted((place(one, now), one, row) for one, row in _as_waiting(rows, slopes)):
        line = found[row[8]]
        waiting[row[8]] += 1
        if first is not None and len(line) == first:
            continue
        line.append(
            Place(
                reference=one.key,
                number=shown(*row[9:12]),
                service=services[row[3]],
                priority=classes[row[4]],
                place=len(line) + 1,
                minutes=max(0, (now - one.arrived) // 60_000),
                standing=standing(one, now),
                asks_for=row[6],
                is_alarming=too_long(one, now, desk.alarm_minutes),
            )
        )
    groups = _GROUPS.all(centre=desk.pk)
    return [Line(group, waiting[group.pk], tuple(found[group.pk])) for group in groups]


def _as_waiting(rows: Iterable[Row], slopes: dict[int, Priority]) -> Iterable[tuple[Waiting, Row]]:
    for row in rows:
        yield (
            Waiting(
                key=row[0],
                sequence=row[1],
                arrived=milliseconds(row[2]),
                service=str(row[3]),
                priority=slopes[row[4]],
                not_before=milliseconds(row[5]) if row[5] else 0,
                counter=str(row[6]) if row[6] else "",
                entry=Entry.BOOKED if row[7] else Entry.WALK_IN,
            ),
            row,
        )


@dataclass(frozen=True, slots=True)
class Seat:
    """One counter where somebody sits, and the ticket that is there; None: nobody."""

    sitting: Sitting
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Others:
    """What moves at a desk beside the own counter."""

    lines: Sequence[Line]
    seats: Sequence[Seat]
    held: Sequence[Ticket]
    missed: Sequence[Ticket]
    wanted: Sequence[WantedCounter]

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(line.waiting for line in self.lines)


def others(desk: Desk, day: date, at: datetime, *, first: int | None = FIRST) -> Others:
    """The desk as every console shows it, with the `first` of each line or all, in seven questions to the database."""
    tickets = _WITH_COUNTERS.all(centre=desk.pk, day=day)
    there = {ticket.counter_id: ticket for ticket in tickets if ticket.stage in AT_A_COUNTER}
    return Others(
        lines=lines(desk, day, at, first=first),
        seats=[Seat(one, there.get(one.counter_id)) for one in _SEATS.all(centre=desk.pk)],
        held=[ticket for ticket in tickets if ticket.stage == TicketStage.ON_HOLD],
        missed=[ticket for ticket in tickets if ticket.stage == TicketStage.NO_SHOW],
        wanted=wanted_of(desk),
    )


def wanted_of(desk: Desk) -> Sequence[WantedCounter]:
    """The counters that the supervisor wants open now."""
    return _WANTED.all(centre=desk.pk)


def ticket_at(sitting: Sitting) -> Ticket | None:
    """Who is at the counter now, with all that the console prints; None: nobody."""
    return _AT_COUNTER.first(counter=sitting.counter_id)
