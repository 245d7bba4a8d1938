"""An assessor's devices, what they disagree on, and files that are brought in (เครื่อง ข้อขัดแย้ง และไฟล์จากเครื่อง)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.access.pace import is_too_often
from saduak.certification.forms.field import BringInForm
from saduak.certification.models import FieldDevice
from saduak.certification.operations import devices, field
from saduak.certification.operations.bringing import bring_in
from saduak.certification.operations.envelopes import FieldRefused
from saduak.certification.policies import Permission
from saduak.certification.presenters.disputes import brought, dispute_lines, late_lines
from saduak.certification.queries.field import devices_of, disputes_of, late_changes_of
from saduak.certification.queries.sheets import sheets_of
from saduak.certification.views.fetching import application_for
from saduak.design import pages

FILES_IN_A_MINUTE = 30


@needs(Permission.SCORE)
@require_safe
def open_field_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Leads from a unit to the app in which its dossier is taken along."""
    application_for(request, reference)
    return redirect("field")


@needs(Permission.SCORE)
@require_safe
def list_devices_view(request: HttpRequest) -> HttpResponse:
    """The person's devices: what lies on them, when they were last in touch, whether their clocks are right."""
    return pages.render(request, "certification/field/devices.html", {"devices": devices_of(request.user)})


@needs(Permission.SCORE)
@require_POST
def turn_device_away_view(request: HttpRequest, device: UUID) -> HttpResponse:
    """Accepts nothing from a device any more."""
    found = get_object_or_404(FieldDevice.objects.visible_to(request.user), uuid=device)
    devices.turn_away(found, by=request.user)
    messages.success(request, _("The device is turned away. It wipes itself when it is in touch next."))
    return redirect("list_devices")


@needs(Permission.SCORE)
@require_safe
def list_disputes_view(request: HttpRequest) -> HttpResponse:
    """Lines of which two devices say different things, both beside each other; and changes that came too late."""
    return _disputes(request)


@needs(Permission.SCORE)
@require_POST
def settle_dispute_view(request: HttpRequest) -> HttpResponse:
    """Keeps one of several versions of a line."""
    sheet = get_object_or_404(sheets_of(request.user), reference=request.POST.get("sheet", ""))
    try:
        field.settle(sheet, request.POST.get("code", ""), request.POST.get("version", ""), by=request.user)
    except FieldRefused as refused:
        return _disputes(request, refused=refused.reason, status=422)
    messages.success(request, _("Settled: this is what your sheet says now."))
    return redirect("list_disputes")


@needs(Permission.SCORE)
@require_POST
def note_late_change_view(request: HttpRequest, event: int) -> HttpResponse:
    """Takes note of a change that came after the sheet was handed in."""
    field.note_late(get_object_or_404(late_changes_of(request.user), pk=event), by=request.user)
    return redirect("list_disputes")


@needs(Permission.SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_view(request: HttpRequest) -> HttpResponse:
    """Brings in files from devices: one's own, or those of colleagues on the same visit who have no connection."""
    form = BringInForm(request.POST or None, request.FILES or None)
    results: list[Any] = []
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "bring_in", times=FILES_IN_A_MINUTE, seconds=60):
            return HttpResponse(status=429, headers={"Retry-After": "60"})
        for upload in form.cleaned_data["files"]:
            try:
                results.append(brought(upload.name, bring_in(upload.read(), by=request.user), request.user))
            except FieldRefused as refused:
                form.add_error("files", f"{upload.name}: {refused.reason}")
    return pages.render(
        request,
        "certification/field/bring.html",
        {"form": form, "results": results},
        status=422 if form.errors else 200,
    )


def _disputes(request: HttpRequest, *, refused: object = "", status: int = 200) -> HttpResponse:
    context = {
        "disputes": dispute_lines(disputes_of(request.user)),
        "late": late_lines(late_changes_of(request.user)),
        "refused": refused,
    }
    return pages.render(request, "certification/field/disputes.html", context, status=status)
