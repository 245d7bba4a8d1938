"""Appointments as officers of the desk see them: the day's list, check-in, cancelling, booking for a caller."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import looked_at
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.forms.appointments import CancelForm, ClassForm, PersonForm
from saduak.frontdesk.models import Appointment, BookingTerms, Desk
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import booking
from saduak.frontdesk.operations.booking import BookingRefused
from saduak.frontdesk.operations.check_in import check_in
from saduak.frontdesk.policies import Permission, desk_roles_of, supervises
from saduak.frontdesk.presenters.appointments import day_in_slots, day_in_words
from saduak.frontdesk.presenters.booking import neighbours, read_day
from saduak.frontdesk.queries.booking import day_list, days_with_appointments
from saduak.frontdesk.views.choosing import choice_for
from saduak.journal.steps import StepRefused

AHEAD = 14
"""Days ahead of which the list tells how many are expected."""


@needs(Permission.SERVE)
@never_cache
@require_safe
def list_appointments_view(request: HttpRequest, code: str) -> HttpResponse:
    """A day's appointments (`?day=2026-11-23`). They are names of people, so the audit is told who looked."""
    return _day_page(request, _desk(request, code), read_day(request.GET.get("day", "")) or timezone.localdate())


@needs(Permission.SERVE)
@require_POST
def check_in_at_desk_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Somebody with an appointment stands at the desk."""
    desk = _desk(request, code)
    appointment = _appointment(desk, reference)
    form = ClassForm(request.POST, desk=desk)
    priority = form.cleaned_data["priority"] if form.is_valid() else None
    try:
        ticket = check_in(appointment, priority=priority, channel=Channel.OFFICER, by=request.user)
    except StepRefused as refused:
        return _day_page(request, desk, appointment.day, reasons=list(refused.decision.reasons), status=422)
    messages.success(request, _("Ticket %(number)s was given.") % {"number": ticket.shown})
    return redirect(_address(desk, appointment.day))


@needs(Permission.SERVE)
@require_POST
def cancel_at_desk_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """The desk cannot keep an appointment, or the person has called."""
    desk = _desk(request, code)
    appointment = _appointment(desk, reference)
    form = CancelForm(request.POST)
    reasons: list[object] = []
    if form.is_valid():
        try:
            booking.cancel(appointment, by=request.user, seen=seen_version(request), **form.cleaned_data)
        except BookingRefused as refused:
            reasons = list(refused.reasons)
        except StepRefused as refused:
            reasons = list(refused.decision.reasons)
        else:
            messages.success(request, _("The appointment is cancelled."))
            return redirect(_address(desk, appointment.day))
    reasons += [message for problem in form.errors.values() for message in problem]
    typed = (appointment.reference, request.POST.get("reason", ""))
    return _day_page(request, desk, appointment.day, reasons=reasons, typed=typed, status=422)


@needs(Permission.SERVE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book_at_desk_view(request: HttpRequest, code: str) -> HttpResponse:
    """Book for somebody who has called or stands at the desk."""
    desk = _desk(request, code)
    terms = get_object_or_404(BookingTerms.objects.select_related("desk__centre__province"), desk=desk)
    at = timezone.now()
    choice = choice_for(request, terms, at=at, is_staff=True)
    form = PersonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if choice.service and choice.chosen and form.is_valid():
            try:
                made = booking.book(
                    choice.service, choice.chosen.begins_at, by=request.user, at=at, **form.cleaned_data
                )
            except BookingRefused as refused:
                form.refuse_with(refused.reasons)
            else:
                messages.success(request, _("Booked. The code is %(code)s.") % {"code": made.code})
                return redirect(_address(desk, made.day))
    context = {"desk": desk, "centre": desk.centre, "choice": choice, "form": form, "trail": _trail(desk, _("Book"))}
    return render(request, "frontdesk/appointments/book_at_desk.html", context, status=status)


def _day_page(
    request: HttpRequest,
    desk: Desk,
    day: date,
    *,
    reasons: list[object] | None = None,
    typed: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HttpResponse:
    """A day's list; `typed` is the reference of the appointment whose form was refused, with the reason typed."""
    found = day_list(desk, day)
    if found:
        reference = f"{desk.centre.code} {day.isoformat()}"
        looked_at(request.user, kind=Appointment.case_kind, reference=reference, request=request)
    today = timezone.localdate()
    before, after = neighbours(day)
    roles = desk_roles_of(request.user, desk.centre)
    context = {
        "desk": desk,
        "centre": desk.centre,
        "day": day,
        "day_in_words": day_in_words(day),
        "is_today": day == today,
        "before": before.isoformat(),
        "after": after.isoformat(),
        "hours": day_in_slots(found, at=timezone.now(), roles=roles),
        "number": len(found),
        "coming": [
            (one, number, one.isoformat(), day_in_words(one))
            for one, number in days_with_appointments(desk, today, days=AHEAD).items()
        ],
        "classes": list(desk.classes.filter(is_offered=True)),
        "can_book": BookingTerms.objects.filter(desk=desk).exists(),
        "may_plan": supervises(request.user, desk.centre),
        "reasons": reasons or [],
        "refused": typed[0],
        "typed_reason": typed[1],
        "trail": _trail(desk),
    }
    return render(request, "frontdesk/appointments/day.html", context, status=status)


def _desk(request: HttpRequest, code: str) -> Desk:
    return get_object_or_404(
        Desk.objects.visible_to(request.user).select_related("centre__province"), centre__code=code
    )


def _appointment(desk: Desk, reference: str) -> Appointment:
    return get_object_or_404(Appointment.objects.for_page().filter(centre=desk.centre), reference=reference)


def _address(desk: Desk, day: date) -> str:
    return f"{reverse('list_appointments', args=[desk.centre.code])}?day={day.isoformat()}"


def _trail(desk: Desk, *more: Any) -> list[Crumb]:
    """The way to a page about the desk's appointments."""
    here = Crumb(_("Appointments"), reverse("list_appointments", args=[desk.centre.code]) if more else "")
    above = [Crumb(_("Front desks"), reverse("list_desks")), Crumb(desk.centre.name)]
    return [*above, here, *(Crumb(one) for one in more)]
