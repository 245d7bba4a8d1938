"""Many people at once, each on a connection of their own: nobody gets a place that is not there."""

import pytest

from saduak.frontdesk.models import Appointment, BookedPerson, Slot
from saduak.frontdesk.operations import booking, slot_plans
from saduak.frontdesk.operations.booking import BookingRefused
from saduak.frontdesk.tests.bookings import MONDAY, TUESDAY, BookingDesk, moment
from tests.support.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def outcomes(results):
    return sorted(one.code if isinstance(one, BookingRefused) else type(one).__name__ for one in results)


def test_the_last_place_goes_to_exactly_one_of_many():
    desk = BookingDesk.open(places=1)

    results = together(*(lambda n=n: desk.booked("10:00", phone=f"08{n:08d}", name=f"คนที่ {n}") for n in range(12)))

    assert outcomes(results) == ["Appointment", *["full"] * 11]
    slot = Slot.objects.get()
    assert (slot.taken, slot.capacity, Appointment.objects.count()) == (1, 1, 1)


def test_one_person_who_books_many_times_at_once_gets_one_appointment():
    desk = BookingDesk.open(places=3)
    clocks = ["09:00", "09:30", "10:00", "10:30", "13:00", "13:30"]

    results = together(
        *(lambda clock=clock: desk.booked(clock, phone="0812345678", email="a@example.com") for clock in clocks)
    )

    assert outcomes(results) == ["Appointment", *["one_a_day"] * 5]
    assert (BookedPerson.objects.count(), sum(Slot.objects.values_list("taken", flat=True))) == (2, 1)


def test_two_who_change_places_and_one_who_cancels_never_lose_a_place():
    desk = BookingDesk.open(places=1)
    first = desk.booked("10:00", phone="0811111111")
    second = desk.booked("10:30", phone="0822222222")
    third = desk.booked("10:00", day=TUESDAY, phone="0833333333")

    together(
        lambda: booking.move(first, moment(MONDAY, "10:30"), by=None, at=desk.at),
        lambda: booking.move(second, moment(MONDAY, "10:00"), by=None, at=desk.at),
        lambda: booking.cancel(third, by=None, at=desk.at),
        lambda: desk.booked("10:00", day=TUESDAY, phone="0844444444"),
    )

    for slot in Slot.objects.all():
        assert slot.taken == Appointment.objects.held().filter(slot=slot).count() <= 1


def test_a_plan_that_shrinks_meanwhile_leaves_no_slot_with_more_people_than_places():
    desk = BookingDesk.open(places=4)
    head = desk.head()
    (line,) = desk.desk.slot_plans.all()

    together(
        lambda: slot_plans.remove_line(line, by=head, at=desk.at),
        *(lambda n=n: desk.booked("10:00", phone=f"08{n:08d}") for n in range(6)),
    )

    booked = Appointment.objects.count()
    assert booked <= 4
    assert [(slot.taken, slot.capacity) for slot in Slot.objects.all()] == ([(booked, booked)] if booked else [])
