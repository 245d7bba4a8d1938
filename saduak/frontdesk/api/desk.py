"""What devices read of their desk: what tickets are for, the floor, calls, a ticket's place."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from saduak.catalogue.models import Service
from saduak.directory.models import Centre
from saduak.frontdesk.api import words
from saduak.frontdesk.api.doors import device_of, may
from saduak.frontdesk.api.tellings import (
    CallsTold,
    DeskTicketState,
    DeviceTold,
    FloorTold,
    OffersTold,
)
from saduak.frontdesk.models import Call, Counter, Ticket
from saduak.frontdesk.models.devices import DeviceScope
from saduak.frontdesk.queries.floor import floor, state_version
from saduak.frontdesk.queries.once import made_once
from saduak.frontdesk.queries.tickets import ahead_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Front desk"])

MOST_CALLS = 200
"""Calls in one answer; who missed more asks again from the last."""


@router.get(
    "/desk/device",
    auth=may(DeviceScope.READ),
    summary=gettext_lazy("The device that asks, what it may do, and where the desk's stream is."),
    response=DeviceTold,
)
def show_device(request: HttpRequest) -> Any:
    device = device_of(request)
    return {
        "name": device.name,
        "kind": device.kind,
        "centre": device.desk.centre.code,
        "counter": device.counter.label if device.counter else "",
        "scopes": sorted(device.scopes),
        "stream": f"{settings.PUBLIC_URL}/live/journal?case_kind=ticket&centre={device.desk_id}",
        "now": timezone.now(),
    }


@router.get(
    "/desk/offers",
    auth=may(DeviceScope.READ),
    summary=gettext_lazy("The services and classes of visitors that a ticket can be taken for."),
    response=OffersTold,
)
def list_offers(request: HttpRequest) -> Any:
    desk = device_of(request).desk
    return {
        "services": [
            {
                "id": one.pk,
                "name": words.names(one),
                "group": one.group_id,
                "prefix": one.prefix,
                "expected_minutes": one.expected_minutes,
            }
            for one in Service.objects.offered().of(desk.centre)
        ],
        "classes": [
            {"code": one.code, "name": words.names(one), "b": float(one.b), "is_priority": one.is_priority}
            for one in desk.classes.filter(is_offered=True)
        ],
    }


@router.get(
    "/desk/floor",
    auth=may(DeviceScope.READ),
    summary=gettext_lazy("Who waits in which order, and who is at which counter; 304 while nothing has changed."),
    response=FloorTold,
)
def show_desk_floor(request: HttpRequest) -> Any:
    centre, at = device_of(request).desk.centre, timezone.now()
    day = timezone.localdate(at)
    # Scores grow by the minute; everything else comes with a version.
    tag = f'"{day:%Y%m%d}-{state_version(centre, day)}-{int(at.timestamp()) // 60}"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(_floor(_Asked(centre, tag, day, at)), content_type="application/json", headers={"ETag": tag})


@router.get(
    "/desk/calls",
    auth=may(DeviceScope.READ),
    summary=gettext_lazy("Calls of today after the one of that id; 304 while nothing has changed."),
    response=CallsTold,
)
def list_calls(request: HttpRequest, response: HttpResponse, after: int = Query(0, ge=0, le=2**63 - 1)) -> Any:
    centre, day = device_of(request).desk.centre, timezone.localdate()
    version = state_version(centre, day)
    tag = f'"{day:%Y%m%d}-{version}-{after}"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag})
    response["ETag"] = tag
    calls = Call.objects.filter(centre=centre, day=day, pk__gt=after).select_related("ticket", "counter").order_by("pk")
    return {"version": version, "calls": [words.call(one) for one in calls[:MOST_CALLS]]}


@router.get(
    "/desk/tickets/{reference}",
    auth=may(DeviceScope.READ),
    summary=gettext_lazy("Where a ticket of the desk stands, and how many would be called before it."),
    response=DeskTicketState,
)
def show_desk_ticket(request: HttpRequest, reference: str) -> Any:
    ticket = ticket_of(request, reference)
    return {**words.ticket(ticket), "ahead": ahead_of(ticket)}


@dataclass(frozen=True)
class _Asked:
    """The floor of a desk under a tag: two of them are the same question."""

    centre: Centre
    tag: str
    day: date = field(compare=False)
    at: datetime = field(compare=False)


@made_once(most=256)
def _floor(asked: _Asked) -> bytes:
    """The answer, made once for all devices of a desk; a tag names one state, so it may be kept."""
    now = floor(asked.centre, asked.day, asked.at)
    labels = dict(Counter.objects.filter(desk=asked.centre.pk).values_list("pk", "label"))
    told = {
        "version": now.version,
        "at": asked.at,
        "waiting": [words.in_line(one, labels) for one in now.waiting],
        "held": [words.ticket(one, labels) for one in now.held],
        "counters": [words.at_counter(one, labels) for one in now.counters],
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def ticket_of(request: HttpRequest, reference: str) -> Ticket:
    """The ticket of that reference, if it is of the device's desk. Raises Http404."""
    own = Ticket.objects.filter(centre=device_of(request).desk_id)
    return get_object_or_404(own.select_related("service", "priority", "counter", "centre"), reference=reference)
