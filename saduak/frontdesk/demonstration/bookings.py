"""Visitors of a played day who have booked: the day before, for a time that the desk's own plan has."""

from datetime import datetime, timedelta

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Appointment, BookingTerms
from saduak.frontdesk.operations import booking
from saduak.frontdesk.queries.booking import diary_of

THE_DAY_BEFORE = timedelta(days=1)


def booked(service: Service, wanted: datetime, *, number: int, language: str) -> Appointment | None:
    """An appointment at the free time nearest to the wanted one of that day; None when none is left, or none is given.

    `number` tells the persons of a day apart, who have nothing else of their own.
    """
    terms = BookingTerms.objects.filter(desk=service.centre_id).select_related("desk__centre__province").first()
    at = wanted - THE_DAY_BEFORE
    if terms is None:
        return None
    offers = diary_of(service.group_id, terms, at=at).offers(wanted.date())
    nearest = min(offers, key=lambda offer: abs(offer.begins_at - wanted), default=None)
    if nearest is None or abs(nearest.begins_at - wanted) > timedelta(minutes=terms.desk.grace_minutes):
        return None
    try:
        return booking.book(
            service,
            nearest.begins_at,
            name=f"ผู้นัดหมายตัวอย่าง {number}",
            phone=f"08000{number:05d}",
            language=language,
            at=at,
        )
    except booking.BookingRefused:
        return None
