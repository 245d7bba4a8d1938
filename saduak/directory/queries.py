"""Reads across the directory."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from saduak.directory.models import Agency, Centre, Holiday, Membership, Office, Province
from saduak.directory.models.centres import CentreQuerySet
from saduak.directory.rules import words_sought, words_sought_apart
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


class Reading(StrEnum):
    """How a query had to be read to find something."""

    AS_TYPED = "as_typed"
    SLIPS_FORGIVEN = "slips_forgiven"
    WORDS_PARTED = "words_parted"


@dataclass(frozen=True)
class Found:
    """One page of the centres that a search found.

    `total` counts to RANKED at most; with `is_more` there are more than that, and only the first entered are ranked.
    """

    centres: tuple[Centre, ...]
    total: int
    is_more: bool = False
    reading: Reading = Reading.AS_TYPED


RANKED = 2000
"""As many hits are ordered by how well they fit. Who finds more has said too little to be ranked well."""

SAMPLED = 0.5
"""Per cent of the centres' pages that are looked through to see which words are common: some 500 of 100,000 centres."""


def search_centres(
    text: str,
    *,
    province: Province | None = None,
    agency: Agency | None = None,
    among: CentreQuerySet | None = None,
    skip: int = 0,
    number: int = 20,
) -> Found:
    """The centres that hold every word of `text`, the best first; `number` of them after `skip`.

    Words may be parts of words down to two letters, in any order, of the centre, its district, agency or province, in
    either language and in the spellings that `thai.text.search_key` makes equal. What finds nothing as typed is read
    again with one slip forgiven in each word of four letters or more that stands nowhere, then with its words parted.
    The earlier the words stand in name, place and agency, the better; then the shorter name. `among` are the centres
    searched, those in service when left out; each once, so ask `Exists` rather than join to many. An agency includes
    its parts. Without words all come, by name.
    """
    searched = Centre.objects.in_service() if among is None else among
    if province is not None:
        searched = searched.filter(province=province)
    if agency is not None:
        searched = searched.filter(Q(agency=agency) | Q(agency__parent=agency))
    words = words_sought(text)
    if not words:
        everything = searched.with_names().in_order_of_names()
        return Found(tuple(everything[skip : skip + number]), everything.count())
    found = _with_words(searched, words, skip, number) or _with_slips(searched, words, skip, number)
    if found:
        return found
    parted = words_sought_apart(text)
    if parted == words:
        return Found((), 0)
    return (
        _with_words(searched, parted, skip, number, Reading.WORDS_PARTED)
        or _with_slips(searched, parted, skip, number)
        or Found((), 0)
    )


def _with_slips(searched: CentreQuerySet, words: list[str], skip: int, number: int) -> Found | None:
    """What is found when a slip is forgiven in every word that stands nowhere; None when that finds nothing."""
    unknown = [word for word in words if len(word) >= 4 and not Centre.objects.with_words([word]).exists()]
    if not unknown:
        return None
    known = [word for word in words if word not in unknown]
    return _with_words(searched.with_nearly(unknown), known, skip, number, Reading.SLIPS_FORGIVEN)


def _with_words(
    searched: CentreQuerySet, words: list[str], skip: int, number: int, reading: Reading = Reading.AS_TYPED
) -> Found | None:
    """What holds all the words; None when nothing does."""
    hits = searched.with_words(words, common=_common(words)).order_by("pk")
    # The ORM cannot order what a limited query found: it would order all there is before it limits.
    first, parameters = hits.values("pk", "search_text", "sort_key")[: RANKED + 1].query.sql_with_params()
    order = ", ".join([*[" + ".join(["strpos(search_text, %s)"] * len(words))][: len(words)], "length(sort_key)"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pk, count(*) OVER () FROM ({first}) hits ORDER BY {order}, sort_key, pk LIMIT %s OFFSET %s",  # noqa: S608
            [*parameters, *words, number, skip],
        )
        rows = cursor.fetchall()
    total = rows[0][1] if rows else hits[: RANKED + 1].count() if skip else 0
    if not total:
        return None
    by_id = Centre.objects.with_names().in_bulk([pk for pk, _ in rows])
    return Found(tuple(by_id[pk] for pk, _ in rows), min(total, RANKED), total > RANKED, reading)


def _common(words: list[str]) -> set[str]:
    """Those of the words that a tenth of a small sample of all centres hold, of several such not the rarest."""
    if not words:
        return set()
    counts = ", ".join(["count(*) FILTER (WHERE strpos(search_text, %s) > 0)"] * len(words))
    with connection.cursor() as cursor:
        # Always the same pages, so that the same query takes the same way.
        cursor.execute(
            f"SELECT count(*), {counts} FROM directory_centre TABLESAMPLE SYSTEM (%s) REPEATABLE (1)",  # noqa: S608
            [*words, SAMPLED],
        )
        sampled, *holding = cursor.fetchone()
    common = sorted((held, word) for word, held in zip(words, holding, strict=True) if sampled and held >= sampled / 10)
    return {word for _, word in (common[1:] if len(common) == len(words) > 1 else common)}
