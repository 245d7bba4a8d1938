"""A citizen books a time at a service centre from home, and comes."""

import re

import pytest
import time_machine
from playwright.sync_api import expect

from saduak.frontdesk.models import Appointment, SlotPlan
from saduak.frontdesk.tests.bookings import MONDAY, BookingDesk, moment
from tests.journeys.story import Story, marks

pytestmark = marks

SERVICE = "ขึ้นทะเบียนผู้ว่างงาน"


class TestAnAppointment(Story):
    """Without an account, with a cheap telephone."""

    @pytest.fixture(autouse=True)
    def _on_monday_morning(self):
        with time_machine.travel(moment(MONDAY, "08:40"), tick=True):
            yield

    @pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
    def test_a_visitor_books_and_checks_in(self, javascript):
        self.given_a_desk_with_appointments()
        self.somebody_comes(width="phone", javascript=javascript)

        self.when_i_open_the_centres_page()
        self.walk.follow("จองนัดหมาย")
        self.then_the_next_free_time_is_offered("09.45")
        self.and_the_page_is_accessible()
        self.walk.page.get_by_role("link", name="เวลาว่างที่เร็วที่สุด").click()
        self.when_i_give_my_name("สมศรี ใจดี", "081 234 5678")
        self.walk.heading("นัดหมายของท่าน")
        self.then_i_see("09.45", SERVICE, "จองแล้ว")
        self.and_the_page_is_accessible()

        self.when_i_move_it_to("10.00")
        self.then_i_see("เลื่อนนัดหมายแล้ว")
        self.when_it_is("09:50")
        self.walk.page.reload()
        self.then_i_see("ท่านมาถึงแล้ว")
        self.and_the_page_is_accessible()
        self.walk.press("เช็กอินตอนนี้")
        self.then_i_see("เช็กอินแล้ว")
        expect(self.walk.page.get_by_text(re.compile(r"^A\d{3}$"))).to_be_visible()
        self.and_the_page_is_accessible()

    def test_an_officer_sees_who_comes_and_checks_somebody_in(self):
        desk = self.given_a_desk_with_appointments()
        desk.booked("10:00", at=moment(MONDAY, "08:00"))
        desk.booked("10:15", phone="0899999999", name="บุญมี มาช้า", at=moment(MONDAY, "08:00"))
        self.when_it_is("09:47")
        self.somebody_comes(desk.officer())

        self.walk.open(f"/frontdesk/{desk.centre.code}/appointments")
        self.then_i_see("สมศรี ใจดี", "บุญมี มาช้า", "08 1234 5678")
        self.and_the_page_is_accessible()
        self.walk.press("เช็กอิน")
        self.then_i_see("ออกบัตรคิว A001 แล้ว")
        self.and_the_page_is_accessible()

    # What happens below.

    def given_a_desk_with_appointments(self):
        self.desk = BookingDesk.open()
        SlotPlan.objects.update(minutes=15)
        return self.desk

    def when_i_open_the_centres_page(self):
        self.walk.open(f"/queue/{self.desk.centre.code}/")

    def then_the_next_free_time_is_offered(self, clock):
        expect(self.walk.page.get_by_role("link", name="เวลาว่างที่เร็วที่สุด")).to_contain_text(clock)

    def when_i_give_my_name(self, name, phone):
        self.walk.fill("ชื่อ", name)
        self.walk.fill("หมายเลขโทรศัพท์มือถือ", phone)
        self.walk.press("จองเวลานี้")

    def when_i_move_it_to(self, clock):
        self.walk.follow("เลื่อนเวลา")
        self.walk.page.get_by_role("link", name=re.compile(f"^{re.escape(clock)}")).click()
        self.walk.press("เลื่อนเป็นเวลานี้")
        self.walk.heading("นัดหมายของท่าน")
        assert Appointment.objects.get().slot.begins_at == moment(MONDAY, clock.replace(".", ":"))

    def when_it_is(self, clock):
        self._later = time_machine.travel(moment(MONDAY, clock), tick=True)
        self._later.start()

    @pytest.fixture(autouse=True)
    def _back(self):
        self._later = None
        yield
        if self._later:
            self._later.stop()
