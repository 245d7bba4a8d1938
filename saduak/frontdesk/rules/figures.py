"""The figures of a day as sums over the slices of its tickets (สถิติจากช่วงเวลาของบัตรคิว).

Whatever a report prints is made here from `Life`s, which are slices and nothing else; the journal gives the same ones.
Moments are milliseconds since 1970, spans milliseconds; a day has 48 half hours, counted from its midnight.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

HALF_HOURS = 48
HALF_HOUR = 1_800_000

WAITING, CALLED, SERVING, FINISHED, MISSED, CANCELLED = (
    "waiting", "called", "serving", "finished", "no_show", "cancelled",
)  # fmt: skip
"""Stages as `procedure.TicketStage` names them."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One slice: a stage from one moment to another; `ended` None for the present one."""

    stage: str
    began: int
    ended: int | None
    service: int
    priority: int
    counter: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """One ticket: when its visitor came, and its stays in order. Before `booked` nobody waits for a booked visitor."""

    key: str
    came: int
    stays: tuple[Stay, ...]
    booked: int = 0


def _half_hours() -> list[int]:
    return [0] * HALF_HOURS


@dataclass(slots=True)
class Line:
    """One service and class on one day.

    `arrivals` by the half hour of coming, `calls` and `waited` by the half hour of the call that ended the wait,
    `served` visits at the counter that ended and `serving` their time, `missed` calls that nobody came to, `came_back`
    of them, `cancelled` who left or was not served, `outcomes` how parts of visits ended.
    """

    arrivals: list[int] = field(default_factory=_half_hours)
    calls: list[int] = field(default_factory=_half_hours)
    waited: list[int] = field(default_factory=_half_hours)
    longest: int = 0
    served: int = 0
    serving: int = 0
    missed: int = 0
    came_back: int = 0
    cancelled: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def issued(self) -> int:
        """Tickets taken."""
        return sum(self.arrivals)

    @property
    def called(self) -> int:
        """Waits that ended with a call."""
        return sum(self.calls)

    @property
    def mean_wait(self) -> float | None:
        """Of the waits that ended with a call; None without any."""
        return sum(self.waited) / self.called if self.called else None

    @property
    def mean_visit(self) -> float | None:
        """Of the visits that ended; None without any."""
        return self.serving / self.served if self.served else None

    def add(self, other: "Line") -> None:
        """Count another line's people too."""
        for name in ("arrivals", "calls", "waited"):
            setattr(self, name, [a + b for a, b in zip(getattr(self, name), getattr(other, name), strict=True)])
        self.longest = max(self.longest, other.longest)
        for name in ("served", "serving", "missed", "came_back", "cancelled"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.outcomes += other.outcomes


Key = tuple[int, int]
"""Service and class."""


def figures(lives: Iterable[Life], midnight: int) -> dict[Key, Line]:
    """The lines of a day whose midnight is given; only those with something in them."""
    lines: dict[Key, Line] = {}
    for life in lives:
        for number, stay in enumerate(life.stays):
            line = lines.setdefault((stay.service, stay.priority), Line())
            after = life.stays[number + 1].stage if number + 1 < len(life.stays) else ""
            if not number:
                line.arrivals[half_hour(life.came, midnight)] += 1
            elif stay.stage == WAITING and life.stays[number - 1].stage == MISSED:
                line.came_back += 1
            _count(line, life, stay, after, midnight)
    return lines


def _count(line: Line, life: Life, stay: Stay, after: str, midnight: int) -> None:
    if stay.outcome and stay.stage == SERVING:
        line.outcomes[stay.outcome] += 1
    if stay.stage == MISSED:
        line.missed += 1
    elif stay.stage == CANCELLED:
        line.cancelled += 1
    if stay.ended is None:
        return
    if stay.stage == WAITING and after == CALLED:
        waited = max(0, stay.ended - max(stay.began, life.booked))
        part = half_hour(stay.ended, midnight)
        line.calls[part] += 1
        line.waited[part] += waited
        line.longest = max(line.longest, waited)
    elif stay.stage == SERVING:
        line.served += 1
        line.serving += stay.ended - stay.began


def half_hour(moment: int, midnight: int) -> int:
    """The half hour of the day in which a moment lies; what lies outside counts to the first or last."""
    return min(HALF_HOURS - 1, max(0, (moment - midnight) // HALF_HOUR))


def spread(spans: Iterable[tuple[int, int]], midnight: int) -> list[int]:
    """How much of each half hour these spans fill, together."""
    filled = _half_hours()
    for began, ended in spans:
        first, last = half_hour(began, midnight), half_hour(ended, midnight)
        for part in range(first, last + 1):
            starts = midnight + part * HALF_HOUR
            filled[part] += max(0, min(ended, starts + HALF_HOUR) - max(began, starts))
    return filled
