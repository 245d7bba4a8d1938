"""Remarks on the pages of those who screen and assess."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from saduak.certification.models import Remark, Round
from saduak.certification.models.remarks import RemarkKind
from saduak.certification.operations import assignments, remarks, screening
from saduak.certification.presenters.remarks import in_words, kinship
from saduak.certification.rules import Phase
from saduak.certification.tests.test_remarks import TEXT, handed_in, photograph
from saduak.certification.tests.test_remarks import world as world
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, ProvinceFactory, person_of
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(world):
    """Two dossiers with one file and one text."""
    return looked_at(world)


@remembered
def looked_at(world):
    one, other = (handed_in(world, photograph(), texts=[TEXT]) for _ in range(2))
    for dossier in (other, one):
        remarks.look_at(dossier)
    return one, other


def test_the_secretariat_sees_them_at_screening_and_in_the_list(client, world, two):
    one, other = two
    client.force_login(world.secretariat)

    at_screening = client.get(reverse("screen_application", args=[one.reference])).text
    listed = client.get(reverse("list_remarks")).text
    texts = client.get(reverse("list_remarks"), {"kind": "same_text"}).text

    assert "ไฟล์เดียวกันในสำนวนของสองศูนย์" in at_screening
    assert one.reference in listed
    assert escape(one.centre) in listed
    assert escape(other.centre) in listed
    assert texts.count('href="/certification/remarks/') == 1


def test_a_member_of_the_sub_committee_sees_them_on_the_dossier_without_the_other_centre(client, world, two):
    one, other = two
    screening.accept_the_rest(one, by=world.secretariat)
    screening.pass_screening(one, by=world.secretariat, at=world.during(Phase.SCREENING))
    assigned = assignments.assign(type(one).objects.get(pk=one.pk), world.panel, by=world.secretariat)
    assert world.member
    client.force_login(world.member)
    assert client.get(one.remarks.first().get_absolute_url()).status_code == 403
    world.declared(assigned)

    dossier = client.get(reverse("show_dossier", args=[assigned.reference])).text
    remark = client.get(one.remarks.first().get_absolute_url())

    assert "ข้อสังเกตสำหรับผู้พิจารณา" in dossier
    assert remark.status_code == 200
    assert "ของศูนย์อื่น" in remark.text
    assert "เปิดไฟล์ในสำนวนอีกฉบับ" not in remark.text
    assert escape(other.centre) not in remark.text
    assert client.post(one.remarks.first().get_absolute_url(), {"reason": "x", "seen": 1}).status_code == 403


def test_the_centre_sees_nothing_of_them(client, world, two):
    one, _other = two
    client.force_login(one.centre.memberships.get(office=Office.CENTRE_HEAD).person)

    page = client.get(reverse("show_dossier", args=[one.reference])).text

    assert "ข้อสังเกตสำหรับผู้พิจารณา" not in page
    assert client.get(one.remarks.first().get_absolute_url()).status_code == 403


def test_a_remark_is_dismissed_with_a_reason_once(client, world, two):
    remark = two[0].remarks.first()
    client.force_login(world.secretariat)
    here = remark.get_absolute_url()

    assert "เปิดไฟล์ในสำนวนอีกฉบับ" in client.get(here).text
    empty = client.post(here, {"reason": "", "seen": remark.version})
    blank = client.post(here, {"reason": "   ", "seen": remark.version})
    done = client.post(here, {"reason": "ป้ายกลางของกรม", "seen": remark.version}, follow=True)
    again = client.post(here, {"reason": "อีกครั้ง", "seen": remark.version})

    assert (empty.status_code, blank.status_code, again.status_code) == (422, 422, 409)
    assert "ป้ายกลางของกรม" in done.text
    assert "ยุติแล้ว" in client.get(reverse("screen_application", args=[two[0].reference])).text


def test_the_list_is_taken_along(client, world, two):
    client.force_login(world.auditor)

    export = client.get(reverse("list_remarks"), {"export": "csv"}).content.decode("utf-8-sig")
    page = client.get(reverse("list_remarks")).text

    assert len(export.splitlines()) == 1 + Remark.objects.count() / 2
    assert "บันทึกและตรวจใหม่" not in page


def test_terms_are_changed_and_what_is_wrong_is_told(client, world, two):
    client.force_login(world.secretariat)
    here = reverse("set_remark_terms", args=[world.round.reference])

    wrong = client.post(here, {"evidence_months": 12, "same_text_percent": 20, "like_picture_bits": 6})
    done = client.post(here, {"evidence_months": 18, "same_text_percent": 90, "like_picture_bits": 6}, follow=True)

    assert wrong.status_code == 422
    assert 'value="20"' in wrong.text
    assert "ระบบกำลังตรวจทุกสำนวนอีกครั้ง" in done.text
    assert Round.objects.get().evidence_months == 18


def test_without_a_round_there_are_words(client):
    client.force_login(person_of(Office.SECRETARIAT_OFFICER))

    assert "ยังไม่มีรอบ" in client.get(reverse("list_remarks")).text


PIECE = {"file": "ก.jpg", "codes": ["1.1"], "their_file": "ข.jpg", "their_codes": ["2.1"], "bits": 3}
DAYS = {"taken_at": "2020-01-15T03:00:00+00:00", "edited_at": "2020-02-01T03:00:00+00:00"}


@pytest.mark.parametrize(
    ("kind", "piece", "words"),
    [
        (RemarkKind.LIKE_PICTURE, PIECE, "ก.jpg (ข้อ 1.1) คล้ายกับ ข.jpg (ข้อ 2.1)"),
        (RemarkKind.EDITED, {**PIECE, **DAYS}, "ก.jpg (1.1) ถ่ายเมื่อ 15 ม.ค. 2563 และถูกบันทึกใหม่เมื่อ 1 ก.พ. 2563"),
        (
            RemarkKind.TAKEN_OUTSIDE,
            {**PIECE, **DAYS, "why": "before", "from": "2020-02-01", "until": "2020-03-01"},
            "ถ่ายเมื่อ 15 ม.ค. 2563 ก่อน 1 ก.พ. 2563",
        ),
        (RemarkKind.SAME_TEXT, {"code": "overview", "percent": 93, "letters": 80}, "ร้อยละ 93"),
        (RemarkKind.SAME_TEXT, {"code": "2.1", "percent": 93, "letters": 80}, "2.1: "),
    ],
)
def test_each_kind_is_told_in_words(kind, piece, words):
    assert words in in_words(kind, piece)


@pytest.mark.parametrize(
    ("place", "words"),
    [("agency", "สังกัดหน่วยงานเดียวกัน"), ("province", "อยู่จังหวัดเดียวกัน"), ("", "ต่างหน่วยงานและต่างจังหวัด")],
)
def test_how_near_two_centres_are_is_told(world, place, words):
    home = CentreFactory()
    near = {"agency": {"agency": home.agency}, "province": {}, "": {"province": ProvinceFactory(code="90")}}[place]
    one, other = handed_in(world, centre=home), handed_in(world, centre=CentreFactory(**near))

    assert kinship(Remark(application=one, other=other)) == words
    assert kinship(Remark(application=one)) == ""
