"""Reads across the directory."""

from datetime import date
from typing import Any

from django.utils import timezone

from saduak.directory.models import Holiday, Membership, Office, Province
from saduak.thai.calendar import OfficeCalendar


def memberships_of(user: Any, on: date | None = None) -> tuple[Membership, ...]:
    """The offices a person holds on a day (today when left out), each with its place; asked once per person object.

    A stranger, and a person whose account is closed, holds none. After an appointment fetch the person anew.
    """
    if not user.is_authenticated or not user.is_active:
        return ()
    day = on or timezone.localdate()
    known: dict[date, tuple[Membership, ...]] = user.__dict__.setdefault("_memberships_on", {})
    if day not in known:
        known[day] = tuple(user.memberships.on(day).with_places())
    return known[day]


def office_calendar(province: Province | None = None) -> OfficeCalendar:
    """The days on which the offices of a province are closed; without one, only those of the whole country."""
    holidays = Holiday.objects.closing_offices().with_places()
    return OfficeCalendar.of(
        (holiday.as_closure() for holiday in holidays),
        province=province.code if province else "",
        region=province.region_th if province else "",
    )


def officer_since(user: Any) -> date | None:
    """The first day of the offices with a part in the platform that a person holds today; None without any."""
    return min((held.from_day for held in memberships_of(user) if held.office != Office.POSTED), default=None)
