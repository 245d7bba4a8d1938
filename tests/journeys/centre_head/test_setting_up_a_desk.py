"""The head of a centre sets its front desk up."""

from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.frontdesk.models import Desk, Ticket
from tests.journeys.story import Story, marks

pytestmark = marks


class TestSettingUpADesk(Story):
    """From nothing to the first ticket, and what visitors then read."""

    def test_a_head_sets_a_desk_up(self):
        centre = CentreFactory(name_th="สำนักงานขนส่งจังหวัดทดสอบ")
        self.somebody_comes(person_of(Office.CENTRE_HEAD, centre=centre))

        self.when_i_begin()
        self.and_the_page_is_accessible()
        self.and_i_answer("สำนักงานขนส่ง")
        self.then_i_see("ให้บริการงานใดบ้าง", "ต่ออายุใบอนุญาตขับรถ")
        self.and_the_page_is_accessible()
        self.when_i_go_on()
        self.and_say_how_many_counters("4")
        self.and_i_answer("จันทร์–ศุกร์")
        self.then_i_see("ใช้ภาษาใดกับผู้รับบริการบ้าง")
        self.when_i_go_on()
        self.and_the_page_is_accessible()
        self.and_give_out_the_first_ticket()
        self.then_the_desk_works(centre)
        self.when_i_take_the_test_ticket_back()
        self.and_read_the_rule_in("中文", "叫号顺序")
        self.and_the_page_is_accessible()

    def when_i_begin(self):
        self.walk.open("/frontdesk/")
        self.walk.follow("ตั้งจุดบริการ")

    def and_i_answer(self, label):
        self.walk.choose(label)
        self.when_i_go_on()

    def when_i_go_on(self):
        self.walk.press("บันทึกและไปข้อต่อไป")

    def and_say_how_many_counters(self, number):
        self.walk.fill("มีช่องบริการกี่ช่อง", number)
        self.when_i_go_on()
        self.walk.sees("เปิดให้บริการเมื่อใด")

    def and_give_out_the_first_ticket(self):
        self.walk.press("เปิดจุดบริการและออกบัตรใบแรก")

    def then_the_desk_works(self, centre):
        self.walk.sees("ท่านเพิ่งออกบัตรคิว A001")
        desk = Desk.objects.get(centre=centre)
        assert desk.is_open
        assert desk.counters.count() == 4

    def when_i_take_the_test_ticket_back(self):
        self.walk.press("ยกเลิกบัตรทดลอง")
        self.walk.sees("จุดบริการพร้อมรับผู้รับบริการ")
        assert Ticket.objects.get().stage == "cancelled"

    def and_read_the_rule_in(self, language, title):
        self.walk.follow("หน้าคิวสำหรับประชาชน")
        self.walk.follow("ใครได้รับบริการก่อน และเพราะเหตุใด")
        self.walk.follow(language)
        self.walk.heading(title)
