"""What a console keeps to go on without the server: who waits, who sits where, and the order's own numbers."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Counter, Desk, PriorityClass, Sitting, Ticket
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.console import ticket_at
from saduak.frontdesk.rules.order import Priority, milliseconds


def known_to(sitting: Sitting, desk: Desk, at: datetime) -> dict[str, Any]:
    """What the officer's own computer may keep; no name, no note, and of tickets only what the order asks.

    Moments are milliseconds since 1970, as `rules.order` has them. `waiting` are tickets in no order; `seats` are the
    counters where somebody sits, with the services done there, so that consoles without the server share the line.
    """
    classes = {one.pk: Priority(one.code, one.b, one.credit_minutes) for one in PriorityClass.objects.filter(desk=desk)}
    skills: dict[int, list[int]] = defaultdict(list)
    sat_at = Sitting.objects.going_on().filter(centre=desk.pk).values("counter")
    for counter, service in Counter.skills.through.objects.filter(counter__in=sat_at).values_list("counter", "service"):
        skills[counter].append(service)
    waiting = Ticket.objects.filter(centre=desk.pk, day=timezone.localdate(at), stage=TicketStage.WAITING)
    here = ticket_at(sitting)
    return {
        "at": milliseconds(at),
        "sitting": sitting.pk,
        "counter": sitting.counter_id,
        "label": sitting.counter.label,
        "calls": desk.calls_before_no_show,
        "seats": [{"counter": counter, "skills": sorted(skills[counter])} for counter in sorted(skills)],
        "services": {str(service.pk): service.name for service in Service.objects.filter(centre=desk.pk)},
        "here": {
            "reference": here.reference,
            "number": here.shown,
            "service": here.service_id,
            "stage": here.stage,
            "calls": here.times_called,
        }
        if here
        else None,
        "waiting": [
            {
                "reference": ticket.reference,
                "number": ticket.shown,
                "sequence": ticket.sequence,
                "arrived": milliseconds(ticket.arrived_at),
                "service": ticket.service_id,
                "slope": classes[ticket.priority_id].slope,
                "start": classes[ticket.priority_id].start,
                "notBefore": milliseconds(ticket.not_before) if ticket.not_before else 0,
                "asksFor": ticket.asks_for_id or 0,
            }
            for ticket in waiting.only(
                "reference",
                "prefix",
                "number",
                "sequence",
                "arrived_at",
                "service",
                "priority",
                "not_before",
                "asks_for",
            )
        ],
    }
