"""Pictures drawn small for lists, and what they look like."""

import random
from io import BytesIO
from itertools import combinations

import pytest
from PIL import ExifTags, Image

from saduak.attachments.images import drawn_small, examine


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_a_picture_is_drawn_small_as_jpeg(kind, mode):
    data = BytesIO()
    Image.new(mode, (1200, 600)).save(data, kind)

    with Image.open(BytesIO(drawn_small(data.getvalue(), longest_side=480))) as small:
        assert (small.format, small.size, small.mode) == ("JPEG", (480, 240), "RGB")


def photograph(*, seed=1, size=(640, 480), quality=85, mode="RGB", kind="JPEG", exif=None):
    """A picture with something to see: bars whose greys are drawn by the seed."""
    greys = random.Random(seed).choices(range(256), k=12 * 9)
    small = Image.new("L", (12, 9))
    small.putdata(greys)
    data = BytesIO()
    saved = {"quality": quality} if kind == "JPEG" else {}
    small.resize(size, Image.Resampling.BICUBIC).convert(mode).save(
        data, kind, **saved, **({"exif": exif} if exif else {})
    )
    return data.getvalue()


def look_of(content, kind="JPEG"):
    return examine(content, kind, keep_place=True).dhash


def bits_apart(one, other):
    return ((one ^ other) & (2**64 - 1)).bit_count()


def test_a_picture_saved_anew_or_made_smaller_looks_alike():
    first = look_of(photograph())

    assert bits_apart(first, look_of(photograph(quality=40))) <= 2
    assert bits_apart(first, look_of(photograph(size=(320, 240)))) <= 2
    assert bits_apart(first, look_of(photograph(mode="RGBA", kind="PNG"), "PNG")) <= 2


def test_another_picture_looks_different():
    looks = [look_of(photograph(seed=seed)) for seed in range(2, 22)]

    assert all(-(2**63) <= look < 2**63 for look in looks)
    assert {look < 0 for look in looks} == {True, False}
    assert min(bits_apart(one, other) for one, other in combinations(looks, 2)) > 10


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_blank_picture_tells_nothing(kind):
    data = BytesIO()
    Image.new("RGB", (400, 300), "lightgrey").save(data, kind)

    assert look_of(data.getvalue(), kind) is None


@pytest.mark.parametrize(
    ("written", "edited"),
    [
        pytest.param("2025:03:14 09:31:00", False, id="written by the camera"),
        pytest.param("2025:06:01 10:00:00", True, id="written months later"),
        pytest.param("nonsense", False, id="illegible"),
        pytest.param(None, False, id="not noted"),
    ],
)
def test_a_picture_tells_when_a_program_wrote_it_after_it_was_taken(written, edited):
    notes = Image.Exif()
    notes[ExifTags.Base.Make] = "camera"
    notes.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2025:03:14 09:30:00"
    if written:
        notes[ExifTags.Base.DateTime] = written

    examined = examine(photograph(exif=notes), "JPEG", keep_place=True)

    assert examined.taken_at is not None
    assert (examined.edited_at is not None) == edited
