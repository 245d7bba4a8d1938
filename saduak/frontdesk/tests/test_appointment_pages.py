"""Pages of appointments: what a visitor may book, what is kept of what was typed, who is told who looked."""

import icalendar
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.audit.models import Record
from saduak.catalogue.models import Service
from saduak.frontdesk.models import Appointment, BookingTerms, SlotPlan, Ticket
from saduak.frontdesk.operations import booking
from saduak.frontdesk.tests.bookings import MONDAY, TUESDAY, BookingDesk, moment
from saduak.frontdesk.views.booking import BOOKINGS_AN_HOUR

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(time_machine):
    time_machine.move_to(moment(MONDAY, "08:40"), tick=False)
    cache.clear()
    return BookingDesk.open()


def book(client, desk, **said):
    said = {"slot": "2026-11-23T10:00", "name": "สมศรี ใจดี", "phone": "0812345678", **said}
    return client.post(reverse("book_appointment", args=[desk.centre.code]), said)


def test_the_next_free_time_is_offered_at_once_and_full_days_are_not(client, desk):
    SlotPlan.objects.update(weekdays=[1, 2])

    page = client.get(reverse("book_appointment", args=[desk.centre.code])).content.decode()

    assert "?slot=2026-11-23T10%3A00#person" in page
    assert "day=2026-11-24" in page
    assert "day=2026-11-25" not in page


def test_with_several_services_one_is_chosen_first(client, desk):
    other = Service.objects.create(centre=desk.centre, group=desk.group, name_th="รายงานตัว", prefix="B")

    first = client.get(reverse("book_appointment", args=[desk.centre.code])).content.decode()
    then = client.get(reverse("book_appointment", args=[desk.centre.code]), {"service": other.pk}).content.decode()

    assert "รายงานตัว" in first
    assert "slot=" not in first
    assert f"service={other.pk}&amp;slot=" in then


def test_booking_leads_to_the_appointments_own_page(client, desk):
    answer = book(client, desk)

    appointment = Appointment.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/queue/b/{appointment.secret}")
    page = client.get(answer.url)
    assert appointment.code in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param({"phone": "12"}, "โปรดกรอกหมายเลขโทรศัพท์ให้ครบ", id="half a number"),
        pytest.param({"phone": ""}, "โปรดกรอกหมายเลขโทรศัพท์หรืออีเมล", id="no contact"),
        pytest.param({"slot": "2026-11-23T10:10"}, "เวลานี้เพิ่งถูกจองไป", id="no such slot"),
        pytest.param({"slot": "tomorrow"}, "เวลาว่างที่เร็วที่สุด", id="nonsense"),
    ],
)
def test_a_refused_booking_tells_why_and_changes_nothing(client, desk, said, words):
    answer = book(client, desk, **said)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Appointment.objects.exists()


def test_what_was_typed_stays_when_the_booking_is_refused(client, desk):
    page = book(client, desk, phone="12").content.decode()

    assert 'value="สมศรี ใจดี"' in page
    assert 'name="slot" value="2026-11-23T10:00"' in page


def test_nobody_books_without_end_from_one_address(client, desk):
    statuses = {book(client, desk, phone="12").status_code for _try in range(BOOKINGS_AN_HOUR)}

    assert statuses == {422}
    assert book(client, desk).status_code == 429


@pytest.mark.parametrize("change", [{"is_offered": False}, {"desk__is_open": False}])
def test_a_desk_that_gives_no_appointments_has_no_booking_page(client, desk, change):
    if "is_offered" in change:
        BookingTerms.objects.update(**change)
    else:
        type(desk.desk).objects.update(is_open=False)

    assert client.get(reverse("book_appointment", args=[desk.centre.code])).status_code == 404


def test_a_visitor_moves_cancels_and_is_told_when_somebody_was_faster(client, desk):
    appointment = desk.booked("10:00", at=moment(MONDAY, "08:30"))
    moving = reverse("move_appointment", args=[appointment.secret])

    assert client.post(moving, {"slot": "2026-11-24T09:00", "seen": "0"}).status_code == 302
    assert client.post(moving, {"slot": "2026-11-24T09:30", "seen": "0"}).status_code == 409
    assert client.post(moving, {"slot": "2026-11-24T09:10", "seen": "1"}).status_code == 422
    cancelled = client.post(reverse("cancel_appointment", args=[appointment.secret]), {"seen": "1"}, follow=True)

    appointment.refresh_from_db()
    assert (appointment.day, appointment.stage) == (TUESDAY, "cancelled")
    assert "ยกเลิกนัดหมายแล้ว" in cancelled.content.decode()


def test_a_refusal_looked_at_again_leads_to_the_appointment(client, desk):
    there = book(client, desk).url

    for name in ("cancel", "check-in"):
        assert client.get(f"{there}/{name}").url == there
    assert Appointment.objects.get().stage == "booked"


