"""How the wait is told: a rounded range, never shortened in a leap, no number where none is known (การบอกเวลารอ)."""

from dataclasses import dataclass

from saduak.frontdesk.estimation.estimates import Estimate, Unknown
from saduak.frontdesk.rules.order import ONE_MINUTE

STEP = 5
"""Minutes to which a wait is rounded, so that it does not pretend to be a timetable."""

LEAST_LEFT = 0.7
"""So much of what was last told is told again at least: a wait is never shortened by more than 30 % in one step."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one visitor is told at `at`: "about `low`–`high` minutes, `ahead` people ahead".

    Both are multiples of five, `low` is rounded down and `high` up; 0–5 is "less than five minutes". They are None with
    `unknown`. `fast` and `slow`, in milliseconds, are what was held before rounding, for the next time.
    """

    at: int
    ahead: int
    low: int | None = None
    high: int | None = None
    fast: int = 0
    slow: int = 0
    unknown: Unknown | None = None


def shown(estimate: Estimate, at: int, previous: Shown | None = None) -> Shown:
    """What to tell now, after what was told last.

    The time that has passed since then is not a shortening: it was promised. What is left of that promise shrinks by at
    most 30 % at once; it may grow as it must.
    """
    if estimate.unknown:
        return Shown(at, estimate.ahead, unknown=estimate.unknown)
    fast, slow = estimate.fast, estimate.slow
    if previous and not previous.unknown:
        passed = max(0, at - previous.at)
        fast = max(fast, round(LEAST_LEFT * (previous.fast - passed)))
        slow = max(slow, round(LEAST_LEFT * (previous.slow - passed)))
    step = STEP * ONE_MINUTE
    low, high = fast // step, -(-slow // step)
    return Shown(at, estimate.ahead, low * STEP, max(high, low + 1) * STEP, fast, slow)
