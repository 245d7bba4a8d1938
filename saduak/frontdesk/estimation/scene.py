"""What is known of one queue group at one moment: the ground of every estimate (สถานการณ์ของกลุ่มคิว)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from saduak.frontdesk.estimation.durations import Durations
from saduak.frontdesk.rules.order import Caller, Priority, Waiting

HALF_HOUR = 1_800_000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter at which somebody sits and does not pause (ช่องบริการที่เปิด).

    `busy_with` is the service of the visit in progress, called at `since`; empty when it is free. `open_from` and
    `open_until` are moments that are planned, as after a break or at the end of a turn.
    """

    caller: Caller
    busy_with: str = ""
    since: int = 0
    open_from: int = 0
    open_until: int | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """Visitors who probably still come: of one service and class, so many in each half hour from `begins` on."""

    service: str
    priority: Priority
    begins: int
    per_half_hour: tuple[float, ...]

    def expected(self, moment: int) -> float:
        """Visitors in the half hour of this moment."""
        part = (moment - self.begins) // HALF_HOUR
        return self.per_half_hour[part] if 0 <= part < len(self.per_half_hour) else 0.0

    def between(self, begins: int, ends: int) -> float:
        """Visitors between two moments."""
        parts = ((self.begins + part * HALF_HOUR, expected) for part, expected in enumerate(self.per_half_hour))
        return sum(
            expected * max(0, min(ends, start + HALF_HOUR) - max(begins, start)) / HALF_HOUR
            for start, expected in parts
        )

    def until(self, moment: int) -> "Stream":
        """The same as long as it is before this moment, as of a day that ends early."""
        parts = ceil(max(0, moment - self.begins) / HALF_HOUR)
        return replace(self, per_half_hour=self.per_half_hour[:parts])

    @property
    def ends(self) -> int:
        """From when nobody more is expected."""
        return self.begins + HALF_HOUR * len(self.per_half_hour)


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is known of one queue group at `now`.

    `durations` has every service that waits, is in progress or may come. `streams` are walk-ins who probably come,
    `booked` are appointments of later today, as tickets of the booked time. `breaks` are spans in which no counter
    calls, in order. `absent` is the share of called or booked visitors who do not come, `coming_back` the share of the
    called ones who return after a while. `asking` are tickets that nobody has taken: what somebody would get now; they
    are called in the plays and take no time. `may_come` are the services for which somebody may still come today, see
    `rules.staffing`: none after closing.
    """

    now: int
    waiting: Sequence[Waiting]
    counters: Sequence[Counter]
    durations: Mapping[str, Durations]
    streams: Sequence[Stream] = ()
    booked: Sequence[Waiting] = ()
    breaks: Sequence[tuple[int, int]] = ()
    absent: float = 0.0
    coming_back: float = 0.0
    asking: Sequence[Waiting] = ()
    may_come: frozenset[str] = frozenset()
