"""What the person who booked is told by e-mail: at once, the day before, and in the morning.

A telephone number alone gets no message: the platform has no way of sending one, and the booking page says so.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saduak.frontdesk.models import Appointment
from saduak.notices import operations as notices
from saduak.notices.models import Notice

DAY_BEFORE_FROM = time(15)
"""When people are told of tomorrow: while an office can still answer, and early enough to give the place back."""

MORNING_FROM = time(6, 30)
"""When people are told of today: before they leave home."""

BATCH = 500
"""Reminders written in one transaction."""


def tell(appointment: Appointment, what: str, *, at: datetime) -> Notice | None:
    """Send one notice, in the person's language or else in English; None when there is no e-mail address."""
    if not appointment.email:
        return None
    language = appointment.language if appointment.language == "th" else "en"
    desk = appointment.centre.desk
    context = {
        "appointment": appointment,
        "centre": appointment.centre,
        "service": appointment.service.name_in(language),
        "begins_at": timezone.localtime(appointment.slot.begins_at),
        "early": desk.come_early_minutes,
        "grace": desk.grace_minutes,
        "address": settings.PUBLIC_URL + appointment.get_absolute_url(),
        "book_address": settings.PUBLIC_URL + reverse("book_appointment", args=[appointment.centre.code]),
    }
    notice = notices.draft(
        to_email=appointment.email,
        template=f"frontdesk/appointment_{what}",
        context=context,
        case=appointment,
        language=language,
        at=at,
    )
    notices.release([notice], by=None, at=at)
    return notice


def already_told(day: date, *, at: datetime) -> dict[str, datetime | None]:
    """The fields of somebody who has just been told of an appointment on that day: what is not to be said again."""
    return {
        field: at if at >= timezone.make_aware(datetime.combine(day - before, clock)) else None
        for field, before, clock in (
            ("told_the_day_before_at", timedelta(days=1), DAY_BEFORE_FROM),
            ("told_in_the_morning_at", timedelta(), MORNING_FROM),
        )
    }


def remind_due(*, at: datetime | None = None) -> int:
    """Tell people of tomorrow's appointments from the afternoon on, and of today's in the morning; gives their number.

    Whoever booked or moved after that hour has just been told.
    """
    at = at or timezone.now()
    today, clock = timezone.localdate(at), timezone.localtime(at).time()
    told = 0
    if clock >= DAY_BEFORE_FROM:
        told += _remind(today + timedelta(days=1), "tomorrow", "told_the_day_before_at", at=at)
    if clock >= MORNING_FROM:
        told += _remind(today, "today", "told_in_the_morning_at", at=at)
    return told


def _remind(day: date, what: str, field: str, *, at: datetime) -> int:
    due = Appointment.objects.booked().filter(day=day, email__gt="", slot__begins_at__gt=at, **{field: None})
    told = 0
    for key in due.order_by("pk").values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            chosen = Appointment.objects.booked().filter(pk=key, **{field: None})
            one = chosen.select_for_update(of=("self",), skip_locked=True).for_page().first()
            if one is None:  # Somebody has just cancelled it, or another worker tells of it.
                continue
            tell(one, what, at=at)
            setattr(one, field, at)
            one.save(update_fields=[field])
            told += 1
    return told
