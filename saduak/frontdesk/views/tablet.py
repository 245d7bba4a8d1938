"""The tablet at a counter, where a visitor rates the visit with one tap, and the same at the kiosk (แท็บเล็ตประเมิน)."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import open_to_everyone
from saduak.design import pages
from saduak.frontdesk.models import Device, Ticket
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import ratings
from saduak.frontdesk.operations.ratings import RatingRefused
from saduak.frontdesk.presenters.kiosks import names_of
from saduak.frontdesk.presenters.rating_words import rating_facts
from saduak.frontdesk.presenters.visitor_words import NAMES, SPEECH
from saduak.frontdesk.queries.ratings import to_rate_at, to_rate_in
from saduak.frontdesk.rules.ratings import FACES
from saduak.frontdesk.views.installing import Installable, manifest_response, worker_response
from saduak.frontdesk.views.speaking import open_to_devices, problem, said

APP = Installable("tablet", "tablet", also=("frontdesk/rating/rating.css", "frontdesk/rating/faces.js"))
SHELL = "frontdesk/tablet/shell.html"
MOST_VISITS = 12


@open_to_everyone
@require_safe
def tablet_view(request: HttpRequest) -> HttpResponse:
    """The shell: the same for everybody, so that a device may keep it."""
    return pages.render(request, SHELL, {"facts": _facts()})


@open_to_everyone
@require_safe
def tablet_worker_view(request: HttpRequest) -> HttpResponse:
    """The service worker for the tablet's own addresses."""
    return worker_response(APP, shell=reverse("tablet"), shell_text=render_to_string(SHELL, {"facts": _facts()}))


@open_to_everyone
@require_safe
def tablet_manifest_view(request: HttpRequest) -> HttpResponse:
    """What a device needs to open the tablet full-screen."""
    return manifest_response(_("Rating tablet"), shell=reverse("tablet"))


@open_to_devices(DeviceKind.TABLET)
@require_safe
def tablet_state_view(request: HttpRequest, tablet: Device) -> HttpResponse:
    """Where the tablet stands, and the visit to rate if one has just ended there; 304 while it is the same."""
    now = timezone.now()
    desk = tablet.desk
    visit = to_rate_at(tablet.counter, now) if tablet.counter else None
    state = {
        "centre": {"th": desk.centre.name_th, "en": desk.centre.name_en},
        "counter": tablet.counter.label if tablet.counter else "",
        "languages": desk.languages,
        "visit": _visit(visit) if visit else None,
    }
    tag = f'"{hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return JsonResponse({**state, "now": now.isoformat()}, headers={"ETag": tag, "Cache-Control": "no-store"})


@open_to_devices(DeviceKind.KIOSK)
@require_safe
def visits_to_rate_view(request: HttpRequest, kiosk: Device) -> JsonResponse:
    """The visits that have just ended at the desk, for a visitor who looks for the own number."""
    visits = to_rate_in(kiosk.desk, timezone.now()).select_related("service")[:MOST_VISITS]
    return JsonResponse({"visits": [_visit(visit) for visit in visits]})


@open_to_devices(DeviceKind.TABLET, DeviceKind.KIOSK)
@require_POST
def rate_by_device_view(request: HttpRequest, device: Device) -> JsonResponse:
    """One tap: `{reference, score}`. `taken` is false when that visit was rated before; the thanks are the same."""
    asked = said(request)
    score, reference = asked.get("score"), str(asked.get("reference", ""))[:60]
    if type(score) is not int or not 1 <= score <= FACES:
        return problem(_("Choose a face first."), status=400)
    tickets = Ticket.objects.filter(reference=reference, centre=device.desk_id)
    if device.kind == DeviceKind.TABLET:
        tickets = tickets.filter(counter=device.counter_id)
    ticket = tickets.first()
    if ticket is None:
        return problem(_("This visit is not known here."), status=404)
    try:
        return JsonResponse({"taken": ratings.rate(ticket, score)})
    except RatingRefused as refused:
        return problem(refused.reason)


def _visit(ticket: Ticket) -> dict[str, Any]:
    return {
        "reference": ticket.reference,
        "number": ticket.shown,
        "language": ticket.language,
        "service": names_of(ticket.service),
    }


def _facts() -> dict[str, Any]:
    return {
        "addresses": {
            "tablet": reverse("tablet"),
            "worker": reverse("tablet_worker"),
            "pair": reverse("pair_device"),
            "state": reverse("tablet_state"),
            "rate": reverse("rate_by_device"),
        },
        "rating": rating_facts(),
        "languageNames": NAMES,
        "speech": SPEECH,
        "words": {
            "pairing": _("Pair this tablet"),
            "code": _("Pairing code"),
            "codeHint": _("An officer adds the tablet with its counter under “Devices” of the front desk."),
            "pair": pgettext("device", "Pair"),
            "noAnswer": _("There is no connection to the platform."),
            "turnedAway": _("This tablet was taken off its desk. Pair it again to go on."),
            "noCounter": _("This tablet belongs to no counter yet. Choose one under “Devices”."),
            "cut": _("No connection"),
        },
    }
