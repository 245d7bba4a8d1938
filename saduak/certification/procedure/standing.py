"""What its acts made of a certificate, day by day (สถานะย้อนหลัง); plain Python, the measure of what SQL keeps.

An act holds from its day on: the day of the resolution, not the day on which somebody wrote it down. What a visitor
could know on an earlier day is the same replay without the acts that were recorded later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

VALID, SUSPENDED, EXPIRED = "valid", "suspended", "expired"
RUNNING = frozenset({VALID, SUSPENDED})
"""Standings that end with the term, whether or not the clock has taken its step."""

EFFECTIVE_ON = "effective_on"
"""The name, among the facts of an entry, of the day from which an act holds (an ISO date). Without it an issue holds
from the day of issue, an expiry from the day after the term, and any other act from the day on which it was taken."""


@dataclass(frozen=True)
class Act:
    """One act over a certificate: the stage to which it led, from which day, and when it was recorded."""

    sequence: int
    stage: str
    effective_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class Slice:
    """One standing from day to day, both included; `until_day` None lasts. `began_by` is the act's sequence number,
    None where the term simply ran out."""

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
        until = following.effective_on - timedelta(days=1) if following else None
        found += _parts(act, until, expires_on)
    return tuple(found)


def known_by(acts: Iterable[Act], moment: datetime) -> Sequence[Act]:
    """The acts that were recorded by a moment."""
    return [act for act in acts if act.recorded_at <= moment]


def slice_on(day: date, life: Iterable[Slice]) -> Slice | None:
    """The slice that holds the day; None before the certificate was issued."""
    return next((one for one in life if one.holds(day)), None)


def _parts(act: Act, until: date | None, expires_on: date) -> list[Slice]:
    if until is not None and until < act.effective_on:
        return []
    if act.stage not in RUNNING or (until is not None and until <= expires_on):
        return [Slice(act.stage, act.effective_on, until, act.sequence)]
    over = expires_on + timedelta(days=1)
    if act.effective_on >= over:
        return [Slice(EXPIRED, act.effective_on, until, None)]
    return [Slice(act.stage, act.effective_on, expires_on, act.sequence), Slice(EXPIRED, over, until, None)]
