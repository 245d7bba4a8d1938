"""Tickets on paper: a printer's fault never touches the ticket, and is written down (การพิมพ์บัตรคิว)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from saduak.frontdesk.gateways.printers import PORT, PrinterFailed, print_picture
from saduak.frontdesk.models import Desk, Device, Printout, Ticket
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.models.printing import PrintState
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.procedure import TicketStage
from saduak.procedure.kit import Reason

MOST_PRINTOUTS = 5
"""Of one ticket; who needs more asks an officer what is wrong."""

TOO_LATE = timedelta(minutes=2)
"""After so long nobody stands before the printer any more; whoever comes next must not find somebody else's ticket."""

BROWSER = "browser"
"""What `options["printer"]` of a kiosk says when it prints by itself; else the number of a printer, or nothing."""


def printers_of(desk: Desk) -> list[Device]:
    """The desk's printers that are in use."""
    return list(desk.devices.filter(kind=DeviceKind.PRINTER, revoked_at=None))


def printer_of(kiosk: Device) -> Device | None:
    """The printer that a kiosk prints on; None for one that prints by itself or not at all."""
    chosen = kiosk.options.get("printer")
    if not isinstance(chosen, int):
        return None
    return Device.objects.filter(pk=chosen, desk=kiosk.desk_id, kind=DeviceKind.PRINTER, revoked_at=None).first()


@transaction.atomic
def ask(ticket: Ticket, printer: Device, *, at: datetime | None = None) -> Printout:
    """Have the ticket printed, again if it was before; the job is enqueued with it. Raises Refused."""
    if ticket.stage == TicketStage.CANCELLED:
        raise Refused("print", Reason("cancelled", _("This ticket was cancelled.")))
    if ticket.printouts.count() >= MOST_PRINTOUTS:
        raise Refused("print", Reason("printed_often", _("This ticket was printed often enough. Ask an officer.")))
    printout = Printout.objects.create(
        centre_id=ticket.centre_id, ticket=ticket, printer=printer, asked_at=at or timezone.now()
    )
    app.configure_task("frontdesk.print_ticket").defer(printout=printout.pk)
    return printout


def carry_out(printout: Printout, draw: Callable[[Printout], bytes], *, at: datetime | None = None) -> Printout:
    """Print what was asked for, once; whatever the printer does, it is written down and the ticket stays as it is."""
    with transaction.atomic():
        chosen = Printout.objects.select_related("printer", "ticket__service", "ticket__centre")
        printout = chosen.select_for_update(of=("self",)).get(pk=printout.pk)
        if printout.state != PrintState.WAITING:
            return printout
        printout.tries += 1
        is_late = (at or timezone.now()) - printout.asked_at > TOO_LATE
        trouble = str(_("Nobody was there to print it in time.")) if is_late else _trouble_with(printout, draw)
        printout.state = PrintState.FAILED if trouble else PrintState.PRINTED
        printout.trouble = trouble
        printout.ended_at = max(at or timezone.now(), printout.asked_at)
        printout.save(update_fields=["tries", "state", "trouble", "ended_at"])
    return printout


def _trouble_with(printout: Printout, draw: Callable[[Printout], bytes]) -> str:
    options: dict[str, Any] = printout.printer.options
    try:
        print_picture(draw(printout), host=str(options.get("host", "")), port=int(options.get("port", PORT)))
    except PrinterFailed as failed:
        return str(failed)
    return ""
