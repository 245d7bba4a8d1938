"""The ticket kiosk: a page that is kept on the device, and what it asks the server (ตู้กดบัตรคิว)."""

import hashlib
import json
from datetime import timedelta
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import BaseModel, Field, ValidationError

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.design import pages
from saduak.frontdesk.models import Device, Printout, Ticket, Undecided
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import estimating, kiosks, printing
from saduak.frontdesk.operations.check_in import check_in
from saduak.frontdesk.operations.coming_back import come_back
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.presenters.kiosks import (
    block_in_values,
    booked_in_values,
    facts_of_the_app,
    standing_in_values,
    state_of,
    ticket_in_values,
)
from saduak.frontdesk.presenters.visitor_words import say
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.booking import by_code
from saduak.frontdesk.queries.tickets import of_number
from saduak.frontdesk.views.installing import QR, Installable, manifest_response, worker_response
from saduak.frontdesk.views.speaking import open_to_devices, problem, said
from saduak.journal.steps import StepRefused
from saduak.thai.numerals import whole_number

APP = Installable("kiosk", "kiosk", also=(QR, "frontdesk/rating/rating.css", "frontdesk/rating/faces.js"))
SHELL = "frontdesk/kiosk/shell.html"
CODES_A_MINUTE = 30
LONGEST_AGE_MS = 3 * 24 * 60 * 60 * 1000


class SentTicket(BaseModel):
    """A ticket as a kiosk sends it; `age_ms` is how long ago it was taken, `number` stands on paper already."""

    reference: UUID
    secret: str = Field(pattern=r"^[A-Za-z0-9_-]{16,20}$")
    service: int = Field(gt=0, lt=2**31)
    priority: str = Field(max_length=30)
    language: Literal["th", "en", "my", "zh"] = "th"
    age_ms: int = Field(default=0, ge=0)
    prefix: str = Field(default="", pattern=r"^[A-Z]?$")
    number: int | None = Field(default=None, gt=0, lt=10**6)

    @property
    def wanted(self) -> kiosks.Wanted:
        """As the deed takes it."""
        age = timedelta(milliseconds=min(self.age_ms, LONGEST_AGE_MS))
        return kiosks.Wanted(**self.model_dump(exclude={"age_ms"}), age=age)


@open_to_everyone
@require_safe
def kiosk_view(request: HttpRequest) -> HttpResponse:
    """The shell: the same for everybody, so that a device may keep it."""
    return pages.render(request, SHELL, {"facts": facts_of_the_app()})


@open_to_everyone
@require_safe
def kiosk_worker_view(request: HttpRequest) -> HttpResponse:
    """The service worker for the kiosk's own addresses."""
    return worker_response(
        APP, shell=reverse("kiosk"), shell_text=render_to_string(SHELL, {"facts": facts_of_the_app()})
    )


@open_to_everyone
@require_safe
def kiosk_manifest_view(request: HttpRequest) -> HttpResponse:
    """What a device needs to open the kiosk full-screen."""
    return manifest_response(_("Ticket kiosk"), shell=reverse("kiosk"))


@open_to_devices(DeviceKind.KIOSK)
@require_safe
def kiosk_state_view(request: HttpRequest, kiosk: Device) -> HttpResponse:
    """Everything that the kiosk shows; 304 while only the time has changed."""
    now = timezone.now()
    estimating.refresh(kiosk.desk, now)
    state = state_of(kiosk, kiosks.blocks_of(kiosk, at=now), at=now)
    lasting = {key: value for key, value in state.items() if key != "now"}
    tag = f'"{hashlib.sha256(json.dumps(lasting, sort_keys=True).encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return JsonResponse(state, headers={"ETag": tag, "Cache-Control": "no-store"})


@open_to_devices(DeviceKind.KIOSK)
@require_POST
def kiosk_tickets_view(request: HttpRequest, kiosk: Device) -> HttpResponse:
    """One ticket, now or from the time without us; the same reference gets the same answer."""
    try:
        wanted = SentTicket.model_validate_json(request.body, strict=True).wanted
    except ValidationError:
        return problem(_("This is no ticket."), status=400)
    now = timezone.now()
    try:
        taken = kiosks.take(kiosk, wanted, at=now)
    except Refused as refused:
        with override(wanted.language if wanted.language == "th" else "en"):
            return problem(" ".join(str(reason) for reason in refused.decision.reasons))
    if isinstance(taken, Undecided):
        return JsonResponse({"undecided": taken.reference, "isKnown": False})
    return JsonResponse(ticket_in_values(taken, at=now))


