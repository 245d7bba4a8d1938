"""The map of the provinces."""

import re
from xml.etree import ElementTree

import pytest

from saduak.design.maps import Map, Place, province_map


def drawn(*values):
    return Map("ลำพูนมีมากที่สุด", [Place(code, code, value, f"{value}", f"?p={code}") for code, value in values], name="m")


def test_every_province_has_an_outline():
    everywhere = Map("ทุกจังหวัด", [Place(str(code), code, 1, "1") for code in range(10, 97)])

    assert province_map(everywhere).count("<path") == 77


def test_the_drawing_is_well_formed_and_leads_to_the_cases():
    page = province_map(drawn(("51", 8), ("50", 0)))

    drawing = ElementTree.fromstring(re.search(r"<svg.*</svg>", page, re.DOTALL)[0])  # noqa: S314  (our own drawing)
    assert drawing.get("aria-hidden") == "true"
    assert 'href="?p=51" tabindex="-1"' in page
    assert page.count("<title>") == 2


@pytest.mark.parametrize("largest", [0, 1, 2, 3, 7, 40, 99, 1234])
def test_there_are_at_most_five_shades_and_each_says_what_it_means(largest):
    shown = drawn(("51", largest), ("50", 0))

    assert len(shown.key) <= 6
    assert shown.shade_of(0) == 0
    assert shown.shade_of(largest) == len(shown.key) - 1
    assert shown.key[0] == (0, "0")
    assert shown.key[-1][0] == (5 if largest else 0)


def test_a_name_is_never_markup():
    page = province_map(Map("<b>", [Place("51", "<script>", 1, "1")]))

    assert "<script>" not in page
    assert "<b>" not in page
