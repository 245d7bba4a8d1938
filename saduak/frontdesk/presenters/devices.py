"""The devices of a desk, as its supervisor sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saduak.design.components import Crumb
from saduak.frontdesk.models import Desk, Device, Printout
from saduak.frontdesk.models.devices import DeviceKind, DeviceScope
from saduak.frontdesk.models.printing import PrintState
from saduak.frontdesk.operations.devices import CODE_LENGTH
from saduak.frontdesk.queries.devices import ODD_CLOCK_MS, SILENT_AFTER, devices_of

OPEN_ON = {DeviceKind.KIOSK: "kiosk", DeviceKind.TABLET: "tablet"}
"""Kind of device → the name of the page that is opened on it; others have none."""


@dataclass(frozen=True)
class DeviceLine:
    """One device: how it is, in words with a tone, and what can be done with it."""

    device: Device
    state: str
    tone: str
    trouble: str
    can_pair: bool
    can_print: bool
    is_gone: bool
    scopes: tuple[object, ...]


def trail_of(desk: Desk, *more: object) -> list[Crumb]:
    """The way to the devices of a desk and to what lies behind them."""
    here = Crumb(_("Devices"), reverse("list_devices_of_desk", args=[desk.centre.code]) if more else "")
    above = [Crumb(_("Front desks"), reverse("list_desks")), Crumb(desk.centre.name)]
    return [*above, here, *(Crumb(one) for one in more)]


def device_lines(desk: Desk, *, at: datetime) -> list[DeviceLine]:
    """Each device of the desk, in two questions to the database."""
    devices = devices_of(desk)
    printers = [one for one in devices if one.kind == DeviceKind.PRINTER]
    last = {
        one.printer_id: one
        for one in Printout.objects.filter(printer__in=printers)
        .order_by("printer_id", "-asked_at")
        .distinct("printer_id")
    }
    return [_line(one, last.get(one.pk), at) for one in devices]


def code_in_words(code: str) -> str:
    """ABCD-2345: easier to read aloud in halves."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def _line(device: Device, printout: Printout | None, at: datetime) -> DeviceLine:
    is_printer = device.kind == DeviceKind.PRINTER
    state, tone = _printer_state(printout) if is_printer else _state(device, at)
    if device.revoked_at:
        state, tone = _("Taken off the desk"), "plain"
    return DeviceLine(
        device=device,
        state=state,
        tone=tone,
        trouble="" if device.revoked_at else _trouble(device, printout),
        can_pair=not is_printer and device.revoked_at is None,
        can_print=is_printer and device.revoked_at is None,
        is_gone=device.revoked_at is not None,
        scopes=tuple(one.label for one in DeviceScope if one in device.scopes)
        if device.kind == DeviceKind.OTHER
        else (),
    )


def _state(device: Device, at: datetime) -> tuple[str, str]:
    if device.token_digest is None:
        return _("Not paired yet"), "warning"
    if device.last_seen_at is None or at - device.last_seen_at > SILENT_AFTER:
        return _("Not heard of"), "danger"
    return _("Connected"), "success"


def _printer_state(printout: Printout | None) -> tuple[str, str]:
    if printout is None:
        return _("Nothing printed yet"), "plain"
    if printout.state == PrintState.FAILED:
        return _("The last ticket was not printed"), "danger"
    return (_("Printed"), "success") if printout.state == PrintState.PRINTED else (_("Printing"), "info")


def _trouble(device: Device, printout: Printout | None) -> str:
    if printout is not None and printout.state == PrintState.FAILED:
        return printout.trouble
    if device.clock_offset_ms is not None and abs(device.clock_offset_ms) >= ODD_CLOCK_MS:
        minutes = round(abs(device.clock_offset_ms) / 60_000)
        return ngettext(
            "Its clock is wrong by %(minutes)s minute. Set it by the network; the order of the queue is not touched.",
            "Its clock is wrong by %(minutes)s minutes. Set it by the network; the order of the queue is not touched.",
            minutes,
        ) % {"minutes": minutes}
    return ""
