"""The pages of plaques, emblems and reports of misuse; the emblem only while it may be used."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.utils import timezone

from saduak.certification.models import Asset, MisuseReport
from saduak.certification.operations import assets, licences
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.tests.certificates import acted, certificate
from saduak.certification.tests.plaques import NOON, TODAY, Place
from saduak.certification.tests.world import picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from tests.support.remembering import made_once


@pytest.fixture
@made_once
def place(db):
    return Place()


@pytest.fixture
def today(monkeypatch):
    """The pages live on the day of these tests."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def text_of(answer):
    return answer.content.decode()


def test_the_secretariat_orders_receives_and_hands_over(client, place, today):
    client.force_login(place.office)
    page = client.get("/certification/asset-orders/place")
    form = page.context["form"]
    sent = {
        "maker": "ช่าง",
        "ordered_on": "20/11/2569",
        "due_on": "30/11/2569",
        "certificates": form.initial["certificates"],
    }
    assert client.post("/certification/asset-orders/place", {**sent, "maker": ""}).status_code == 422
    early = client.post("/certification/asset-orders/place", {**sent, "due_on": "1/11/2569"})
    assert early.status_code == 422

    order = client.post("/certification/asset-orders/place", sent)["Location"]

    assert "PL-2568-0001" in text_of(client.get(order))
    assert client.post(order, {"on": "20/11/2569"}).status_code == 422
    assert client.post(order, {"on": "1/12/2569", "serials": ["PL-2568-0001"]}).status_code == 422
    client.post(order, {"on": "20/11/2569", "serials": ["PL-2568-0001"]})
    piece = Asset.objects.get()
    answer = client.post(
        f"{piece.get_absolute_url()}/steps/deliver", {"on": "20/11/2569", "how": "พิธีมอบ", "seen": piece.version}
    )
    assert answer.status_code == 302
    shown = text_of(client.get(piece.get_absolute_url()))
    assert "พิธีมอบ" in shown
    assert "PL-2568-0001" in text_of(client.get("/certification/assets?kind=plaque&stage=delivered&q=PL"))
    assert "PO-2568-01" in text_of(client.get("/certification/asset-orders"))


def test_the_sheet_for_the_maker_has_what_is_engraved(client, place, today):
    order = place.order()
    client.force_login(place.office)

    sheet = client.get(f"/certification/asset-orders/{order.reference}.xlsx")

    from openpyxl import load_workbook

    (_head, row) = load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True)
    assert row[:2] == ("PL-2568-0001", "สำนักงานที่ดินจังหวัดลำพูน")
    assert row[-1].endswith(f"/register/c/{place.certificate.reference}/")


def test_an_order_is_cancelled_with_its_reason(client, place, today):
    order = place.order()
    client.force_login(place.office)
    here = f"/certification/asset-orders/{order.reference}/cancel"
    assert "1 ชิ้น" in text_of(client.get(here))
    assert client.post(here, {"seen": 0}).status_code == 422

    client.post(here, {"reason": "ช่างเลิกกิจการ", "seen": 0})

    assert Asset.objects.get().stage == "written_off"
    assert client.post(here, {"reason": "อีกครั้ง", "seen": 1}).status_code == 422


def test_the_centre_accepts_confirms_and_downloads(client, place, today):
    piece = place.delivered()
    client.force_login(place.head)
    here = f"/certification/certificates/{place.certificate.reference}/emblem"
    assert client.get(f"{here}.svg")["Location"] == here
    assert "หัวหน้าศูนย์" not in text_of(client.get(here)).partition("<h2>")[0]
    assert client.post(f"{here}/terms", {}).status_code == 422
    step = f"{piece.get_absolute_url()}/steps/acknowledge"
    assert "ไม่สามารถ" in text_of(client.get(step)) or "ยังไม่ได้ยอมรับ" in text_of(client.get(step))

    client.post(f"{here}/terms", {"accepted": "on"})
    client.post(step, {"on": "20/11/2569", "received_by": "นายแดง", "seen": piece.version, "receipt": picture()})

    assert Asset.objects.get().stage == "in_use"
    assert client.get(f"{piece.get_absolute_url()}/receipt").status_code == 200
    svg, png = client.get(f"{here}.svg"), client.get(f"{here}.png")
    assert svg.content.startswith(b"<svg")
    assert png.content.startswith(b"\x89PNG")
    assert "no-store" in svg["Cache-Control"]
    assert client.get(f"{here}.gif").status_code == 404
    assert "นายแดง" in text_of(client.get(here))


