"""The criteria as machines read them: published versions, and how one goes on in the next."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from saduak.machines.doors import anyone
from saduak.machines.words import gettext_lazy
from saduak.standards.criteria import Criterion, Group, Named
from saduak.standards.models import CriteriaSet
from saduak.standards.queries import mapping_between

router = Router(tags=["Criteria"])


class TitleTold(Schema):
    """A title in both languages; `en` is empty where none is known."""

    th: str
    en: str


class VersionTold(Schema):
    """A published version of the criteria; it never changes."""

    reference: str
    cycle_be: int = Field(..., description="A year of the Buddhist era.")
    title: TitleTold
    sha256: str = Field(..., description="Of the source, over UTF-8, in hexadecimal.")
    published_at: datetime
    url: str = Field(..., description="Its page.")
    source: str = Field(..., description="Where the source lies, byte by byte.")


class LevelTold(Schema):
    """A level of certification, reached from `min` points on."""

    code: str
    title: TitleTold
    min: str


class PartTold(Schema):
    """A part of a criterion with points of its own."""

    code: str
    title: TitleTold
    max_score: str


class CriterionTold(Schema):
    """One criterion; points are decimal numbers as text, so that none is rounded on the way."""

    code: str
    title: TitleTold
    asks: TitleTold
    kind: str = Field(..., description="gate, fixed, graded or additive")
    group: str
    aspect: str
    max_score: str
    evidence: list[str]
    is_provisional: bool = Field(..., description="Whether any of it is not from the official booklet.")
    may_not_apply: bool
    parts: list[PartTold]


class StrandTold(Schema):
    """A main part of the criteria."""

    code: str
    title: TitleTold
    kind: str
    max_score: str
    groups: list[PartTold]
    criteria: list[CriterionTold]


class VersionInFullTold(VersionTold):
    """A version with all that it asks."""

    max_score: str
    levels: list[LevelTold]
    aspects: list[dict[str, str]]
    strands: list[StrandTold]


class LineTold(Schema):
    """What belongs together, as codes of criteria."""

    kind: str = Field(..., description="same, changed, split, merged, new or dropped")
    older: list[str]
    newer: list[str]


class MappingTold(Schema):
    """How an older version goes on in a newer one."""

    older: str
    newer: str
    is_confirmed: bool = Field(..., description="Whether people confirmed it; otherwise it is a suggestion.")
    lines: list[LineTold]


class MappingAsked(Schema):
    """Which other version is asked for."""

    older: str = Field(..., min_length=1, max_length=60, description="The reference of the older version.")


@router.get(
    "/criteria",
    auth=anyone,
    summary=gettext_lazy("Every published version, the latest first."),
    response=list[VersionTold],
)
def list_criteria(request: HttpRequest) -> Any:
    return [_version(one) for one in CriteriaSet.objects.published()]


@router.get(
    "/criteria/{reference}",
    auth=anyone,
    summary=gettext_lazy("One published version with its levels, strands and criteria."),
    response=VersionInFullTold,
)
def show_criteria(request: HttpRequest, reference: str) -> Any:
    return _in_full(get_object_or_404(CriteriaSet.objects.published(), reference=reference))


@router.get(
    "/criteria/{reference}/mapping",
    auth=anyone,
    summary=gettext_lazy("How the criteria of an older version go on in this one."),
    response=MappingTold,
)
def show_mapping(request: HttpRequest, reference: str, asked: Query[MappingAsked]) -> Any:
    newer = get_object_or_404(CriteriaSet.objects.published(), reference=reference)
    older = get_object_or_404(CriteriaSet.objects.published(), reference=asked.older)
    found = mapping_between(older, newer)
    return {
        "older": older.reference,
        "newer": newer.reference,
        "is_confirmed": found.is_confirmed,
        "lines": [
            {"kind": line.kind.value, "older": list(line.older), "newer": list(line.newer)} for line in found.lines
        ],
    }


def _version(criteria: CriteriaSet) -> dict[str, Any]:
    return {
        "reference": criteria.reference,
        "cycle_be": criteria.cycle_be,
        "title": {"th": criteria.title_th, "en": criteria.title_en},
        "sha256": criteria.sha256,
        "published_at": criteria.published_at,
        "url": f"{settings.PUBLIC_URL}{criteria.get_absolute_url()}",
        "source": f"{settings.PUBLIC_URL}{reverse('download_criteria', args=[criteria.reference])}",
    }


def _in_full(criteria: CriteriaSet) -> dict[str, Any]:
    library = criteria.library
    return {
        **_version(criteria),
        "max_score": str(library.max_score),
        "levels": [{"code": each.code, "title": _title(each), "min": str(each.min)} for each in library.levels],
        "aspects": [{"code": each.code, **_title(each)} for each in library.aspects],
        "strands": [
            {
                "code": strand.code,
                "title": _title(strand),
                "kind": strand.kind.value,
                "max_score": str(strand.max_score),
                "groups": [_group(group) for group in strand.groups],
                "criteria": [_criterion(criterion) for criterion in strand.criteria],
            }
            for strand in library.strands
        ],
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "title": _title(criterion),
        "asks": {"th": criterion.asks_th, "en": criterion.asks_en},
        "kind": criterion.kind.value,
        "group": criterion.group,
        "aspect": criterion.aspect,
        "max_score": str(criterion.max_score),
        "evidence": [each.value for each in criterion.evidence],
        "is_provisional": criterion.is_provisional,
        "may_not_apply": criterion.may_not_apply,
        "parts": [
            {"code": part.code, "title": _title(part), "max_score": str(part.max_score)} for part in criterion.parts
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {"code": group.code, "title": _title(group), "max_score": str(group.max_score)}


def _title(named: Named) -> dict[str, str]:
    return {"th": named.th, "en": named.en}
