"""The wait of every ticket, by playing the real order on many times (เวลารอโดยประมาณ)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import ceil, floor
from statistics import fmean

from saduak.frontdesk.estimation.rolling import Rolling
from saduak.frontdesk.estimation.scene import Scene
from saduak.frontdesk.rules.order import Waiting, in_order

PLAYS = 60
"""So often the day is played on: within the 40 to 100 of the design; more does not bring the error down noticeably."""

FEWEST = 3
"""Below so many measured visits no number is told: this platform's default."""

SURE = 0.8
"""No number is told either if a ticket was not called in so many of the plays, because all counters close before."""


class Unknown(StrEnum):
    """Why no wait is told (เหตุที่ยังบอกเวลารอไม่ได้)."""

    NO_COUNTER = "no_counter"  # No open counter does this service, or not for long enough.
    TOO_FEW_VISITS = "too_few_visits"  # Too few visits have been measured.


@dataclass(frozen=True, slots=True)
class Estimate:
    """When one ticket will be called: milliseconds from now, and how many tickets are ahead of it as the order stands.

    A fifth of the plays called it before `fast`, four fifths before `slow`; `measured` is the number of real visits
    that this stands on. With `unknown` there are no numbers.
    """

    ahead: int
    mean: int = 0
    fast: int = 0
    slow: int = 0
    measured: int = 0
    unknown: Unknown | None = None


def estimate(scene: Scene, seed: int, *, plays: int = PLAYS) -> dict[str, Estimate]:
    """The wait of every ticket by its key, those that are only asked for too.

    The same scene and seed give the same numbers.
    """
    calls = Rolling(scene, seed, plays=plays).run().calls
    order = in_order([*scene.waiting, *scene.asking], scene.now)
    asking = {one.key for one in scene.asking}
    ahead = accumulate((one.key not in asking for one in order), initial=0)
    told = zip(order, ahead, strict=False)
    return {one.key: _of_one(one, number, scene, calls[one.key], plays) for one, number in told}


def _of_one(ticket: Waiting, ahead: int, scene: Scene, moments: Sequence[int], plays: int) -> Estimate:
    services = {ticket.service}
    for counter in scene.counters:
        if counter.caller.can_call(ticket):
            services |= counter.caller.skills
    measured = sum(durations.measured for service, durations in scene.durations.items() if service in services)
    if len(moments) < SURE * plays:
        return Estimate(ahead, measured=measured, unknown=Unknown.NO_COUNTER)
    if measured < FEWEST:
        return Estimate(ahead, measured=measured, unknown=Unknown.TOO_FEW_VISITS)
    waits = sorted(moment - scene.now for moment in moments)
    return Estimate(ahead, round(fmean(waits)), quantile(waits, 0.2), quantile(waits, 0.8), measured)


def quantile(ordered: Sequence[int], share: float) -> int:
    """The value that this share of further ones will not pass, by the places of the sorted ones (Weibull's rule)."""
    place = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    low, high = ordered[floor(place)], ordered[ceil(place)]
    return round(low + (high - low) * (place - floor(place)))
