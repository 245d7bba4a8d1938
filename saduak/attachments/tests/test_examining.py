"""What is taken, what is refused, and what is left of a picture."""

import io
from datetime import UTC, datetime
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from saduak.attachments import images, office, pdfs
from saduak.attachments.examining import MAX_BYTES, examine
from saduak.attachments.refusals import SENTENCES, FileRefused, Refusal
from saduak.attachments.tests import factories as make


def refusal_of(content):
    with pytest.raises(FileRefused) as refused:
        examine(content)
    (reason,) = refused.value.reasons
    assert reason.sentence
    return reason.code


HOSTILE = [
    pytest.param(b"", Refusal.EMPTY, id="0 bytes"),
    pytest.param(b"\xff\xd8\xff" + b"\0" * MAX_BYTES, Refusal.TOO_LARGE, id="one letter too large"),
    pytest.param(b"<html><script>alert(1)</script>", Refusal.UNKNOWN_KIND, id="HTML"),
    pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Refusal.UNKNOWN_KIND, id="SVG"),
    pytest.param(b"MZ\x90\0" * 100, Refusal.UNKNOWN_KIND, id="a program"),
    pytest.param(b"GIF89a" + b"\0" * 100, Refusal.UNKNOWN_KIND, id="GIF"),
    pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Refusal.HEIC, id="HEIC"),
    pytest.param(b"\xff\xd8\xff<html><script>alert(1)</script>", Refusal.BROKEN_IMAGE, id="HTML behind a JPEG's start"),
    pytest.param(make.picture(size=(400, 400))[:-300], Refusal.BROKEN_IMAGE, id="a JPEG cut off"),
    pytest.param(make.picture("PNG", size=(400, 400))[:-40], Refusal.BROKEN_IMAGE, id="a PNG cut off"),
    pytest.param(make.picture("WEBP")[:-20], Refusal.BROKEN_IMAGE, id="a WebP cut off"),
    pytest.param(make.png_bomb(), Refusal.TOO_MANY_PIXELS, id="a PNG bomb"),
    pytest.param(make.png_bomb(8000, 8000), Refusal.TOO_MANY_PIXELS, id="a small PNG bomb"),
    pytest.param(make.pdf()[:-200], Refusal.BROKEN_PDF, id="a PDF cut off"),
    pytest.param(make.pdf() + b"PK\x03\x04" + b"x" * 2000, Refusal.BROKEN_PDF, id="a PDF with another file behind it"),
    pytest.param(b"%PDF-1.7\n%%EOF", Refusal.BROKEN_PDF, id="a PDF of nothing"),
    pytest.param(make.pdf(pages=0), Refusal.BROKEN_PDF, id="a PDF without pages"),
    pytest.param(make.pdf(password="secret"), Refusal.ENCRYPTED_PDF, id="a locked PDF"),
    pytest.param(
        make.pdf(change=make.with_open_action("/JavaScript", JS="app.alert(1)")),
        Refusal.ACTIVE_PDF,
        id="a PDF with JavaScript",
    ),
    pytest.param(make.pdf_in_disguise(), Refusal.ACTIVE_PDF, id="a PDF that starts a program under a disguised name"),
    pytest.param(
        make.pdf(change=make.with_open_action("/Launch", F="cmd.exe")), Refusal.ACTIVE_PDF, id="a PDF that starts one"
    ),
    pytest.param(
        make.pdf(change=make.with_open_action("/SubmitForm", F="https://example.org")),
        Refusal.ACTIVE_PDF,
        id="a PDF that sends something",
    ),
    pytest.param(
        make.pdf(change=lambda w: w.add_attachment("a.exe", b"MZ")),
        Refusal.PDF_WITH_FILES,
        id="a PDF with a file in it",
    ),
    pytest.param(make.archive(**{"a.txt": "x"}), Refusal.UNKNOWN_KIND, id="a plain archive"),
    pytest.param(
        make.document(**{"xl/workbook.xml": "<workbook/>"}), Refusal.UNKNOWN_KIND, id="a document and a workbook in one"
    ),
    pytest.param(make.workbook()[:-400], Refusal.BROKEN_OFFICE, id="a workbook cut off"),
    pytest.param(make.document(**{"word/vbaProject.bin": "x"}), Refusal.ACTIVE_OFFICE, id="a document with macros"),
    pytest.param(
        make.document(**{"word/embeddings/oleObject1.bin": "x"}), Refusal.ACTIVE_OFFICE, id="a document with an object"
    ),
    pytest.param(
        make.document(**{"[Content_Types].xml": "<!DOCTYPE x><Types/>"}),
        Refusal.ACTIVE_OFFICE,
        id="a document with entities",
    ),
    pytest.param(
        make.document(**{f"word/{n}.xml": "" for n in range(office.MAX_PARTS)}), Refusal.SWOLLEN_OFFICE, id="many parts"
    ),
]


