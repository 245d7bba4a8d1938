"""What the secretariat sees and does with records that stand there twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.directory.models import Centre, LikelyPair, Merge, Office
from saduak.directory.operations import centres, duplicates
from saduak.directory.tests.factories import AgencyFactory, CentreFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    made = person_of(Office.SECRETARIAT_OFFICER)
    client.force_login(made)
    return made


@pytest.fixture
def pair():
    agency = AgencyFactory()
    return [CentreFactory(name_th=name, agency=agency) for name in ("สำนักงานที่ดินจังหวัดลำพูน", "สนง.ที่ดิน จ.ลำพูน")]


def address(pair):
    return reverse("compare_centres", args=[centre.code for centre in pair])


def said(client, pair, verdict, **facts):
    seen = f"{pair[0].version}-{pair[1].version}"
    return client.post(address(pair), {"verdict": verdict, "note": "ตรวจสอบแล้ว", "seen": seen, **facts})


def test_the_list_tells_why_two_records_look_alike(client, officer, pair):
    client.post(reverse("look_for_duplicates"))

    page = client.get(reverse("list_duplicates")).text

    assert "หน่วยงานเดียวกัน (+20)" in page
    assert address(pair) in page


def test_two_records_stand_side_by_side(client, officer, pair):
    page = client.get(address(pair)).text

    assert all(centre.name_th in page for centre in pair)
    assert "ต่างกัน" in page


def test_the_record_that_is_chosen_stays(client, officer, pair):
    response = said(client, pair, pair[1].code)

    made = Merge.objects.get()
    assert (made.merged, made.surviving) == (pair[0], pair[1])
    assert response.url == made.get_absolute_url()
    assert "ตรวจสอบแล้ว" in client.get(response.url).text


def test_two_centres_stay_two(client, officer, pair):
    duplicates.look_for_duplicates()

    said(client, pair, "apart")

    assert LikelyPair.objects.get().verdict == "apart"
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"verdict": "51-99999"}, {"note": ""}, {"seen": "x-1"}, {"seen": "9" * 40 + "-1"}, {"verdict": ""}]
)
def test_what_cannot_be_taken_is_kept_and_explained(client, officer, pair, wrong):
    response = said(client, pair, **{"verdict": pair[0].code, **wrong})

    assert response.status_code == 422
    assert not Merge.objects.exists()


def test_who_compared_an_older_record_compares_anew(client, officer, pair):
    seen = f"{pair[0].version}-{pair[1].version}"
    centres.correct_centre(pair[0], by=officer, phone="053 511 111")

    response = said(client, pair, pair[0].code, seen=seen)

    assert response.status_code == 409
    assert "ตรวจสอบแล้ว" in response.text


def test_a_merge_is_undone_from_its_page(client, officer, pair):
    said(client, pair, pair[0].code)
    made = Merge.objects.get()

    response = client.post(made.get_absolute_url(), {"note": "คนละอาคาร"})

    assert response.status_code == 302
    assert Centre.objects.get(pk=pair[1].pk).merged_into is None
    assert "การรวมนี้ถูกยกเลิกแล้ว" in client.get(made.get_absolute_url()).text


def test_an_auditor_reads_a_merge_and_cannot_undo_it(client, officer, pair):
    said(client, pair, pair[0].code)
    made = Merge.objects.get()
    client.force_login(person_of(Office.AUDITOR))

    assert "ยกเลิกการรวม" not in client.get(made.get_absolute_url()).text
    client.post(made.get_absolute_url(), {"note": "ลอง"})
    assert Merge.objects.get().undone_at is None


@pytest.mark.parametrize("codes", [("51-99999", "x"), ("<b>", "'; --")])
def test_codes_that_do_not_exist_are_refused_in_words(client, officer, codes):
    response = client.get(reverse("list_duplicates"), {"one": codes[0], "other": codes[1]})

    assert response.status_code == 422
    assert "ไม่มีศูนย์ที่ใช้รหัสนี้" in response.text


def test_a_longer_list_asks_the_database_no_more(client, officer):
    def questions():
        duplicates.look_for_duplicates()
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("list_duplicates"))
        return len(asked)

    def add(number):
        agency = AgencyFactory()
        for _ in range(number):
            CentreFactory(name_th="สำนักงานที่ดิน", agency=agency)

    add(2)
    questions()  # The first page of a person writes the session.
    few = questions()
    add(5)

    assert questions() == few
