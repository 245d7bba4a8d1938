"""Coming with an appointment: early, in time, late; reminders; forgetting."""

from datetime import timedelta

import pytest

from saduak.frontdesk.models import Appointment, Desk, PriorityClass, Slot, Ticket
from saduak.frontdesk.operations import booking, check_in, forgetting
from saduak.frontdesk.operations import telling_of_appointments as telling
from saduak.frontdesk.operations.refusals import IssueRefused
from saduak.frontdesk.procedure_of_appointments import AppointmentStage
from saduak.frontdesk.queries.explaining import stood
from saduak.frontdesk.rules.order import Entry as Arrival
from saduak.frontdesk.tests.bookings import FRIDAY, MONDAY, TUESDAY, BookingDesk, moment
from saduak.frontdesk.tests.factories import DeviceFactory
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused
from saduak.notices.models import Notice, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return BookingDesk.open()


def refused(appointment, **how):
    with pytest.raises(StepRefused) as refusal:
        check_in.check_in(appointment, **how)
    (reason,) = refusal.value.decision.reasons
    return reason.code


def test_in_time_the_ticket_counts_from_the_booked_time(desk):
    appointment = desk.booked("10:00")

    ticket = check_in.check_in(appointment, at=moment(MONDAY, "09:46"))

    appointment.refresh_from_db()
    assert appointment.stage == AppointmentStage.CHECKED_IN
    assert (ticket.booked_for, ticket.arrived_at) == (moment(MONDAY, "10:00"), moment(MONDAY, "10:00"))
    assert (ticket.came_at, ticket.channel) == (moment(MONDAY, "09:46"), "appointment")
    assert ticket.visitor_name == "สมศรี ใจดี"
    assert Entry.objects.of(ticket).get().facts["booked_for"]
    assert "สมศรี" not in str(Entry.objects.values_list("facts", "note"))


def test_checking_in_twice_gives_the_same_ticket(desk):
    appointment = desk.booked("10:00")

    first = check_in.check_in(appointment, at=moment(MONDAY, "09:50"))
    second = check_in.check_in(appointment, by=desk.officer(), at=moment(MONDAY, "09:51"))

    assert first == second
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "clock", "code"),
    [
        pytest.param(MONDAY, "09:44", "it_is_not_too_early", id="more than a quarter of an hour early"),
        pytest.param(FRIDAY, "14:00", "it_is_the_day", id="days early"),
        pytest.param(TUESDAY, "10:00", "it_is_the_day", id="a day late"),
    ],
)
def test_checking_in_at_another_time_is_refused_and_changes_nothing(desk, day, clock, code):
    appointment = desk.booked("10:00")

    assert refused(appointment, at=moment(day, clock)) == code
    appointment.refresh_from_db()
    assert (appointment.stage, Ticket.objects.exists()) == ("booked", False)


@pytest.mark.parametrize("the_clock_was_first", [True, False])
def test_who_comes_too_late_gets_a_normal_ticket(desk, the_clock_was_first):
    appointment = desk.booked("10:00")
    late = moment(MONDAY, "10:16")
    if the_clock_was_first:
        assert check_in.lose_due(at=late) == 1

    ticket = check_in.check_in(appointment, at=late)

    appointment.refresh_from_db()
    assert (appointment.stage, appointment.ticket) == (AppointmentStage.MISSED, ticket)
    assert (ticket.booked_for, ticket.arrived_at) == (None, late)
    assert stood(ticket, late)[0].entry == Arrival.LATE
    assert [entry.step for entry in appointment.history] == ["book", "lose", "take_ticket"]
    assert not appointment.persons.exists()


def test_a_longer_grace_gives_no_lost_slot_back(desk):
    appointment = desk.booked("10:00")
    check_in.lose_due(at=moment(MONDAY, "10:16"))
    Desk.objects.update(grace_minutes=30)

    ticket = check_in.check_in(appointment, at=moment(MONDAY, "10:20"))

    assert (ticket.booked_for, ticket.arrived_at) == (None, moment(MONDAY, "10:20"))


