"""A plaque is ordered, arrives, is handed over and confirmed, and the emblem is there for as long as it holds."""

from playwright.sync_api import expect

from saduak.certification.models import Asset
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.tests.certificates import acted, certificate
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from tests.journeys.story import Story, marks

pytestmark = marks


class TestPlaques(Story):
    """From the order to the day on which the emblem is no longer given out."""

    def test_a_plaque_reaches_its_centre_and_the_emblem_ends_with_the_certificate(self):
        self.given_a_certified_centre()
        self.somebody_comes(self.office)
        self.when_i_order_a_plaque_from("ช่างทำป้ายลำพูน")
        self.and_the_page_is_accessible()
        self.when_it_has_arrived()
        self.and_i_hand_it_over("พิธีมอบป้าย")
        self.then_i_see("อยู่ระหว่างส่งให้ศูนย์")
        self.and_the_page_is_accessible()

        self.somebody_comes(self.head, "phone")
        self.when_i_open_the_emblem()
        self.and_the_page_is_accessible()
        self.when_i_accept_the_terms()
        self.then_i_see("SVG สำหรับพิมพ์")
        self.and_the_page_is_accessible()
        self.when_i_confirm_that_we_have_it("นายแดง รักงาน")
        self.then_i_see("อยู่กับศูนย์")

        self.given_that_the_certificate_is_suspended()
        self.when_i_ask_for_the_drawing()
        self.then_i_see("ใบรับรองถูกพักใช้")
        self.and_the_page_is_accessible()

    # Given

    def given_a_certified_centre(self):
        self.centre = CentreFactory(name_th="สำนักงานที่ดินจังหวัดลำพูน")
        self.certificate = certificate(self.centre)
        self.office = person_of(Office.SECRETARIAT_OFFICER)
        self.head = person_of(Office.CENTRE_HEAD, centre=self.centre)
        self.emblem = f"/certification/certificates/{self.certificate.reference}/emblem"

    def given_that_the_certificate_is_suspended(self):
        acted(self.certificate, CertificateStage.SUSPENDED)

    # When

    def when_i_order_a_plaque_from(self, maker):
        self.walk.open("/certification/assets")
        self.walk.follow("สั่งผลิต")
        self.walk.fill("ผู้ผลิต", maker)
        self.walk.fill("กำหนดส่ง", "31/12/2580")
        self.walk.press("ยืนยันการสั่งผลิต")
        self.walk.heading("ใบสั่งผลิต PO-2568-01")

    def when_it_has_arrived(self):
        self.walk.press("ได้รับชิ้นเหล่านี้แล้ว")
        self.walk.sees("ได้รับครบทุกชิ้น")

    def and_i_hand_it_over(self, how):
        self.walk.follow("PL-2568-0001")
        self.walk.follow("ส่งมอบให้ศูนย์")
        self.walk.fill("วิธีส่งมอบ", how)
        self.walk.press("ส่งมอบให้ศูนย์")
        self.walk.heading("ป้ายรับรอง PL-2568-0001")

    def when_i_open_the_emblem(self):
        self.walk.open(self.emblem)
        self.walk.heading("ป้ายและตรา")

    def when_i_accept_the_terms(self):
        self.walk.choose("ข้าพเจ้าได้อ่านเงื่อนไขและยอมรับในนามของศูนย์")
        self.walk.press("ยอมรับเงื่อนไข")
        expect(self.walk.page.get_by_role("img", name="พร้อมรหัส QR")).to_be_visible()

    def when_i_confirm_that_we_have_it(self, receiver):
        self.walk.open(Asset.objects.get().get_absolute_url())
        self.walk.follow("ยืนยันการรับ")
        self.walk.fill("ผู้รับ", receiver)
        self.walk.press("ยืนยันการรับ")
        self.walk.sees(receiver)

    def when_i_ask_for_the_drawing(self):
        self.walk.open(f"{self.emblem}.svg")
