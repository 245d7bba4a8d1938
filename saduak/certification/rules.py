"""Dates, deadlines, numbers and conflicts of interest of a certification round, as arithmetic (กติกา)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from saduak.thai.numerals import from_thai_digits

VALIDITY_YEARS = 3
"""A certificate is valid for three years (stated by the programme for the 2560 round); a round may say otherwise."""

MENDING_WORKING_DAYS = 15
"""Working days that a centre has to mend a returned dossier: this platform's default, which a round may change."""

FORMER_POSTING_YEARS = 3
"""A posting that ended longer ago than this is no conflict: this platform's default."""


PROVISIONAL_DAYS = 60
"""For so many days the secretariat may suspend a certificate by its own order, until the committee has resolved: this
platform's default, unchecked against the text of any order of the committee."""


class Phase(StrEnum):
    """The windows of a round's calendar, in their order (ช่วงเวลาของรอบ)."""

    APPLICATION = "application"
    SCREENING = "screening"
    VISITS = "visits"
    RESOLUTION = "resolution"


@dataclass(frozen=True)
class Window:
    """A phase from its first to its last day, both included."""

    phase: Phase
    opens_on: date
    closes_on: date

    def covers(self, day: date) -> bool:
        """Whether the phase runs on that day."""
        return self.opens_on <= day <= self.closes_on


def calendar_is_in_order(windows: Sequence[Window]) -> bool:
    """Whether every window runs forward and none begins before the one before it has ended."""
    forward = all(window.opens_on <= window.closes_on for window in windows)
    apart = all(before.closes_on < after.opens_on for before, after in pairwise(windows))
    return forward and apart


def expires_on(issued_on: date, *, years: int = VALIDITY_YEARS) -> date:
    """The last day of validity: the eve of the anniversary; of 29 February, 28 February."""
    try:
        anniversary = issued_on.replace(year=issued_on.year + years)
    except ValueError:
        return date(issued_on.year + years, 2, 28)
    return date.fromordinal(anniversary.toordinal() - 1)


def application_reference(cycle_be: int, running: int) -> str:
    """The reference of an application, such as `2563-0007`."""
    return f"{cycle_be}-{running:04d}"


def certificate_number(cycle_be: int, running: int) -> str:
    """The number of a certificate, such as `GECC-2563-0007`."""
    return f"GECC-{cycle_be}-{running:04d}"


_BETWEEN = r"[\s\-‐‑–—−_./:]"
_TYPED_NUMBER = re.compile(rf"{_BETWEEN}*(2[4-6]\d\d){_BETWEEN}*(\d{{1,9}}){_BETWEEN}*")


def read_certificate_number(typed: str) -> str | None:
    """The number of a certificate as a person types it, in the form in which it is kept; None for what is none.

    Thai digits, small letters, spaces and dashes of any kind or none will do, `GECC` may be left out, and so will the
    address that the QR code opens.
    """
    plain = from_thai_digits(typed[:200]).upper()
    number = _TYPED_NUMBER.fullmatch(plain.rpartition("GECC")[2])
    return certificate_number(int(number[1]), int(number[2])) if number else None


# Conflicts of interest ------------------------------------------------------------------------------------------


class ConflictKind(StrEnum):
    """What stands between a member and a unit (ส่วนได้เสีย)."""

    DECLARED = "declared"
    SAME_CENTRE = "same_centre"
    SAME_AGENCY = "same_agency"
    FORMER_CENTRE = "former_centre"
    FORMER_AGENCY = "former_agency"
    SAME_MINISTRY = "same_ministry"
    SAME_PROVINCE = "same_province"
    ASSESSED_LAST_ROUND = "assessed_last_round"
    RECIPROCAL = "reciprocal"


HARD = frozenset(
    {
        ConflictKind.DECLARED,
        ConflictKind.SAME_CENTRE,
        ConflictKind.SAME_AGENCY,
        ConflictKind.FORMER_CENTRE,
    }
)
"""Conflicts with which nobody may assess the unit, which a trigger of the database also refuses; the others are shown
and weighed by the secretariat."""


@dataclass(frozen=True)
class Posting:
    """A person's place in the hierarchy of the state, from day to day; an open end is still running.

    `place` is its name, for whoever reads the fact.
    """

    ministry: int | None
    agency: int | None
    centre: int | None
    province: int | None
    from_day: date
    until_day: date | None = None
    place: str = ""

    def runs(self, day: date) -> bool:
        """Whether the person holds the place on that day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)

    def ended_within(self, years: int, day: date) -> bool:
        """Whether the place was given up before `day`, and not longer than `years` ago."""
        return self.until_day is not None and self.until_day < day and _years_before(day, years) <= self.until_day


@dataclass(frozen=True)
class Unit:
    """The place of a centre in the hierarchy."""

    centre: int
    agency: int
    ministry: int | None
    province: int


@dataclass(frozen=True)
class Conflict:
    """One conflict, with the fact that makes it."""

    kind: ConflictKind
    posting: Posting | None = None

    @property
    def is_hard(self) -> bool:
        """Whether it bars the member from the unit."""
        return self.kind in HARD


def conflicts(
    postings: Iterable[Posting],
    unit: Unit,
    *,
    on: date,
    declared: bool = False,
    assessed_last_round: bool = False,
    assessed_by_unit: bool = False,
    years: int = FORMER_POSTING_YEARS,
) -> tuple[Conflict, ...]:
    """Every conflict between a member with these postings and the unit on a day, the nearest tie of each posting.

    `assessed_by_unit` tells that somebody of the unit's agency assesses the member's own centre in the same round.
    """
    found = [Conflict(ConflictKind.DECLARED)] if declared else []
    for posting in postings:
        kind = _tie(posting, unit, on, years)
        if kind is not None:
            found.append(Conflict(kind, posting))
    if assessed_last_round:
        found.append(Conflict(ConflictKind.ASSESSED_LAST_ROUND))
    if assessed_by_unit:
        found.append(Conflict(ConflictKind.RECIPROCAL))
    return tuple(found)


def _tie(posting: Posting, unit: Unit, on: date, years: int) -> ConflictKind | None:
    """The nearest tie between one posting and the unit."""
    former = posting.ended_within(years, on)
    if not former and not posting.runs(on):
        return None
    if posting.centre == unit.centre:
        return ConflictKind.FORMER_CENTRE if former else ConflictKind.SAME_CENTRE
    if posting.agency == unit.agency:
        return ConflictKind.FORMER_AGENCY if former else ConflictKind.SAME_AGENCY
    if former:
        return None
    if unit.ministry is not None and posting.ministry == unit.ministry:
        return ConflictKind.SAME_MINISTRY
    if posting.province == unit.province:
        return ConflictKind.SAME_PROVINCE
    return None


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
