"""The wait as the roll-forward tells it, against an average that somebody sets by hand.

Plays days of several loads, mixes and staffings. When somebody takes a ticket and has to wait, the wait is estimated by
rolling the order forward, and as average × position ÷ counters: with the average that fits the very same days best,
found afterwards for each line of the table, and with one that is half as much again. The roll-forward knows only what a
desk knows: visits and arrivals of earlier days, and the hall as it is. Errors are minutes on average.
Run: python -m benchmarks.wait_estimation [days of each line]
"""

import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from statistics import fmean, median
from time import perf_counter

from saduak.frontdesk.estimation.durations import Durations
from saduak.frontdesk.estimation.estimates import estimate
from saduak.frontdesk.estimation.scene import HALF_HOUR, Counter, Scene, Stream
from saduak.frontdesk.rules.order import ONE_MINUTE, ORDINARY, Caller, Priority, Waiting, ahead_of
from saduak.frontdesk.simulation import COMES_BACK, Hall, Plan, Post, Visit, Work, play_day

HALVES = 14
"""Half hours of a day."""

ELDERLY = Priority("elderly", Decimal(3))
JOBS, BENEFITS, PERMITS = Work("A", 0.5, 8), Work("B", 0.3, 14), Work("C", 0.2, 25)
SHAPE = (1.35, 1.2, 1.0, 0.6, 0.8, 1.1, 0.95)
"""Visitors in each hour from half past eight, against the mean: many in the morning, few at midday."""

BEFORE = 5
"""Days that are played first, so that visits and arrivals have been measured."""

EVERY = 3
"""Every third visitor is asked, so that a run takes minutes."""


@dataclass(frozen=True)
class Case:
    """A line of the table: who does what at the counters, who comes, and how much of the counters' time they fill."""

    name: str
    works: tuple[Work, ...]
    skills: tuple[str, ...]
    load: float
    priority: float = 0.2
    booked: int = 0
    absent: float = 0.05
    late_posts: int = 0

    @property
    def plan(self) -> Plan:
        """The day."""
        minutes = sum(work.share * work.minutes for work in self.works)
        an_hour = self.load * len(self.skills) * 60 / minutes
        posts = tuple(
            Post(
                Caller(str(number), frozenset(skills)),
                ((0, 24 * 60),) if number < len(self.skills) - self.late_posts else ((60, 210), (270, 24 * 60)),
                (0.85, 1.0, 1.15)[number % 3],
            )
            for number, skills in enumerate(self.skills)
        )
        return Plan(
            self.works,
            posts,
            tuple(max(0.0, an_hour * part - self.booked) for part in SHAPE),
            classes=((ORDINARY, 1 - self.priority), (ELDERLY, self.priority)),
            booked_per_hour=self.booked,
            absent=self.absent,
            swing=0.08,
        )


ALL = (JOBS, BENEFITS, PERMITS)
CASES = [
    *(
        Case(f"one service, 4 counters, load {load}", (replace(BENEFITS, share=1),), ("B",) * 4, load)
        for load in (0.85, 1.0)
    ),
    *(Case(f"three services, 6 counters, load {load}", ALL, ("ABC",) * 6, load) for load in (0.85, 0.95, 1.05)),
    Case("three services, nobody with priority, load 0.95", ALL, ("ABC",) * 6, 0.95, priority=0.0),
    *(
        Case(f"specialists, 7 counters, load {load}", ALL, ("A", "A", "AB", "AB", "BC", "C", "C"), load)
        for load in (0.85, 0.95, 1.05)
    ),
    Case("a third priority, 5 counters, load 0.95", ALL, ("ABC",) * 5, 0.95, priority=0.35),
    Case("appointments, 6 counters, load 0.95", ALL, ("ABC",) * 6, 0.95, booked=8),
    Case("two counters of six come and go, load 0.9", ALL, ("AB", "ABC", "BC", "ABC", "ABC", "AB"), 0.9, late_posts=2),
    Case("a large hall, 16 counters, load 1.0", ALL, ("ABC", "AB") * 8, 1.0),
]


@dataclass
class Told:
    """What was told to one visitor, in milliseconds, and what came true."""

    visit: Visit
    at: int
    mean: int
    slow: int
    position: int
    counters: int
    able: int

    @property
    def true(self) -> int:
        """The wait from being told."""
        return self.visit.first_called - self.at


