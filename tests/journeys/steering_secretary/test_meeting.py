"""The secretary of the steering committee runs a meeting, from the call to the letters."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from saduak.certification.models import Certificate, Meeting, Resolution
from saduak.certification.operations import letters
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.notices.models import Notice, State
from saduak.thai import dates
from tests.journeys.story import Story, marks

pytestmark = marks


class TestMeeting(Story):
    """A unit becomes a certified centre."""

    def test_the_steering_secretary_runs_a_meeting(self):
        self.given_a_proposed_unit()
        self.somebody_comes(self.world.steering_secretary)

        self.when_i_call_the_meeting("3/2569")
        self.and_i_put_the_unit_on_its_agenda()
        self.and_i_open_it()
        self.when_i_write_down_that_they_sit(*self.world.steering_members[:1])
        self.then_i_see("ยังขาด")
        self.when_i_write_down_that_they_sit(*self.world.steering_members[1:])
        self.then_i_see("ครบองค์ประชุม")
        self.and_the_page_is_accessible()
        self.when_a_member_steps_aside("เป็นญาติกับหัวหน้าศูนย์")
        self.and_we_follow_the_proposal()
        self.and_the_page_is_accessible()
        self.when_i_record_the_resolution("มติที่ 3/2569")
        self.then_the_unit_is_certified()
        self.when_the_letters_are_drafted()
        self.and_i_release_them_together()
        self.then_every_letter_is_released()
        self.and_the_certificate_opens()

    # Given

    def given_a_proposed_unit(self):
        self.world = World.while_running(Phase.RESOLUTION)
        self.case = self.world.proposed()
        assert self.world.steering_secretary
        assert self.world.steering_members

    # When

    def when_i_call_the_meeting(self, number):
        self.walk.open("/certification/meetings")
        self.walk.follow("นัดประชุม")
        self.walk.heading("นัดประชุม")
        self.walk.choose(str(self.case.round))
        self.walk.fill("ครั้งที่ประชุม", number)
        self.walk.fill("วันประชุม", dates.short(timezone.localdate()))
        self.walk.press("นัดประชุม")
        self.walk.heading("บรรจุหน่วยเข้าวาระ")
        self.meeting = Meeting.objects.get()

    def and_i_put_the_unit_on_its_agenda(self):
        self.walk.choose(str(self.case.centre))
        self.walk.press("บรรจุหน่วยที่เลือกเข้าวาระ")
        self.walk.sees("บรรจุวาระแล้ว 1 หน่วย")

    def and_i_open_it(self):
        self.walk.follow("เปิดประชุม")
        self.walk.press("เปิดประชุม")
        self.walk.follow("ผู้มาประชุม")

    def when_i_write_down_that_they_sit(self, *people):
        for person in people:
            box = self.walk.page.get_by_role("checkbox", name=re.compile(rf"{person.name}(?!\d)"))
            before = self.walk.page.locator(".quorum-figure strong").inner_text()
            self.walk.keys.tick(box)
            expect(self.walk.page.locator(".quorum-figure strong")).not_to_have_text(before)

    def when_a_member_steps_aside(self, reason):
        self.walk.open(self.meeting.get_absolute_url())
        self.walk.follow(str(self.case.centre))
        self.walk.activate(self.walk.page.get_by_text("บันทึกกรรมการที่ไม่ร่วมพิจารณา"))
        self.walk.choose("กรรมการที่ไม่ร่วมพิจารณา", self.world.steering_members[0].name)
        self.walk.keys.write(self.walk.page.get_by_label("เหตุผล").first, reason)
        self.walk.press("บันทึกว่าไม่ร่วมพิจารณา")
        self.walk.sees(reason)

    def and_we_follow_the_proposal(self):
        self.walk.keys.tick(self.walk.page.get_by_role("radio").first)
        self.walk.press("บันทึกผลการพิจารณา")
        self.walk.heading("การประชุมครั้งที่")

    def when_i_record_the_resolution(self, number):
        self.walk.follow("บันทึกมติ")
        self.walk.fill("เลขที่มติ", number)
        self.walk.fill("ข้อความมติ", "เห็นชอบผลการตรวจประเมินตามที่เสนอ")
        self.walk.fill("เห็นชอบ (เสียง)", "3")
        self.walk.press("บันทึกมติ: รับรอง 1 หน่วย")
        self.walk.sees(number)

    def when_the_letters_are_drafted(self):
        letters.draft_letters(Resolution.objects.get())

    def and_i_release_them_together(self):
        self.walk.page.reload()
        self.walk.activate(self.walk.page.get_by_role("link", name="ตรวจและปล่อยส่งหนังสือ"))
        self.walk.activate(self.walk.page.get_by_role("button", name="ปล่อยส่ง"))
        self.walk.sees("กำลังส่งข้อความ")

    # Then

    def then_the_unit_is_certified(self):
        self.case.refresh_from_db()
        assert self.case.stage == Stage.CERTIFIED

    def then_every_letter_is_released(self):
        batch = Notice.objects.filter(batch=letters.batch_of(Resolution.objects.get()))
        assert batch.exists()
        assert {notice.state for notice in batch} == {State.RELEASED}

    def and_the_certificate_opens(self):
        number = Certificate.objects.get().reference
        answer = self.walk.context.request.get(f"{self.walk.address}/certification/certificates/{number}.pdf")
        assert answer.body().startswith(b"%PDF")
