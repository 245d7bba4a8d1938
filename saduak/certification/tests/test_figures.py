"""The register in numbers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.queries.figures import figures_on, standing_on
from saduak.certification.tests.certificates import TODAY, certificate
from saduak.directory.tests.factories import CentreFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(f"{TODAY} 10:00 +0700", tick=False)


def test_only_what_is_in_force_today_is_counted_as_valid():
    lamphun, chiang_mai = ProvinceFactory(), ProvinceFactory(code="50")
    certificate(CentreFactory(province=lamphun), level="excellent")
    certificate(CentreFactory(province=lamphun), level="basic", is_example=True)
    certificate(CentreFactory(province=chiang_mai), expires_on=TODAY - timedelta(days=1))
    certificate(CentreFactory(province=chiang_mai), cycle_be=2560, stage=CertificateStage.EXPIRED)

    standing, figures = standing_on(TODAY), figures_on(TODAY)

    assert (standing.valid, standing.examples, standing.provinces, standing.year) == (2, 1, 1, "2568")
    assert {one.province.code: one.total for one in figures.provinces} == {"51": 2, "50": 0}
    assert figures.of_level == {"excellent": 1, "basic": 1}
    assert figures.issued == {2560: {"advanced": 1}, 2568: {"advanced": 1, "basic": 1, "excellent": 1}}


def test_the_page_tells_the_finding_with_its_table_and_marks_examples(client):
    province = ProvinceFactory()
    certificate(CentreFactory(province=province), level="excellent", is_example=True)
    certificate(CentreFactory(province=province), level="excellent", cycle_be=2567)
    certificate(CentreFactory(province=province), level="basic")

    page = client.get(reverse("register_figures")).text

    assert "ระดับที่มีมากที่สุดคือระดับเป็นเลิศ 2 จาก 3 แห่ง" in page
    assert "รอบปี 2568 ออกใบรับรองมากที่สุด จำนวน 2 ใบ" in page
    assert "ในจำนวนนี้ 1 แห่งเป็นข้อมูลตัวอย่าง" in page
    assert 'href="/register/?province=51&amp;status=valid"' in page


def test_the_table_of_provinces_is_exported_as_shown(client):
    certificate(CentreFactory(province=ProvinceFactory()), level="excellent")

    response = client.get(reverse("register_figures"), {"provinces-export": "csv"})

    heading, row = response.content.decode("utf-8-sig").splitlines()
    assert heading == "จังหวัด,ระดับพื้นฐาน,ระดับก้าวหน้า,ระดับเป็นเลิศ,รวมทุกระดับ"
    assert row == "ลำพูน,0,0,1,1"


def test_an_empty_register_has_no_figures(client):
    assert "ยังไม่มีศูนย์ที่ได้รับการรับรอง" in client.get(reverse("register_figures")).text


def test_a_fuller_register_asks_the_database_no_more(client):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("register_figures"))
        return len(asked)

    certificate()
    few = questions()
    for code in ("50", "52", "53"):
        certificate(CentreFactory(province=ProvinceFactory(code=code)))

    assert questions() == few <= 6
