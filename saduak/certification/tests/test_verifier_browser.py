"""The verifier that people keep as a file: opened from a folder, without this site and without a network."""

import pytest
from django.test import Client
from django.urls import reverse

from saduak.certification.operations import credentials
from saduak.certification.tests import certificates

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed():
    """A certificate and its signed file."""
    made = certificates.certificate()
    credentials.sign([made])
    return made, Client().get(reverse("certificate_credential", args=[made.reference])).content


@pytest.fixture
def kept(signed, tmp_path):
    """The verifier as somebody downloaded it after the certificate was signed."""
    path = tmp_path / "verifier.html"
    path.write_bytes(Client().get(reverse("download_verifier")).content)
    return path


@pytest.fixture
def alone(new_walk, kept):
    """Somebody who opens the kept file on a device that reaches nothing."""

    def begin(width="desk"):
        walk = new_walk(width, forgetful=True)
        walk.context.set_offline(True)
        walk.page.goto(kept.as_uri())
        return walk

    return begin


def give(walk, content, name="certificate.json", kind="application/json"):
    """Drop a file on the page."""
    walk.page.evaluate(
        """([bytes, name, type]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], name, { type }));
            const zone = document.querySelector(".file-input");
            zone.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        [list(content), name, kind],
    )


def lists():
    """The status lists of this moment, as files."""
    return [Client().get(f"/credentials/status/{purpose}/1").content for purpose in ("revocation", "suspension")]


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_kept_file_verifies_without_anything_else(alone, signed, width):
    certificate, document = signed
    walk = alone(width)
    walk.finds_no_barriers()

    give(walk, document)

    walk.sees("เป็นของแท้ แต่ตรวจได้ไม่ครบทุกข้อ")
    walk.sees(certificate.centre_name_th)
    walk.sees("ไม่ได้สอบถามที่ใด")
    assert "เป็นของแท้" in walk.focused()
    walk.finds_no_barriers()


def test_status_lists_given_as_files_complete_the_answer(alone, signed):
    walk = alone()
    give(walk, signed[1])
    walk.sees("การเพิกถอนหรือพักใช้มีบันทึกไว้ในบัญชีต่อไปนี้")

    for content in lists():
        give(walk, content)

    walk.sees("เป็นของแท้และใช้ได้")
    walk.does_not_see("การเพิกถอนหรือพักใช้มีบันทึกไว้ในบัญชีต่อไปนี้")


def test_one_changed_byte_is_told_and_nothing_of_it_is_shown(alone, signed):
    certificate, document = signed
    walk = alone()

    give(walk, document.replace("ศูนย์".encode(), "ศูนษ์".encode(), 1))

    walk.sees("ไม่ใช่ของแท้")
    walk.does_not_see(certificate.centre_name_th)


def test_a_pdf_is_verified_with_its_seal(new_walk, tmp_path):
    made = certificates.certificate()
    credentials.sign([made])
    walk = new_walk(forgetful=True)
    pdf = walk.context.request.get(walk.address + reverse("certificate_pdf", args=[made.reference])).body()
    path = tmp_path / "verifier.html"
    path.write_bytes(Client().get(reverse("download_verifier")).content)
    walk.context.set_offline(True)
    walk.page.goto(path.as_uri())

    give(walk, pdf, name="certificate.pdf", kind="application/pdf")
    walk.sees("เป็นของแท้ แต่ตรวจได้ไม่ครบทุกข้อ")
    walk.sees("ประทับไฟล์ PDF")
    walk.sees(made.centre_name_th)

    changed = bytearray(pdf)
    changed[pdf.index(b"/Lang") + 4] ^= 1
    give(walk, changed, name="changed.pdf", kind="application/pdf")
    walk.sees("ไม่ใช่ของแท้")
    walk.does_not_see(made.centre_name_th)
    walk.finds_no_barriers()


def test_what_is_no_certificate_is_told(alone):
    walk = alone()

    give(walk, b'{"a": 1, "a": 2}', name="odd.json")

    walk.sees("odd.json: ")
    walk.finds_no_barriers()


def test_pasted_text_is_checked_in_the_language_that_one_chooses(alone, signed):
    walk = alone()
    walk.press("English")

    walk.fill("Or paste", signed[1].decode())
    walk.press("Check the text")

    walk.sees("Genuine, but not everything could be checked")
    walk.press("ไทย")
    walk.sees("เป็นของแท้ แต่ตรวจได้ไม่ครบทุกข้อ")
    walk.finds_no_barriers()


def test_with_a_connection_the_newest_keys_and_lists_are_asked_for(new_walk, live_server, settings, tmp_path):
    settings.PUBLIC_URL = live_server.url
    made = certificates.certificate()
    credentials.sign([made])
    path = tmp_path / "verifier.html"
    path.write_bytes(Client().get(reverse("download_verifier")).content)
    walk = new_walk(forgetful=True)
    walk.page.goto(path.as_uri())

    give(walk, Client().get(reverse("certificate_credential", args=[made.reference])).content)

    walk.sees("เป็นของแท้และใช้ได้")
    walk.sees(f"ได้สอบถามเว็บไซต์ของโครงการที่ {live_server.url}/.well-known/did.json")


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_page_of_the_site_does_the_same(new_walk, signed, width):
    walk = new_walk(width, forgetful=True)
    walk.open(reverse("verifier"))
    walk.page.get_by_label("เมื่อต่ออินเทอร์เน็ต").uncheck()

    give(walk, signed[1])

    walk.sees("เป็นของแท้ แต่ตรวจได้ไม่ครบทุกข้อ")
    walk.finds_no_barriers()
