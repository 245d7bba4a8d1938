"""A citizen looks for a centre and makes sure of a certificate."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from saduak.certification.tests.certificates import certificate
from saduak.directory.tests.factories import CentreFactory
from tests.journeys.story import Story, marks

pytestmark = marks

TRANSPORT = "สำนักงานขนส่งจังหวัดลำพูน"
LAND = "สำนักงานที่ดินจังหวัดลำพูน"


class TestTheRegister(Story):
    """From the front page to the certificate, without an account."""

    @pytest.mark.parametrize("width", ["desk", "phone"])
    def test_a_citizen_finds_a_centre_and_makes_sure_of_its_certificate(self, width):
        self.given_two_certified_centres()
        self.somebody_comes(width=width)

        self.when_i_search_on_the_front_page("ขน")
        self.then_i_find(TRANSPORT, and_not=LAND)
        self.when_i_type("ที่ดิน ลำพุน")
        self.then_i_find(LAND, and_not=TRANSPORT)
        self.and_the_page_is_accessible()
        self.when_i_type("ขนสง")
        self.and_i_open(TRANSPORT)
        self.then_i_see("ระดับก้าวหน้า", "ใช้ได้", "ลำพูน")
        self.and_the_page_is_accessible()
        self.when_i_check_the_number_on_the_paper()
        self.then_i_see("ใบรับรองนี้ใช้ได้", TRANSPORT)
        self.when_i_follow_the_qr_code()
        self.then_i_see("ใบรับรองนี้ใช้ได้", TRANSPORT)
        self.and_the_page_is_accessible()

    def test_a_citizen_is_told_when_there_is_no_such_certificate(self):
        self.given_two_certified_centres()
        self.somebody_comes(width="phone", javascript=False)

        self.when_i_check("GECC-2568-9999")
        self.then_i_see("ทะเบียนไม่มีใบรับรองเลขที่")
        self.and_the_page_is_accessible()

    @pytest.mark.parametrize("width", ["desk", "phone"])
    def test_a_citizen_reads_larger_with_more_contrast_and_in_english(self, width):
        self.given_two_certified_centres()
        self.somebody_comes(width=width)

        self.walk.open("/register/")
        self.when_i_choose("ใหญ่มาก")
        self.then_the_page_is(text="130")
        self.when_i_choose("ตัดกันสูง")
        self.then_the_page_is(text="130", contrast="high")
        self.when_i_choose("English")
        self.then_i_see("Find a certified centre")
        self.then_the_page_is(text="130", contrast="high", language="en")
        self.and_the_page_is_accessible()

    # Given

    def given_two_certified_centres(self):
        today = timezone.localdate()
        self.certificate = certificate(CentreFactory(name_th=TRANSPORT), issued_on=today)
        certificate(CentreFactory(name_th=LAND), issued_on=today)

    # When

    def when_i_search_on_the_front_page(self, words):
        self.walk.open("/")
        self.walk.fill("ชื่อศูนย์ หน่วยงาน หรือจังหวัด", words)
        self.walk.press("ค้นหาศูนย์")
        self.walk.heading("ค้นหาศูนย์ที่ได้รับการรับรอง")

    def when_i_type(self, words):
        self.walk.keys.write(self.walk.page.get_by_role("searchbox"), words)

    def and_i_open(self, name):
        self.then_i_find(name)
        self.walk.follow(name)
        self.walk.heading(name)

    def when_i_check_the_number_on_the_paper(self):
        self.when_i_check(self.certificate.reference)

    def when_i_check(self, number):
        self.walk.open("/")
        self.walk.activate(self.walk.page.get_by_role("main").get_by_role("link", name="ตรวจสอบใบรับรอง").first)
        self.walk.heading("ตรวจสอบใบรับรอง")
        self.walk.fill("เลขที่ใบรับรอง", number)
        self.walk.press("ตรวจสอบใบรับรอง")

    def when_i_follow_the_qr_code(self):
        self.walk.open(self.certificate.get_absolute_url())

    def when_i_choose(self, words):
        if self.walk.page.viewport_size["width"] == 390:
            self.walk.activate(self.walk.page.locator("summary", has_text="ภาษา ขนาดตัวอักษร และสี"))
        self.walk.activate(self.walk.page.get_by_role("button", name=words, exact=True).locator("visible=true"))

    # Then

    def then_i_find(self, name, *, and_not=None):
        expect(self.walk.page.get_by_role("link", name=name)).to_be_visible()
        if and_not:
            expect(self.walk.page.get_by_role("link", name=and_not)).to_have_count(0)

    def then_the_page_is(self, *, text="100", contrast="normal", language="th"):
        page = self.walk.page.locator("html")
        expect(page).to_have_attribute("data-text", text)
        expect(page).to_have_attribute("data-contrast", contrast)
        expect(page).to_have_attribute("lang", language)
