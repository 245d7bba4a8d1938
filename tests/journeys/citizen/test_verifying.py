"""A citizen brings the signed file of a certificate, and a copy that somebody changed."""

from base64 import b64encode
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.certification.operations import credentials
from saduak.certification.tests.certificates import certificate
from saduak.directory.tests.factories import CentreFactory
from tests.journeys.story import Story, marks

pytestmark = marks

CENTRE = "สำนักงานขนส่งจังหวัดลำพูน"


class TestTheFileOfACertificate(Story):
    """From the front page to the report, without an account."""

    @pytest.mark.parametrize("width", ["desk", "phone"])
    def test_a_citizen_verifies_a_file_and_a_changed_copy(self, width, tmp_path):
        self.given_the_file_of_a_certificate(tmp_path)
        self.somebody_comes(width=width, javascript=width == "desk")

        self.when_i_go_to_where_files_are_checked()
        self.and_the_page_is_accessible()
        self.when_i_bring(self.genuine)
        self.then_i_see("เป็นของแท้และใช้ได้", CENTRE, "ลายมือชื่อถูกต้อง", "ไม่ถูกระงับใช้")
        self.and_the_page_is_accessible()
        self.when_i_bring(self.changed)
        self.then_i_see("ไม่ใช่ของแท้", "ลายมือชื่อไม่ถูกต้อง")
        self.walk.does_not_see("ระดับเป็นเลิศ")
        self.and_the_page_is_accessible()

    def test_a_citizen_drops_the_pdf_of_a_certificate_on_the_page(self, tmp_path):
        self.given_a_certificate()
        self.somebody_comes(width="phone")

        self.when_i_go_to_where_files_are_checked()
        self.and_i_have_its_pdf(tmp_path)
        self.when_i_drop(self.genuine)
        self.then_i_see("เป็นของแท้และใช้ได้", CENTRE, "ไม่มีการแก้ไขแม้แต่ไบต์เดียว")
        self.and_the_page_is_accessible()
        self.when_i_drop(self.changed)
        self.then_i_see("ไม่ใช่ของแท้", "ไฟล์ PDF ถูกแก้ไขหลังประทับตรา")
        self.walk.does_not_see(CENTRE)
        self.and_the_page_is_accessible()

    # Given

    def given_a_certificate(self):
        self.certificate = certificate(CentreFactory(name_th=CENTRE), issued_on=timezone.localdate())
        credentials.sign([self.certificate])

    def and_i_have_its_pdf(self, folder):
        address = urljoin(self.walk.page.url, reverse("certificate_pdf", args=[self.certificate.reference]))
        with urlopen(address) as answer:  # noqa: S310  Our own server.
            pdf = answer.read()
        self.genuine, self.changed = folder / "ใบรับรอง.pdf", folder / "ปลอม.pdf"
        self.genuine.write_bytes(pdf)
        self.changed.write_bytes(pdf.replace(b"/Lang", b"/Lamg", 1))

    def given_the_file_of_a_certificate(self, folder):
        issued = certificate(CentreFactory(name_th=CENTRE), issued_on=timezone.localdate())
        (credential,) = credentials.sign([issued])
        self.genuine, self.changed = folder / "ใบรับรอง.json", folder / "ปลอม.json"
        self.genuine.write_text(credential.document)
        self.changed.write_text(credential.document.replace("ก้าวหน้า", "เป็นเลิศ"))

    # When

    def when_i_go_to_where_files_are_checked(self):
        self.walk.open("/")
        self.walk.activate(self.walk.page.get_by_role("link", name="ตรวจสอบใบรับรอง").first)
        self.walk.follow("ตรวจสอบไฟล์")
        self.walk.heading("ตรวจสอบไฟล์ใบรับรอง")

    def when_i_drop(self, file):
        """As a hand lets go of a file over the page: the browser hands the page its bytes."""
        given = {"name": file.name, "bytes": b64encode(file.read_bytes()).decode()}
        dropped = self.walk.page.evaluate_handle(
            """({name, bytes}) => {
                const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
                const transfer = new DataTransfer();
                transfer.items.add(new File([content], name, {type: "application/pdf"}));
                return transfer;
            }""",
            given,
        )
        self.walk.page.dispatch_event("[data-drop-zone]", "drop", {"dataTransfer": dropped})
        self.walk.press("ตรวจสอบไฟล์นี้")
        self.walk.heading("ผลการตรวจสอบไฟล์")

    def when_i_bring(self, file):
        self.walk.attach("ไฟล์ใบรับรอง (PDF หรือ JSON)", file)
        self.walk.press("ตรวจสอบไฟล์นี้")
        self.walk.heading("ผลการตรวจสอบไฟล์")
