"""How often one visitor may do what a machine could do endlessly (การจำกัดอัตราการเรียกใช้)."""

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest


def is_too_often(request: HttpRequest, what: str, *, times: int, seconds: int) -> bool:
    """Count one more attempt at `what` from this network address; whether there were more than `times` in `seconds`.

    Many people may stand behind one address, so be generous. Counts are kept in the cache and may be lost with it.
    """
    return _counted(f"pace:{what}:{request.META.get('REMOTE_ADDR', '')}", seconds) > times


@dataclass(frozen=True)
class Pace:
    """How much of an allowance is used up: `used` of `times` in a span that ends in `seconds_left`."""

    times: int
    used: int
    seconds_left: int

    @property
    def left(self) -> int:
        """How often it may still be done in this span."""
        return max(self.times - self.used, 0)

    @property
    def is_exceeded(self) -> bool:
        """Whether it was done too often."""
        return self.used > self.times


def pace_of(who: str, what: str, *, times: int, seconds: int) -> Pace:
    """Count one more `what` by `who`, in spans of so many seconds that begin for everybody at the same time."""
    now = int(time.time())
    span, passed = divmod(now, seconds)
    return Pace(times, _counted(f"pace:{what}:{who}:{span}", seconds), seconds - passed)


def _counted(key: str, seconds: int) -> int:
    if cache.add(key, 1, timeout=seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # It ran out between the two questions.
        return 1
