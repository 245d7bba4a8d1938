"""What a board shows: the latest calls, who is next in each line, and how many wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from saduak.catalogue.models import QueueGroup
from saduak.frontdesk.models import Board, Call, Counter, ServiceDay, Ticket
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.lines import as_waiting
from saduak.frontdesk.rules.order import milliseconds, place

LATEST = 40
"""Calls that a board is told of: a busy quarter of an hour, and enough after a short cut."""

NEXT = 3
"""Numbers that stand as next in each line."""


NEEDED = (
    *(
        "prefix",
        "number",
        "digits",
        "reference",
        "sequence",
        "arrived_at",
        "booked_for",
        "not_before",
        "asks_for",
        "service",
    ),
    *("group", "priority__code", "priority__b", "priority__credit_minutes"),
)
"""What the order and the board ask of a ticket that waits."""


@dataclass(frozen=True, slots=True)
class BoardCall:
    """One call. `stage`: "called" while the visitor is awaited, "serving" at the counter, "over" afterwards."""

    id: int
    number: str
    counter: str
    called_at: datetime
    stage: str
    language: str


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One queue group: how many wait, and the numbers that would be called next if nobody else came."""

    group: QueueGroup
    waiting: int
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardState:
    """All that moves on a board; `calls` oldest first."""

    calls: Sequence[BoardCall]
    lines: Sequence[BoardLine]


def boards_with_version(day: date) -> QuerySet[Board]:
    """The boards in use with their desks and `day_version`, the version of the day at the desk: one question."""
    version = ServiceDay.objects.filter(centre=OuterRef("desk"), day=day).values("version")
    return (
        Board.objects.filter(is_active=True)
        .select_related("desk__centre")
        .annotate(day_version=Subquery(version))
        .order_by()
    )


def state_of(board: Board, day: date, at: datetime) -> BoardState:
    """What stands on the board at this moment: five questions to the database."""
    counters = Counter.objects.filter(desk=board.desk)
    if board.zones:
        counters = counters.filter(zone__in=board.zones)
    return BoardState(_calls(board, day), _lines(board, counters, day, at))


def _calls(board: Board, day: date) -> list[BoardCall]:
    calls = Call.objects.filter(centre=board.desk_id, day=day, undone_at=None).select_related("ticket", "counter")
    if board.zones:
        calls = calls.filter(counter__zone__in=board.zones)
    latest = list(calls.order_by("-called_at", "-pk")[:LATEST])[::-1]
    last = {call.ticket_id: call.pk for call in latest}
    return [
        BoardCall(
            call.pk,
            call.ticket.shown,
            call.counter.label,
            call.called_at,
            _stage(call, is_last=last[call.ticket_id] == call.pk),
            call.ticket.language,
        )
        for call in latest
    ]


def _stage(call: Call, *, is_last: bool) -> str:
    ticket = call.ticket
    holds = is_last and ticket.counter_id == call.counter_id
    if holds and ticket.stage in (TicketStage.CALLED, TicketStage.SERVING):
        return str(ticket.stage)
    return "over"


def _lines(board: Board, counters: QuerySet[Counter], day: date, at: datetime) -> list[BoardLine]:
    """The lines that are called to these counters, in the desk's order; a line without any counter is left out."""
    now = milliseconds(at)
    groups = QueueGroup.objects.filter(services__counters__in=counters.filter(is_active=True)).distinct()
    waiting: dict[int, list[tuple[object, str]]] = {}
    tickets = Ticket.objects.on(board.desk.centre, day).waiting().select_related("priority").only(*NEEDED)
    for ticket in tickets:
        waiting.setdefault(ticket.group_id, []).append((place(as_waiting(ticket), now), ticket.shown))
    return [
        BoardLine(group, len(found), tuple(number for _, number in sorted(found)[:NEXT]))
        for group in groups.order_by("position", "pk")
        for found in (waiting.get(group.pk, []),)
    ]
