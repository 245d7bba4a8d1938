"""Holidays are entered, and provinces move between inspection regions."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from saduak.directory.models import Holiday, HolidayScope, InspectionRegion, Province, RegionProvince
from saduak.directory.operations.writing import changed, save_valid, write_down
from saduak.directory.policies import is_administrator, is_secretariat


@transaction.atomic
def add_holiday(*, by: Any | None, provinces: Iterable[Province] = (), **facts: Any) -> Holiday:
    """Enter a day, such as a one-off day of some provinces. Raises PermissionDenied and ValidationError."""
    _may_edit(by)
    places = list(provinces)
    holiday = Holiday(**facts)
    _has_its_places(holiday, places)
    save_valid(holiday)
    holiday.provinces.set(places)
    write_down(holiday, "opened", by=by, day=holiday.day.isoformat(), name=holiday.name, scope=holiday.scope)
    return holiday


@transaction.atomic
def correct_holiday(
    holiday: Holiday, *, by: Any | None, provinces: Iterable[Province] | None = None, **facts: Any
) -> Holiday:
    """Correct a day; one that was called off stays in the table as a day on which offices do not close."""
    _may_edit(by)
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    differences = changed(holiday, facts)
    places = list(holiday.provinces.all() if provinces is None else provinces)
    before, after = (sorted(one.code for one in some) for some in (holiday.provinces.all(), places))
    if before != after:
        differences["provinces"] = [before, after]
    if differences:
        _has_its_places(holiday, places)
        save_valid(holiday)
        holiday.provinces.set(places)
        write_down(holiday, "corrected", by=by, changes=differences)
    return holiday


@transaction.atomic
def move_province(
    province: Province, *, to: InspectionRegion, from_day: date, source: str, by: Any | None
) -> RegionProvince:
    """Let a province belong to another region from a day on. Raises PermissionDenied and ValidationError."""
    _may_edit(by)
    Province.objects.select_for_update().get(pk=province.pk)
    latest = RegionProvince.objects.filter(province=province).order_by("-from_day").first()
    if latest is not None:
        if latest.region_id == to.pk and latest.until_day is None:
            raise ValidationError(_("The province belongs to this region already."))
        if from_day <= latest.from_day:
            raise ValidationError({"from_day": _("The province moved on this day or later already.")})
        if latest.until_day is None or latest.until_day >= from_day:
            latest.until_day = from_day - timedelta(days=1)
            save_valid(latest)
    belonging = save_valid(RegionProvince(region=to, province=province, from_day=from_day, source=source))
    write_down(to, "province_joined", by=by, province=province.name_th, from_day=from_day.isoformat(), source=source)
    return belonging


def _has_its_places(holiday: Holiday, places: list[Province]) -> None:
    if (holiday.scope == HolidayScope.PROVINCES) != bool(places):
        raise ValidationError(
            {"provinces": _("Choose the provinces of a day that some provinces have, and only then.")}
        )


def _may_edit(by: Any | None) -> None:
    if by is not None and not (is_secretariat(by) or is_administrator(by)):
        raise PermissionDenied
