"""An officer's morning at a counter."""

import re

from playwright.sync_api import expect

from saduak.frontdesk.models import Call, Sitting, Ticket
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.tests.world import DeskWorld
from tests.journeys.story import Story, marks

pytestmark = marks


class TestMorning(Story):
    """From sitting down to leaving, with letters on the keyboard and without a mouse."""

    def test_a_morning_by_keyboard(self):
        self.given_a_desk_where_people_wait()
        self.somebody_comes(self.world.officers[0])

        self.when_i_sit_down_at_counter("1")
        self.then_nobody_is_there_and_names_are_hidden()
        self.and_the_page_is_accessible()
        self.when_i_press("n")
        self.then_the_visitor_is("A001", "เรียกแล้ว")
        self.and_the_page_is_accessible()
        self.when_i_press("r")
        self.then_it_was_called(2)
        self.when_i_press("s")
        self.then_the_visitor_is("A001", "กำลังรับบริการ")
        self.when_i_keep_the_note("ขาดสำเนาทะเบียนบ้าน")
        self.and_the_page_is_accessible()
        self.when_i_press("g")
        self.then_the_visitor_is("A002", "เรียกแล้ว")
        self.when_i_press("u")
        self.then_nobody_is_there()
        self.when_another_officer_calls()
        self.then_i_see_at_once("ช่องบริการ", "A002")
        self.when_i_call_out_of_order("a3", "ต้องไปรับบุตร")
        self.then_the_visitor_is("A003", "เรียกแล้ว")
        self.when_i_switch_the_letters_off()
        self.and_i_press("s")
        self.then_nothing_has_happened_to("A003")
        self.when_i_put_the_visitor_on_hold_and_leave()
        self.then_my_counter_is_free()

    def test_a_morning_without_scripts(self):
        self.given_a_desk_where_people_wait()
        self.somebody_comes(self.world.officers[0], javascript=False)

        self.when_i_sit_down_at_counter("1")
        self.walk.press("คิวถัดไป")
        self.then_the_visitor_is("A001", "เรียกแล้ว")
        self.walk.press("เริ่มให้บริการ")
        self.walk.press("เสร็จสิ้นและเรียกคิวถัดไป")
        self.then_the_visitor_is("A002", "เรียกแล้ว")

    @property
    def page(self):
        return self.walk.page

    # What was there

    def given_a_desk_where_people_wait(self):
        self.world = DeskWorld()
        self.world.stand()
        for name in ("นางคำ ดีใจ", "นายใจ กล้า", "นางสาวมาลี แก้ว"):
            self.world.issue(visitor_name=name)
        self.world.seated(2)

    # What happens

    def when_i_sit_down_at_counter(self, label):
        self.walk.open(f"/frontdesk/{self.world.centre.code}/console")
        self.walk.activate(self.page.get_by_role("button", name=re.compile(f"เข้าประจำช่อง.*ช่อง {label}$")))
        expect(self.page.get_by_role("button", name="คิวถัดไป")).to_be_visible()

    def when_i_press(self, letter):
        self.page.keyboard.press(letter)

    and_i_press = when_i_press

    def when_i_keep_the_note(self, words):
        self.page.keyboard.press("o")
        field = self.page.get_by_label("เฉพาะเจ้าหน้าที่ของจุดบริการนี้ที่อ่านได้")
        expect(field).to_be_focused()
        self.page.keyboard.type(words)
        self.walk.press("เก็บบันทึก")
        expect(self.page.locator(".console-note")).to_contain_text(words)
        assert Ticket.objects.get(number=1).note == words  # The letters within it pressed no buttons.

    def when_another_officer_calls(self):
        self.world.call(2)

    def when_i_call_out_of_order(self, number, reason):
        self.page.keyboard.press("c")
        expect(self.page.get_by_label("หมายเลขคิว")).to_be_focused()
        self.page.keyboard.type(number)
        self.walk.fill("เหตุผลที่เรียกก่อนผู้อื่น", reason)
        self.page.keyboard.press("Enter")

    def when_i_switch_the_letters_off(self):
        self.page.keyboard.press("Shift+Slash")
        box = self.page.get_by_label("ใช้ตัวอักษรตัวเดียวเป็นปุ่มลัด")
        expect(box).to_be_focused()
        self.page.keyboard.press("Space")
        expect(box).not_to_be_checked()

    def when_i_put_the_visitor_on_hold_and_leave(self):
        self.walk.press("พักคิว")
        self.then_nobody_is_there()
        self.walk.press("ออกจากช่อง")
        expect(self.page.get_by_role("heading", name="เข้าประจำช่องบริการ").last).to_be_visible()

    # What is seen

    def then_the_visitor_is(self, number, stage):
        """On a page that is there as a whole: its letters are no buttons before."""
        expect(self.page.locator("#own-title")).to_contain_text(number)
        expect(self.page.locator("#own-title")).to_contain_text(stage)
        self.page.wait_for_load_state()

    def then_nobody_is_there(self):
        expect(self.page.locator("#own-title")).to_have_text("ไม่มีผู้รับบริการที่ช่องของท่าน")

    def then_nobody_is_there_and_names_are_hidden(self):
        self.then_nobody_is_there()
        self.walk.does_not_see("นางคำ ดีใจ")

    def then_it_was_called(self, times):
        self.walk.sees(f"{times} ครั้ง")

    def then_i_see_at_once(self, heading, number):
        seats = self.page.get_by_role("region", name="ภาพรวมจุดบริการ")
        expect(seats.locator("section", has_text=heading).last).to_contain_text(number)

    def then_nothing_has_happened_to(self, number):
        self.then_the_visitor_is(number, "เรียกแล้ว")
        assert Ticket.objects.get(number=3).stage == TicketStage.CALLED
        assert Call.objects.filter(kind="out_of_order").get().reason == "ต้องไปรับบุตร"

    def then_my_counter_is_free(self):
        assert not Sitting.objects.going_on().filter(officer=self.world.officers[0]).exists()
