"""The public register: what a citizen finds, reads and checks."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.queries import register
from saduak.certification.queries.register import Wish
from saduak.certification.rules import read_certificate_number
from saduak.certification.tests.certificates import TODAY, certificate
from saduak.certification.views.register import MISSES
from saduak.directory.tests.factories import AgencyFactory, CentreFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(f"{TODAY} 10:00 +0700", tick=False)
    cache.clear()


@pytest.fixture
def lamphun():
    return ProvinceFactory()


def named(name, **facts):
    return CentreFactory(name_th=name, **facts)


def found(**wish):
    return [one.centre.name_th for one in register.find(Wish(**wish), on=TODAY).certificates]


# Finding


def test_the_register_holds_only_centres_with_a_certificate():
    certificate(named("สำนักงานขนส่ง"))
    named("สำนักงานที่ดิน")

    assert found() == ["สำนักงานขนส่ง"]
    assert found(text="ที่ดิน") == []


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ขนส่ง", id="a whole word"),
        pytest.param("นส่", id="a part of a word"),
        pytest.param("ลำพูน", id="its province"),
        pytest.param("ขนส่ง ลำพูน", id="word and province"),
        pytest.param("ขนส่งลำพูน", id="written together"),
        pytest.param("ลำพุน", id="a slip"),
        pytest.param("lamphun", id="in English letters"),
    ],
)
def test_a_citizen_finds_a_centre_however_it_is_typed(lamphun, typed):
    certificate(named("สำนักงานขนส่งจังหวัด", province=lamphun))
    certificate(named("สำนักงานที่ดิน", province=ProvinceFactory(code="50", name_th="เชียงใหม่", name_en="Chiang Mai")))

    assert found(text=typed) == ["สำนักงานขนส่งจังหวัด"]


def test_a_centre_stands_there_once_with_its_newest_certificate():
    centre = CentreFactory()
    certificate(centre, cycle_be=2563, level="excellent", stage=CertificateStage.EXPIRED)
    newest = certificate(centre, cycle_be=2567, level="basic")

    assert register.find(Wish(), on=TODAY).certificates == (newest,)
    assert found(level="excellent") == []
    assert found(level="basic") == [centre.name_th]


def test_a_year_shows_the_certificates_of_its_round():
    centre = CentreFactory()
    older = certificate(centre, cycle_be=2563, level="excellent", stage=CertificateStage.EXPIRED)
    certificate(centre, cycle_be=2567, level="basic")

    assert register.find(Wish(cycle=2563), on=TODAY).certificates == (older,)
    assert found(cycle=2563, level="basic") == []


def test_the_term_counts_even_before_the_clock_has_taken_its_step():
    certificate(named("หมดอายุเมื่อวาน"), expires_on=TODAY - timedelta(days=1))
    certificate(named("วันสุดท้ายวันนี้"), expires_on=TODAY)
    certificate(named("หมดอายุนานแล้ว"), cycle_be=2560, stage=CertificateStage.EXPIRED)

    assert found(is_valid=True) == ["วันสุดท้ายวันนี้"]
    assert sorted(found(is_valid=False)) == ["หมดอายุนานแล้ว", "หมดอายุเมื่อวาน"]


def test_filters_narrow_together(lamphun):
    agency = AgencyFactory()
    part = AgencyFactory(parent=agency)
    certificate(named("ก", province=lamphun, agency=part))
    certificate(named("ข", province=ProvinceFactory(code="50"), agency=agency))
    certificate(named("ค", province=lamphun))

    assert found(province=lamphun, agency=agency) == ["ก"]
    assert found(agency=agency) == ["ก", "ข"]
    assert found(province=lamphun, agency=agency, order=register.NEWEST) == ["ก"]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["ก", "ข", "ค"]),
        (register.NAME, ["ก", "ข", "ค"]),
        (register.NEWEST, ["ข", "ค", "ก"]),
        (register.ENDING, ["ก", "ข", "ค"]),
    ],
)
def test_the_register_is_ordered_as_asked(order, names):
    certificate(named("ค"), issued_on=date(2025, 9, 1), expires_on=date(2029, 1, 1))
    certificate(named("ข"), issued_on=date(2025, 10, 1), expires_on=date(2028, 1, 1))
    certificate(named("ก"), issued_on=date(2025, 8, 1), expires_on=date(2027, 1, 1))

    assert found(order=order) == names
    assert found(order=order, text="กรมทดสอบ") == names if order else True
    assert [one.centre.name_th for one in register.every(Wish(order=order), on=TODAY)] == names


# Its pages


def test_a_citizen_reads_what_was_found_and_until_when_it_holds(client):
    certificate(named("สำนักงานขนส่ง"), level="excellent")
    certificate(named("สำนักงานที่ดิน"), cycle_be=2560, stage=CertificateStage.EXPIRED)

    page = client.get(reverse("find_centres")).text

    assert "2 แห่ง" in page
    assert "ระดับเป็นเลิศ" in page
    assert "ถึง 31 ส.ค. 2571" in page
    assert "หมดอายุ" in page


def test_what_makes_no_sense_in_the_address_is_passed_over(client):
    certificate()
    wish = {"province": "xx", "level": "platinum", "year": "1", "status": "?", "sort": "!", "page": "999"}

    response = client.get(reverse("find_centres"), wish)

    assert response.status_code == 200
    assert "1 แห่ง" in response.text


def test_an_empty_result_says_what_to_try(client):
    certificate()

    page = client.get(reverse("find_centres"), {"q": "กขคงจฉช"}).text

    assert "ไม่พบศูนย์ที่ตรงกับที่ค้นหา" in page
    assert "ลองใช้คำให้น้อยลง" in page


def test_an_empty_register_says_so(client):
    assert "ยังไม่มีศูนย์ที่ได้รับการรับรอง" in client.get(reverse("find_centres")).text


def test_typing_replaces_only_the_results(client):
    certificate(named("สำนักงานขนส่ง"))

    part = client.get(reverse("find_centres"), {"q": "ขนส่ง"}, headers={"HX-Request": "true", "HX-Target": "results"})

    assert "<html" not in part.text
    assert 'id="results"' in part.text
    assert "HX-Request" in part["Vary"]


def test_what_typing_found_can_be_passed_on_by_its_address(client):
    part = client.get(reverse("find_centres"), {"q": "ลี", "province": "", "level": "basic"})

    assert part["HX-Replace-Url"] == "/register/?q=%E0%B8%A5%E0%B8%B5&level=basic"


def test_typing_leads_to_the_same_page_as_loading_it_anew(client):
    certificate(named("สำนักงานขนส่ง"))

    part = client.get(reverse("find_centres"), {"q": "ขนส่ง"}, headers={"HX-Request": "true", "HX-Target": "results"})
    whole = client.get(reverse("find_centres"), {"q": "ขนส่ง"})

    assert part.text.strip() in whole.text


def test_a_longer_list_asks_the_database_no_more(client):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("find_centres"), {"q": "ศูนย์"})
        return len(asked)

    certificate(), certificate()
    few = questions()
    for _ in range(15):
        certificate()

    assert questions() == few <= 9


def test_a_long_list_comes_in_pages(client):
    agency = AgencyFactory()
    for number in range(1, 23):
        certificate(named(f"ศูนย์ที่ {number:02d}", agency=agency))

    page = client.get(reverse("find_centres"), {"page": 2}).text

    assert "ศูนย์ที่ 22" in page
    assert "ศูนย์ที่ 20" not in page
    assert "21–22 จาก 22" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_holds_exactly_what_is_shown(client, kind):
    certificate(named("สำนักงานขนส่ง"))
    certificate(named("สำนักงานที่ดิน"))

    response = client.get(reverse("find_centres"), {"q": "ขนส่ง", "export": kind})

    assert f".{kind}" in response["Content-Disposition"]
    if kind == "csv":
        heading, row = response.content.decode("utf-8-sig").splitlines()
        assert heading.startswith("เลขที่ใบรับรอง,")
        assert "สำนักงานขนส่ง" in row
        assert "2025-09-01,2028-08-31,ใช้ได้," in row


def test_examples_are_marked_wherever_they_stand(client):
    one = certificate(is_example=True)

    for address in (reverse("find_centres"), reverse("show_registered_centre", args=[one.centre.code])):
        assert "ตัวอย่าง" in client.get(address).text
    assert "เป็นตัวอย่างสำหรับการสาธิต" in client.get(one.get_absolute_url()).text
    assert "ตัวอย่าง" in client.get(reverse("find_centres"), {"export": "csv"}).content.decode().splitlines()[1]


def test_a_page_that_says_the_same_is_not_sent_again(client):
    certificate()
    first = client.get(reverse("find_centres"))

    again = client.get(reverse("find_centres"), headers={"If-None-Match": first["ETag"]})
    client.cookies["language"] = "en"
    in_english = client.get(reverse("find_centres"), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert "Cookie" in again["Vary"]
    assert in_english.status_code == 200


# A centre


def test_a_centre_shows_its_certificates_over_time_and_nothing_confidential(client):
    centre = CentreFactory(phone="053 123 456", opening_hours=[{"days": [1, 2], "opens": "08:30", "closes": "16:30"}])
    old = certificate(centre, cycle_be=2563, level="basic", stage=CertificateStage.RENEWED)
    new = certificate(centre, cycle_be=2567, level="excellent")

    page = client.get(reverse("show_registered_centre", args=[centre.code])).text

    assert page.index(new.reference) < page.index(old.reference)
    assert "มีใบใหม่แทนแล้ว" in page
    assert "จ.–อ. 08.30–16.30 น." in page
    assert 'href="tel:053123456"' in page
    assert new.round.criteria.get_absolute_url() in page
    assert "openstreetmap" not in page
    assert "88.8" not in page
    assert "ผู้ประสานงานลับ" not in page


def test_a_centre_with_a_position_has_a_map(client):
    centre = CentreFactory(latitude="18.58072", longitude="99.00886")
    certificate(centre)

    assert "mlat=18.58072" in client.get(reverse("show_registered_centre", args=[centre.code])).text


def test_a_closed_centre_says_so(client):
    centre = CentreFactory(closed=True)
    certificate(centre)

    assert "ศูนย์นี้ปิดแล้ว" in client.get(reverse("show_registered_centre", args=[centre.code])).text
    assert "ปิดให้บริการแล้ว" in client.get(reverse("find_centres")).text


def test_a_centre_without_a_certificate_is_not_in_the_register(client):
    assert client.get(reverse("show_registered_centre", args=[CentreFactory().code])).status_code == 404


# Checking a number


@pytest.mark.parametrize(
    "typed",
    [
        "GECC-2563-0007",
        "gecc 2563 7",
        "GECC๒๕๖๓๐๐๐๗",
        " gecc–2563–0007 ",
        "2563/7",
        "25630007",
        "Gecc_2563.0007",
        "https://gecc.example:8000/register/c/GECC-2563-0007/",
    ],
)
def test_a_number_is_understood_as_people_type_it(typed):
    assert read_certificate_number(typed) == "GECC-2563-0007"


@pytest.mark.parametrize("typed", ["", "GECC", "2563", "0007", "GECC-2563-0007-1", "GECC-1999-0001", "ขนส่ง 2563"])
def test_what_is_no_number_is_none(typed):
    assert read_certificate_number(typed) is None


def test_a_typed_number_leads_to_its_answer(client):
    response = client.get(reverse("check_certificate"), {"number": "gecc ๒๕๖๓ ๗"})

    assert response.url == reverse("check_certificate_number", args=["GECC-2563-0007"])


@pytest.mark.parametrize(("typed", "said"), [("", "โปรดพิมพ์เลขที่"), ("abc", "ไม่ใช่เลขที่ใบรับรอง")])
def test_what_cannot_be_understood_is_kept_and_explained(client, typed, said):
    response = client.get(reverse("check_certificate"), {"number": typed})

    assert response.status_code == 422
    assert said in response.text
    assert f'value="{typed}"' in response.text or not typed


def test_a_valid_certificate_says_so_with_the_moment_of_the_check(client):
    one = certificate(named("สำนักงานขนส่ง"), level="excellent")

    page = client.get(one.get_absolute_url()).text

    for words in ("ใบรับรองนี้ใช้ได้", "31 สิงหาคม พ.ศ. 2571", "ระดับเป็นเลิศ", "สำนักงานขนส่ง", "20 พ.ย. 2569 10.00\u00a0น."):
        assert words in page


def test_an_expired_certificate_says_since_when(client):
    one = certificate(expires_on=TODAY - timedelta(days=1))

    page = client.get(one.get_absolute_url()).text

    assert "ใบรับรองนี้หมดอายุแล้ว" in page
    assert "19 พฤศจิกายน พ.ศ. 2569" in page
    assert "ไม่มีใบรับรองฉบับใหม่กว่า" in page


def test_a_replaced_certificate_leads_to_the_newer_one(client):
    centre = CentreFactory()
    old = certificate(centre, cycle_be=2567, stage=CertificateStage.RENEWED)
    new = certificate(centre, cycle_be=2568)

    page = client.get(old.get_absolute_url()).text

    assert "ใบรับรองนี้มีใบใหม่แทนแล้ว" in page
    assert new.get_absolute_url() in page


def test_a_centre_that_was_renamed_is_told_by_both_names(client):
    centre = named("ชื่อเดิม")
    one = certificate(centre)
    centre.name_th = "ชื่อใหม่"
    centre.save()

    page = client.get(one.get_absolute_url()).text

    assert "<strong>ชื่อเดิม</strong>" in page
    assert "ปัจจุบันใช้ชื่อ ชื่อใหม่" in page


def test_a_number_typed_into_the_address_is_forgiven(client):
    one = certificate()

    response = client.get(f"/register/c/{one.reference.lower().replace('-', ' ')}/")

    assert response.url == one.get_absolute_url()


@pytest.mark.parametrize("number", ["GECC-2563-0999", "abc", "<script>"])
def test_a_number_that_does_not_exist_says_what_to_do(client, number):
    response = client.get(reverse("check_certificate_number", args=[number]))

    assert response.status_code == 404
    assert "ทะเบียนไม่มีใบรับรองเลขที่" in response.text
    assert reverse("find_centres") in response.text
    assert "<script>" not in response.text


def test_who_guesses_numbers_is_slowed_down_but_checks_of_real_ones_are_not(client):
    one = certificate()
    for _ in range(MISSES):
        client.get("/register/c/GECC-2563-0999/")

    refused = client.get("/register/c/GECC-2563-0999/")

    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert client.get(one.get_absolute_url()).status_code == 200
