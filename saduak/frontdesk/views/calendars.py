"""Calendar files: one appointment for its person, and a desk's days for its officers."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.frontdesk.models import Appointment, BookingTerms
from saduak.frontdesk.presenters import calendars
from saduak.frontdesk.queries.booking import slots_with_people

TYPE = "text/calendar; charset=utf-8"
DAYS_BACK = 7


@open_to_everyone
@never_cache
@require_safe
def appointment_calendar_view(request: HttpRequest, secret: str) -> HttpResponse:
    """The appointment for the calendar of its person's telephone."""
    appointment = get_object_or_404(Appointment.objects.for_page(), secret=secret)
    answer = HttpResponse(calendars.of_appointment(appointment, at=timezone.now()), content_type=TYPE)
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


@open_to_everyone
@require_safe
def desk_calendar_view(request: HttpRequest, feed: str) -> HttpResponse:
    """What a desk expects, for the calendars of its officers: numbers of people, no names."""
    terms = get_object_or_404(BookingTerms.objects.select_related("desk__centre"), feed=feed)
    now = timezone.now()
    slots = slots_with_people(terms.desk, since=timezone.localdate(now) - timedelta(days=DAYS_BACK))
    return HttpResponse(calendars.of_desk(terms.desk, slots, at=now), content_type=TYPE)
