"""A citizen asks the register of an earlier day, counts with it, and takes it along."""

from datetime import date

import pytest

from saduak.certification.tests.certificates import act, certificate
from saduak.certification.tests.past_results import line
from saduak.directory.tests.factories import CentreFactory, ProvinceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def centre(settings, tmp_path):
    settings.DATA = tmp_path
    centre = CentreFactory(province=ProvinceFactory(), name_th="สำนักงานที่ดินจังหวัดลำพูน")
    given = certificate(centre, issued_on=date(2025, 9, 1), level="excellent")
    act(given, "suspend", "suspended", date(2026, 3, 9), effective_on=date(2026, 3, 2))
    act(given, "restore", "valid", date(2026, 4, 1), effective_on=date(2026, 4, 1))
    line(centre=centre), line(centre=centre, outcome="excellent", source="ข่าว")
    return centre


@pytest.mark.parametrize(
    "walk", [{"javascript": False}, {"by_keyboard": True}], indirect=True, ids=["no script", "keys"]
)
def test_a_citizen_asks_about_an_earlier_day(walk, centre):
    walk.open(f"/register/centres/{centre.code}/")
    walk.page.get_by_label("สถานะ ณ วันที่").fill("5/3/2569")
    walk.press("แสดง")

    walk.sees("วันที่ 5 มีนาคม พ.ศ. 2569")
    walk.sees("ในวันนั้นทะเบียนยังทราบไม่ได้")
    if walk.javascript:
        walk.finds_no_barriers()


def test_the_figures_the_records_and_the_open_data_have_no_barriers(walk, centre):
    for address, words in (
        ("/register/figures/", "สถิติทะเบียน"),
        ("/register/records/", "ผลจากบันทึกเดิม"),
        ("/open-data/", "ข้อมูลเปิด"),
        ("/register/?on=5/3/2569", "ย้อนหลัง"),
    ):
        walk.open(address)
        walk.sees(words)
        walk.finds_no_barriers()