def test_a_wrong_receipt_is_told_at_its_field(client, place, today):
    from django.core.files.base import ContentFile

    piece = place.delivered()
    licences.accept(place.certificate, by=place.head, at=NOON)
    client.force_login(place.head)
    sent = {"on": "20/11/2569", "received_by": "นายแดง", "seen": piece.version}

    answer = client.post(
        f"{piece.get_absolute_url()}/steps/acknowledge", {**sent, "receipt": ContentFile(b"MZ\x90", name="x.exe")}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["receipt"]


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (CertificateStage.SUSPENDED, "ถูกพักใช้"),
        (CertificateStage.REVOKED, "ถูกเพิกถอน"),
        (CertificateStage.RETURNED, "ส่งคืนใบรับรอง"),
        (CertificateStage.EXPIRED, "หมดอายุ"),
        (CertificateStage.RENEWED, "ใบรับรองฉบับใหม่กว่า"),
    ],
)
def test_there_is_no_emblem_for_what_is_not_valid(client, place, today, stage, words):
    licences.accept(place.certificate, by=place.head, at=NOON)
    if stage in (CertificateStage.EXPIRED, CertificateStage.RENEWED):
        type(place.certificate).objects.update(stage=stage)
    else:
        acted(place.certificate, stage)
    client.force_login(place.head)

    answer = client.get(f"/certification/certificates/{place.certificate.reference}/emblem.svg")

    assert answer.status_code == 410
    assert words in text_of(answer)


@pytest.mark.parametrize("step", ["report_lost", "write_off", "take_back", "call_back", "find_again"])
def test_each_step_has_its_page(client, place, today, step):
    piece = place.in_use()
    client.force_login(place.office)
    page = client.get(f"{piece.get_absolute_url()}/steps/{step}")

    assert page.status_code == 200
    assert page.context["decision"].allowed == (step in ("report_lost", "take_back"))
    assert client.get(f"{piece.get_absolute_url()}/steps/arrive").status_code == 404


def test_a_centre_sees_only_what_was_handed_to_it(client, place, today):
    made = place.made()
    client.force_login(place.head)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "PL-2568-0001" not in text_of(client.get("/certification/assets"))

    assets.deliver(made, on=TODAY, how="มอบ", by=place.office, at=NOON)

    assert client.get(made.get_absolute_url()).status_code == 200
    client.force_login(person_of(Office.CENTRE_HEAD))
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(f"{made.get_absolute_url()}/receipt").status_code == 404


def test_anybody_reports_and_the_secretariat_settles(client, place, today):
    cache.clear()
    said = {
        "where": "ร้านค้า",
        "what": "ติดตราปลอม",
        "seen_on": "19/11/2569",
        "number": "gecc 2568 1",
        "contact": "0812345678",
    }
    ahead = client.post("/register/report-misuse/", {**said, "seen_on": "1/12/2569"})
    assert ahead.status_code == 422

    thanks = client.post("/register/report-misuse/", said)

    report = MisuseReport.objects.get()
    assert report.reference in text_of(thanks)
    assert (report.certificate, report.reporter) == (place.certificate, None)
    client.force_login(place.office)
    assert "ร้านค้า" in text_of(client.get("/certification/misuse?stage=reported"))
    here = report.get_absolute_url()
    assert "0812345678" in text_of(client.get(here))
    client.post(f"{here}/look-into", {"seen": 0})
    assert client.post(f"{here}/settle", {"seen": 1}).status_code == 422
    refused = client.post(f"{here}/settle", {"seen": 1, "settlement": "proposed", "finding": "x"})
    assert refused.status_code == 422
    client.post(f"{here}/settle", {"seen": 1, "settlement": "corrected", "finding": "ปลดแล้ว"})
    assert "ปลดแล้ว" in text_of(client.get(here))


def test_reports_come_at_a_human_pace(client, db, today):
    cache.clear()
    codes = {client.post("/register/report-misuse/", {}).status_code for _ in range(21)}

    assert codes == {422, 429}
    cache.clear()


def test_a_list_asks_a_few_questions_only(client, place, today, django_assert_max_num_queries):
    place.order(*[certificate() for _ in range(6)])
    client.force_login(place.office)

    with django_assert_max_num_queries(12):
        client.get("/certification/assets")
