"""The floor of a desk as its supervisor sees it (ภาพรวมหน้างาน)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from saduak.frontdesk.estimation.advising import Action
from saduak.frontdesk.models import Counter, Desk, DeskWaits, ServiceDay, Ticket, Undecided, WantedCounter
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.console import Others, Seat, others
from saduak.frontdesk.queries.scenes import kind_of
from saduak.frontdesk.queries.waits import Wait, Waits, waits_now


@dataclass(frozen=True, slots=True)
class Closed:
    """A counter at which nobody sits, and since when the supervisor wants it open; None: not wanted."""

    counter: Counter
    wanted: WantedCounter | None


@dataclass(frozen=True, slots=True)
class Advised:
    """What was advised at `at`: the counter, and the outlook without (`now`) and with it (`then`), see `Outlook`."""

    action: Action
    counter: Counter | None
    now: Mapping[str, Any]
    then: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Supervised:
    """Everything of the floor at one moment."""

    others: Others
    waits: Waits
    closed: Sequence[Closed]
    advice: Advised | None
    stopped: ServiceDay | None
    undecided: int
    counts: Mapping[str, int]

    @property
    def longest(self) -> int:
        """Minutes of who waits longest; 0 where nobody waits."""
        return max((place.minutes for line in self.others.lines for place in line.places), default=0)

    @property
    def alarms(self) -> int:
        """How many wait longer than the desk allows."""
        return sum(place.is_alarming for line in self.others.lines for place in line.places)

    @property
    def ready(self) -> int:
        """Counters that call or serve."""
        return sum(seat.sitting.paused_since is None for seat in self.others.seats)

    @property
    def asking_for_help(self) -> list[Seat]:
        """Counters whose officers ask the supervisor to come."""
        return [seat for seat in self.others.seats if seat.sitting.needs_help_since]


def supervised(desk: Desk, day: date, at: datetime) -> Supervised:
    """The floor now, in sixteen questions to the database however many wait."""
    seen, waits = others(desk, day, at, first=None), waits_now(desk.pk, at)
    sat_at = {seat.sitting.counter_id for seat in seen.seats}
    counters = {one.pk: one for one in Counter.objects.filter(desk=desk, is_active=True).order_by("position", "pk")}
    wanted = {one.counter_id: one for one in seen.wanted}
    counts = Ticket.objects.filter(centre=desk.pk, day=day).aggregate(
        taken=Count("pk"), served=Count("pk", filter=Q(stage=TicketStage.FINISHED))
    )
    return Supervised(
        others=seen,
        waits=waits,
        closed=[Closed(one, wanted.get(pk)) for pk, one in counters.items() if pk not in sat_at],
        advice=_advised(waits.kept, counters),
        stopped=ServiceDay.objects.filter(centre=desk.pk, day=day, stopped_at__isnull=False).first(),
        undecided=Undecided.objects.filter(centre=desk.pk, settled_at=None).count(),
        counts=counts,
    )


def wait_at(waits: Waits, reference: str, service: int, priority: Any) -> Wait | None:
    """The wait of one who stands in a line."""
    told = waits.of_reference(reference)
    return told or waits.if_now(service, kind_of(priority))


def _advised(kept: DeskWaits | None, counters: Mapping[int, Counter]) -> Advised | None:
    if kept is None or not kept.advice or kept.advised_at is None:
        return None
    said = kept.advice
    counter = counters.get(int(said["counter"])) if said["counter"] else None
    action = Action(said["action"])
    if counter is None and action in {Action.OPEN, Action.CLOSE}:
        action = Action.STAY  # It has been taken away meanwhile.
    return Advised(action, counter, said["now"], said["then"], kept.advised_at)