def test_check_in_opens_a_quarter_of_an_hour_before_and_is_a_normal_ticket_after_the_grace(client, desk, time_machine):
    appointment = desk.booked("10:00", at=moment(MONDAY, "08:30"))
    page = reverse("show_appointment", args=[appointment.secret])
    check_in = reverse("check_in", args=[appointment.secret])

    assert client.post(check_in).status_code == 422
    time_machine.move_to(moment(MONDAY, "09:45"), tick=False)
    assert "เช็กอินตอนนี้" in client.get(page).content.decode()
    time_machine.move_to(moment(MONDAY, "10:16"), tick=False)
    assert "เลยเวลานัดหมายของท่านแล้ว" in client.get(page).content.decode()
    elderly = desk.desk.classes.get(code="elderly")
    assert client.post(check_in, {"priority": elderly.pk}).status_code == 302

    ticket = Ticket.objects.get()
    assert (ticket.booked_for, ticket.priority) == (None, elderly)
    assert ticket.shown in client.get(page).content.decode()


def test_the_calendar_file_names_the_appointment_and_a_cancelled_one_goes_away(client, desk):
    appointment = desk.booked("10:00", at=moment(MONDAY, "08:30"))
    address = reverse("appointment_calendar", args=[appointment.secret])

    (event,) = icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")
    booking.cancel(appointment, by=None)
    gone = icalendar.Calendar.from_ical(client.get(address).content)

    assert event["DTSTART"].dt == moment(MONDAY, "10:00")
    assert "ขึ้นทะเบียนผู้ว่างงาน" in event["SUMMARY"]
    assert str(event["URL"]).endswith(appointment.secret)
    assert (gone["METHOD"], gone.walk("VEVENT")[0]["STATUS"]) == ("CANCEL", "CANCELLED")


def test_the_desks_calendar_counts_people_and_names_none(client, desk):
    desk.booked("10:00", at=moment(MONDAY, "08:30"))
    desk.booked("10:00", phone="0899999999", at=moment(MONDAY, "08:30"))

    answer = client.get(reverse("desk_calendar", args=[desk.terms.feed])).content

    (event,) = icalendar.Calendar.from_ical(answer).walk("VEVENT")
    assert event["SUMMARY"] == "2 จาก 2 คน: ขึ้นทะเบียนและรายงานตัว"
    assert "สมศรี".encode() not in answer
    assert client.get(reverse("desk_calendar", args=["guessed"])).status_code == 404


def test_who_looks_at_a_days_names_is_written_down(client, desk):
    desk.booked("10:00", at=moment(MONDAY, "08:30"))
    officer = desk.officer()
    client.force_login(officer)

    client.get(reverse("list_appointments", args=[desk.centre.code]), {"day": "2026-11-24"})
    assert not Record.objects.filter(kind="appointment").exists()
    client.get(reverse("list_appointments", args=[desk.centre.code]))

    record = Record.objects.get(kind="appointment")
    assert (record.person, record.reference) == (officer, f"{desk.centre.code} 2026-11-23")


def test_a_days_list_asks_as_much_for_two_as_for_twenty(client, desk):
    SlotPlan.objects.update(places=20)
    client.force_login(desk.officer())
    address = reverse("list_appointments", args=[desk.centre.code])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    for n in range(2):
        desk.booked("10:00", phone=f"08{n:08d}", at=moment(MONDAY, "08:30"))
    asked()
    two = asked()
    for n in range(2, 20):
        desk.booked("10:30", phone=f"08{n:08d}", at=moment(MONDAY, "08:30"))

    assert asked() == two


def test_an_officer_books_for_a_caller_checks_in_and_cancels_with_a_reason(client, desk, time_machine):
    client.force_login(desk.officer())
    code = desk.centre.code

    new = {"slot": "2026-11-23T09:00", "name": "บุญมี", "phone": "0899999999"}
    assert client.post(reverse("book_at_desk", args=[code]), new).status_code == 302
    made = Appointment.objects.get()
    without = client.post(reverse("cancel_at_desk", args=[code, made.reference]), {"seen": "0"})
    time_machine.move_to(moment(MONDAY, "08:50"), tick=False)
    came = client.post(reverse("check_in_at_desk", args=[code, made.reference]), follow=True)

    made.refresh_from_db()
    assert (without.status_code, made.stage, made.ticket.channel) == (422, "checked_in", "officer")
    assert f"ออกบัตรคิว {made.ticket.shown} แล้ว" in came.content.decode()


def test_a_supervisor_plans_slots_and_terms(client, desk):
    client.force_login(desk.head())
    code, plan = desk.centre.code, reverse("show_slot_plan", args=[desk.centre.code])
    line = {"group": desk.group.pk, "weekdays": ["6"], "opens": "09.00", "closes": "12.00", "minutes": 20, "places": 3}
    feed = desk.terms.feed

    assert client.post(reverse("add_slots", args=[code]), line).status_code == 302
    clash = client.post(reverse("add_slots", args=[code]), line)
    terms = {"is_offered": "on", "days_ahead": "14", "notice_minutes": "0", "keep_days": "7", "seen": "0"}
    assert client.post(plan, terms).status_code == 302
    stale = client.post(plan, terms)
    client.post(reverse("renew_feed", args=[code]))

    desk.terms.refresh_from_db()
    assert (clash.status_code, stale.status_code) == (422, 422)
    assert (desk.terms.days_ahead, desk.terms.keep_days) == (14, 7)
    assert desk.terms.feed != feed
    assert "ส. 09.00–12.00" in client.get(plan).content.decode()
