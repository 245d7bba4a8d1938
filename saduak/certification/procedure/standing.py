"""What its acts made of a certificate, day by day (สถานะย้อนหลัง); plain Python, the measure of what SQL keeps.

An act holds from its day on: the day of the resolution, not the day on which somebody wrote it down. What a visitor
could know on an earlier day is the same replay without the acts that were recorded later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

VALID, SUSPENDED, EXPIRED = "valid", "suspended", "expired"
ONE_DAY = timedelta(days=1)
RUNNING = frozenset({VALID, SUSPENDED})
"""Standings that end with the term, whether or not the clock has taken its step."""

EFFECTIVE_ON = "effective_on"
"""The name, among the facts of an entry, of the day from which an act holds (an ISO date). Without it an issue holds
from the day of issue, an expiry from the day after the term, and any other act from the day on which it was taken."""


UNTIL_DAY = "until_day"
"""The name, among the facts of an entry, of the last day of a suspension (an ISO date); without it, it lasts."""


@dataclass(frozen=True)
class Act:
    """One act over a certificate: the stage to which it led, from which day, and when it was recorded.

    A suspension `until_day` ends by itself after that day.
    """

    sequence: int
    stage: str
    effective_on: date
    recorded_at: datetime
    until_day: date | None = None


@dataclass(frozen=True)
class Slice:
    """One standing from day to day, both included; `until_day` None lasts. `began_by` is the act's sequence number,
    None where only time passed: the term ran out, or the suspension did."""

    stage: str
    from_day: date
    until_day: date | None
    began_by: int | None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


def slices(acts: Iterable[Act], *, expires_on: date) -> tuple[Slice, ...]:
    """The life of a certificate as slices that follow one another; of several acts of one day the last counts."""
    in_order = sorted(acts, key=lambda act: (act.effective_on, act.sequence))
    found = []
    for act, following in zip_longest(in_order, in_order[1:]):
        last = following.effective_on - ONE_DAY if following else date.max
        found += _parts(act, last, expires_on)
    return tuple(found)


def known_by(acts: Iterable[Act], moment: datetime) -> Sequence[Act]:
    """The acts that were recorded by a moment."""
    return [act for act in acts if act.recorded_at <= moment]


def slice_on(day: date, life: Iterable[Slice]) -> Slice | None:
    """The slice that holds the day; None before the certificate was issued."""
    return next((one for one in life if one.holds(day)), None)


def _parts(act: Act, last: date, expires_on: date) -> list[Slice]:
    """What one act makes of the days from its own to `last`."""
    phases = [(act.stage, date.max)]
    if act.stage in RUNNING:
        suspended = act.stage == SUSPENDED and act.until_day is not None and act.until_day < expires_on
        phases = [(act.stage, expires_on), (EXPIRED, date.max)]
        if suspended and act.until_day is not None:
            phases = [(SUSPENDED, act.until_day), (VALID, expires_on), (EXPIRED, date.max)]
    found, since = [], act.effective_on
    for place, (stage, end) in enumerate(phases):
        until = min(end, last)
        if since <= until:
            found.append(Slice(stage, since, None if until == date.max else until, None if place else act.sequence))
            since = until + ONE_DAY if until < date.max else until
    return found
