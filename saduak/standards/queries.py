"""Reads for the pages of the criteria, and the way from one version to the next."""

from pathlib import Path
from typing import Any

from django.shortcuts import get_object_or_404

from saduak.standards.criteria import Library
from saduak.standards.mapping import (
    CriteriaMap,
    Links,
    composed,
    identity,
    lines_between,
    strangers,
    suggested_links,
)
from saduak.standards.models import CriteriaMapping, CriteriaSet

BUNDLED = ("gecc-2568",)
"""Ids of the sources that come with the platform."""


def bundled_source(code: str) -> str:
    """A source that comes with the platform. Raises KeyError for an id that does not."""
    if code not in BUNDLED:
        raise KeyError(code)
    return (Path(__file__).parent / "data" / f"{code}.yaml").read_text(encoding="utf-8")


def bundled_but_not_loaded() -> list[str]:
    """The ids that come with the platform and are not kept yet."""
    kept = set(CriteriaSet.objects.filter(reference__in=BUNDLED).values_list("reference", flat=True))
    return [code for code in BUNDLED if code not in kept]


def criteria_set_for(user: Any, reference: str) -> CriteriaSet:
    """The set of criteria of that id, if the person may read it. Raises Http404."""
    return get_object_or_404(CriteriaSet.objects.visible_to(user), reference=reference)


def mapping_between(older: CriteriaSet, newer: CriteriaSet) -> CriteriaMap:
    """How the criteria of `older` go on in `newer`: what people confirmed, else what is suggested.

    Where the pair itself has no confirmed mapping, confirmed mappings over the years between are joined, by the fewest
    of them. The same set on both sides goes on as itself, which counts as confirmed.
    """
    if older.pk == newer.pk:
        return CriteriaMap(lines_between(older.library, older.library, identity(older.library)), is_confirmed=True)
    way = _way(older, newer)
    if not way:
        links = suggested_links(older.library, newer.library)
        return CriteriaMap(lines_between(older.library, newer.library, links), is_confirmed=False)
    links = _links(way[0])
    for step in way[1:]:
        links = composed(links, _links(step))
    lines = lines_between(older.library, newer.library, links)
    return CriteriaMap(lines, is_confirmed=True, references=tuple(step.reference for step in way))


def published_besides(criteria: CriteriaSet) -> list[CriteriaSet]:
    """Other versions that bind, those of earlier cycles first, the latest of them first."""
    others = CriteriaSet.objects.published().exclude(pk=criteria.pk)
    return sorted(others, key=lambda other: (other.cycle_be > criteria.cycle_be, -other.cycle_be, other.reference))


def links_between(older: CriteriaSet, newer: CriteriaSet, library: Library) -> tuple[Links, bool]:
    """The links to show between two versions, and whether people confirmed them; `library` is that of the newer.

    A mapping that is still drafted goes before an earlier confirmed one, because people are at work on it.
    """
    kept = CriteriaMapping.objects.between(older, newer).first()
    if kept is None:
        return suggested_links(older.library, library), False
    gone = set(strangers(older.library, library, kept.links))
    links = {code: tuple(c for c in of if c not in gone) for code, of in kept.links.items() if code not in gone}
    return links, kept.is_confirmed and kept.newer_sha256 == newer.sha256


def _way(older: CriteriaSet, newer: CriteriaSet) -> list[CriteriaMapping]:
    """The shortest chain of confirmed mappings, oldest first; of one pair the latest. Empty when there is none."""
    latest: dict[tuple[int, int], CriteriaMapping] = {}
    for each in CriteriaMapping.objects.in_force().order_by("number"):
        latest[each.older_id, each.newer_id] = each
    reached: dict[int, list[CriteriaMapping]] = {older.pk: []}
    while newer.pk not in reached:
        further = {b: [*reached[a], each] for (a, b), each in latest.items() if a in reached and b not in reached}
        if not further:
            return []
        reached |= further
    return reached[newer.pk]


def _links(confirmed: CriteriaMapping) -> Links:
    return {code: tuple(before) for code, before in confirmed.links.items()}
