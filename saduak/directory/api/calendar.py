"""The office calendar: holidays, and working days that explain themselves; and the bodies of the programme."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from saduak.directory.api.places import NameTold, name_of
from saduak.directory.models import Body, Holiday, Province
from saduak.directory.queries import office_calendar
from saduak.machines.doors import anyone
from saduak.machines.problems import wrong
from saduak.machines.words import gettext_lazy
from saduak.thai.calendar import Explained, FirstDay, Skipped

router = Router(tags=["Calendar and bodies"])

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
"""Days with which anything is counted here."""

LONGEST = 5000
"""As many days are walked in one answer: some twenty years of working days."""


class HolidayTold(Schema):
    """A day on which offices close, or a day with a name on which they do not."""

    day: date
    name: str
    kind: str
    scope: str = Field(..., description="nationwide, region or provinces")
    region: str
    provinces: list[str] = Field(..., description="Codes of the provinces, when the scope names some.")
    offices_close: bool
    confidence: str = Field(..., description="How surely the day is known.")
    source: str


class HolidaysAsked(Schema):
    """Whose holidays are asked for."""

    year: int = Field(..., ge=1900, le=2200, description="A year of the Gregorian calendar.")
    province: str = Field("", max_length=2, description="A province's code; without it only nationwide days.")


class SkippedTold(Schema):
    """A day that was not counted, and why."""

    day: date
    why: str = Field(..., description="weekend or holiday")
    holidays: list[str]


class CountedTold(Schema):
    """A day, and how it was reached."""

    start: date
    day: date
    counted: int = Field(..., description="How many days counted.")
    skipped: list[SkippedTold]
    years_without_list: list[int] = Field(
        ..., description="Years whose list of holidays is not announced yet: the answer may move."
    )


class WorkingDaysAsked(Schema):
    """From which day how many working days are counted, or until which day."""

    start: Day
    days: int | None = Field(None, ge=0, le=LONGEST, description="How many working days after the start.")
    until: Day | None = Field(None, description="Count the working days from the start to this day, both included.")
    first: FirstDay = Field(FirstDay.DAY_AFTER, description="Whether the start is day one.")
    province: str = Field("", max_length=2, description="A province's code; without it only nationwide holidays.")


class BodyTold(Schema):
    """A committee or office of the programme, made by an order for a term."""

    reference: str
    kind: str
    number: int | None
    name: NameTold
    order: str
    in_office_from: date
    in_office_until: date | None
    provinces: list[str] = Field(..., description="Codes of the provinces in its charge.")


class BodiesAsked(Schema):
    """Which bodies are asked for."""

    on: Day | None = Field(None, description="In office on that day; today when left out.")


@router.get(
    "/holidays",
    auth=anyone,
    summary=gettext_lazy("The holidays of a year that a province observes."),
    response=list[HolidayTold],
)
def list_holidays(request: HttpRequest, asked: Query[HolidaysAsked]) -> Any:
    found = Holiday.objects.observed_in(_province(asked.province)).filter(day__year=asked.year).with_places()
    return [_holiday(one) for one in found]


@router.get(
    "/working-days",
    auth=anyone,
    summary=gettext_lazy(
        "A deadline in working days, or the working days of a span, with every day that was passed over."
    ),
    response=CountedTold,
)
def count_working_days(request: HttpRequest, asked: Query[WorkingDaysAsked]) -> Any:
    """Give `days` or `until`, not both."""
    if (asked.days is None) == (asked.until is None):
        raise wrong(_("Say either how many days, or until which day."), parameter="days")
    calendar = office_calendar(_province(asked.province))
    if asked.days is not None:
        return _counted(calendar.add_working_days(asked.start, asked.days, first=asked.first))
    last = asked.until or asked.start
    if abs((last - asked.start).days) > LONGEST:
        raise wrong(_("At most %(days)d days are counted.") % {"days": LONGEST}, parameter="until")
    return _counted(calendar.working_days(asked.start, last))


@router.get(
    "/bodies",
    auth=anyone,
    summary=gettext_lazy("The committees and offices in office on a day."),
    response=list[BodyTold],
)
def list_bodies(request: HttpRequest, asked: Query[BodiesAsked]) -> Any:
    found = Body.objects.on(asked.on or timezone.localdate()).prefetch_related("jurisdiction")
    return [_body(one) for one in found]


def _province(code: str) -> Province | None:
    """The province of that code; None for none. Raises Problem for a code that is not there."""
    if not code:
        return None
    found = Province.objects.filter(code=code).first()
    if found is None:
        raise wrong(_("There is no province of this code."), parameter="province")
    return found


def _holiday(holiday: Holiday) -> dict[str, Any]:
    return {
        "day": holiday.day,
        "name": holiday.name,
        "kind": holiday.kind,
        "scope": holiday.scope,
        "region": holiday.region_th,
        "provinces": [province.code for province in holiday.provinces.all()],
        "offices_close": holiday.offices_close,
        "confidence": holiday.confidence,
        "source": holiday.source,
    }


def _counted(explained: Explained) -> dict[str, Any]:
    return {
        "start": explained.start,
        "day": explained.day,
        "counted": len(explained.counted),
        "skipped": list(_skipped(explained.skipped)),
        "years_without_list": list(explained.years_without_list),
    }


def _skipped(skipped: Iterable[Skipped]) -> Iterable[dict[str, Any]]:
    for one in skipped:
        yield {"day": one.day, "why": one.why.value, "holidays": [closure.name for closure in one.closures]}


def _body(body: Body) -> dict[str, Any]:
    return {
        "reference": body.reference,
        "kind": body.kind,
        "number": body.number,
        "name": name_of(body),
        "order": body.order_no,
        "in_office_from": body.term_from,
        "in_office_until": body.term_until,
        "provinces": sorted(province.code for province in body.jurisdiction.all()),
    }