@pytest.mark.parametrize(("content", "code"), HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(content, code):
    assert refusal_of(content) == code


def test_every_refusal_has_a_sentence():
    assert SENTENCES.keys() == set(Refusal)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(make.picture("JPEG"), "image/jpeg", id="JPEG"),
        pytest.param(make.picture("JPEG", mode="CMYK", colour=0), "image/jpeg", id="JPEG for print"),
        pytest.param(make.picture("JPEG", mode="L", colour=9), "image/jpeg", id="grey JPEG"),
        pytest.param(make.picture("PNG"), "image/png", id="PNG"),
        pytest.param(make.picture("PNG", mode="P", colour=3), "image/png", id="PNG with a palette"),
        pytest.param(make.picture("PNG", mode="P", colour=3, transparency=3), "image/png", id="see-through PNG"),
        pytest.param(make.picture("PNG", mode="I;16", colour=9), "image/png", id="PNG of 16 bits"),
        pytest.param(make.picture("WEBP"), "image/webp", id="WebP"),
        pytest.param(make.picture("WEBP", mode="RGBA"), "image/webp", id="see-through WebP"),
    ],
)
def test_a_picture_of_an_accepted_kind_is_taken(content, media_type):
    examined = examine(content)

    assert (examined.media_type, examined.width, examined.height) == (media_type, 64, 48)
    assert Image.open(io.BytesIO(examined.content)).size == (64, 48)


def test_drawing_the_same_picture_twice_gives_the_same_bytes():
    assert examine(make.picture()).content == examine(make.picture()).content


def test_a_picture_loses_what_cannot_be_seen():
    polyglot = make.picture(exif=make.camera_notes(), comment=b"<script>alert(1)</script>") + b"PK\x03\x04<script>"

    examined = examine(polyglot)

    assert not Image.open(io.BytesIO(examined.content)).getexif()
    assert b"script" not in examined.content
    assert b"Telephone" not in examined.content
    assert (examined.taken_at, examined.latitude, examined.longitude) == (None, None, None)


def test_text_in_a_png_is_lost_and_its_transparency_is_not():
    notes = PngInfo()
    notes.add_text("Comment", "<script>", zip=True)
    seen_through = make.picture("PNG", mode="RGBA", colour=(0, 0, 0, 0), pnginfo=notes)

    drawn = Image.open(io.BytesIO(examine(seen_through).content))

    assert drawn.info.get("Comment") is None
    assert drawn.convert("RGBA").getpixel((0, 0))[3] == 0


def test_date_and_place_are_kept_as_facts_when_asked_for():
    examined = examine(make.picture(exif=make.camera_notes()), keep_place=True)

    assert examined.taken_at.astimezone(UTC) == datetime(2025, 3, 14, 2, 30, tzinfo=UTC)
    assert (examined.latitude, examined.longitude) == (18.575, 99.01)
    assert not Image.open(io.BytesIO(examined.content)).getexif()


