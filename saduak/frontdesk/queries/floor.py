"""The floor of one desk now: who waits in which order, who is served where, and who has waited too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import connection
from django.utils import timezone

from saduak.directory.models import Centre
from saduak.frontdesk.models import Desk, Sitting, Ticket
from saduak.frontdesk.procedure import AT_A_COUNTER, TicketStage
from saduak.frontdesk.queries.lines import as_waiting
from saduak.frontdesk.rules.order import Standing, in_minutes, milliseconds, place, score, standing, waits_too_long
from saduak.postgres.base import DatabaseWrapper


@dataclass(frozen=True, slots=True)
class InLine:
    """One ticket that waits: its place in the line of its queue group from 1, and the score in minutes."""

    ticket: Ticket
    place: int
    score: float
    standing: Standing
    waited: int  # Whole minutes since the arrival that counts; 0 before a booked time.
    is_alarming: bool


@dataclass(frozen=True, slots=True)
class AtACounter:
    """One sitting that goes on, and who is at its counter; None: nobody."""

    sitting: Sitting
    ticket: Ticket | None


@dataclass(frozen=True)
class Floor:
    """One desk at one moment; `version` is that of the day's record, 0 before anything happened."""

    at: datetime
    version: int
    waiting: Sequence[InLine]
    held: Sequence[Ticket]
    counters: Sequence[AtACounter]
    missed: Sequence[Ticket]

    @property
    def alarms(self) -> list[InLine]:
        """Those who have waited longer than the desk allows, the longest first."""
        return sorted((one for one in self.waiting if one.is_alarming), key=lambda one: -one.waited)

    @property
    def asking_for_help(self) -> list[Sitting]:
        """Sittings whose officer asks the supervisor to come, the earliest first."""
        asking = [(one.sitting.needs_help_since, one.sitting) for one in self.counters]
        return [sitting for since, sitting in sorted(((s, x) for s, x in asking if s), key=lambda pair: pair[0])]


def floor(centre: Centre, day: date, at: datetime | None = None) -> Floor:
    """Everything of a desk's day that pages of staff show, in four questions to the database."""
    at = at or timezone.now()
    # First the version: whoever has seen it has seen at least what it stands for.
    version = state_version(centre, day)
    desk = Desk.objects.only("pk", "alarm_minutes").get(pk=centre.pk)
    tickets = list(
        Ticket.objects.on(centre, day)
        .filter(stage__in=[TicketStage.WAITING, TicketStage.ON_HOLD, TicketStage.NO_SHOW, *AT_A_COUNTER])
        .select_related("service", "priority")
        .order_by("sequence")
    )
    at_counter = {ticket.counter_id: ticket for ticket in tickets if ticket.stage in AT_A_COUNTER}
    sittings = Sitting.objects.going_on().filter(centre=centre).select_related("counter", "officer")
    return Floor(
        at=at,
        version=version,
        waiting=in_lines([t for t in tickets if t.stage == TicketStage.WAITING], at, desk.alarm_minutes),
        held=[ticket for ticket in tickets if ticket.stage == TicketStage.ON_HOLD],
        counters=[
            AtACounter(sitting, at_counter.get(sitting.counter_id))
            for sitting in sittings.order_by("counter__position", "counter__pk")
        ],
        missed=[ticket for ticket in tickets if ticket.stage == TicketStage.NO_SHOW],
    )


def in_lines(tickets: Sequence[Ticket], at: datetime, alarm_minutes: int) -> list[InLine]:
    """Waiting tickets in the order of the rule, each with its place in its own queue group."""
    now = milliseconds(at)
    ordered = sorted((place(one, now), one, ticket) for ticket in tickets for one in (as_waiting(ticket),))
    places: dict[int, int] = {}
    lines = []
    for _, one, ticket in ordered:
        places[ticket.group_id] = places.get(ticket.group_id, 0) + 1
        lines.append(
            InLine(
                ticket=ticket,
                place=places[ticket.group_id],
                score=float(in_minutes(score(one, now))),
                standing=standing(one, now),
                waited=max(0, (now - one.arrived) // 60_000),
                is_alarming=waits_too_long(one, now, alarm_minutes),
            )
        )
    return lines


def state_version(centre: Centre, day: date) -> int:
    """The version of the day: whoever has seen it has seen everything until then. 0 before anything happened."""
    return _record(centre, day)[1] or 0


def state_tag(centre: Centre, day: date) -> str:
    """Names the state of the day: the record's own number and its version; what it names is one state for ever."""
    return tag_of(*_record(centre, day))


def tag_of(day: int | None, version: int | None) -> str:
    """As `state_tag`, of what is known of the day's record; None before anything happened."""
    return f"{day}.{version}" if day else "0"


def _record(centre: Centre, day: date) -> tuple[int | None, int | None]:
    """The number and the version of the day's record: what every screen asks first, every few seconds."""
    with cast(DatabaseWrapper, connection).prepared() as cursor:
        cursor.execute(
            "SELECT id, version FROM frontdesk_serviceday WHERE centre_id = %s AND day = %s", [centre.pk, day]
        )
        found: tuple[int, int] | None = cursor.fetchone()
        return found or (None, None)
