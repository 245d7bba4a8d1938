"""The head of a centre opens a counter because the floor advises it."""

import pytest
import time_machine
from playwright.sync_api import expect

from saduak.frontdesk.models import WantedCounter
from saduak.frontdesk.tests.bookings import MONDAY, moment
from saduak.frontdesk.tests.world import DeskWorld
from tests.journeys.story import Story, marks

pytestmark = marks


class TestOpeningACounter(Story):
    """A long line, one counter, and an officer who could sit down at another."""

    @pytest.fixture(autouse=True)
    def _at_eleven_on_a_monday(self):
        with time_machine.travel(moment(MONDAY, "11:00"), tick=True):
            yield

    def test_a_supervisor_opens_a_counter_on_advice(self):
        self.given_many_who_wait_at_one_open_counter()
        self.given_an_officer_who_looks_at_the_console()
        self.somebody_comes(self.world.head)

        self.when_i_open_the_floor()
        self.then_i_am_advised_to_open_counter("2")
        self.and_the_page_is_accessible()
        self.when_i_ask_for_it()
        self.then_i_see("แจ้งทุกหน้าจอช่องบริการแล้ว")
        self.then_counter("2", "ยกเลิกคำขอ")
        self.and_the_page_is_accessible()

        self.back_to(self.officer)
        self.then_i_see("ขอให้เปิดช่อง")
        self.when_i_sit_down_where_i_am_wanted()
        self.and_the_page_is_accessible()

        self.back_to(self.world.head)
        self.then_the_officer_is_ready()
        self.when_i_open_the_floor()
        self.then_the_wish_has_come_true()
        self.and_the_page_is_accessible()
        self.when_i_read_the("day")
        self.and_the_page_is_accessible()
        self.when_i_read_the("fairness")
        self.and_the_page_is_accessible()

    @property
    def address(self):
        return f"/frontdesk/{self.world.centre.code}"

    # What was there

    def given_many_who_wait_at_one_open_counter(self):
        """Visits take ten minutes there, and fourteen wait."""
        self.world = world = DeskWorld(moment(MONDAY, "09:50")).stand()
        for _visit in range(4):
            world.finish(world.serve(number=1), at=world.minute(9))
        for number in range(14):
            kind = {"priority": world.elderly} if number % 5 == 3 else {}
            world.issue([world.registration, world.advice][number % 2], **kind)
        world.serve(world.call(1))
        world.desk.alarm_minutes = 20
        world.desk.save(update_fields=["alarm_minutes"])

    def given_an_officer_who_looks_at_the_console(self):
        self.officer = self.world.officers[1]
        self.somebody_comes(self.officer)
        self.walk.open(f"{self.address}/console")

    # What happens

    def when_i_open_the_floor(self):
        self.walk.open(f"{self.address}/floor")

    def when_i_ask_for_it(self):
        self.walk.press("ขอให้เจ้าหน้าที่เปิด")

    def when_i_sit_down_where_i_am_wanted(self):
        self.walk.open(f"{self.address}/console")
        wanted = self.walk.page.locator(".console-counters li", has_text="ขอให้เปิด")
        self.walk.activate(wanted.get_by_role("button"))
        expect(self.walk.page.get_by_role("button", name="คิวถัดไป")).to_be_visible()

    def when_i_read_the(self, report):
        self.walk.open(f"{self.address}/reports/{report}")

    # What is seen

    def then_i_am_advised_to_open_counter(self, label):
        self.then_i_see(f"ควรเปิดช่อง {label}", "สี่ในห้าคนรอน้อยกว่า")

    def then_the_officer_is_ready(self):
        seat = self.walk.page.locator(".floor-list li", has_text=self.officer.name)
        expect(seat).to_contain_text("พร้อม")

    def then_counter(self, label, what):
        closed = self.walk.page.locator(".floor-list li[data-closed]", has_text=f"ช่อง {label}")
        expect(closed).to_contain_text(what)

    def then_the_wish_has_come_true(self):
        self.then_the_officer_is_ready()
        self.walk.does_not_see("ยกเลิกคำขอ")
        wish = WantedCounter.objects.get()
        assert (wish.was_opened, wish.counter) == (True, self.world.counters[1])
