"""Booking an appointment: service, day, time, name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.design.pages import render
from saduak.frontdesk.forms.appointments import PersonForm
from saduak.frontdesk.models import BookingTerms
from saduak.frontdesk.operations import booking
from saduak.frontdesk.operations.booking import BookingRefused
from saduak.frontdesk.presenters.booking import Choice
from saduak.frontdesk.queries.booking import terms_of
from saduak.frontdesk.views.choosing import choice_for

BOOKINGS_AN_HOUR = 30
"""From one network address; a village may share one."""


@open_to_everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book_appointment_view(request: HttpRequest, code: str) -> HttpResponse:
    """What is free, and a name for it; whoever has booked is led to the appointment's own page."""
    terms = terms_of(code)
    if terms is None:
        raise Http404
    at = timezone.now()
    choice = choice_for(request, terms, at=at)
    if request.method != "POST":
        return _page(request, terms, choice, PersonForm())
    if is_too_often(request, "book_appointment", times=BOOKINGS_AN_HOUR, seconds=3600):
        return HttpResponse(status=429)
    form = PersonForm(request.POST)
    if choice.service is None or choice.chosen is None:
        return _page(request, terms, choice, form, status=422)
    if form.is_valid():
        try:
            appointment = booking.book(
                choice.service, choice.chosen.begins_at, language=get_language() or "th", at=at, **form.cleaned_data
            )
        except BookingRefused as refused:
            form.refuse_with(refused.reasons)
        else:
            return redirect(appointment)
    return _page(request, terms, choice, form, status=422)


def _page(
    request: HttpRequest, terms: BookingTerms, choice: Choice, form: PersonForm, *, status: int = 200
) -> HttpResponse:
    context = {"terms": terms, "desk": terms.desk, "centre": terms.desk.centre, "choice": choice, "form": form}
    return render(request, "frontdesk/appointments/book.html", context, status=status)
