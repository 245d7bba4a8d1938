"""An elderly visitor takes a ticket at the kiosk and follows it by phone until the counter calls."""

import re

import pytest
import time_machine
from django.utils import timezone

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices
from saduak.frontdesk.queries.finding import code_of
from saduak.frontdesk.tests.world import DeskWorld
from tests.journeys.story import Story, marks

pytestmark = marks


class TestTakingATicket(Story):
    @pytest.fixture(autouse=True)
    def _world(self):
        # Late in the morning whenever the test runs: who waits already came before.
        with time_machine.travel(timezone.localtime().replace(hour=11, minute=0), tick=True):
            self.world = DeskWorld().stand()
            yield

    def test_an_elderly_visitor_takes_a_ticket_and_follows_it_by_phone(self):
        self.given_two_people_who_wait_already()
        self.given_a_kiosk_at_the_entrance()
        self.when_i_touch("แตะเพื่อเริ่ม")
        self.then_i_see("ท่านมาติดต่อเรื่องใด", "รออยู่ 2 คน")
        self.and_the_page_is_accessible()
        self.when_i_touch("ขึ้นทะเบียนว่างงาน")
        self.then_i_see("ท่านเป็นผู้รับบริการกลุ่มนี้หรือไม่", "โปรดตอบตามจริง")
        self.when_i_touch("ผู้สูงอายุ")
        self.then_i_hold("A003")
        self.and_the_page_is_accessible()

        self.when_i_point_my_phone_at_the_code()
        self.then_i_see("A003", "โปรดรอเรียก", "ก่อนหน้าท่าน", "ผู้ที่รอนานที่สุดได้รับเรียกก่อน")
        self.and_the_page_is_accessible()
        self.when_everybody_before_me_is_served()
        self.then_i_see("ท่านเป็นคิวถัดไป")
        self.when_the_counter_calls_me()
        self.then_i_see("ถึงคิวของท่านแล้ว", "ช่อง")
        self.and_the_page_is_accessible()
        self.when_i_have_been_served()
        self.then_i_see("เสร็จสิ้นแล้ว ขอบคุณที่ใช้บริการ")

    def test_a_visitor_without_scripts_takes_a_ticket_on_the_web_loses_the_page_and_cancels(self):
        self.somebody_comes(None, "phone", javascript=False)
        self.walk.open(f"/queue/{self.world.centre.code}/")
        self.walk.follow("รับบัตรคิว")
        self.walk.keys.tick(self.walk.page.get_by_label(re.compile("^ปรึกษาหางาน")))
        self.walk.press("รับบัตรคิว")
        self.then_i_see("B001", "ท่านเป็นคิวถัดไป")
        self.walk.open(f"/queue/{self.world.centre.code}/take")
        self.then_i_see("ท่านมีบัตรคิวที่นี่อยู่แล้ว")
        self.when_i_find_it_again_on_another_phone()
        self.then_i_see("B001", "ท่านเป็นคิวถัดไป")
        self.walk.follow("English")
        self.then_i_see("You are next")
        self.walk.activate(self.walk.page.get_by_text("I do not need the ticket any more"))
        self.walk.press("Cancel ticket B001")
        self.then_i_see("This ticket was cancelled")

    # Below: who does what.

    def given_two_people_who_wait_already(self):
        for _ in range(2):
            self.world.issue()

    def given_a_kiosk_at_the_entrance(self):
        kiosk = devices.add(self.world.desk, DeviceKind.KIOSK, "ตู้กดบัตรคิว", by=self.world.head)
        self.somebody_comes()
        self.walk.open("/queue/kiosk/")
        self.walk.fill("รหัสจับคู่", devices.new_code(kiosk, by=self.world.head))
        self.walk.press("จับคู่")
        self.walk.sees("แตะเพื่อเริ่ม")

    def when_i_touch(self, words):
        self.walk.activate(self.walk.page.get_by_role("button", name=re.compile(words)).first)

    def then_i_hold(self, number):
        self.walk.sees(re.compile(f"^{number}$"))
        self.ticket = Ticket.objects.get(priority=self.world.elderly)
        assert self.ticket.shown == number

    def when_i_point_my_phone_at_the_code(self):
        self.somebody_comes(None, "phone")
        self.walk.open(f"/queue/t/{self.ticket.secret}")

    def when_i_find_it_again_on_another_phone(self):
        ticket = Ticket.objects.get()
        self.somebody_comes(None, "phone", javascript=False)
        self.walk.open(f"/queue/{self.world.centre.code}/find")
        self.walk.fill("หมายเลขบนบัตรคิว", "b1")
        self.walk.fill("รหัส", code_of(ticket.secret).lower())
        self.walk.press("ค้นหาบัตรคิวของฉัน")

    def when_everybody_before_me_is_served(self):
        self.world.minute(5)
        for _ in range(2):
            self.world.finish(self.world.serve(self.world.call()))
            if self.world.fresh(self.ticket).stage != "waiting":
                return

    def when_the_counter_calls_me(self):
        assert self.world.call() == self.ticket

    def when_i_have_been_served(self):
        self.world.finish(self.world.serve(self.world.fresh(self.ticket)))
