"""Reads across the directory."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from saduak.directory.models import Holiday, Membership, Province


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


def closed_days(province: Province | None, since: date, until: date) -> Mapping[date, str]:
    """Each holiday on which the government offices of a province close, with its name, both ends included."""
    holidays = Holiday.objects.closing_offices().between(since, until).observed_in(province)
    together: dict[date, str] = {}
    for day, name in holidays.values_list("day", "name"):
        together[day] = f"{together[day]}; {name}" if day in together else name
    return together
