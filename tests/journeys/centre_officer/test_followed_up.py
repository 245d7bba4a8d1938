"""A certified centre is followed up: it answers what was found, and somebody else verifies it."""

from datetime import timedelta

from django.utils import timezone

from saduak.attachments.tests.factories import picture
from saduak.certification.models import Surveillance
from saduak.certification.operations import surveillance
from saduak.certification.operations.surveillance import Check
from saduak.certification.tests.certificates import certificate
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, person_of
from tests.journeys.story import Story, marks

pytestmark = marks


class TestFollowedUp(Story):
    """The head answers by keyboard, the secretariat verifies and closes."""

    def test_the_head_answers_what_was_found(self):
        self.given_a_finding_that_awaits_its_answer()
        self.somebody_comes(self.head, "phone")

        self.when_i_open_it_from_my_work()
        self.then_i_see("ทางลาดชำรุด", "ขอคำชี้แจงครั้งที่ 1", "วิธีนับเวลา")
        self.and_the_page_is_accessible()
        self.when_i_answer_with_a_photograph("เทพื้นและเปลี่ยนราวจับแล้ว")
        self.and_the_page_is_accessible()
        self.when_i_send_all_answers()
        self.then_i_see("ตอบแล้ว")

        self.somebody_comes(self.secretariat)
        self.when_i_open_it_from_my_work()
        self.when_i_verify_it()
        self.and_i_close_it()
        self.then_i_see("ปิดแล้ว")
        self.and_the_page_is_accessible()
        assert Surveillance.objects.get().stage == "closed"

    # Given

    def given_a_finding_that_awaits_its_answer(self):
        today = timezone.localdate()
        one = certificate(issued_on=today - timedelta(days=400), expires_on=today + timedelta(days=600))
        self.secretariat = person_of(Office.SECRETARIAT_OFFICER)
        self.head = person_of(Office.CENTRE_HEAD, centre=one.centre)
        assessor = person_of(Office.QUALIFIED_MEMBER, body=BodyFactory(number=5))
        case = surveillance.open_by_hand(
            one, reason="มีเรื่องร้องเรียน", due_on=today + timedelta(days=30), by=self.secretariat
        )
        surveillance.send(case, assessor, by=self.secretariat)
        surveillance.declare_free(case, by=assessor)
        surveillance.notify(case, by=self.secretariat)
        case = surveillance.check(case, Check("visit", today, "ตรวจทางเข้า"), by=assessor)
        code = next(case.library.criteria()).code
        surveillance.find(case, code=code, severity="major", text="ทางลาดชำรุด", by=assessor)
        self.case = surveillance.hand_over(case, by=assessor)

    # When

    def when_i_open_it_from_my_work(self):
        self.walk.open("/my-work")
        self.walk.sees(self.case.reference)
        self.walk.open(self.case.get_absolute_url())

    def when_i_answer_with_a_photograph(self, words):
        self.walk.follow("ชี้แจงข้อนี้")
        self.walk.fill("สิ่งที่ศูนย์ดำเนินการแล้ว", words)
        self.walk.attach("หลักฐาน", {"name": "ราวจับ.jpg", "mimeType": "image/jpeg", "buffer": picture()})
        self.walk.press("บันทึกคำชี้แจง")
        self.walk.sees(words)

    def when_i_send_all_answers(self):
        self.walk.follow("ส่งคำชี้แจง")
        self.walk.press("ส่งคำชี้แจงทั้งหมดเดี๋ยวนี้")

    def when_i_verify_it(self):
        self.walk.follow("ทวนสอบคำชี้แจงนี้")
        self.walk.choose("แก้ไขแล้ว")
        self.walk.press("บันทึกผลการทวนสอบ")

    def and_i_close_it(self):
        self.walk.follow("ปิดการติดตาม")
        self.walk.press("ปิดการติดตาม")
