"""The PDF of a certificate carries its credential, and a seal."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from saduak.certification.models import CertificateFile
from saduak.certification.operations import certificate_files, credentials
from saduak.certification.operations.certificate_files import file_of
from saduak.certification.tests import certificates
from saduak.credentials.issuers import Issuer
from saduak.credentials.operations import sealing_keys
from saduak.credentials.papers import inside
from saduak.directory.tests.factories import CentreFactory
from saduak.documents.certificates import render_certificate
from tests.support.together import together

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
    return client.get(reverse("certificate_pdf", args=[certificate.reference])).content


def bring(client, pdf):
    return client.post(reverse("check_credential"), {"file": SimpleUploadedFile("ใบรับรอง.pdf", pdf)})


def test_it_carries_the_credential_of_the_register(client, certificate):
    kept = client.get(reverse("certificate_credential", args=[certificate.reference])).content

    pdf = fetched(client, certificate)

    assert inside(pdf) == json.loads(kept)
    assert PdfReader(io.BytesIO(pdf)).attachments["credential.json"] == [kept]


def test_brought_back_it_is_genuine(client, certificate):
    page = bring(client, fetched(client, certificate)).content.decode()

    assert "เป็นของแท้และใช้ได้" in page
    assert "ศูนย์ราชการสะดวกลำพูน" in page
    assert "ตราประทับดิจิทัลของไฟล์ PDF" in page


def test_with_one_changed_byte_it_is_not_genuine_and_nothing_of_it_is_shown(client, certificate):
    pdf = bytearray(fetched(client, certificate))
    pdf[len(pdf) // 2] ^= 1

    page = bring(client, bytes(pdf)).content.decode()

    assert "ไม่ใช่ของแท้" in page
    assert "ศูนย์ราชการสะดวกลำพูน" not in page


def test_another_pdf_is_refused_in_words(client):
    answer = bring(client, b"%PDF-1.7\nnothing")

    assert answer.status_code == 422
    assert "ไม่มีใบรับรองอยู่ภายใน" in answer.content.decode()


def test_the_same_words_are_sealed_once_and_a_new_key_seals_anew(certificate):
    first = file_of(certificate)

    assert file_of(certificate) == first
    assert str(certificate) in str(first)
    sealing_keys.rotate(Issuer.PROGRAMME)
    assert file_of(certificate) != first


def test_whoever_was_slower_gets_the_file_of_who_was_faster(certificate, monkeypatch):
    faster = []

    def rendered(sheet):
        monkeypatch.undo()
        faster.append(file_of(certificate))
        return render_certificate(sheet)

    monkeypatch.setattr(certificate_files, "render_certificate", rendered)

    assert [file_of(certificate)] == faster
    assert CertificateFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_who_ask_at_once_get_one_file(certificate):
    sealing_keys.current(Issuer.PROGRAMME)

    made = together(*[lambda: file_of(certificate)] * 2)

    assert made[0] == made[1]
    assert CertificateFile.objects.count() == 1


def test_an_example_is_sealed_by_the_issuer_of_examples(certificate):
    certificate.is_example = True

    assert file_of(certificate).key.issuer == Issuer.EXAMPLE
