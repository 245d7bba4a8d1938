"""An officer of a centre applies for certification."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfWriter

from saduak.attachments.tests.factories import picture
from saduak.certification.models import Application
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from tests.journeys.story import Story, marks
from tests.support.pdf import text_of

pytestmark = marks


def photograph():
    """A photograph as a telephone hands it in."""
    return {"name": "ป้ายบอกทาง.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(640, 480))}


def announcement():
    """A paper of one empty page."""
    paper = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(paper)
    return {"name": "ประกาศเวลาให้บริการ.pdf", "mimeType": "application/pdf", "buffer": paper.getvalue()}


class TestApplying(Story):
    """From the list of what waits to the receipt."""

    def test_a_centre_officer_applies(self):
        self.given_a_round_that_takes_applications()
        self.somebody_comes(self.world.officer)

        self.when_i_begin_the_application_from_my_work()
        self.and_say_who_answers_for_it()
        self.when_i_answer("ผ่าน")
        self.then_it_is_saved_by_itself()
        self.and_the_foot_says("กายภาพ 1/2", "ยังขาด 5 ข้อ")
        self.when_i_add(announcement())
        self.and_the_page_is_accessible()
        self.when_i_write_an_explanation_and_the_page_is_loaded_anew()
        self.then_nothing_is_lost()
        self.when_i_go_on_to("P2")
        self.and_i_answer("ผ่าน")
        self.and_i_add(photograph())
        self.then_the_foot_says("กายภาพ 2/2", "ยังขาด 3 ข้อ")
        self.when_i_go_on_to("2.1")
        self.and_i_answer("ผ่าน")
        self.then_the_foot_says("35.00/100")
        self.when_i_use_again("ประกาศเวลาให้บริการ.pdf")
        self.and_i_go_on_to("2.2")
        self.and_i_answer("ผ่าน")
        self.when_i_go_on_to("R1")
        self.and_i_give_myself("9,5", "18")
        self.then_the_foot_says("97.50/100", "ยังขาด 1 ข้อ")
        self.when_i_check_before_handing_in()
        self.then_i_am_told_what_is_missing("2.2 วิเคราะห์ผลสำรวจ")
        self.when_i_follow_what_is_missing("2.2 วิเคราะห์ผลสำรวจ")
        self.and_i_use_again("ประกาศเวลาให้บริการ.pdf")
        self.then_the_foot_says("ครบแล้ว")
        self.when_i_go_on_to("R1")
        self.and_i_check_before_handing_in()
        self.and_the_page_is_accessible()
        self.when_i_hand_it_in()
        self.then_i_hold_a_receipt_with_the_digest()
        self.and_the_page_is_accessible()

    def test_a_centre_officer_applies_by_telephone_without_javascript(self):
        self.given_a_round_that_takes_applications()
        self.somebody_comes(self.world.officer, "phone", javascript=False)

        self.when_i_begin_the_application_from_my_work()
        self.and_say_who_answers_for_it()
        self.when_i_answer("ผ่าน")
        self.and_i_save()
        self.then_the_foot_says("กายภาพ 1/2", "ยังขาด 5 ข้อ")
        self.when_i_add(announcement())
        self.and_the_page_is_accessible()
        self.when_i_go_on_to("P2")
        self.and_i_answer("ผ่าน")
        self.and_i_save()
        self.and_i_add(photograph())
        self.when_i_go_on_to("2.1")
        self.and_i_answer("ผ่าน")
        self.and_i_save()
        self.and_i_use_again("ประกาศเวลาให้บริการ.pdf")
        self.when_i_go_on_to("2.2")
        self.and_i_answer("ผ่าน")
        self.when_i_go_on_to("R1")
        self.and_i_give_myself("9,5", "18")
        self.when_i_check_before_handing_in()
        self.then_i_am_told_what_is_missing("2.2 วิเคราะห์ผลสำรวจ")
        self.when_i_follow_what_is_missing("2.2 วิเคราะห์ผลสำรวจ")
        self.and_i_use_again("ประกาศเวลาให้บริการ.pdf")
        self.when_i_go_on_to("R1")
        self.and_i_check_before_handing_in()
        self.and_the_page_is_accessible()
        self.when_i_hand_it_in()
        self.then_i_hold_a_receipt_with_the_digest()
        self.and_the_page_is_accessible()

    # Given

    def given_a_round_that_takes_applications(self):
        self.world = World.while_running(Phase.APPLICATION)
        assert self.world.round

    # When

    def when_i_begin_the_application_from_my_work(self):
        self.walk.open("/my-work")
        self.walk.follow("เริ่ม")
        self.walk.press("เริ่มคำขอ")

    def and_say_who_answers_for_it(self):
        self.walk.fill("ผู้ประสานงาน", "สมหญิง ใจดี")
        self.walk.fill("โทรศัพท์", "053-511-000")
        self.walk.press("บันทึกและไปที่แบบประเมินตนเอง")
        self.walk.heading("P1 เวลาให้บริการ")

    def when_i_answer(self, words):
        self.walk.choose(words)

    and_i_answer = when_i_answer

    def and_i_save(self):
        self.walk.press("บันทึก")

    def when_i_add(self, file):
        self.walk.attach("เพิ่มไฟล์", file)
        self.walk.press("เพิ่มหลักฐาน")
        expect(self.walk.page.get_by_role("link", name=file["name"], exact=True)).to_be_visible()

    and_i_add = when_i_add

    def when_i_use_again(self, name):
        self.walk.activate(self.walk.page.get_by_text("ใช้ไฟล์ที่มีในสำนวนแล้ว"))
        self.walk.press(f"ใช้กับข้อนี้ด้วย {name}")
        expect(self.walk.page.get_by_role("link", name=name, exact=True)).to_be_visible()

    and_i_use_again = when_i_use_again

    def when_i_write_an_explanation_and_the_page_is_loaded_anew(self):
        self.walk.fill("คำอธิบาย", "เปิดไม่พักเที่ยง")
        self.walk.page.reload()

    def when_i_give_myself(self, *points):
        for field, value in zip(self.walk.page.get_by_label("คะแนนที่ศูนย์ให้ตนเอง").all(), points, strict=True):
            self.walk.keys.write(field, value)

    and_i_give_myself = when_i_give_myself

    def when_i_go_on_to(self, code):
        while not self.walk.page.get_by_role("heading", level=1).inner_text().startswith(code):
            before = self.walk.page.url
            self.walk.press("บันทึกและไปข้อต่อไป")
            self.walk.page.wait_for_url(lambda here, before=before: here != before)

    and_i_go_on_to = when_i_go_on_to

    def when_i_check_before_handing_in(self):
        self.walk.press("บันทึกและตรวจทานก่อนยื่น")
        self.walk.heading("ยื่นคำขอ")

    and_i_check_before_handing_in = when_i_check_before_handing_in

    def when_i_follow_what_is_missing(self, words):
        self.walk.follow(words)
        self.walk.heading(words)

    def when_i_hand_it_in(self):
        self.walk.press("ยื่นคำขอและปิดสำนวน")
        self.walk.heading("รับคำขอแล้ว")

    # Then

    def then_it_is_saved_by_itself(self):
        self.walk.sees("บันทึกแล้ว")

    def then_the_foot_says(self, *words):
        for each in words:
            expect(self.walk.page.locator("#standing")).to_contain_text(each)

    and_the_foot_says = then_the_foot_says

    def then_nothing_is_lost(self):
        expect(self.walk.page.get_by_label("ผ่าน", exact=True)).to_be_checked()
        expect(self.walk.page.get_by_label("คำอธิบาย")).to_have_value("เปิดไม่พักเที่ยง")
        self.walk.sees("บันทึกแล้ว")

    def then_i_am_told_what_is_missing(self, words):
        self.walk.sees("ยังยื่นไม่ได้")
        expect(self.walk.page.get_by_role("link", name=words, exact=True)).to_be_visible()

    def then_i_hold_a_receipt_with_the_digest(self):
        application = Application.objects.get()
        digest = application.dossiers.get().sha256
        self.walk.sees(digest)
        link = self.walk.page.get_by_role("link", name="ใบรับเป็น PDF", exact=True)
        answer = self.walk.context.request.get(self.walk.address + link.get_attribute("href"))

        assert application.stage == Stage.SUBMITTED
        assert digest in text_of(answer.body()).replace("\n", "")