@pytest.mark.parametrize(
    ("notes", "facts"),
    [
        pytest.param({"offset": "+00:00"}, {"taken_at": datetime(2025, 3, 14, 9, 30, tzinfo=UTC)}, id="another clock"),
        pytest.param({"offset": "soon"}, {"taken_at": None}, id="no clock at all"),
        pytest.param({"north": "S"}, {"latitude": -18.575}, id="south"),
        pytest.param({"latitude": (91, 0, 0.0)}, {"latitude": None, "longitude": None}, id="beyond the pole"),
        pytest.param({"latitude": (18, 34)}, {"latitude": None, "longitude": None}, id="malformed"),
    ],
)
def test_what_the_camera_noted_is_read_with_care(notes, facts):
    examined = examine(make.picture(exif=make.camera_notes(**notes)), keep_place=True)

    assert {name: getattr(examined, name) for name in facts} == facts


@pytest.mark.parametrize("orientation", range(10))
def test_a_picture_is_stored_upright(orientation):
    examined = examine(make.picture_with_a_white_corner(orientation))

    upright = Image.open(io.BytesIO(examined.content)).convert("L")
    assert upright.getpixel((2, 2)) > 200
    assert upright.getpixel((upright.width - 3, upright.height - 3)) < 50


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_notes_do_not_spoil_a_good_picture():
    notes = make.camera_notes(orientation=6).tobytes()
    damaged = notes[:14] + bytes(255 - byte for byte in notes[14:])

    examined = examine(make.picture(exif=damaged), keep_place=True)

    assert examined.taken_at is None
    assert examined.media_type == "image/jpeg"


def test_a_large_picture_is_scaled_down():
    examined = examine(make.picture(size=(6000, 1500)))

    assert (examined.width, examined.height) == (images.LONGEST_SIDE, images.LONGEST_SIDE // 4)


def test_a_pdf_is_kept_byte_for_byte():
    content = make.pdf(pages=3)

    examined = examine(content)

    assert (examined.content, examined.media_type, examined.pages) == (content, "application/pdf", 3)


def test_an_empty_additional_action_is_no_reason_to_refuse():
    def change(writer):
        writer.root_object[NameObject("/AA")] = DictionaryObject()
        writer.root_object[NameObject("/Dests")] = ArrayObject([DictionaryObject()])

    assert examine(make.pdf(change=change)).pages == 1


@pytest.mark.parametrize("limit", ["MAX_OBJECTS", "PATIENCE"])
def test_a_pdf_that_would_take_too_long_is_refused(limit):
    with mock.patch.object(pdfs, limit, 0):
        assert refusal_of(make.pdf()) == Refusal.COMPLICATED_PDF


def test_a_workbook_is_taken():
    assert examine(make.workbook()).media_type.endswith("spreadsheetml.sheet")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = make.document(**{"word/media/a.bin": b"\0" * 1_000_000})

    with mock.patch.object(office, "MAX_UNPACKED", 1_000_000):
        assert refusal_of(bomb) == Refusal.SWOLLEN_OFFICE


def test_a_document_whose_list_lies_about_sizes_is_refused():
    honest = make.document(**{"word/media/a.bin": b"\0" * 100_000})
    lying = honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert refusal_of(lying) == Refusal.BROKEN_OFFICE


def test_a_part_that_ends_with_the_archive_is_refused():
    honest = make.document()

    lying = honest[:28] + bytes([216]) + honest[29:]  # How far behind its name the first part begins.

    assert refusal_of(lying) == Refusal.BROKEN_OFFICE


@settings(deadline=None)
@given(
    start=st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7\n", b"PK\x03\x04"]
    ),
    rest=st.binary(max_size=300),
    end=st.sampled_from([b"", b"%%EOF"]),
)
def test_no_bytes_do_worse_than_being_refused(start, rest, end):
    with pytest.raises(FileRefused):
        examine(start + rest + end)


@settings(deadline=None)
@given(data=st.data())
def test_damage_anywhere_is_refused_or_harmless(data):
    content = bytearray(data.draw(st.sampled_from([make.picture(), make.picture("PNG"), make.pdf(), make.document()])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        examined = examine(bytes(content))
    except FileRefused:
        return
    assert examined.content
