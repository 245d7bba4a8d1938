"""Two clocks that a day is played by: one that waits, and one that does not."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from django.utils import timezone


class Clock(Protocol):
    """Turns milliseconds of the played day into moments of the desk, and lets them come."""

    others_press_too: bool
    """Whether people may look on who take tickets and press buttons meanwhile."""

    def at(self, ms: int) -> datetime:
        """The moment that `ms` milliseconds after the beginning is."""

    def ms_at(self, moment: datetime) -> int:
        """How many milliseconds of the played day have gone by at that moment of the desk; the first at which it is."""

    def ms_of(self, minutes: int) -> int:
        """As many milliseconds of the played day as go by in so many minutes of the desk's own rules."""

    def wait_until(self, ms: int) -> bool:
        """Let time go by until then; False when the play ends before."""


class Past:
    """A day that is over, or over until `until`: nothing waits, and moments are those of that day."""

    others_press_too = False

    def __init__(self, begins: datetime, until: datetime) -> None:
        self.begins, self.until = begins, until

    def at(self, ms: int) -> datetime:
        """As many milliseconds after the beginning."""
        return self.begins + timedelta(milliseconds=ms)

    def ms_at(self, moment: datetime) -> int:
        """Milliseconds since the beginning."""
        return ceil((moment - self.begins) / timedelta(milliseconds=1))

    def ms_of(self, minutes: int) -> int:
        """The day is played in its own minutes."""
        return minutes * 60_000

    def wait_until(self, ms: int) -> bool:
        """Whether it has come by `until`."""
        return self.at(ms) <= self.until


class Live:
    """The wall clock, on which the played day runs `speed` times as fast."""

    others_press_too = True

    def __init__(
        self,
        speed: float,
        *,
        now: Callable[[], datetime] = timezone.now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.speed, self.now, self.sleep = speed, now, sleep
        self.begins = now()

    def at(self, ms: int) -> datetime:
        """The moment on the wall at which that comes."""
        return self.begins + timedelta(milliseconds=ms / self.speed)

    def ms_at(self, moment: datetime) -> int:
        """As many as have been played when the wall shows that moment."""
        return ceil((moment - self.begins) / timedelta(milliseconds=1) * self.speed)

    def ms_of(self, minutes: int) -> int:
        """The desk's own rules go by the wall: while it counts one minute, `speed` minutes are played."""
        return int(minutes * 60_000 * self.speed) + 1

    def wait_until(self, ms: int) -> bool:
        """Sleep until then."""
        left = (self.at(ms) - self.now()).total_seconds()
        if left > 0:
            self.sleep(left)
        return True
