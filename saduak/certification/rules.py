"""Dates, deadlines, numbers and conflicts of interest of a certification round, as arithmetic (กติกา)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from saduak.standards.criteria import Leaf, Library
from saduak.standards.rules import Answer, Answers, Result, Verdict, score
from saduak.thai.numerals import from_thai_digits

VALIDITY_YEARS = 3
"""A certificate is valid for three years (stated by the programme for the 2560 round); a round may say otherwise."""

MENDING_WORKING_DAYS = 15
"""Working days that a centre has to mend a returned dossier: this platform's default, which a round may change."""

FORMER_POSTING_YEARS = 3
"""A posting that ended longer ago than this is no conflict: this platform's default."""

RECONSIDERATION_DAYS = 15
"""Days after the result within which a centre may ask for reconsideration: the platform's default after the
Administrative Procedure Act 2539, unchecked against the text; a last day without office hours moves to the next."""

ASSET_RETURN_DAYS = 30
"""Days within which a plaque comes back after the certificate has ended: this platform's default."""

ADMISSION_WORKING_DAYS = 10
"""Working days within which the secretariat says whether a request is admitted: this platform's default."""

ANSWER_DAYS = 60
"""Days within which a request is answered: the platform's default after the same act, unchecked against the text."""

RENEWAL_MONTHS = 12
"""Months before its last day in which a certificate can be renewed: this platform's default."""

REMINDER_MONTHS = (6, 3, 1)
"""Months before the last day at which a centre is reminded of it: this platform's default."""


EVIDENCE_MONTHS = 12
"""Photographs count when they were taken at most so many months before the application window opens, and not after the
dossier was handed in: this platform's default, which a round may change."""


class Default(StrEnum):
    """What happens when the authority misses a date of its own; a round says which of them hold (ผลโดยปริยาย)."""

    SCREENING = "screening"
    ASSESSMENT = "assessment"
    RESOLUTION = "resolution"
    ADMISSION = "admission"
    ANSWER = "answer"


PROVISIONAL_DAYS = 60
"""For so many days the secretariat may suspend a certificate by its own order, until the committee has resolved: this
platform's default, unchecked against the text of any order of the committee."""


SURVEILLANCE_MONTHS = 12
"""A certified centre is followed up every so many months of its term, 0 is never: this platform's default, which a
round may change. Unchecked against the text of any order of the committee, as are the terms below."""

SURVEILLANCE_LEAD_DAYS = 60
"""So many days before its day a surveillance by the calendar is planned."""

ANSWER_WORKING_DAYS = {"critical": 5, "major": 15, "minor": 30}
"""Severity of a finding → working days in which the centre answers it."""

MOST_TURNS = 2
"""So often the centre is asked about one finding before the committee decides."""


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


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; of a month that is too short, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def surveillance_days(issued_on: date, expires: date, months: int) -> list[date]:
    """The days by which a centre is followed up: every so many months from its issue, short of the last day.

    Of a month that is too short, its last day. Empty when `months` is 0.
    """
    found = []
    for turn in range(1, (expires.year - issued_on.year + 1) * 12 // months + 1 if months else 1):
        day = months_before(issued_on, -turn * months)
        if day < expires:
            found.append(day)
    return found


def turn_to_plan(days: Sequence[date], today: date, *, lead: int = SURVEILLANCE_LEAD_DAYS) -> int | None:
    """The number of the turn, from 1, whose day is near enough to be planned and not over; None when none is."""
    return next((turn for turn, day in enumerate(days, 1) if today <= day <= today + timedelta(days=lead)), None)


def issues_to_plan(
    months: int, today: date, *, lead: int = SURVEILLANCE_LEAD_DAYS, years: int = 10
) -> list[tuple[int, date, date]]:
    """Where to look for certificates with a turn to plan: its number, and from which to which day they were issued.

    Months have no common length, so that the days are wide by three on both sides; `turn_to_plan` decides.
    """
    slack = timedelta(days=3)
    return [
        (
            turn,
            months_before(today, turn * months) - slack,
            months_before(today + timedelta(days=lead), turn * months) + slack,
        )
        for turn in range(1, years * 12 // months + 1)
    ]


def may_be_renewed(expires: date, today: date, *, months: int = RENEWAL_MONTHS) -> bool:
    """Whether a certificate is near enough to its last day, which is included, to be renewed."""
    return months_before(expires, months) <= today <= expires


def reminder_due(expires: date, today: date, months: Iterable[int]) -> int | None:
    """The latest reminder whose day has come, by its months before the last day; None while none has, or after it."""
    if today > expires:
        return None
    return min((each for each in months if months_before(expires, each) <= today), default=None)


def reconsideration_reference(application: str, running: int) -> str:
    """The reference of a request to reconsider, such as `2563-0007-T1`."""
    return f"{application}-T{running}"


def application_reference(cycle_be: int, running: int) -> str:
    """The reference of an application, such as `2563-0007`."""
    return f"{cycle_be}-{running:04d}"


def certificate_number(cycle_be: int, running: int) -> str:
    """The number of a certificate, such as `GECC-2563-0007`."""
    return f"GECC-{cycle_be}-{running:04d}"


def asset_serial(kind: str, cycle_be: int, running: int) -> str:
    """The serial number of a plaque (PL) or a printed emblem (EM), such as `PL-2568-0007`."""
    return f"{'PL' if kind == 'plaque' else 'EM'}-{cycle_be}-{running:04d}"


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


# Reconsideration --------------------------------------------------------------------------------------------------


def reviewed_result(library: Library, first: Answers, reviewed: Answers) -> Result:
    """The score after a review, which never makes anything worse (no reformatio in peius; unchecked against the text).

    A leaf keeps its first answer where the reviewed one is worth less. When the whole comes out lower all the same,
    because criteria that do not apply shift the weights, the first score stands. Raises AnswersRefused.
    """
    before = score(library, first)
    kept = dict(first)
    for code, answer in reviewed.items():
        if not _is_worth_less(library.leaves.get(code), answer, first.get(code)):
            kept[code] = answer
    for code in [code for code, answer in reviewed.items() if answer is not Verdict.NOT_APPLICABLE]:
        whole = library.leaves[code].criterion.code
        if whole != code and kept.get(whole) is Verdict.NOT_APPLICABLE:
            del kept[whole]
    after = score(library, kept)
    worse = after.total < before.total or (before.gates_met and not after.gates_met)
    return before if worse else after


def _is_worth_less(leaf: Leaf | None, answer: Answer | None, first: Answer | None) -> bool:
    """Whether an answer gives fewer points, or fails what was met; what does not apply is not compared."""
    if leaf is None or Verdict.NOT_APPLICABLE in (answer, first) or first is None:
        return False
    worth = {Verdict.MET: max(leaf.max_score, Decimal(1)), Verdict.NOT_MET: Decimal(0)}
    given, before = (worth[one] if isinstance(one, Verdict) else one or Decimal(0) for one in (answer, first))
    return given < before


def higher_level(library: Library, one: str, other: str) -> str:
    """The higher of two levels by their codes; "" is below all."""
    order = ["", *(level.code for level in library.levels)]
    return max(one, other, key=order.index)


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


def number_alone(resolution: str) -> str:
    """The number of a resolution without the word that the sentence around it says: "มติที่ 2/2569" → "2/2569"."""
    return resolution.removeprefix("มติ").removeprefix("ที่").strip()