@open_to_devices(DeviceKind.KIOSK)
@require_POST
def kiosk_numbers_view(request: HttpRequest, kiosk: Device) -> HttpResponse:
    """Numbers for the time without us, as many as are missing."""
    left = said(request).get("left")
    counts = {
        prefix: number
        for prefix, number in (left.items() if isinstance(left, dict) else ())
        if isinstance(prefix, str) and type(number) is int
    }
    blocks = kiosks.stock(kiosk, counts)
    return JsonResponse({"blocks": [block_in_values(block) for block in blocks]})


class SentCode(BaseModel):
    """Somebody with an appointment, as a kiosk tells it."""

    code: str = Field(pattern=r"^[0-9]{6}$")
    priority: str = Field(max_length=30)
    language: Literal["th", "en", "my", "zh"] = "th"


@open_to_devices(DeviceKind.KIOSK)
@require_POST
def kiosk_check_in_view(request: HttpRequest, kiosk: Device) -> HttpResponse:
    """The ticket of somebody with an appointment of today; asked for again, the same one."""
    try:
        sent = SentCode.model_validate_json(request.body, strict=True)
    except ValidationError:
        return problem(_("This is no code of an appointment."), status=400)
    now = timezone.now()
    with override(sent.language if sent.language == "th" else "en"):
        if is_too_often(request, "kiosk_check_in", times=CODES_A_MINUTE, seconds=60):
            return problem(_("Too many tries. Wait a minute."))
        appointment = by_code(kiosk.desk.centre, timezone.localdate(now), sent.code)
        if appointment is None:
            return problem(
                _("There is no appointment today with this code. Look at the code again, or ask an officer.")
            )
        priority = kiosk.desk.classes.filter(code=sent.priority, is_offered=True).first()
        try:
            ticket = check_in(appointment, priority=priority, device=kiosk, at=now)
        except StepRefused as refused:
            return problem(" ".join(str(reason) for reason in refused.decision.reasons))
    told = booked_in_values(ticket, is_late=ticket.booked_for is None, language=sent.language, at=now)
    return JsonResponse(told)


class SentNumber(BaseModel):
    """The number of somebody who missed the call, as a kiosk tells it."""

    number: str = Field(max_length=8)
    language: Literal["th", "en", "my", "zh"] = "th"


@open_to_devices(DeviceKind.KIOSK)
@require_POST
def kiosk_back_view(request: HttpRequest, kiosk: Device) -> HttpResponse:
    """Lets whoever missed the call wait again; other numbers are told where they stand."""
    try:
        sent = SentNumber.model_validate_json(request.body, strict=True)
    except ValidationError:
        return problem(_("This is no number of a ticket."), status=400)
    if is_too_often(request, "kiosk_back", times=CODES_A_MINUTE, seconds=60):
        with override(sent.language if sent.language == "th" else "en"):
            return problem(_("Too many tries. Wait a minute."))
    now = timezone.now()
    ticket = of_number(kiosk.desk, sent.number, now)
    if ticket is None:
        return problem(say("number_none", sent.language))
    if ticket.stage == TicketStage.NO_SHOW:
        ticket = come_back(ticket, device=kiosk, at=now)
    return JsonResponse(standing_in_values(ticket, sent.language, at=now))


@open_to_devices(DeviceKind.KIOSK)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_print_view(request: HttpRequest, kiosk: Device) -> HttpResponse:
    """Print a ticket of this kiosk on its printer; with `?printout=` how far a printout is."""
    if request.method != "POST":
        number = whole_number(request.GET.get("printout", ""))
        printout = get_object_or_404(Printout, pk=number or 0, ticket__device=kiosk)
        return JsonResponse({"printout": printout.pk, "state": printout.state})
    reference = str(said(request).get("reference", ""))[:60]
    ticket = get_object_or_404(Ticket.objects.select_related("service"), reference=reference, device=kiosk)
    printer = printing.printer_of(kiosk)
    if printer is None:
        return problem(_("This kiosk has no printer."))
    try:
        printout = printing.ask(ticket, printer)
    except Refused as refused:
        return problem(" ".join(str(reason) for reason in refused.decision.reasons))
    return JsonResponse({"printout": printout.pk, "state": printout.state})
