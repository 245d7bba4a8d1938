"""The emblem is a picture with its words as shapes, its QR code, and ตัวอย่าง across it where it is an example."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from saduak.documents.emblems import EmblemSheet, fingerprint, render_emblem

SHEET = EmblemSheet(
    number="GECC-2568-0007",
    level="excellent",
    level_th="เป็นเลิศ",
    level_en="Excellent",
    year_be=2568,
    expires_on=date(2028, 8, 31),
    verify_url="https://gecc.example.go.th/register/c/GECC-2568-0007/",
)


def colour_of_the_ring(sheet):
    drawn = Image.open(BytesIO(render_emblem(sheet, "png"))).convert("RGB")
    return drawn.getpixel((drawn.width // 2, round(drawn.height * 9.2 / 128)))


def test_it_is_a_safe_picture_that_needs_no_font():
    svg = render_emblem(SHEET, "svg").decode()

    assert svg.startswith("<svg")
    assert not any(word in svg for word in ("<script", "<text", "<foreignObject", 'href="http'))


@pytest.mark.parametrize(
    ("level", "ring"), [("basic", (31, 95, 168)), ("advanced", (92, 102, 107)), ("excellent", (138, 100, 16))]
)
def test_the_ring_has_the_colour_of_the_level(level, ring):
    assert colour_of_the_ring(replace(SHEET, level=level)) == ring


def test_an_example_looks_like_one():
    assert render_emblem(replace(SHEET, example=True), "png") != render_emblem(SHEET, "png")
    assert len({fingerprint(s, f) for s in (SHEET, replace(SHEET, example=True)) for f in ("svg", "png")}) == 4
