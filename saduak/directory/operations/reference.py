"""Loads the reference data that the platform brings along."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from saduak.directory.models import (
    Agency,
    AgencyKind,
    Confidence,
    Holiday,
    HolidayScope,
    InspectionRegion,
    Ministry,
    Province,
    RegionProvince,
)
from saduak.thai.calendar import NATIONWIDE, read_closures

DATA = Path(__file__).resolve().parents[1] / "data"
KNOWN_SINCE = date(2017, 1, 1)
"""Since when the loaded regions are taken to hold: the first day of the platform's calendar, not of the order."""

UNCHECKED = "unchecked against the text of the order"


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Add what is missing of provinces, regions, ministries, agencies and holidays, and tell how many rows of each.

    What is there already stays as it is, so that nobody's correction is undone; a second call adds nothing.
    """
    return {
        "provinces": _load_provinces(),
        "regions": _load_regions(),
        "ministries": _load_ministries(),
        "agencies": _load_agencies(),
        "holidays": _load_holidays(),
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_provinces() -> int:
    known = set(Province.objects.values_list("code", flat=True))
    new = [
        Province(
            code=row["code"],
            name_th=row["name_th"],
            name_en=row["name_en"],
            abbr_th=row["abbr_th"],
            abbr_en=row["abbr_en"],
            region_th=row["region6_th"],
            latitude=row["lat"],
            longitude=row["lon"],
        )
        for row in _rows("provinces.csv")
        if row["code"] not in known
    ]
    return len(Province.objects.bulk_create(new))


def _load_regions() -> int:
    known = set(InspectionRegion.objects.values_list("number", flat=True))
    provinces = {province.code: province for province in Province.objects.all()}
    added = 0
    for row in _rows("inspection_regions.csv"):
        if int(row["region"]) in known:
            continue
        region = InspectionRegion.objects.create(
            number=int(row["region"]),
            name_th=row["name_th"],
            name_en=f"Inspection region {row['region']}" if row["region"] != "0" else "Central inspection region",
            province_group_th=row["province_group_th"],
        )
        RegionProvince.objects.bulk_create(
            RegionProvince(region=region, province=provinces[code], from_day=KNOWN_SINCE, source=UNCHECKED)
            for code in row["province_codes"].split()
        )
        added += 1
    return added


def _load_ministries() -> int:
    known = set(Ministry.objects.values_list("code", flat=True))
    new = [
        Ministry(code=row["key"], letter_code=row["letter_code"], name_th=row["name_th"], name_en=row["name_en"])
        for row in _rows("ministries_departments.csv")
        if row["level"] == "ministry" and row["key"] not in known
    ]
    return len(Ministry.objects.bulk_create(new))


def _load_agencies() -> int:
    """The parent of an agency outside every ministry is a heading in the file, not a ministry."""
    known = set(Agency.objects.values_list("code", flat=True))
    ministries = {ministry.code: ministry for ministry in Ministry.objects.all()}
    new = [
        Agency(
            code=row["key"],
            ministry=ministries.get(row["parent"]),
            kind=AgencyKind.DEPARTMENT if row["parent"] in ministries else AgencyKind.INDEPENDENT,
            name_th=row["name_th"],
            name_en=row["name_en"],
        )
        for row in _rows("ministries_departments.csv")
        if row["level"] == "department" and row["key"] not in known
    ]
    return len(Agency.objects.bulk_create(new))


def _load_holidays() -> int:
    known = set(Holiday.objects.values_list("day", "name", "scope", "region_th"))
    provinces = {province.code: province for province in Province.objects.all()}
    new: list[tuple[Holiday, list[str]]] = []
    with (DATA / "holidays_2560_2570.csv").open(encoding="utf-8", newline="") as file:
        for closure in read_closures(file):
            region = closure.scope.removeprefix("region:") if closure.scope.startswith("region:") else ""
            codes = [] if region or closure.scope == NATIONWIDE else closure.scope.split()
            scope = HolidayScope.REGION if region else HolidayScope.PROVINCES if codes else HolidayScope.NATIONWIDE
            if (closure.day, closure.name, scope, region) in known:
                continue
            holiday = Holiday(
                day=closure.day,
                name=closure.name,
                kind=closure.kind,
                scope=scope,
                region_th=region,
                confidence=Confidence(closure.confidence),
                source=closure.source or "python-holidays",
                offices_close=closure.offices_close,
            )
            new.append((holiday, codes))
    Holiday.objects.bulk_create(holiday for holiday, _codes in new)
    observed = Holiday.provinces.through
    observed.objects.bulk_create(
        observed(holiday=holiday, province=provinces[code]) for holiday, codes in new for code in codes
    )
    return len(new)