def test_who_comes_too_late_meets_the_limits_of_everybody(desk):
    appointment = desk.booked("10:00")
    Desk.objects.update(daily_limit=0)

    with pytest.raises(IssueRefused):
        check_in.check_in(appointment, at=moment(MONDAY, "10:16"))


def test_the_clock_takes_only_slots_that_are_over(desk):
    desk.booked("10:00", phone="0811111111")
    desk.booked("10:30", phone="0822222222")

    assert check_in.lose_due(at=moment(MONDAY, "10:15")) == 0
    assert check_in.lose_due(at=moment(MONDAY, "10:16")) == 1
    assert Appointment.objects.booked().get().phone == "0822222222"


def test_a_device_of_the_desk_checks_in_and_a_strange_one_does_not(desk):
    appointment = desk.booked("10:00")
    own = DeviceFactory(desk=desk.desk)
    strange = DeviceFactory()
    elderly = PriorityClass.objects.get(desk=desk.desk, code="elderly")

    with pytest.raises(StepRefused):
        check_in.check_in(appointment, device=strange, at=moment(MONDAY, "10:00"))
    ticket = check_in.check_in(appointment, device=own, priority=elderly, at=moment(MONDAY, "10:00"))

    assert (ticket.device, ticket.priority) == (own, elderly)


def test_who_has_cancelled_cannot_check_in(desk):
    appointment = desk.booked("10:00")
    booking.cancel(appointment, by=None, at=desk.at)

    assert refused(appointment, at=moment(MONDAY, "10:00")) == "wrong_stage"
    assert not Ticket.objects.exists()


def test_people_are_reminded_the_day_before_and_in_the_morning_once(desk):
    desk.booked("10:00", day=TUESDAY, email="somsri@example.com")
    desk.booked("10:30", day=TUESDAY, phone="0899999999")

    told = [
        telling.remind_due(at=at)
        for at in (
            moment(MONDAY, "14:55"),
            moment(MONDAY, "15:00"),
            moment(MONDAY, "15:05"),
            moment(TUESDAY, "06:25"),
            moment(TUESDAY, "06:30"),
            moment(TUESDAY, "06:35"),
        )
    ]

    assert told == [0, 1, 0, 0, 1, 0]
    subjects = Notice.objects.order_by("drafted_at").values_list("subject", flat=True)
    assert [subject.split()[0] for subject in subjects] == [
        "นัดหมายเรียบร้อยแล้ว",
        "พรุ่งนี้ท่านมีนัดหมาย",
        "วันนี้ท่านมีนัดหมาย",
    ]


def test_who_has_just_booked_is_not_reminded_at_once(desk):
    desk.booked("10:00", day=TUESDAY, email="somsri@example.com", at=moment(MONDAY, "16:00"))

    assert telling.remind_due(at=moment(MONDAY, "16:05")) == 0
    assert telling.remind_due(at=moment(TUESDAY, "07:00")) == 1


def test_notices_come_in_english_to_whoever_booked_in_another_language(desk):
    desk.booked("10:00", email="somsri@example.com", language="my")

    notice = Notice.objects.get()
    assert notice.subject.startswith("Your appointment is booked")
    assert "Register as unemployed" in notice.body
    assert "15 minutes early" in notice.body


def test_some_days_later_nobody_knows_who_it_was(desk):
    appointment = desk.booked("10:00", email="somsri@example.com")
    ticket = check_in.check_in(appointment, at=moment(MONDAY, "09:50"))
    Notice.objects.update(state=State.SENT, sent_at=desk.at)

    assert forgetting.erase_due(at=moment(MONDAY, "12:00") + timedelta(days=30)) == 0
    assert forgetting.erase_due(at=moment(MONDAY, "12:00") + timedelta(days=31)) == 1

    appointment.refresh_from_db()
    ticket.refresh_from_db()
    assert (appointment.name, appointment.phone, appointment.email) == ("", "", "")
    assert (ticket.visitor_name, Notice.objects.count(), appointment.persons.count()) == ("", 0, 0)
    assert Slot.objects.get().taken == 1
    entry = Entry.objects.get(step="erase_names")
    assert entry.facts == {"appointments": 1}
