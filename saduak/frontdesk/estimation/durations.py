"""How long visits take: the last ones of each service, leaning on the manual until there are enough (เวลาให้บริการ).

Durations are whole milliseconds from the call to the moment at which the counter is free for the next call.
"""

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, log, sqrt
from random import Random
from statistics import NormalDist, fmean, median

from saduak.frontdesk.rules.order import ONE_MINUTE

RECENT = 60
"""So many of the last visits of a service count; older ones say less of today."""

ENOUGH = 15
"""Below so many visits the manual's time fills up what is missing, one for one: this platform's default."""

SPREAD = 0.7
"""Standard deviation over mean that is assumed of visits nobody has measured: between steady and quite by chance."""

FORGOTTEN = 6
"""A visit longer than so many medians was probably not ended when it was over, and counts as so many medians."""


class Durations:
    """What visits of one service take, to be drawn from; `measured` is how many real ones it stands on."""

    def __init__(self, observed: Sequence[int], expected_minutes: int) -> None:
        recent = observed[-RECENT:]
        self.measured = len(recent)
        most = FORGOTTEN * median(recent) if recent else 0
        kept = [min(int(most), span) for span in recent] if len(recent) >= ENOUGH else list(recent)
        self.spans = sorted(kept + assumed(expected_minutes * ONE_MINUTE, ENOUGH - len(kept)))
        self.mean = fmean(self.spans)

    def draw(self, number: int, chance: Random) -> list[int]:
        """So many durations by chance, spread evenly over all that can happen: one from each equal part."""
        spans, step = self.spans, len(self.spans) / number
        drawn = [spans[int((part + chance.random()) * step)] for part in range(number)]
        chance.shuffle(drawn)
        return drawn

    def one(self, chance: Random) -> int:
        """One duration by chance."""
        return self.spans[int(chance.random() * len(self.spans))]

    def rest(self, spent: int, number: int, chance: Random) -> list[int]:
        """What is left, drawn so many times, of a visit that has already taken `spent`.

        Of the visits that took longer; of one that has outlasted nearly all, about half a usual visit more.
        """
        longer = [span - spent for span in self.spans[bisect_right(self.spans, spent) :]]
        if len(longer) * ENOUGH < len(self.spans):
            return [int(chance.expovariate(2 / self.mean)) for _ in range(number)]
        return [longer[int(chance.random() * len(longer))] for _ in range(number)]

    def leaning(self, number: int, chance: Random) -> list[float]:
        """How far the true mean may lie from the measured one, as factors around 1, drawn so many times."""
        spread = sqrt(fmean((span / self.mean - 1) ** 2 for span in self.spans) / len(self.spans))
        return [max(0.5, chance.gauss(1, spread)) for _ in range(number)]


def assumed(mean: int, number: int) -> list[int]:
    """So many durations around a mean, spread as visits usually are (log-normal with `SPREAD`); none if below one."""
    if number < 1:
        return []
    sigma = sqrt(log(1 + SPREAD**2))
    drawn = [exp(sigma * NormalDist().inv_cdf((part + 0.5) / number)) for part in range(number)]
    return [round(mean * one / fmean(drawn)) for one in drawn]
