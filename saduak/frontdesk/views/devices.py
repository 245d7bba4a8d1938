"""The devices of a desk, for its supervisor: added, paired, changed, tried, taken off (อุปกรณ์ประจำจุดบริการ)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.frontdesk.forms.devices import DeviceForm
from saduak.frontdesk.models import Desk, Device, Ticket
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices, printing
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.policies import Permission
from saduak.frontdesk.presenters.devices import OPEN_ON, code_in_words, device_lines, trail_of
from saduak.frontdesk.views.fetching import desk_to_set_up


@needs(Permission.SUPERVISE)
@never_cache
@require_safe
def list_devices_of_desk_view(request: HttpRequest, code: str) -> HttpResponse:
    """Kiosks, boards, tablets and printers of the desk, and how they are."""
    return _list(request, desk_to_set_up(request, code))


@needs(Permission.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_device_view(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Add a device of one kind."""
    desk = desk_to_set_up(request, code)
    if kind not in DeviceKind.values:
        raise Http404
    form = DeviceForm(request.POST or None, desk=desk, kind=kind)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        devices.add(desk, kind, facts["name"], by=request.user, counter=facts.get("counter"), options=form.options)
        messages.success(request, _("%(name)s was added.") % {"name": facts["name"]})
        return redirect("list_devices_of_desk", code)
    return _form(request, desk, form, DeviceKind(kind).label)


@needs(Permission.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_device_view(request: HttpRequest, code: str, device: int) -> HttpResponse:
    """Change a device's name and options."""
    desk = desk_to_set_up(request, code)
    found = _device_in_use(desk, device)
    form = DeviceForm(request.POST or None, desk=desk, kind=found.kind, device=found)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        devices.change(found, facts["name"], by=request.user, counter=facts.get("counter"), options=form.options)
        return redirect("list_devices_of_desk", code)
    return _form(request, desk, form, found.get_kind_display())


@needs(Permission.SUPERVISE)
@never_cache
@require_POST
def pair_device_of_desk_view(request: HttpRequest, code: str, device: int) -> HttpResponse:
    """Show a code for the device; it is nowhere to be read again."""
    desk = desk_to_set_up(request, code)
    found = _device(desk, device)
    try:
        made = devices.new_code(found, by=request.user)
    except devices.DeviceRefused as refused:
        return _list(request, desk, problem=str(refused.reason), status=422)
    page = OPEN_ON.get(DeviceKind(found.kind))
    opens = request.build_absolute_uri(reverse(page)) if page else ""
    sends = request.build_absolute_uri(reverse("pair_device")) if found.kind == DeviceKind.OTHER else ""
    return _list(request, desk, code=code_in_words(made), code_of=found, opens=opens, sends=sends)


@needs(Permission.SUPERVISE)
@require_POST
def revoke_device_view(request: HttpRequest, code: str, device: int) -> HttpResponse:
    """Take a device off the desk."""
    found = devices.revoke(_device(desk_to_set_up(request, code), device), by=request.user)
    messages.success(request, _("%(name)s was taken off the desk.") % {"name": found.name})
    return redirect("list_devices_of_desk", code)


@needs(Permission.SUPERVISE)
@require_POST
def print_again_view(request: HttpRequest, code: str, device: int) -> HttpResponse:
    """Print the latest ticket of the day once more: on a new printer it shows whether it works."""
    desk = desk_to_set_up(request, code)
    printer = _device_in_use(desk, device)
    if printer.kind != DeviceKind.PRINTER:
        raise Http404
    ticket = Ticket.objects.on(desk.centre, timezone.localdate()).order_by("-sequence").first()
    if ticket is None:
        return _list(request, desk, problem=_("There is no ticket today that could be printed."), status=422)
    try:
        printing.ask(ticket, printer)
    except Refused as refused:
        return _list(request, desk, problem=" ".join(map(str, refused.decision.reasons)), status=422)
    messages.success(request, _("Ticket %(number)s goes to the printer.") % {"number": ticket.shown})
    return redirect("list_devices_of_desk", code)


def _device(desk: Desk, number: int) -> Device:
    return get_object_or_404(Device.objects.select_related("desk__centre"), desk=desk, pk=number)


def _device_in_use(desk: Desk, number: int) -> Device:
    found = _device(desk, number)
    if found.revoked_at is not None:
        raise Http404
    return found


def _form(request: HttpRequest, desk: Desk, form: DeviceForm, kind: object) -> HttpResponse:
    context = {"desk": desk, "form": form, "kind": kind, "trail": trail_of(desk, kind)}
    return render(request, "frontdesk/devices/form.html", context, status=422 if form.errors else 200)


def _list(request: HttpRequest, desk: Desk, *, status: int = 200, **said: Any) -> HttpResponse:
    lines = device_lines(desk, at=timezone.now())
    context = {
        "desk": desk,
        "centre": desk.centre,
        "trail": trail_of(desk),
        "lines": [one for one in lines if not one.is_gone],
        "gone": [one for one in lines if one.is_gone],
        "kinds": [(kind.value, kind.label) for kind in DeviceKind if kind != DeviceKind.BOARD],
        "code": "",
        "code_of": None,
        "opens": "",
        "sends": "",
        "problem": "",
    }
    return render(request, "frontdesk/devices/list.html", context | said, status=status)
