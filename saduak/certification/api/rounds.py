"""Rounds with their calendars, draws with their records, the register in numbers, and the open data."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from saduak.certification.api.register import DayAsked, past_day
from saduak.certification.models import Draw, Round
from saduak.certification.operations.open_data import FORMS
from saduak.certification.procedure.rounds import RoundStage
from saduak.certification.queries.figures import OfPlace, figures_on
from saduak.certification.queries.open_data import SETS
from saduak.machines.doors import anyone
from saduak.machines.words import gettext_lazy

router = Router(tags=["Rounds and figures"])


class WindowTold(Schema):
    """One phase of a round's calendar, both days included."""

    phase: str
    opens_on: date
    closes_on: date


class RoundTold(Schema):
    """A round of certification with its calendar."""

    reference: str
    cycle_be: int
    title_th: str
    title_en: str
    stage: str
    criteria: str = Field(..., description="The reference of the criteria's version that it pins.")
    validity_years: int
    calendar: list[WindowTold]
    is_example: bool


class DrawTold(Schema):
    """A draw of centres to be followed up; with its record anybody draws it again."""

    reference: str
    title: str
    stage: str
    announced_at: datetime
    drawn_at: datetime | None
    size: int
    frame_sha256: str
    is_example: bool
    url: str


class DrawInFullTold(DrawTold):
    """A draw with its record."""

    record: dict[str, Any]


class CountTold(Schema):
    """How many certificates were in force, by level."""

    code: str
    name_th: str
    by_level: dict[str, int]
    total: int


class YearTold(Schema):
    """What one year gave: certificates of this register, and what older papers tell."""

    cycle_be: int
    by_level: dict[str, int]
    from_records: dict[str, int]


class FiguresTold(Schema):
    """The register in numbers, as of a day."""

    on: date
    valid: int
    by_level: dict[str, int]
    years: list[YearTold]
    provinces: list[CountTold]
    agencies: list[CountTold]


class DataSetTold(Schema):
    """One data set of the open data."""

    name: str
    title: str
    about: str
    columns: list[dict[str, str]]
    files: dict[str, str] = Field(..., description="Addresses by format.")


@router.get(
    "/rounds",
    auth=anyone,
    summary=gettext_lazy("Every round that was opened, the latest first."),
    response=list[RoundTold],
)
def list_rounds(request: HttpRequest) -> Any:
    return [round_told(one) for one in Round.objects.exclude(stage=RoundStage.PREPARED).select_related("criteria")]


@router.get("/rounds/{reference}", auth=anyone, summary=gettext_lazy("One round that was opened."), response=RoundTold)
def show_round(request: HttpRequest, reference: str) -> Any:
    opened = Round.objects.exclude(stage=RoundStage.PREPARED).select_related("criteria")
    return round_told(get_object_or_404(opened, reference=reference))


@router.get("/draws", auth=anyone, summary=gettext_lazy("Every draw, the latest first."), response=list[DrawTold])
def list_draws(request: HttpRequest) -> Any:
    return [draw_told(one) for one in Draw.objects.defer("frame", "result")]


@router.get(
    "/draws/{reference}",
    auth=anyone,
    summary=gettext_lazy(
        "One draw with its frame, the source of its seed, and once it is drawn the seed and the result."
    ),
    response=DrawInFullTold,
)
def show_draw(request: HttpRequest, reference: str) -> Any:
    draw = get_object_or_404(Draw, reference=reference)
    return {**draw_told(draw), "record": draw.record}


@router.get(
    "/figures",
    auth=anyone,
    summary=gettext_lazy("The register by year, level, province and agency, of today or of any earlier day."),
    response=FiguresTold,
)
def show_figures(request: HttpRequest, asked: Query[DayAsked]) -> Any:
    found = figures_on(past_day(asked.on) or timezone.localdate())
    return {
        "on": found.day,
        "valid": found.valid,
        "by_level": dict(found.of_level),
        "years": [
            {"cycle_be": each.cycle_be, "by_level": dict(each.of_level), "from_records": dict(each.from_records)}
            for each in found.years
        ],
        "provinces": _counts(found.provinces),
        "agencies": _counts(found.agencies),
    }


@router.get(
    "/open-data",
    auth=anyone,
    summary=gettext_lazy("The data sets of the register with their columns, and where their files lie."),
    response=list[DataSetTold],
)
def list_open_data(request: HttpRequest) -> Any:
    return [
        {
            "name": each.name,
            "title": str(each.title),
            "about": str(each.means),
            "columns": [{"name": field.name, "type": field.kind, "about": str(field.means)} for field in each.fields],
            "files": {form: _public("open_data_file", each.name, form) for form in FORMS},
        }
        for each in SETS
    ]


def round_told(round_: Round) -> dict[str, Any]:
    """A round; bring its criteria along."""
    return {
        "reference": round_.reference,
        "cycle_be": round_.cycle_be,
        "title_th": round_.title_th,
        "title_en": round_.title_en,
        "stage": round_.stage,
        "criteria": round_.criteria.reference,
        "validity_years": round_.validity_years,
        "calendar": [
            {"phase": window.phase.value, "opens_on": window.opens_on, "closes_on": window.closes_on}
            for window in round_.windows
        ],
        "is_example": round_.is_example,
    }


def draw_told(draw: Draw) -> dict[str, Any]:
    """A draw without its record."""
    return {
        "reference": draw.reference,
        "title": draw.title,
        "stage": draw.stage,
        "announced_at": draw.announced_at,
        "drawn_at": draw.drawn_at,
        "size": draw.size,
        "frame_sha256": draw.frame_sha256,
        "is_example": draw.is_example,
        "url": f"{settings.PUBLIC_URL}{draw.get_absolute_url()}",
    }


def _counts(places: Iterable[OfPlace]) -> list[dict[str, Any]]:
    return [
        {
            "code": each.place.code,
            "name_th": each.place.name_th,
            "by_level": dict(each.of_level),
            "total": each.total,
        }
        for each in places
    ]


def _public(name: str, *arguments: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"
