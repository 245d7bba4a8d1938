"""An appointment in words, and what can be done with it now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from saduak.frontdesk.models import Appointment
from saduak.frontdesk.operations.check_in import checks_in_between, how_it_comes
from saduak.frontdesk.presenters.booking import with_weekday
from saduak.frontdesk.procedure import Role
from saduak.frontdesk.procedure_of_appointments import APPOINTMENT, AppointmentStage
from saduak.frontdesk.rules.booking import Coming
from saduak.procedure.kit import Decision
from saduak.thai.phone import printed

TONES: Mapping[str, str] = {
    AppointmentStage.BOOKED: "info",
    AppointmentStage.CHECKED_IN: "success",
    AppointmentStage.CANCELLED: "danger",
    AppointmentStage.MISSED: "warning",
}


@dataclass(frozen=True)
class Page:
    """What a page about one appointment prints.

    `can_check_in` now; before that it can be done from `opens_at` on; after `closes_at` it `is_late` and a normal
    ticket is taken instead.
    """

    day: str
    begins_at: datetime
    ends_at: datetime
    stage: object
    tone: str
    steps: Mapping[str, Decision[Any]]
    opens_at: datetime
    closes_at: datetime
    can_check_in: bool
    is_late: bool


def page_of(appointment: Appointment, *, at: datetime, roles: Collection[str] = frozenset({Role.VISITOR})) -> Page:
    """The appointment as those roles see it at that moment."""
    opens_at, closes_at = (timezone.localtime(moment) for moment in checks_in_between(appointment))
    how = how_it_comes(appointment, at=at)
    is_today = appointment.day == timezone.localdate(at)
    is_held = appointment.stage == AppointmentStage.BOOKED
    is_late = (
        is_today
        and appointment.ticket_id is None
        and (appointment.stage == AppointmentStage.MISSED or (is_held and how == Coming.LATE))
    )
    return Page(
        day=with_weekday(appointment.day),
        begins_at=timezone.localtime(appointment.slot.begins_at),
        ends_at=timezone.localtime(appointment.slot.ends_at),
        stage=AppointmentStage(appointment.stage).label,
        tone=TONES[appointment.stage],
        steps={one.step.name: one for one in APPOINTMENT.decisions(appointment, roles=roles, at=at)},
        opens_at=opens_at,
        closes_at=closes_at,
        can_check_in=is_today and is_held and how == Coming.IN_TIME,
        is_late=is_late,
    )


@dataclass(frozen=True)
class Line:
    """One appointment in a day's list."""

    appointment: Appointment
    page: Page
    phone: str


@dataclass(frozen=True)
class Hour:
    """One slot in a day's list, with those who have booked it."""

    begins_at: datetime
    ends_at: datetime
    group: str
    taken: int
    capacity: int
    lines: list[Line]


def day_in_slots(appointments: Collection[Appointment], *, at: datetime, roles: Collection[str]) -> list[Hour]:
    """A day's appointments, slot by slot."""
    hours: dict[int, Hour] = {}
    for one in appointments:
        slot = one.slot
        hour = hours.setdefault(
            slot.pk,
            Hour(
                timezone.localtime(slot.begins_at),
                timezone.localtime(slot.ends_at),
                one.service.group.name,
                slot.taken,
                slot.capacity,
                [],
            ),
        )
        hour.lines.append(Line(one, page_of(one, at=at, roles=roles), printed(one.phone) if one.phone else ""))
    return list(hours.values())


def day_in_words(day: date) -> str:
    """The day with its weekday."""
    return with_weekday(day)
