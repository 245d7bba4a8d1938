"""What seldom happens to appointments, and must not go wrong: the same draw twice, and somebody in between."""

from datetime import time
from types import SimpleNamespace

import pytest

from saduak.catalogue.models import QueueGroup
from saduak.frontdesk.models import Appointment, SlotPlan
from saduak.frontdesk.operations import booking, check_in, slot_plans
from saduak.frontdesk.operations import telling_of_appointments as telling
from saduak.frontdesk.operations.slot_plans import PlanRefused
from saduak.frontdesk.tests.bookings import MONDAY, TUESDAY, BookingDesk, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return BookingDesk.open()


def test_moving_to_the_same_time_takes_no_second_place(desk):
    appointment = desk.booked("10:00")

    moved = booking.move(appointment, moment(MONDAY, "10:00"), by=desk.officer(), at=desk.at)

    moved.slot.refresh_from_db()
    assert (moved.slot_id, moved.slot.taken) == (appointment.slot_id, 1)


def test_a_code_that_somebody_has_is_drawn_again(desk, monkeypatch):
    first = desk.booked("10:00")
    drawn = iter([first.code, first.code, "123456"])
    monkeypatch.setattr(booking, "code_of_an_appointment", lambda: next(drawn))

    assert desk.booked("10:30", phone="0822222222").code == "123456"


def test_when_every_code_is_taken_nothing_is_booked(desk, monkeypatch):
    first = desk.booked("10:00")
    monkeypatch.setattr(booking, "code_of_an_appointment", lambda: first.code)

    with pytest.raises(RuntimeError, match="No code"):
        desk.booked("10:30", phone="0822222222")
    assert Appointment.objects.get() == first


def test_who_comes_while_the_clock_looks_keeps_the_slot(desk, monkeypatch):
    appointment = desk.booked("10:00")
    monkeypatch.setattr(check_in, "lock", lambda _one: SimpleNamespace(stage="checked_in"))

    assert check_in.lose_due(at=moment(MONDAY, "12:00")) == 0
    appointment.refresh_from_db()
    assert appointment.stage == "booked"


def test_who_is_told_by_another_worker_meanwhile_is_not_told_twice(desk, monkeypatch):
    desk.booked("10:00", day=TUESDAY, email="one@example.com")
    desk.booked("10:30", day=TUESDAY, phone="0822222222", email="two@example.com")
    told = []

    def tell(one, what, *, at):
        told.append(one.email)
        Appointment.objects.exclude(pk=one.pk).update(told_the_day_before_at=at)

    monkeypatch.setattr(telling, "tell", tell)

    assert telling.remind_due(at=moment(MONDAY, "15:00")) == 1
    assert told == ["one@example.com"]


def test_a_line_in_which_no_slot_fits_is_refused(desk):
    with pytest.raises(PlanRefused) as refused:
        slot_plans.add_line(
            desk.desk,
            desk.group,
            weekdays=[6],
            opens=time(9),
            closes=time(9, 20),
            minutes=30,
            places=1,
            by=desk.head(),
        )

    assert refused.value.code == "no_slot_fits"


def test_nothing_is_proposed_without_a_counter_nor_for_a_moment(desk):
    SlotPlan.objects.all().delete()
    QueueGroup.objects.create(centre=desk.centre, name_th="ไม่มีช่อง", position=1)
    desk.desk.hours = [
        {"days": [1], "opens": "08:30", "closes": "08:45"},
        {"days": [2], "opens": "08:30", "closes": "16:30"},
    ]
    desk.desk.save(update_fields=["hours"])

    made = slot_plans.propose_plan(desk.desk, by=desk.head())

    assert [(line.group, line.weekdays) for line in made] == [(desk.group, [2])]
