"""Appointments as files that calendars of telephones and offices take in (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from saduak.frontdesk.models import Appointment, Desk, Slot
from saduak.frontdesk.procedure_of_appointments import AppointmentStage


def of_appointment(appointment: Appointment, *, at: datetime) -> bytes:
    """One person's appointment, with an alarm an hour before; sent again after a change it replaces what was there."""
    desk = appointment.centre.desk
    event = _event(f"appointment-{appointment.reference}", appointment.slot, at=at)
    is_gone = appointment.stage == AppointmentStage.CANCELLED
    event.add("sequence", appointment.version)
    event.add("status", "CANCELLED" if is_gone else "CONFIRMED")
    event.add("summary", f"{appointment.service.name} · {appointment.centre.name}")
    event.add("location", ", ".join(filter(None, (appointment.centre.name, appointment.centre.address))))
    event.add(
        "description",
        _(
            "Please come %(early)s minutes early and check in. Whoever comes more than %(grace)s minutes late loses "
            "the slot and takes a normal ticket."
        )
        % {"early": desk.come_early_minutes, "grace": desk.grace_minutes},
    )
    event.add("url", settings.PUBLIC_URL + appointment.get_absolute_url())
    if not is_gone:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", appointment.service.name)
        alarm["trigger"] = "-PT1H"
        event.add_component(alarm)
    return _calendar([event], method="CANCEL" if is_gone else "PUBLISH").to_ical()


def of_desk(desk: Desk, slots: Iterable[Slot], *, at: datetime) -> bytes:
    """A desk's slots with the number of people expected in each, and nothing of any of them."""
    events = []
    for slot in slots:
        event = _event(f"slot-{slot.pk}", slot, at=at)
        event.add(
            "summary",
            _("%(number)s of %(places)s: %(group)s")
            % {"number": slot.taken, "places": slot.capacity, "group": slot.group.name},
        )
        event.add("location", desk.centre.name)
        events.append(event)
    calendar = _calendar(events)
    calendar.add("x-wr-calname", _("Appointments at %(centre)s") % {"centre": desk.centre.name})
    return calendar.to_ical()


def _event(name: str, slot: Slot, *, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{name}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}")
    event.add("dtstamp", at)
    event.add("dtstart", slot.begins_at)
    event.add("dtend", slot.ends_at)
    return event


def _calendar(events: Iterable[Event], method: str = "PUBLISH") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//saduak//frontdesk//TH")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar
