"""Reads across the directory."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from saduak.directory.models import (
    Agency,
    Body,
    BodyKind,
    Centre,
    Holiday,
    Membership,
    Ministry,
    Office,
    Province,
    RegionProvince,
)
from saduak.directory.models.centres import CentreQuerySet
from saduak.directory.models.memberships import memberships_of as memberships_of  # Asked here by everybody else.
from saduak.directory.rules import words_sought, words_sought_apart
from saduak.people.models import User
from saduak.thai.calendar import OfficeCalendar
from saduak.thai.dates import be_year


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
    counted: int | None = None,
    skip: int = 0,
    number: int = 20,
) -> Found:
    """The centres that hold every word of `text`, the best first; `number` of them after `skip`.

    Words may be parts of words down to two letters, in any order, of the centre, its district, agency or province, in
    either language and in the spellings that `thai.text.search_key` makes equal. What finds nothing as typed is read
    again with one slip forgiven in each word of four letters or more that stands nowhere, then with its words parted.
    The earlier the words stand in name, place and agency, the better; then the shorter name. `among` are the centres
    searched, those in service when left out; each once, so ask `Exists` rather than join to many. An agency includes
    its parts. Without words all come, by name; who has `counted` them more quickly spares the counting.
    """
    searched = Centre.objects.in_service() if among is None else among
    if province is not None:
        searched = searched.filter(province=province)
    if agency is not None:
        searched = searched.filter(Q(agency=agency) | Q(agency__parent=agency))
    words = words_sought(text)
    if not words:
        everything = searched.with_names().in_order_of_names()
        total = everything.count() if counted is None else counted
        return Found(tuple(everything[skip : skip + number]), total)
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


def surviving_centre(code: str) -> Centre | None:
    """The centre into which the record of that code was merged, over as many merges as there were; None if it was not.

    Nothing points to a merged record any more: its old addresses lead to this one.
    """
    found = Centre.objects.filter(code=code, merged_into__isnull=False).select_related("merged_into").first()
    surviving = found.merged_into if found else None
    while surviving is not None and surviving.merged_into is not None:
        surviving = surviving.merged_into
    return surviving


def ministry_tree() -> list[tuple[Ministry | None, list[Agency]]]:
    """Every ministry with its agencies, each with `parts_now` and `number`, its centres in service.

    Last come the agencies outside every ministry, under None.
    """
    agencies = list(
        Agency.objects.select_related("ministry").annotate(number=Count("centres", filter=Q(centres__is_open=True)))
    )
    below: dict[int | None, list[Agency]] = {}
    for agency in agencies:
        agency.parts_now = []  # type: ignore[attr-defined]
    known = {agency.pk: agency for agency in agencies}
    for agency in agencies:
        if agency.parent_id is None:
            below.setdefault(agency.ministry_id, []).append(agency)
        else:
            known[agency.parent_id].parts_now.append(agency)  # type: ignore[attr-defined]
    tree: list[tuple[Ministry | None, list[Agency]]] = [(one, below.get(one.pk, [])) for one in Ministry.objects.all()]
    return [*tree, (None, below[None])] if None in below else tree


def bodies_by_kind(on: date) -> list[tuple[str, list[Body]]]:
    """Each kind of body with its bodies, those in office first, each with `number_of_members` on the day."""
    in_force = Membership.objects.on(on).filter(body=OuterRef("pk")).order_by()
    counted = in_force.values("body").annotate(number=Count("pk")).values("number")
    bodies: list[Body] = list(Body.objects.annotate(number_of_members=Coalesce(Subquery(counted), 0)))
    for body in bodies:
        body.in_office_now = body.is_in_office(on)  # type: ignore[attr-defined]
    kinds = []
    for kind in BodyKind:
        those = [body for body in bodies if body.kind == kind]
        those.sort(key=lambda body: (not body.is_in_office(on), body.number or 0, body.pk))
        if those:
            kinds.append((str(kind.label), those))
    return kinds


def people_with_offices(*, words: str, office: str, on: date) -> QuerySet[User]:
    """People whose name, user name, position or e-mail holds every word; `offices_now` are their offices of a day."""
    in_force = Membership.objects.on(on).with_places()
    people = User.objects.prefetch_related(Prefetch("memberships", queryset=in_force, to_attr="offices_now"))
    for word in words.split():
        people = people.filter(
            Q(name__icontains=word)
            | Q(username__icontains=word)
            | Q(position__icontains=word)
            | Q(email__icontains=word)
        )
    if office:
        people = people.filter(pk__in=Membership.objects.on(on).filter(office=office).values("person"))
    return people


def offices_in_words(person: User) -> str:
    """The offices of a person from `people_with_offices`, each with its place."""
    held: list[Membership] = person.offices_now  # type: ignore[attr-defined]
    return "; ".join(f"{one.get_office_display()}, {one.place}" for one in held)


def provinces_with_regions(on: date) -> list[Province]:
    """Provinces, each with `inspection_name` and `inspection_number` on a day, and `centre_number` in service."""
    regions = {one.province_id: one.region for one in RegionProvince.objects.on(on).select_related("region")}
    provinces: list[Province] = list(
        Province.objects.annotate(centre_number=Count("centres", filter=Q(centres__is_open=True)))
    )
    for province in provinces:
        region = regions.get(province.pk)
        province.inspection_name = region.name if region else ""  # type: ignore[attr-defined]
        province.inspection_number = region.number if region else None  # type: ignore[attr-defined]
    return provinces


def holiday_years() -> list[int]:
    """The Buddhist years that the holiday table knows."""
    return [be_year(day) for day in Holiday.objects.dates("day", "year")]
