"""The secretariat looks through a dossier, returns it once, and lets it pass."""

from playwright.sync_api import expect

from saduak.attachments.tests.factories import picture
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from tests.journeys.story import Story, marks

pytestmark = marks


class TestScreening(Story):
    """From the first look to the dossier that passed."""

    def test_the_secretariat_returns_a_dossier_once_and_passes_it_when_it_is_mended(self):
        self.given_a_dossier_that_was_handed_in()
        self.somebody_comes(self.world.secretariat)

        self.when_i_open_the_screening()
        self.and_i_ask_to_mend("P2", "ภาพไม่ชัด โปรดถ่ายใหม่ในเวลากลางวัน")
        self.and_i_find_in_order("P1")
        self.then_the_foot_says("2/5", "ให้แก้ไข 1 ข้อ")
        self.and_the_page_is_accessible()
        self.when_i_accept_the_rest()
        self.then_the_foot_says("5/5")
        self.when_i_return_it()
        self.then_the_case_is(Stage.RETURNED)

        self.somebody_comes(self.world.officer, "phone")
        self.when_i_open_what_waits_for_me("แก้ไข")
        self.then_i_see("ภาพไม่ชัด โปรดถ่ายใหม่ในเวลากลางวัน")
        self.and_the_page_is_accessible()
        self.when_i_mend_it_with_a_new_photograph()
        self.and_i_hand_it_in_again()

        self.back_to(self.world.secretariat)
        self.when_i_open_the_screening()
        self.then_i_see("ศูนย์แก้ไขแล้ว")
        self.when_i_find_in_order("P2")
        self.and_i_let_it_pass()
        self.then_the_case_is(Stage.SCREENED)
        self.and_it_can_no_longer_be_returned()
        self.and_the_page_is_accessible()

    # Given

    def given_a_dossier_that_was_handed_in(self):
        self.world = World.while_running(Phase.SCREENING)
        self.case = self.world.submitted(by=self.world.officer)

    # When

    def when_i_open_the_screening(self):
        self.walk.open("/certification/applications")
        self.walk.follow(self.case.reference)
        self.walk.follow("กลั่นกรองคำขอ")
        self.walk.heading("การกลั่นกรอง")

    def when_i_find_in_order(self, code):
        self._find(code, "ครบถ้วน")

    and_i_find_in_order = when_i_find_in_order

    def and_i_ask_to_mend(self, code, remark):
        self.walk.fill(f"ข้อสังเกตถึงศูนย์ {code}", remark)
        self._find(code, "ต้องแก้ไข")

    def when_i_accept_the_rest(self):
        self.walk.press("ที่เหลือครบถ้วน (3)")
        self.walk.sees("บันทึกว่าครบถ้วน 3 ข้อแล้ว")

    def when_i_return_it(self):
        self.walk.follow("ส่งกลับให้แก้ไข")
        self.walk.sees("ภาพไม่ชัด โปรดถ่ายใหม่ในเวลากลางวัน")
        self.and_the_page_is_accessible()
        self.walk.press("ส่งสำนวนกลับและแจ้งศูนย์")

    def and_i_let_it_pass(self):
        self.walk.follow("ให้ผ่านการกลั่นกรอง")
        self.walk.press("ให้ผ่านการกลั่นกรองและแจ้งศูนย์")

    def when_i_open_what_waits_for_me(self, action):
        self.walk.open("/my-work")
        self.walk.follow(action)

    def when_i_mend_it_with_a_new_photograph(self):
        photograph = {"name": "ป้ายใหม่.jpg", "mimeType": "image/jpeg", "buffer": picture(colour="navy")}
        self.walk.attach("เพิ่มไฟล์", photograph)
        self.walk.press("เพิ่มหลักฐาน")
        expect(self.walk.page.get_by_role("link", name="ป้ายใหม่.jpg", exact=True)).to_be_visible()

    def and_i_hand_it_in_again(self):
        self.walk.follow("ตรวจทานและยื่น")
        self.walk.press("ยื่นสำนวนที่แก้ไขแล้วและปิดสำนวน")
        self.walk.heading("ได้รับคำขอแล้ว")

    # Then

    def then_the_foot_says(self, *words):
        for each in words:
            expect(self.walk.page.locator("#standing")).to_contain_text(each)

    def then_the_case_is(self, stage):
        self.walk.sees(str(Stage(stage).label))
        self.case.refresh_from_db()
        assert self.case.stage == stage

    def and_it_can_no_longer_be_returned(self):
        expect(self.walk.page.get_by_role("link", name="ส่งกลับให้แก้ไข")).to_have_count(0)

    def _find(self, code, finding):
        choices = self.walk.page.get_by_role("group", name=f"ผลการกลั่นกรอง {code}")
        self.walk.activate(choices.get_by_role("button", name=finding))
        expect(choices.get_by_role("button", name=finding)).to_have_attribute("aria-pressed", "true")