@dataclass
class Asker:
    """Looks into the hall as visitors come, and knows no more than the desk would."""

    plan: Plan
    spans: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    told: list[Told] = field(default_factory=list)
    arrivals: dict[tuple[str, Priority], list[int]] = field(default_factory=dict)
    days: int = 0
    asked: int = 0
    listening: bool = False

    def __call__(self, what: str, hall: Hall, visit: Visit) -> None:
        key = visit.ticket.key
        if what == "ended" and not visit.is_absent:
            self.spans[visit.ticket.service].append(hall.now - visit.called)
        if what == "came" and visit.booked is None:
            halves = self.arrivals.setdefault((visit.ticket.service, visit.ticket.priority), [0] * HALVES)
            halves[min(HALVES - 1, visit.came // HALF_HOUR)] += 1
        if what == "came" and key in hall.waiting and self.listening:
            self.asked += 1
            if self.asked % EVERY == 0:
                self._ask(hall, visit)

    def _ask(self, hall: Hall, visit: Visit) -> None:
        waiting = list(hall.waiting.values())
        told = estimate(self.scene(hall), self.asked)[visit.ticket.key]
        able = sum(post.caller.can_call(visit.ticket) for post in hall.open.values())
        position = ahead_of(visit.ticket, waiting, hall.now) + 1
        self.told.append(Told(visit, hall.now, told.mean, told.slow, position, len(hall.open), able))

    def scene(self, hall: Hall) -> Scene:
        counters = []
        for key, post in hall.open.items():
            visit = hall.busy.get(key)
            busy = {"busy_with": visit.ticket.service, "since": visit.called} if visit else {}
            counters.append(Counter(post.caller, **busy))
        durations = {work.key: Durations(self.spans[work.key], round(work.minutes)) for work in self.plan.works}
        return Scene(
            hall.now,
            list(hall.waiting.values()),
            counters,
            durations,
            self.streams,
            [one for one in hall.booked.values() if one.arrived > hall.now],
            absent=self.plan.absent,
            coming_back=COMES_BACK,
        )

    @property
    def streams(self) -> list[Stream]:
        """Who comes on the mean of all days so far."""
        return [
            Stream(service, priority, self.plan.opens, tuple(number / max(1, self.days) for number in halves))
            for (service, priority), halves in self.arrivals.items()
        ]


def best_average(parts: list[float], waits: list[float]) -> float:
    """The factor on `parts` with the least mean absolute error: a median, weighted."""
    ratios = sorted((wait / part, part) for part, wait in zip(parts, waits, strict=True))
    half, so_far = sum(parts) / 2, 0.0
    for ratio, weight in ratios:
        so_far += weight
        if so_far >= half:
            return ratio
    raise AssertionError


def error(said: list[float], waits: list[float]) -> float:
    """Mean absolute error in minutes."""
    return fmean(abs(one - wait) for one, wait in zip(said, waits, strict=True)) / ONE_MINUTE


def run(case: Case, days: int) -> tuple[list[Told], tuple[float, ...]]:
    """All that was told; mean wait, our error, bias and share, and the errors of the best average and 1.5 times it."""
    asker = Asker(case.plan)
    for day in range(-BEFORE, days):
        asker.listening, asker.days = day >= 0, day + BEFORE
        play_day(case.plan, 100 * day + 7, asker)
    told = asker.told
    waits = [float(one.true) for one in told]
    ours = error([one.mean for one in told], waits)
    best = min(
        (
            (error([average * part for part in parts], waits), error([1.5 * average * part for part in parts], waits))
            for parts in (
                [one.position / one.counters for one in told],
                [one.position / max(1, one.able) for one in told],
            )
            for average in [best_average(parts, waits)]
        ),
    )
    bias = fmean(one.mean - one.true for one in told) / ONE_MINUTE
    within = fmean(one.true <= one.slow for one in told)
    return told, (fmean(waits) / ONE_MINUTE, ours, bias, within, *best)


def speed(waiting: int, counters: int) -> float:
    """Milliseconds of one estimate for a full hall, the fastest of five."""
    plan = CASES[-1].plan
    asker = Asker(plan)
    play_day(plan, 1, asker)
    now = 10 * HALF_HOUR
    keys = [work.key for work in ALL]
    people = [
        Waiting(str(n), n, now - (waiting - n) * 15_000, keys[n % 3], ELDERLY if n % 5 == 0 else ORDINARY)
        for n in range(waiting)
    ]
    busy = [Counter(post.caller, "A", now - 200_000) for post in plan.posts[:counters]]
    hall = Hall(now)
    scene = replace(asker.scene(hall), waiting=people, counters=busy)
    times = []
    for seed in range(5):
        began = perf_counter()
        estimate(scene, seed)
        times.append((perf_counter() - began) * 1000)
    return min(times)


def main() -> None:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print(
        f"{'':50}{'asked':>6}{'wait':>6}{'ours':>6}{'bias':>6}{'≤ 80th':>7}{'best':>6}{'less':>7}{'×1.5':>6}{'less':>7}"
    )
    totals: list[tuple[float, ...]] = []
    for case in CASES:
        told, (wait, ours, bias, within, best, high) = run(case, days)
        totals.append((len(told), wait, ours, bias, within, best, high))
        print(
            f"{case.name:50}{len(told):6}{wait:6.1f}{ours:6.2f}{bias:6.1f}{within:7.0%}"
            f"{best:6.2f}{1 - ours / best:7.0%}{high:6.2f}{1 - ours / high:7.0%}"
        )
    number = sum(line[0] for line in totals)
    _, wait, ours, bias, within, best, high = (sum(line[0] * line[n] for line in totals) / number for n in range(7))
    print(
        f"{'all visitors':50}{number:6}{wait:6.1f}{ours:6.2f}{bias:6.1f}{within:7.0%}"
        f"{best:6.2f}{1 - ours / best:7.0%}{high:6.2f}{1 - ours / high:7.0%}"
    )
    print(
        f"{'median of the lines':50}{'':31}{'':6}{median(1 - line[2] / line[5] for line in totals):7.0%}"
        f"{'':6}{median(1 - line[2] / line[6] for line in totals):7.0%}"
    )
    print(
        "aims: at least 10 % less than the best average, 35 % less than one half as much again; 75–85 % within the 80th"
    )
    print(f"one estimate with 60 plays for 240 waiting at 16 counters: {speed(240, 16):.0f} ms")


if __name__ == "__main__":
    main()
