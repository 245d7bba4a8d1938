"""Files to hand in, good and hostile."""

import io
import wave
import zipfile
import zlib
from array import array
from datetime import datetime

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import ExifTags, Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from saduak.attachments.operations import store


def upload(content, name="ภาพถ่าย.jpg"):
    """The bytes as a browser hands them in."""
    return SimpleUploadedFile(name, content)


def picture(kind="JPEG", *, size=(64, 48), colour="teal", mode="RGB", exif=None, **options):
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **({"exif": exif} if exif else {}), **options)
    return out.getvalue()


def picture_with_a_white_corner(orientation):
    """A black picture whose upper left corner is white once it is turned as the camera noted."""
    upright = Image.new("L", (64, 48))
    upright.paste(255, (0, 0, 16, 16))
    out = io.BytesIO()
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)  # Image.Transpose that leads back.
    turned = upright if undo is None else upright.transpose(Image.Transpose(undo))
    turned.save(out, "JPEG", exif=camera_notes(orientation=orientation), quality=95)
    return out.getvalue()


def camera_notes(*, orientation=1, offset=None, latitude=(18, 34, 30.0), north="N"):
    """What a telephone notes in a photograph taken at the provincial hall of Lamphun."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Telephone"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2025:03:14 09:30:00"
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude] = latitude
    gps[ExifTags.GPS.GPSLatitudeRef] = north
    gps[ExifTags.GPS.GPSLongitude] = (99, 0, 36.0)
    gps[ExifTags.GPS.GPSLongitudeRef] = "E"
    return exif


def pdf(*, pages=1, change=None, password=None):
    """A PDF with empty pages; `change` may do mischief with its writer."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if change:
        change(writer)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_open_action(kind, **keys):
    """Mischief: something that happens when the PDF is opened."""

    def change(writer):
        action = DictionaryObject({NameObject("/S"): NameObject(kind)})
        action.update({NameObject(f"/{key}"): TextStringObject(value) for key, value in keys.items()})
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return change


def pdf_in_disguise():
    """A PDF that starts a program, with a letter of the deed's name written as its number."""
    plain = pdf(change=with_open_action("/Launch", F="xxcmd.exe"))
    return plain.replace(b"/Launch", b"/L#61unch").replace(b"(xxcmd", b"(cmd")


def workbook():
    """An Excel workbook with one cell."""
    book = Workbook()
    book.active["A1"] = "ศูนย์ราชการสะดวก"
    book.properties.created = book.properties.modified = datetime(2025, 1, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**parts):
    """A zip archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def document(**more):
    """The parts that make an archive a Word document, and more."""
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"} | more)


def png_bomb(width=30_000, height=30_000):
    """A PNG of a few hundred bytes that says it has 900 million pixels."""

    def chunk(kind, content):
        return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def sound(milliseconds=300, *, rate=16000, loud=9000, channels=1):
    """A tone as a WAV file."""
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        beats = rate * milliseconds // 1000 * channels
        out.writeframes(array("h", (loud if place // 20 % 2 else -loud for place in range(beats))).tobytes())
    return made.getvalue()


def _store(*, content, name, **facts):
    return store(upload(content, name), **facts)


class AttachmentFactory(factory.Factory):
    """A stored file; `content` are the bytes handed in."""

    class Meta:
        model = _store

    content = factory.LazyFunction(picture)
    name = "ภาพถ่าย.jpg"
    by = None
