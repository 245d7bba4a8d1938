"""The head of a centre disagrees with a decision, and others than those who decided look at it again."""

from django.urls import reverse

from saduak.attachments.tests.factories import picture
from saduak.certification.models import Application, Reconsideration
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.reviews import ReviewWorld, now
from tests.journeys.story import Story, marks

pytestmark = marks


class TestAskingForReconsideration(Story):
    """From the letter that declines to the certificate after all."""

    def test_a_centre_asks_for_reconsideration(self):
        self.given_a_centre_that_was_not_certified()
        self.somebody_comes(self.world.head, "phone")

        self.when_i_begin_on_the_page_of_my_application()
        self.and_i_say_why_the_decision_on("P1", "เปิดตามเวลาจริง ภาพถ่ายลงวันที่ในช่วงประเมิน")
        self.and_the_page_is_accessible()
        self.and_i_hand_the_request_in()
        self.then_i_see("แจ้งว่ารับคำขอหรือไม่ภายใน")
        self.and_the_page_is_accessible()

        self.somebody_comes(self.world.secretariat)
        self.when_i_admit_it()
        self.and_i_give_it_to_another_sub_committee()
        self.and_the_page_is_accessible()

        self.somebody_comes(self.world.other_member)
        self.when_i_declare_to_be_free()
        self.somebody_comes(self.world.other_chair)
        self.when_i_declare_to_be_free()
        self.and_i_name_the_reviewers()
        self.when_i_write_my_opinion("ผ่าน", "เห็นจากภาพถ่าย")
        self.and_the_other_member_writes("ไม่ผ่าน", "ภาพเก่า")
        self.back_to(self.world.other_chair)
        self.when_we_agree("ผ่าน", "ภาพถ่ายลงวันที่ในช่วงประเมินจริง")
        self.and_i_sign_and_propose("หลักฐานแสดงว่าเปิดให้บริการตามเวลา")
        self.then_i_see("เสนอคณะกรรมการแล้ว")

        self.when_the_committee_follows_the_proposal()
        self.back_to(self.world.head)
        self.when_i_look_at_my_request()
        self.then_i_see("เปลี่ยนผลเดิม", "หลักฐานแสดงว่าเปิดให้บริการตามเวลา")
        self.then_the_centre_is_certified()
        self.and_the_page_is_accessible()

    # Given

    def given_a_centre_that_was_not_certified(self):
        self.world = ReviewWorld.while_running(Phase.RESOLUTION)
        self.case = self.world.not_certified(release_letters=True)
        assert self.world.second_panel
        assert self.world.other_secretary

    # When

    def when_i_begin_on_the_page_of_my_application(self):
        self.walk.open(self.case.get_absolute_url())
        self.walk.follow("ขอทบทวนผล")
        self.walk.sees("ขอทบทวนผลได้ภายใน")
        self.walk.press("เริ่มเขียนคำขอทบทวน")
        self.walk.heading("เขียนเหตุผล")
        self.request = Reconsideration.objects.get()

    def and_i_say_why_the_decision_on(self, code, words):
        section = self.walk.page.locator(f"#item-{code}")
        self.walk.keys.write(section.get_by_label("เหตุผลที่เห็นว่าผลข้อนี้ไม่ถูกต้อง"), words)
        photograph = {"name": "ป้ายเวลาทำการ.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(640, 480))}
        with self.walk.page.expect_file_chooser() as chooser:
            self.walk.activate(section.get_by_label("แนบไฟล์ที่แสดงให้เห็น"))
        chooser.value.set_files([photograph])

    def and_i_hand_the_request_in(self):
        self.walk.press("บันทึกและไปหน้ายื่นคำขอ")
        self.walk.sees("ป้ายเวลาทำการ.jpg")
        self.walk.press("ยื่นคำขอทบทวนผล")
        self.walk.sees("ยื่นคำขอทบทวนผลแล้ว")

    def when_i_admit_it(self):
        self.walk.open(self.request.get_absolute_url())
        self.walk.follow("รับคำขอไว้พิจารณา")
        self.walk.press("รับคำขอไว้พิจารณา")
        self.walk.sees("รับไว้พิจารณา")

    def and_i_give_it_to_another_sub_committee(self):
        self.walk.follow("มอบหมายให้คณะอนุกรรมการอีกคณะหนึ่ง")
        self.walk.choose(str(self.world.three))
        self.walk.press("มอบหมายให้คณะอนุกรรมการคณะนี้")
        self.walk.sees("อยู่ระหว่างทบทวน")

    def when_i_declare_to_be_free(self):
        self.walk.open(self.request.get_absolute_url())
        self.walk.heading("เปิดเผยส่วนได้เสีย")
        self.walk.keys.tick(self.walk.page.get_by_role("radio").first)
        self.walk.press("ยืนยันการเปิดเผย")
        self.walk.sees("แจ้งว่าไม่มีส่วนได้เสียแล้ว")

    def and_i_name_the_reviewers(self):
        self.walk.follow("กำหนดผู้ทบทวน")
        for person in (self.world.other_chair, self.world.other_member):
            self.walk.keys.tick(self.walk.page.get_by_role("checkbox", name=person.name))
        self.and_the_page_is_accessible()
        self.walk.press("กำหนดผู้ทบทวนตามนี้")
        self.walk.sees("กำหนดผู้ทบทวนแล้ว")

    def when_i_write_my_opinion(self, said, words):
        self.walk.follow("ความเห็นของฉัน")
        self.walk.keys.tick(self.walk.page.get_by_role("radio", name=said, exact=True))
        self.walk.fill("เหตุผลประกอบ", words)
        self.and_the_page_is_accessible()
        self.walk.press("บันทึกและส่งความเห็น")
        self.walk.sees("ส่งความเห็นแล้ว")

    def and_the_other_member_writes(self, said, words):
        self.back_to(self.world.other_member)
        self.walk.open(self.request.get_absolute_url())
        self.when_i_write_my_opinion(said, words)

    def when_we_agree(self, said, reason):
        self.walk.open(self.request.get_absolute_url())
        self.walk.follow("เทียบความเห็นและตกลงร่วมกัน")
        self.walk.sees("ความเห็นต่างกัน")
        self.walk.keys.tick(self.walk.page.get_by_role("radio", name=said, exact=True))
        self.walk.fill("เหตุผล", reason)
        self.and_the_page_is_accessible()
        self.walk.press("บันทึกค่าที่ทบทวน")
        self.walk.sees("บันทึกค่าที่ทบทวนแล้ว")

    def and_i_sign_and_propose(self, words):
        self.walk.follow("ไปหน้าลงนาม")
        self.walk.fill("ผลการทบทวนพร้อมเหตุผล", words)
        self.and_the_page_is_accessible()
        self.walk.press("ลงนามผลการทบทวน")
        self.walk.follow("เสนอคณะกรรมการอำนวยการ")
        self.walk.press("เสนอผลการทบทวน")

    def when_the_committee_follows_the_proposal(self):
        self.world.answered(now(self.request))

    def when_i_look_at_my_request(self):
        self.walk.open(reverse("list_reconsiderations"))
        self.walk.follow(self.request.reference)

    # Then

    def then_the_centre_is_certified(self):
        assert Application.objects.get().stage == Stage.CERTIFIED
