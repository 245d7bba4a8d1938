"""The visits of a round as an itinerary: by day, in the order of travel, on a page and on paper (กำหนดการเดินทาง)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.certification.models import Round, Visit
from saduak.certification.models.visits import Mode, VisitState
from saduak.certification.queries.visits import Trip
from saduak.documents.papers import Block, Column, Heading, Paper, Paragraph, Table
from saduak.thai import dates


@dataclass(frozen=True)
class Leg:
    """One visit of a trip, with what lies between it and the one before."""

    number: int
    visit: Visit
    before: str
    is_tight: bool

    @property
    def hours(self) -> str:
        """From when to when."""
        return hours_of(self.visit)

    @property
    def assessors(self) -> list[str]:
        """Who assesses."""
        return [str(seat.person) for seat in self.visit.assessors.all()]

    @property
    def is_video(self) -> bool:
        """Whether nobody travels."""
        return self.visit.mode == Mode.VIDEO

    @property
    def was_held(self) -> bool:
        """Whether it lies behind."""
        return self.visit.state == VisitState.HELD


@dataclass(frozen=True)
class Way:
    """One trip with its legs."""

    trip: Trip
    legs: tuple[Leg, ...]


@dataclass(frozen=True)
class Day:
    """One day with the trips of every sub-committee."""

    day: date
    words: str
    ways: tuple[Way, ...]


def hours_of(visit: Visit) -> str:
    """From when to when a visit lasts."""
    language = get_language() or "th"
    begins = dates.clock(visit.starts_at, language).removesuffix(" น.")
    return f"{begins}–{dates.clock(visit.ends_at, language)}"


def days_of(trips: Iterable[Trip]) -> list[Day]:
    """The trips, day by day."""
    found: dict[date, list[Way]] = {}
    for trip in trips:
        found.setdefault(trip.day, []).append(Way(trip, tuple(_legs(trip))))
    language = get_language() or "th"
    return [Day(day, dates.with_weekday(day, language), tuple(ways)) for day, ways in sorted(found.items())]


def _legs(trip: Trip) -> Iterable[Leg]:
    earlier: Visit | None = None
    for number, visit in enumerate(trip.visits, 1):
        pause = visit.starts_at - earlier.ends_at if earlier else timedelta()
        tight = earlier is not None and pause < timedelta(minutes=30) and visit.mode != Mode.VIDEO
        yield Leg(number, visit, _between(earlier, visit, pause), tight)
        earlier = visit


def _between(earlier: Visit | None, visit: Visit, pause: timedelta) -> str:
    if earlier is None:
        return ""
    if pause < timedelta():
        return _("at the same time as the visit before")
    words = _("%(time)s between") % {"time": _lasting(int(pause.total_seconds()) // 60)}
    here, there = earlier.application.centre.province, visit.application.centre.province
    if here != there and visit.mode != Mode.VIDEO:
        words += " · " + _("on to %(province)s") % {"province": there}
    return words


def _lasting(minutes: int) -> str:
    """A length of time in words."""
    hours, rest = divmod(minutes, 60)
    words = [_("%(hours)s h") % {"hours": hours}] if hours else []
    if rest or not hours:
        words.append(_("%(minutes)s min") % {"minutes": rest})
    return " ".join(words)


def paper_of(round_: Round, days: list[Day], *, title: str, at: datetime) -> Paper:
    """The itinerary on paper."""
    language = get_language() or "th"
    blocks: list[Block] = []
    for day in days:
        blocks.append(Heading(day.words))
        for way in day.ways:
            blocks.append(Heading(f"{way.trip.panel} · {', '.join(way.trip.provinces)}", 2))
            blocks.append(_table(way))
    if not blocks:
        blocks.append(Paragraph(_("No visit is fixed yet.")))
    return Paper(
        title=title,
        blocks=tuple(blocks),
        at=at,
        organisation=_("Government Easy Contact Center"),
        subtitle=str(round_),
        reference=round_.reference,
        made=_("Printed %(moment)s") % {"moment": dates.moment(at, language)},
        lying=True,
        language="en" if language == "en" else "th",
        example=round_.is_example,
    )


def _table(way: Way) -> Table:
    columns = (
        Column(_("No."), 0, "right"),
        Column(_("Time"), 0),
        Column(_("Unit"), 3),
        Column(_("Province"), 1),
        Column(_("Mode and place"), 3),
        Column(_("Assessors"), 2),
    )
    return Table(columns, tuple(_row(leg) for leg in way.legs))


def _row(leg: Leg) -> tuple[str, ...]:
    application = leg.visit.application
    return (
        str(leg.number),
        leg.hours,
        f"{application.centre} ({application.reference})",
        str(application.centre.province),
        " · ".join(filter(None, [str(Mode(leg.visit.mode).label), leg.visit.place])),
        ", ".join(leg.assessors),
    )
