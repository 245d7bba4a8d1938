"""A desk that gives appointments, for tests: one group, one service, mornings and afternoons of working days."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.models import Centre, Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.frontdesk.models import Appointment, BookingTerms, Counter, Desk, PriorityClass, SlotPlan
from saduak.frontdesk.operations import booking

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 20)
WORKING_DAYS = [1, 2, 3, 4, 5]


def moment(day: date, clock: str) -> datetime:
    """`moment(MONDAY, "09:30")` on Thai clocks."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


@dataclass
class BookingDesk:
    """The desk and its people; `at` is Friday noon, when most tests book for Monday."""

    centre: Centre
    desk: Desk
    terms: BookingTerms
    group: QueueGroup
    service: Service
    normal: PriorityClass
    at: datetime

    @classmethod
    def open(cls, *, places: int = 2, centre: Centre | None = None) -> "BookingDesk":
        """A desk that is open for bookings."""
        centre = centre or CentreFactory(name_th="สำนักงานจัดหางานจังหวัดเชียงใหม่")
        hours = [
            {"days": WORKING_DAYS, "opens": "08:30", "closes": "12:00"},
            {"days": WORKING_DAYS, "opens": "13:00", "closes": "16:30"},
        ]
        desk = Desk.objects.create(centre=centre, is_open=True, hours=hours)
        normal = PriorityClass.objects.create(desk=desk, code="normal", name_th="ทั่วไป", name_en="General")
        PriorityClass.objects.create(
            desk=desk, code="elderly", name_th="ผู้สูงอายุ", name_en="Elderly", b=3, is_priority=True, position=1
        )
        group = QueueGroup.objects.create(centre=centre, name_th="ขึ้นทะเบียนและรายงานตัว")
        service = Service.objects.create(
            centre=centre, group=group, name_th="ขึ้นทะเบียนผู้ว่างงาน", name_en="Register as unemployed", prefix="A"
        )
        Counter.objects.create(desk=desk, label="1").skills.add(service)
        terms = BookingTerms.objects.create(desk=desk, is_offered=True)
        SlotPlan.objects.create(
            desk=desk,
            group=group,
            weekdays=WORKING_DAYS,
            opens=time(8, 30),
            closes=time(16, 30),
            minutes=30,
            places=places,
        )
        return cls(centre, desk, terms, group, service, normal, at=moment(FRIDAY, "12:00"))

    def head(self) -> Any:
        """Its supervisor."""
        return person_of(Office.CENTRE_HEAD, centre=self.centre)

    def officer(self) -> Any:
        """One of its officers."""
        return person_of(Office.CENTRE_OFFICER, centre=self.centre)

    def booked(
        self, clock: str = "10:00", *, day: date = MONDAY, phone: str = "0812345678", **more: Any
    ) -> Appointment:
        """Somebody's appointment."""
        more.setdefault("name", "สมศรี ใจดี")
        more.setdefault("at", self.at)
        return booking.book(self.service, moment(day, clock), phone=phone, **more)
