"""The reference data are loaded once and leave corrections alone."""

from datetime import date

import pytest
from django.core.management import call_command

from saduak.directory.models import Agency, Holiday, InspectionRegion, Ministry, Province, RegionProvince
from saduak.directory.operations.reference import load_reference
from saduak.directory.queries import office_calendar

pytestmark = pytest.mark.django_db


def test_everything_is_loaded_once():
    assert load_reference() == {"provinces": 77, "regions": 19, "ministries": 20, "agencies": 161, "holidays": 306}
    assert RegionProvince.objects.on(date(2026, 1, 1)).count() == 77

    assert set(load_reference().values()) == {0}


def test_a_correction_stays():
    load_reference()
    Ministry.objects.filter(code="M01").update(name_th="แก้ไขแล้ว")

    load_reference()

    assert Ministry.objects.get(code="M01").name_th == "แก้ไขแล้ว"


def test_agencies_outside_every_ministry_have_none():
    load_reference()

    outside = Agency.objects.filter(ministry=None)

    assert {agency.kind for agency in outside} == {"independent"}
    assert all(agency.code.startswith("M21") for agency in outside)


def test_lamphun_is_in_region_15_and_closes_for_the_northern_holiday(capsys):
    call_command("load_reference")
    lamphun = Province.objects.get(code="51")

    assert "77 provinces" in capsys.readouterr().out
    assert InspectionRegion.objects.of(lamphun, date(2026, 1, 1)).get().number == 15
    assert date(2021, 3, 26) in office_calendar(lamphun).closed
    assert date(2021, 3, 26) not in office_calendar(Province.objects.get(code="83")).closed


def test_labour_day_closes_no_office():
    load_reference()

    day = Holiday.objects.get(day=date(2025, 5, 1), name__contains="แรงงาน")

    assert not day.offices_close
