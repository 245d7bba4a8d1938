"""An appointment's own page, for whoever has its address: see, move, cancel, check in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.forms.appointments import ClassForm
from saduak.frontdesk.models import Appointment, BookingTerms
from saduak.frontdesk.operations import booking
from saduak.frontdesk.operations.booking import BookingRefused
from saduak.frontdesk.operations.check_in import check_in
from saduak.frontdesk.presenters.appointments import page_of
from saduak.frontdesk.presenters.booking import Choice
from saduak.frontdesk.views.choosing import choice_for
from saduak.journal.steps import StepRefused

CHANGES_AN_HOUR = 60
"""From one network address."""


@open_to_everyone
@never_cache
@require_safe
def show_appointment_view(request: HttpRequest, secret: str) -> HttpResponse:
    """When, where, for what, and what can be done now."""
    return _page(request, _appointment(secret))


@open_to_everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move_appointment_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Another day or time for the same service."""
    appointment = _appointment(secret)
    terms = get_object_or_404(BookingTerms.objects.select_related("desk__centre__province"), pk=appointment.centre_id)
    at = timezone.now()
    choice = choice_for(request, terms, at=at, service=appointment.service)
    if request.method != "POST":
        return _moving(request, appointment, choice)
    if is_too_often(request, "change_appointment", times=CHANGES_AN_HOUR, seconds=3600):
        return HttpResponse(status=429)
    reasons: list[object] = []
    if choice.chosen is not None:
        try:
            booking.move(appointment, choice.chosen.begins_at, by=None, at=at, seen=seen_version(request))
        except BookingRefused as refused:
            reasons = list(refused.reasons)
        except StepRefused as refused:
            reasons = list(refused.decision.reasons)
        else:
            messages.success(request, _("Your appointment was moved."))
            return redirect(appointment)
    return _moving(request, appointment, choice, reasons=reasons, status=422)


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_appointment_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the time back."""
    appointment = _appointment(secret)
    if request.method != "POST":  # A refusal stood at this address, and was looked at again.
        return redirect(appointment)
    if is_too_often(request, "change_appointment", times=CHANGES_AN_HOUR, seconds=3600):
        return HttpResponse(status=429)
    try:
        booking.cancel(appointment, by=None, seen=seen_version(request))
    except StepRefused as refused:
        return _page(request, appointment, reasons=list(refused.decision.reasons), status=422)
    messages.success(request, _("Your appointment is cancelled. Thank you for giving the time back."))
    return redirect(appointment)


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Come to the desk, by telephone; who comes too late gets a normal ticket."""
    appointment = _appointment(secret)
    if request.method != "POST":  # A refusal stood at this address, and was looked at again.
        return redirect(appointment)
    if is_too_often(request, "change_appointment", times=CHANGES_AN_HOUR, seconds=3600):
        return HttpResponse(status=429)
    form = ClassForm(request.POST, desk=appointment.centre.desk)
    priority = form.cleaned_data["priority"] if form.is_valid() else None
    try:
        check_in(appointment, priority=priority)
    except StepRefused as refused:
        return _page(request, appointment, reasons=list(refused.decision.reasons), status=422)
    return redirect(appointment)


def _appointment(secret: str) -> Appointment:
    return get_object_or_404(Appointment.objects.for_page().select_related("centre__province"), secret=secret)


def _page(
    request: HttpRequest, appointment: Appointment, *, reasons: list[object] | None = None, status: int = 200
) -> HttpResponse:
    desk = appointment.centre.desk
    context = {
        "appointment": appointment,
        "centre": appointment.centre,
        "desk": desk,
        "page": page_of(appointment, at=timezone.now()),
        "classes": ClassForm(desk=desk),
        "reasons": reasons or [],
    }
    return render(request, "frontdesk/appointments/show.html", context, status=status)


def _moving(
    request: HttpRequest,
    appointment: Appointment,
    choice: Choice,
    *,
    reasons: list[object] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "appointment": appointment,
        "centre": appointment.centre,
        "page": page_of(appointment, at=timezone.now()),
        "choice": choice,
        "reasons": reasons or [],
    }
    return render(request, "frontdesk/appointments/move.html", context, status=status)
