"""How good the told waits were, once the truth is known (ความแม่นยำของเวลารอ)."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

HOLDS_BETWEEN = (0.75, 0.85)
"""Of all told, so large a share should be called within the 80th percentile: below is too bold, above too cautious."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one visitor was told on taking the ticket, and how long it then took to the call; milliseconds."""

    mean: int
    slow: int
    true: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of so many told: the mean absolute error, the bias (above zero: told too long), both in milliseconds, and the
    share called within the 80th percentile."""

    told: int
    error: float
    bias: float
    within: float

    @property
    def holds(self) -> bool:
        """Whether the 80th percentile is one."""
        low, high = HOLDS_BETWEEN
        return low <= self.within <= high


def accuracy(outcomes: Sequence[Outcome]) -> Accuracy | None:
    """How good they were; None if nobody was told anything."""
    if not outcomes:
        return None
    return Accuracy(
        len(outcomes),
        fmean(abs(one.mean - one.true) for one in outcomes),
        fmean(one.mean - one.true for one in outcomes),
        fmean(one.true <= one.slow for one in outcomes),
    )
