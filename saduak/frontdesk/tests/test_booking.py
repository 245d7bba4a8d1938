"""Booking, moving and cancelling."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Appointment, BookedPerson, Slot, SpecialDay
from saduak.frontdesk.operations import booking, slot_plans
from saduak.frontdesk.operations.booking import BookingRefused
from saduak.frontdesk.procedure_of_appointments import AppointmentStage
from saduak.frontdesk.queries.booking import diary_of
from saduak.frontdesk.tests.bookings import FRIDAY, MONDAY, TUESDAY, BookingDesk, moment
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return BookingDesk.open()


def refused(*args, **how):
    with pytest.raises(BookingRefused) as refusal:
        booking.book(*args, **how)
    return refusal.value.code


def test_a_booking_takes_a_place_and_writes_it_down(desk):
    appointment = desk.booked("10:00", phone="081-234-5678")

    assert (appointment.stage, appointment.phone) == ("booked", "0812345678")
    appointment.slot.refresh_from_db()
    assert (appointment.slot.taken, appointment.slot.capacity) == (1, 2)
    entry = appointment.history.get()
    assert (entry.step, entry.facts["begins"]) == ("book", "2026-11-23T03:00:00+00:00")
    assert "0812345678" not in str(entry.facts)
    assert appointment.secret not in str(entry.facts)


def test_only_days_with_places_are_offered_and_the_first_at_once(desk):
    SpecialDay.objects.create(desk=desk.desk, day=MONDAY, spans=[], reason="อบรมเจ้าหน้าที่")

    days = diary_of(desk.group, desk.terms, at=desk.at).open_days()

    assert days[0].day == FRIDAY
    assert days[0].first.begins_at == moment(FRIDAY, "13:00")
    assert days[1].day == TUESDAY
    assert MONDAY not in [one.day for one in days]


def test_a_full_slot_is_not_offered_and_is_refused(desk):
    desk.booked("10:00", phone="0811111111")
    desk.booked("10:00", phone="0822222222")

    offers = diary_of(desk.group, desk.terms, at=desk.at).offers(MONDAY)

    assert moment(MONDAY, "10:00") not in [offer.begins_at for offer in offers]
    assert refused(desk.service, moment(MONDAY, "10:00"), name="ก", phone="0833333333", at=desk.at) == "full"


@pytest.mark.parametrize(
    ("clock", "code"),
    [
        pytest.param("12:00", "no_such_slot", id="over midday"),
        pytest.param("10:10", "no_such_slot", id="between two slots"),
        pytest.param("16:30", "no_such_slot", id="after closing"),
    ],
)
def test_only_planned_slots_can_be_booked(desk, clock, code):
    assert refused(desk.service, moment(MONDAY, clock), name="ก", phone="0833333333", at=desk.at) == code


def test_a_slot_too_near_is_refused_to_visitors_but_not_to_officers(desk):
    at = moment(MONDAY, "09:30")
    wish = {"name": "ก", "phone": "0833333333", "at": at}

    assert refused(desk.service, moment(MONDAY, "10:00"), **wish) == "no_such_slot"
    assert booking.book(desk.service, moment(MONDAY, "10:00"), by=desk.officer(), **wish).pk


def test_too_far_ahead_is_refused(desk):
    far = MONDAY + timedelta(days=56)

    assert refused(desk.service, moment(far, "10:00"), name="ก", phone="0833333333", at=desk.at) == "no_such_slot"


@pytest.mark.parametrize("other", ["081 234 5678", "+66 81 234 5678", "๐๘๑-๒๓๔-๕๖๗๘"])
def test_one_booking_of_a_person_a_day_however_the_number_is_written(desk, other):
    desk.booked("10:00", phone="0812345678")

    assert refused(desk.service, moment(MONDAY, "14:00"), name="ข", phone=other, at=desk.at) == "one_a_day"
    assert booking.book(desk.service, moment(TUESDAY, "14:00"), name="ข", phone=other, at=desk.at).pk
    assert Slot.objects.filter(begins_at=moment(MONDAY, "14:00"), taken__gt=0).count() == 0


def test_an_email_is_a_person_too_and_another_desk_knows_nothing_of_it(desk):
    other = BookingDesk.open()
    desk.booked("10:00", phone="", email="Somsri@Example.com")

    wish = {"name": "ข", "email": "somsri@example.COM", "at": desk.at}

    assert refused(desk.service, moment(MONDAY, "14:00"), **wish) == "one_a_day"
    assert booking.book(other.service, moment(MONDAY, "14:00"), **wish).pk
    digests = [bytes(one.digest) for one in BookedPerson.objects.all()]
    assert len(set(digests)) == 2


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        pytest.param({"name": " ", "phone": "0812345678"}, "no_name", id="no name"),
        pytest.param({"name": "ก"}, "no_contact", id="no contact"),
        pytest.param({"name": "ก", "phone": "12345"}, "not_a_phone", id="not a number"),
        pytest.param({"name": "ก", "phone": "1111"}, "not_a_phone", id="a service's number"),
        pytest.param({"name": "ก", "email": "somsri@"}, "not_an_email", id="half an address"),
    ],
)
def test_who_books_can_be_reached(desk, wish, code):
    assert refused(desk.service, moment(MONDAY, "10:00"), at=desk.at, **wish) == code
    assert not Appointment.objects.exists()
    assert not Slot.objects.exists()


@pytest.mark.parametrize("closed", ["desk", "terms", "service"])
def test_what_is_not_offered_is_refused(desk, closed):
    if closed == "desk":
        type(desk.desk).objects.update(is_open=False)
    elif closed == "terms":
        type(desk.terms).objects.update(is_offered=False)
    else:
        Service.objects.update(is_offered=False)
        desk.service.refresh_from_db()

    assert refused(desk.service, moment(MONDAY, "10:00"), name="ก", phone="0812345678", at=desk.at) == "not_offered"


def test_moving_gives_the_old_place_back(desk):
    appointment = desk.booked("10:00", email="somsri@example.com")
    old, code = appointment.slot, appointment.code

    moved = booking.move(appointment, moment(TUESDAY, "09:00"), by=None, at=desk.at, seen=0)

    old.refresh_from_db()
    assert (old.taken, moved.day, moved.slot.begins_at) == (0, TUESDAY, moment(TUESDAY, "09:00"))
    assert {one.day for one in moved.persons.all()} == {TUESDAY}
    assert moved.history.last().step == "move"
    assert len(code) == 6
    assert [one.template for one in Notice.objects.order_by("drafted_at", "template")] == [
        "frontdesk/appointment_booked",
        "frontdesk/appointment_moved",
    ]


def test_moving_to_a_day_with_another_booking_changes_nothing(desk):
    appointment = desk.booked("10:00")
    desk.booked("10:00", day=TUESDAY)

    with pytest.raises(BookingRefused) as refusal:
        booking.move(appointment, moment(TUESDAY, "11:00"), by=None, at=desk.at)

    appointment.refresh_from_db()
    appointment.slot.refresh_from_db()
    assert (refusal.value.code, appointment.day, appointment.slot.taken) == ("one_a_day", MONDAY, 1)


def test_cancelling_frees_the_place_and_the_person(desk):
    appointment = desk.booked("10:00")

    booking.cancel(appointment, by=None, at=desk.at, seen=0)

    appointment.refresh_from_db()
    appointment.slot.refresh_from_db()
    assert (appointment.stage, appointment.slot.taken) == (AppointmentStage.CANCELLED, 0)
    assert desk.booked("14:00").pk
    with pytest.raises(StepRefused):
        booking.cancel(appointment, by=None, at=desk.at)


def test_an_officer_cancels_with_a_reason_and_the_person_is_told(desk):
    appointment = desk.booked("10:00", email="somsri@example.com")
    officer = desk.officer()

    with pytest.raises(BookingRefused) as refusal:
        booking.cancel(appointment, by=officer, at=desk.at)
    booking.cancel(appointment, by=officer, reason="ไฟฟ้าดับทั้งอาคาร", at=desk.at)

    assert refusal.value.code == "no_reason"
    told = Notice.objects.get(template="frontdesk/appointment_cancelled")
    assert "ไฟฟ้าดับทั้งอาคาร" in told.body
    assert told.to_email == "somsri@example.com"
    assert mail.outbox == []  # It leaves with the worker.


def test_a_stranger_cannot_cancel_and_who_is_late_is_told(desk):
    appointment = desk.booked("10:00")
    booking.move(appointment, moment(MONDAY, "11:00"), by=None, at=desk.at)

    with pytest.raises(StepRefused):
        booking.cancel(appointment, by=BookingDesk.open().officer(), reason="ไม่เกี่ยวข้อง", at=desk.at)
    with pytest.raises(StepOvertaken):
        booking.cancel(appointment, by=None, at=desk.at, seen=0)


def test_no_place_is_booked_twice_even_past_the_program(desk):
    slot = desk.booked("10:00").slot

    with pytest.raises(IntegrityError, match="no_place_is_booked_twice"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(taken=3)


def test_a_smaller_plan_never_throws_anybody_out(desk):
    desk.booked("10:00", phone="0811111111")
    desk.booked("10:00", phone="0822222222")
    head = desk.head()
    (line,) = desk.desk.slot_plans.all()

    slot_plans.remove_line(line, by=head, at=desk.at)
    slot = Slot.objects.get()
    assert (slot.taken, slot.capacity) == (2, 2)
    made = slot_plans.propose_plan(desk.desk, by=head, at=desk.at)

    assert [(f"{one.opens:%H:%M}", f"{one.closes:%H:%M}", one.places) for one in made] == [
        ("08:30", "12:00", 1),
        ("13:00", "16:30", 1),
    ]
    assert refused(desk.service, moment(MONDAY, "10:00"), name="ก", phone="0833333333", at=desk.at) == "full"
