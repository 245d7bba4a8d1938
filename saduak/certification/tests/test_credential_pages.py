"""A citizen brings the file of a certificate, and sees what was checked."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from saduak.certification.operations import credentials
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.tests import certificates
from saduak.credentials.reading import read
from saduak.credentials.tests.signers import signed as signed_elsewhere
from saduak.directory.tests.factories import CentreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_thai(client):
    client.cookies["language"] = "th"


@pytest.fixture
def certificate():
    made = certificates.certificate(CentreFactory(name_th="ศูนย์ราชการสะดวกลำพูน"))
    credentials.sign([made])
    return made


def fetched(client, certificate):
    return client.get(reverse("certificate_credential", args=[certificate.reference])).content


def bring(client, content, how="file"):
    given = SimpleUploadedFile("ใบรับรอง.json", content) if how == "file" else content.decode()
    return client.post(reverse("check_credential"), {how: given})


@pytest.mark.parametrize("how", ["file", "text"])
def test_the_file_from_the_register_is_genuine(client, certificate, how):
    page = bring(client, fetched(client, certificate), how).content.decode()

    assert "เป็นของแท้และใช้ได้" in page
    assert "ศูนย์ราชการสะดวกลำพูน" in page
    assert "ทะเบียนมีเอกสารฉบับนี้ตรงกันทุกตัวอักษร" in page
    assert certificate.get_absolute_url() in page


def test_laid_out_anew_it_is_still_the_same_document(client, certificate):
    laid_out = json.dumps(read(fetched(client, certificate)), indent=4).encode()

    assert "เป็นของแท้และใช้ได้" in bring(client, laid_out).content.decode()


def test_of_a_changed_file_nothing_is_believed_or_shown(client, certificate):
    changed = fetched(client, certificate).replace("ลำพูน".encode(), "ปลอมแปลง".encode())

    page = bring(client, changed).content.decode()

    assert "ไม่ใช่ของแท้" in page
    assert "ปลอมแปลง" not in page
    assert certificate.reference not in page


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (CertificateStage.SUSPENDED, "ถูกระงับใช้หรือสิ้นสุดแล้ว"),
        (CertificateStage.REVOKED, "สิ้นสุดแล้ว เพราะถูกเพิกถอน"),
    ],
)
def test_a_certificate_that_does_not_hold_says_why(client, stage, said):
    made = certificates.certificate(stage=stage)
    credentials.sign([made])

    page = bring(client, fetched(client, made)).content.decode()

    assert "เป็นของแท้ แต่ขณะนี้ไม่มีผลใช้" in page
    assert said in page


def test_an_example_is_told_as_one(client):
    made = certificates.certificate(is_example=True)
    credentials.sign([made])

    assert "เป็นตัวอย่าง ไม่ใช่ใบรับรองจริง" in bring(client, fetched(client, made)).content.decode()


def test_a_document_of_an_issuer_that_cannot_be_asked_is_left_open(client):
    page = bring(client, json.dumps(signed_elsewhere()).encode()).content.decode()

    assert "ตรวจสอบไม่ได้" in page
    assert "ศูนย์ราชการสะดวกทดสอบ" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"%PDF-1.7 \xff", "ไม่มีใบรับรองอยู่ภายใน", id="a PDF"),
        pytest.param(b"\x89PNG \xff", "ไม่ใช่ไฟล์ข้อความ", id="a picture"),
        pytest.param("สวัสดี".encode(), "ไม่ใช่ไฟล์ JSON", id="a letter"),
        pytest.param(b" " * 300_000, "ไฟล์ใหญ่เกินกว่า", id="a large file"),
        pytest.param(b'{"a":1,"a":2}', "ข้อมูลชื่อเดียวกันซ้ำกัน", id="a name twice"),
        pytest.param(b"[]", "ไม่ใช่ใบรับรอง", id="a list"),
        pytest.param(b"[" * 200_000, "ซ้อนกันลึกเกินไป", id="a tower"),
    ],
)
def test_what_is_no_certificate_is_told_at_its_field(client, content, said):
    answer = bring(client, content)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_nothing_brought_is_told(client):
    answer = client.post(reverse("check_credential"), {})

    assert answer.status_code == 422
    assert "โปรดเลือกไฟล์" in answer.content.decode()


def test_whoever_brings_too_many_files_is_asked_to_wait(client, settings, monkeypatch):
    monkeypatch.setattr("saduak.certification.views.credentials.TIMES", 1)

    answers = [bring(client, b"{}").status_code for _ in range(3)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_the_file_is_offered_where_people_look_for_it(client, certificate):
    address = reverse("certificate_credential", args=[certificate.reference])

    for page in (certificate.get_absolute_url(), reverse("show_registered_centre", args=[certificate.centre.code])):
        assert address in client.get(page).content.decode()
    assert reverse("check_credential") in client.get(reverse("check_certificate")).content.decode()


def test_a_file_that_waits_for_its_signature_is_not_offered(client):
    waiting = certificates.certificate()

    assert ".json" not in client.get(waiting.get_absolute_url()).content.decode()
