"""What devices do: take tickets, check people in, and press the buttons of the officer at their counter.

Every deed takes an `Idempotency-Key` (a UUID): sent again with it, it is done once and answered the same. All go
through the operations that people's pages use, so that a call made here reaches every board.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router, Status

from saduak.catalogue.models import Service
from saduak.frontdesk.api import words
from saduak.frontdesk.api.desk import ticket_of
from saduak.frontdesk.api.doors import device_of, may, sitting_at
from saduak.frontdesk.api.tellings import (
    CalledTold,
    CheckedInTold,
    CheckInAsked,
    DeskTicketTold,
    TicketAsked,
    TicketFinished,
    TicketNamed,
    TicketPassedOn,
    TicketTaken,
)
from saduak.frontdesk.models import Appointment, Counter, Desk, PriorityClass, Sitting, Ticket
from saduak.frontdesk.models.devices import DeviceScope
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import calling, issuing, serving
from saduak.frontdesk.operations.check_in import check_in, normal_class_of
from saduak.frontdesk.procedure_of_appointments import AppointmentStage
from saduak.frontdesk.queries.offers import offers_of
from saduak.machines.keeping import KEY
from saduak.machines.problems import wrong
from saduak.machines.words import gettext_lazy

router = Router(tags=["Front desk"])

CHANNELS = {"kiosk": Channel.KIOSK}
"""Kind of device → where its tickets are said to be taken; all others are other systems."""


@router.post(
    "/desk/tickets",
    auth=may(DeviceScope.TAKE),
    summary=gettext_lazy("Take a ticket."),
    response={201: TicketTaken},
)
def take_desk_ticket(request: HttpRequest, asked: TicketAsked) -> Any:
    device = device_of(request)
    offers = offers_of(device.desk)
    service, priority = offers.services.get(asked.service), offers.offered_class(asked.priority)
    if service is None or priority is None:
        raise Http404
    ticket = issuing.issue(
        device.desk.centre,
        service,
        desk=device.desk,
        priority=priority,
        channel=CHANNELS.get(device.kind, Channel.DEVICE),
        device=device,
        language=asked.language,
        reference=asked.reference.hex if asked.reference else None,
        device_time=asked.device_time,
        key=_key(request),
    )
    return Status(201, words.taken(ticket))


@router.post(
    "/desk/tickets/{reference}/cancel",
    auth=may(DeviceScope.TAKE),
    summary=gettext_lazy("The visitor gives the ticket back."),
    response=DeskTicketTold,
)
def cancel_desk_ticket(request: HttpRequest, reference: str) -> Any:
    ticket = ticket_of(request, reference)
    return words.ticket(issuing.cancel(ticket, device=device_of(request), key=_key(request)))


@router.post(
    "/desk/tickets/{reference}/bring-back",
    auth=may(DeviceScope.TAKE),
    summary=gettext_lazy("A visitor who missed the call waits again."),
    response=DeskTicketTold,
)
def bring_desk_ticket_back(request: HttpRequest, reference: str) -> Any:
    ticket = ticket_of(request, reference)
    return words.ticket(calling.bring_back(ticket, device=device_of(request), key=_key(request)))


@router.post(
    "/desk/appointments/{code}/check-in",
    auth=may(DeviceScope.CHECK_IN),
    summary=gettext_lazy("Somebody with an appointment of today has come, and says its code."),
    response={201: CheckedInTold},
)
def check_in_by_code(request: HttpRequest, asked: CheckInAsked, code: str = Path(..., pattern=r"^\d{6}$")) -> Any:
    device = device_of(request)
    today = Appointment.objects.on(device.desk.centre, timezone.localdate()).for_page()
    appointment = get_object_or_404(today, code=code)
    ticket = check_in(appointment, priority=_class(device.desk, asked.priority), device=device)
    appointment.refresh_from_db(fields=["stage"])
    ticket = Ticket.objects.select_related("priority", "counter").get(pk=ticket.pk)
    return Status(201, {**words.taken(ticket), "is_late": appointment.stage == AppointmentStage.MISSED})


@router.post(
    "/desk/counter/next",
    auth=may(DeviceScope.CALL),
    summary=gettext_lazy("Call whom the order says to the device's counter, for the officer who sits there."),
    response=CalledTold,
)
def call_next_at_counter(request: HttpRequest) -> Any:
    called = calling.call_next(sitting_at(device_of(request)), key=_key(request))
    return {"ticket": words.ticket(called) if called else None}


BUTTONS: Mapping[str, tuple[Any, Callable[..., Ticket]]] = {
    "recall": (gettext_lazy("Call the visitor again."), calling.recall),
    "start": (gettext_lazy("The called visitor has come."), serving.start),
    "hold": (gettext_lazy("Put the visit on hold."), serving.hold),
    "resume": (gettext_lazy("Call a held visitor to this counter."), serving.resume_held),
    "no-show": (gettext_lazy("The called visitor did not come."), calling.no_show),
}
"""Buttons that need nothing but the ticket: the last part of the address → what it says, what it does."""


def _button(name: str, deed: Callable[..., Ticket]) -> Callable[..., Any]:
    def press(request: HttpRequest, asked: TicketNamed) -> Any:
        return _done(request, asked, deed)

    press.__name__ = f"{name.replace('-', '_')}_at_counter"  # By which machines name the operation.
    return press


for _name, (_summary, _deed) in BUTTONS.items():
    router.post(f"/desk/counter/{_name}", auth=may(DeviceScope.CALL), summary=_summary, response=DeskTicketTold)(
        _button(_name, _deed)
    )


@router.post(
    "/desk/counter/finish",
    auth=may(DeviceScope.CALL),
    summary=gettext_lazy("The visit is over."),
    response=DeskTicketTold,
)
def finish_at_counter(request: HttpRequest, asked: TicketFinished) -> Any:
    return _done(request, asked, serving.finish, outcome=asked.outcome)


@router.post(
    "/desk/counter/transfer",
    auth=may(DeviceScope.CALL),
    summary=gettext_lazy("Pass the visitor on to another service or counter of the desk; the first arrival is kept."),
    response=DeskTicketTold,
)
def transfer_at_counter(request: HttpRequest, asked: TicketPassedOn) -> Any:
    desk = device_of(request).desk
    goal: dict[str, Any] = {"reason": asked.reason}
    if asked.service is not None:
        goal["service"] = _service(desk, asked.service)
    if asked.counter is not None:
        goal["counter"] = get_object_or_404(Counter.objects.filter(desk=desk), pk=asked.counter)
    return _done(request, asked, serving.transfer, **goal)


def _done(request: HttpRequest, asked: TicketNamed, deed: Callable[..., Ticket], **how: Any) -> dict[str, Any]:
    """One button of the counter, pressed for its officer."""
    sitting: Sitting = sitting_at(device_of(request))
    ticket = ticket_of(request, asked.ticket)
    return words.ticket(_fresh(deed(sitting, ticket, seen=asked.seen, key=_key(request), **how)))


def _fresh(ticket: Ticket) -> Ticket:
    """The ticket with what is told of it, also when an earlier press has already done the deed."""
    return Ticket.objects.select_related("priority", "counter").get(pk=ticket.pk)


def _service(desk: Desk, key: int) -> Service:
    return get_object_or_404(Service.objects.of(desk.centre), pk=key)


def _class(desk: Desk, code: str) -> PriorityClass:
    return get_object_or_404(desk.classes.filter(is_offered=True), code=code) if code else normal_class_of(desk)


def _key(request: HttpRequest) -> UUID | None:
    """The key by which a deed is known when it is asked for again. Raises Problem (422) for one that is no UUID."""
    said = request.headers.get(KEY, "").strip()
    if not said:
        return None
    try:
        return UUID(said)
    except ValueError:
        raise wrong(_("A UUID."), header=KEY) from None
