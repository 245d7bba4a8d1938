"""Two assessors score alone, compare and agree; the chair signs and proposes."""

from playwright.sync_api import expect

from saduak.certification.operations import sheets
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from tests.journeys.story import Story, marks

pytestmark = marks

MET_IN_FULL = {"P1": "ผ่าน", "P2": "ผ่าน", "2.1": "ผ่าน", "2.2": "ผ่าน", "R1": ("10", "20")}


class TestScoring(Story):
    """From the visit to the proposal."""

    def test_an_assessor_scores_alone_on_a_telephone(self):
        self.given_a_unit_that_was_visited()
        self.given_the_chair_handed_in_a_sheet_with_a_note("ป้ายชัดเจนมาก")
        self.somebody_comes(self.world.member, "phone")

        self.when_i_open_what_waits_for_me("เริ่มให้คะแนน")
        self.and_i_begin()
        self.then_i_see_nothing_of_the_others("ป้ายชัดเจนมาก")
        self.and_the_page_is_accessible()
        self.when_i_mark_everything({**MET_IN_FULL, "2.2": "ไม่ผ่าน", "R1": ("8", "17,5")})
        self.then_i_see_nothing_of_the_others("ป้ายชัดเจนมาก")
        self.and_the_page_is_accessible()
        self.when_i_hand_it_in("60.50")
        self.then_the_sheets_lie_beside_each_other("60.50", "100.00")

    def test_two_assessors_agree_and_the_chair_signs_and_proposes(self):
        self.given_a_unit_whose_sheets_differ()
        self.somebody_comes(self.world.member, "phone")

        self.when_i_compare()
        self.then_i_see("ต่างกัน")
        self.and_the_page_is_accessible()
        self.when_i_take_over_what_is_equal()
        self.and_we_agree_on("R1.2", "18", "หลักฐานการสำรวจครบสองรอบ")

        self.somebody_comes(self.world.chair)
        self.when_i_compare()
        self.and_i_sign("ศูนย์ให้บริการดี ควรเพิ่มช่องทางออนไลน์", "98.00")
        self.then_i_see("98.00", "ระดับเป็นเลิศ")
        self.and_the_page_is_accessible()
        self.when_i_propose_the_unit()
        self.then_the_case_is(Stage.PROPOSED)

    # Given

    def given_a_unit_that_was_visited(self):
        self.world = World.while_running(Phase.VISITS)
        self.case = self.world.visited()

    def given_the_chair_handed_in_a_sheet_with_a_note(self, note):
        sheet = self.world.score(self.case, self.world.chair, submit=False)
        sheet.marks.update(note=note)
        sheets.submit(sheet, by=self.world.chair, at=self.world.during(Phase.VISITS, 13))

    def given_a_unit_whose_sheets_differ(self):
        self.world = World.while_running(Phase.VISITS)
        self.case = self.world.scored(**{"R1.2": "15"})

    # When

    def when_i_open_what_waits_for_me(self, action):
        self.walk.open("/my-work")
        self.walk.follow(action)

    def and_i_begin(self):
        self.walk.press("เริ่มให้คะแนน")
        self.walk.heading("P1")

    def when_i_mark_everything(self, said):
        for code, answer in said.items():
            self.walk.heading(code)
            if isinstance(answer, str):
                self.walk.choose(answer)
            else:
                for field, points in zip(
                    self.walk.page.get_by_role("textbox", name="คะแนน").all(), answer, strict=True
                ):
                    self.walk.keys.write(field, points)
            self.walk.type("Control+Enter")
        self.walk.heading("ส่งแบบให้คะแนนของฉัน")

    def when_i_hand_it_in(self, total):
        self.walk.press(f"ส่งแบบให้คะแนนของฉัน {total} คะแนน")

    def when_i_compare(self):
        self.walk.open(self.case.get_absolute_url())
        self.walk.follow("เทียบคะแนนและหาข้อสรุป")
        self.walk.heading("เทียบคะแนนและหาข้อสรุป")

    def when_i_take_over_what_is_equal(self):
        self.walk.press("รับคะแนนที่ตรงกันทั้งหมด (5 ข้อ)")
        self.walk.sees("รับคะแนนที่ตรงกันแล้ว 5 ข้อ")

    def and_we_agree_on(self, code, points, reason):
        row = self.walk.page.locator(f"#row-{code.replace('.', chr(92) + '.')}")
        self.walk.keys.write(row.get_by_label(f"คะแนนเห็นพ้อง {code}"), points)
        self.walk.keys.write(row.get_by_label(f"เหตุผล {code}"), reason)
        expect(row.locator("[data-state=settled]")).to_contain_text("บันทึกแล้ว")

    def and_i_sign(self, summary, total):
        self.walk.follow("ลงนามคะแนนที่เห็นพ้องร่วมกัน")
        self.walk.fill("บทสรุปเสนอคณะกรรมการอำนวยการ", summary)
        self.and_the_page_is_accessible()
        self.walk.press(f"ลงนามรับรอง {total} คะแนน ระดับเป็นเลิศ")
        self.walk.heading(str(self.case.centre))

    def when_i_propose_the_unit(self):
        self.walk.open(self.case.get_absolute_url())
        self.walk.follow("เสนอคณะกรรมการอำนวยการ")
        self.walk.press("เสนอหน่วยต่อคณะกรรมการอำนวยการ")

    # Then

    def then_i_see_nothing_of_the_others(self, note):
        self.walk.does_not_see(note)
        self.walk.does_not_see(self.world.chair.name)

    def then_the_sheets_lie_beside_each_other(self, *totals):
        self.walk.heading("เทียบคะแนนและหาข้อสรุป")
        for total in totals:
            expect(self.walk.page.get_by_role("main")).to_contain_text(total)

    def then_the_case_is(self, stage):
        self.walk.sees(str(Stage(stage).label))
        self.case.refresh_from_db()
        assert self.case.stage == stage
