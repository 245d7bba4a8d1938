"""The front page is light enough for a slow telephone."""

import pytest

from benchmarks.first_load_weight import AIM, weights


@pytest.mark.django_db
def test_a_first_visit_loads_less_than_the_aim_fonts_included(client):
    found = weights("/")

    assert any(name.endswith(".woff2") for name, _packed, _plain in found)
    assert sum(packed for _name, packed, _plain in found) < AIM
