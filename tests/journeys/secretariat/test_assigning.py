"""The secretariat assigns a unit, its sub-committee declares, and its secretary fixes the visit."""

from datetime import timedelta

from django.utils import timezone

from saduak.certification.operations import assignments
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.thai import dates
from tests.journeys.story import Story, marks

pytestmark = marks


class TestAssigning(Story):
    """From the dossier that passed to the day of the visit."""

    def test_a_unit_is_assigned_its_members_declare_and_the_visit_is_fixed(self):
        self.given_a_dossier_that_passed()
        self.somebody_comes(self.world.secretariat)

        self.when_i_assign_it_to_sub_committee_5()
        self.then_the_case_is(Stage.ASSIGNED)
        self.and_the_page_is_accessible()

        self.somebody_comes(self.world.member, "phone")
        self.when_i_declare_to_be_free_of_conflict()
        self.and_the_page_is_accessible()

        self.given_the_chair_has_declared()
        self.somebody_comes(self.world.panel_secretary)
        self.when_i_declare_to_be_free_of_conflict()
        self.and_i_fix_the_visit()
        self.then_the_case_is(Stage.VISIT_PLANNED)
        self.and_the_page_is_accessible()

    # Given

    def given_a_dossier_that_passed(self):
        self.world = World.while_running(Phase.VISITS)
        assert self.world.panel
        self.case = self.world.screened()
        self.people = [self.world.chair, self.world.member, self.world.panel_secretary]

    def given_the_chair_has_declared(self):
        self.case.refresh_from_db()
        assignments.declare(self.case, by=self.world.chair, has_conflict=False)

    # When

    def when_i_assign_it_to_sub_committee_5(self):
        self.walk.open("/certification/assignments")
        self.walk.choose(str(self.case.centre))
        self.walk.choose("มอบหมายหน่วยที่เลือกให้", "คณะที่ 5")
        self.and_the_page_is_accessible()
        self.walk.press("มอบหมาย")
        self.walk.sees("มอบหมายแล้ว")

    def when_i_declare_to_be_free_of_conflict(self):
        self.walk.open(self.case.get_absolute_url())
        self.walk.heading("เปิดเผยส่วนได้เสีย")
        self.walk.choose("ข้าพเจ้าและผู้ใกล้ชิดไม่มีส่วนได้เสียกับหน่วยนี้")
        self.walk.press("ยืนยันการเปิดเผย")
        self.walk.sees("เปิดอ่านสำนวนได้แล้ว")

    def and_i_fix_the_visit(self):
        self.walk.open(self.case.get_absolute_url())
        self.walk.follow("กำหนดวันตรวจประเมิน")
        self.walk.choose("ณ สถานที่ตั้ง")
        self.walk.fill("วันที่", dates.short(timezone.localdate() + timedelta(days=3)))
        self.walk.fill("เริ่มเวลา", "09.30")
        self.walk.fill("ถึงเวลา", "11.30")
        self.walk.fill("สถานที่หรือลิงก์การประชุม", "ที่ทำการศูนย์")
        for person in (self.world.chair, self.world.member):
            self.walk.keys.tick(self.walk.page.get_by_role("checkbox", name=person.name).first)
        self.and_the_page_is_accessible()
        self.walk.press("กำหนดนัดตรวจและแจ้งศูนย์")

    # Then

    def then_the_case_is(self, stage):
        self.walk.sees(str(Stage(stage).label))
        self.case.refresh_from_db()
        assert self.case.stage == stage
