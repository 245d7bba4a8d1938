"""What a console keeps to go on without the server: who waits, who sits where, and the order's own numbers."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Counter, Desk, PriorityClass, Sitting, Ticket
from saduak.frontdesk.procedure import AT_A_COUNTER, TicketStage
from saduak.frontdesk.rules.issuing import MOST_MISSED
from saduak.frontdesk.rules.order import Priority, milliseconds

_COLUMNS = (
    "reference",
    "prefix",
    "number",
    "digits",
    "sequence",
    "arrived_at",
    "service",
    "priority",
    "not_before",
    "asks_for",
    "stage",
    "counter",
    "times_called",
    "missed_calls",
)


def known_to(sitting: Sitting, desk: Desk, at: datetime) -> dict[str, Any]:
    """What the officer's own computer may keep; no name, no note, and of tickets only what the order asks.

    Moments are milliseconds since 1970, as `rules.order` has them. `waiting` are tickets in no order; `here` is at the
    counter (None: nobody), `held` and `missed` were called there last; `seats` are the counters where somebody sits,
    with the services done there, so that consoles without the server share the line.
    """
    classes = {one.pk: Priority(one.code, one.b, one.credit_minutes) for one in PriorityClass.objects.filter(desk=desk)}
    skills: dict[int, list[int]] = defaultdict(list)
    sat_at = Sitting.objects.going_on().filter(centre=desk.pk).values("counter")
    for counter, service in Counter.skills.through.objects.filter(counter__in=sat_at).values_list("counter", "service"):
        skills[counter].append(service)
    by_stage: dict[str, list[dict[str, Any]]] = defaultdict(list)
    stages = [TicketStage.WAITING, *AT_A_COUNTER, TicketStage.ON_HOLD, TicketStage.NO_SHOW]
    today = Ticket.objects.filter(centre=desk.pk, day=timezone.localdate(at), stage__in=stages)
    for ticket in today.only(*_COLUMNS).order_by("stage_since", "pk"):
        if ticket.stage == TicketStage.WAITING or ticket.counter_id == sitting.counter_id:
            by_stage[ticket.stage].append(_facts_of(ticket, classes[ticket.priority_id]))
    here = by_stage[TicketStage.CALLED] + by_stage[TicketStage.SERVING]
    return {
        "at": milliseconds(at),
        "sitting": sitting.pk,
        "counter": sitting.counter_id,
        "label": sitting.counter.label,
        "paused": sitting.pause_reason if sitting.paused_since else "",
        "calls": desk.calls_before_no_show,
        "holdOff": desk.hold_off_minutes * 60_000,
        "mayMiss": MOST_MISSED,
        "seats": [{"counter": counter, "skills": sorted(skills[counter])} for counter in sorted(skills)],
        "services": {str(service.pk): service.name for service in Service.objects.filter(centre=desk.pk)},
        "here": here[0] if here else None,
        "held": by_stage[TicketStage.ON_HOLD],
        "missed": by_stage[TicketStage.NO_SHOW],
        "waiting": by_stage[TicketStage.WAITING],
    }


def _facts_of(ticket: Ticket, priority: Priority) -> dict[str, Any]:
    return {
        "reference": ticket.reference,
        "number": ticket.shown,
        "sequence": ticket.sequence,
        "arrived": milliseconds(ticket.arrived_at),
        "service": ticket.service_id,
        "slope": priority.slope,
        "start": priority.start,
        "notBefore": milliseconds(ticket.not_before) if ticket.not_before else 0,
        "asksFor": ticket.asks_for_id or 0,
        "stage": ticket.stage,
        "calls": ticket.times_called,
        "missed": ticket.missed_calls,
    }
