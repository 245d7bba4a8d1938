"""The secretariat drafts next year's criteria, compares, maps, looks at them as an applicant, and publishes."""

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.standards.models import CriteriaMapping, CriteriaSet
from saduak.standards.tests.factories import SMALL, CriteriaSetFactory
from tests.journeys.story import Story, marks

pytestmark = marks


class TestDraftingCriteria(Story):
    """From last year's version to the one that binds."""

    def test_the_secretariat_drafts_maps_and_publishes_the_next_version(self):
        self.given_the_criteria_of_this_year()
        self.somebody_comes(person_of(Office.SECRETARIAT_OFFICER))

        self.when_i_begin_the_next_version()
        self.and_i_add_a_criterion("S2", "การตอบคำถามประชาชน", "20")
        self.then_i_see("คะแนนรวมไม่ตรงกับที่ระบุ", "ยังต้องแก้ไข 1 จุด")
        self.and_the_page_is_accessible()
        self.when_i_lower_the_points_of("S1", "80")
        self.then_i_see("คะแนนรวมครบตามที่ระบุ")

        self.when_i_compare()
        self.then_i_see("การตอบคำถามประชาชน", "แก้ไข", "ใหม่")
        self.and_the_page_is_accessible()
        self.when_i_map_what_is_new_to("S2", "S1 คุณภาพบริการ ไม่เกิน 100 คะแนน")
        self.then_i_see("เจ้าหน้าที่เลือกเอง")
        self.and_the_page_is_accessible()
        self.when_i_confirm_the_mapping()

        self.when_i_look_at_it_as_an_applicant("S2")
        self.and_the_page_is_accessible()
        self.when_i_publish()
        self.then_it_binds()

    # Given

    def given_the_criteria_of_this_year(self):
        CriteriaSetFactory(source=SMALL, published=True)

    # When

    def when_i_begin_the_next_version(self):
        self.walk.open("/standards/")
        self.walk.follow("เริ่มร่างเกณฑ์ฉบับใหม่")
        self.walk.heading("เริ่มร่างเกณฑ์ฉบับใหม่")
        self.and_the_page_is_accessible()
        self.walk.press("เริ่มร่าง")
        self.walk.sees("เริ่มร่าง small-2571 แล้ว")

    def and_i_add_a_criterion(self, code, title, points):
        self.walk.follow("เพิ่มข้อใน S")
        self.walk.heading("ข้อใหม่ใน S")
        self.walk.fill("รหัส", code)
        self.walk.fill("ชื่อภาษาไทย", title)
        self.walk.fill("คะแนน (ไม่บังคับ)", points)
        self.walk.sees("120")  # The bar already tells the sum.
        self.and_the_page_is_accessible()
        self.walk.press("เพิ่มลงในร่าง")
        self.walk.sees(f"บันทึก {code} แล้ว")
        self.walk.follow("กลับไปหน้ารวมทุกข้อ")

    def when_i_lower_the_points_of(self, code, points):
        self.walk.open(f"/standards/small-2571/edit/{code}")
        self.walk.fill("คะแนน (ไม่บังคับ)", points)
        self.walk.press("บันทึก")
        self.walk.sees(f"บันทึก {code} แล้ว")
        self.walk.follow("กลับไปหน้ารวมทุกข้อ")

    def when_i_compare(self):
        self.walk.follow("เปรียบเทียบ")
        self.walk.heading("เปรียบเทียบ small-2571 กับ small-2570")

    def when_i_map_what_is_new_to(self, code, older):
        self.walk.follow("เทียบเกณฑ์")
        self.walk.press("เริ่มจากข้อเสนอของระบบ")
        self.walk.follow(f"แก้ที่มาของ {code}")
        self.walk.heading(f"ที่มาของ {code}")
        self.walk.choose(older)
        self.walk.press("บันทึก")

    def when_i_confirm_the_mapping(self):
        self.walk.press("ยืนยันการเทียบเกณฑ์นี้")
        self.walk.sees("ยืนยันการเทียบเกณฑ์แล้ว")

    def when_i_look_at_it_as_an_applicant(self, code):
        self.walk.follow("ตัวอย่าง")
        self.walk.heading("หน้าตาที่ผู้ขอรับการรับรองจะเห็น")
        self.walk.open(f"/standards/small-2571/preview?at={code}")
        self.walk.sees("การตอบคำถามประชาชน")

    def when_i_publish(self):
        self.walk.follow("ประกาศใช้")
        self.walk.sees(CriteriaSet.objects.get(reference="small-2571").sha256)
        self.and_the_page_is_accessible()
        self.walk.press("ประกาศใช้เกณฑ์ฉบับนี้ 3 ข้อ")

    # Then

    def then_it_binds(self):
        self.walk.sees("แล้ว")
        assert CriteriaSet.objects.get(reference="small-2571").is_published
        mapping = CriteriaMapping.objects.get()
        assert mapping.is_confirmed
        assert mapping.links["S2"] == ["S1"]
