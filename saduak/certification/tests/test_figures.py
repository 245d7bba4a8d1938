"""The register in numbers."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from saduak.certification.models import Certificate
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.queries.figures import figures_on, standing_on
from saduak.certification.tests.certificates import TODAY, act, certificate
from saduak.certification.tests.past_results import line
from saduak.directory.tests.factories import AgencyFactory, CentreFactory, ProvinceFactory

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
    assert {one.place.code: one.total for one in figures.provinces} == {"51": 2, "50": 0}
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

    assert questions() == few <= 12


def test_the_figures_of_an_earlier_day_are_those_of_that_day(client):
    ended = certificate(CentreFactory(province=ProvinceFactory()), level="basic", issued_on=date(2025, 9, 1))
    act(ended, "expire", "expired", date(2026, 2, 1), effective_on=date(2026, 2, 1))
    certificate(CentreFactory(province=ProvinceFactory(code="50")), level="excellent", issued_on=date(2026, 3, 1))

    assert figures_on(date(2026, 1, 31)).of_level == {"basic": 1}
    assert figures_on(date(2026, 2, 15)).of_level == {}
    assert figures_on(TODAY - timedelta(days=1)).of_level == {"excellent": 1}
    page = client.get(reverse("register_figures"), {"on": "31/1/2569"}).text
    assert "31 มกราคม พ.ศ. 2569" in page
    assert "province=51&amp;status=valid&amp;on=2026-01-31" in page


def test_every_number_leads_to_the_cases_behind_it(client):
    agency = AgencyFactory()
    certificate(CentreFactory(province=ProvinceFactory(), agency=agency), level="excellent")

    page = client.get(reverse("register_figures")).text

    for query, number in (("province=51&status=valid", 1), ("year=2568", 1), ("year=2568&level=excellent", 1)):
        assert f'?{escape(query)}">' in page
        assert f"{number} แห่ง" in client.get(f"{reverse('find_centres')}?{query}").text
    assert f"agency={agency.code}&amp;level=excellent" in page


def test_what_older_papers_tell_is_counted_apart(client):
    certificate(CentreFactory(province=ProvinceFactory()))
    line("ก"), line("ก", outcome="excellent", source="ข่าว"), line("ข", cycle_be=2560)

    years = {one.cycle_be: (one.total, dict(one.from_records)) for one in figures_on(TODAY).years}
    page = client.get(reverse("register_figures")).text

    assert years == {2560: (0, {"basic": 1}), 2561: (0, {"disputed": 1}), 2568: (1, {})}
    assert "จากบันทึกเดิม" in page
    assert "/register/records/?year=2561" in page


@pytest.mark.parametrize("name", ["years", "agencies"])
def test_the_other_tables_are_exported_as_shown(client, name):
    certificate(CentreFactory(province=ProvinceFactory()), level="excellent")

    response = client.get(reverse("register_figures"), {f"{name}-export": "csv"})

    assert len(response.content.decode("utf-8-sig").splitlines()) == 2


@pytest.mark.parametrize("day", ["2570-01-01", "x", "'; --"])
def test_a_day_that_is_none_is_refused_and_kept(client, day):
    certificate()

    response = client.get(reverse("register_figures"), {"on": day})

    assert response.status_code == 422
    assert escape(day) in response.text


def test_the_figures_are_sent_again_only_after_an_act(client):
    one = certificate(CentreFactory(province=ProvinceFactory()))
    tag = {"If-None-Match": client.get(reverse("register_figures"))["ETag"]}

    assert client.get(reverse("register_figures"), headers=tag).status_code == 304
    Certificate.objects.filter(pk=one.pk).update(expires_on=TODAY - timedelta(days=1))
    assert client.get(reverse("register_figures"), headers=tag).status_code == 200
