"""A simulated day at a desk: people come, wait in the real order, are served, or do not come (วันจำลอง).

Tests, the benchmark of the wait and the demonstration play it. All chance comes from one seed, and every visitor brings
an own duration, so that two days that differ in one thing are otherwise alike.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from heapq import heappop, heappush
from math import exp, log, sqrt
from random import Random

from saduak.frontdesk.rules.arrivals import GRACE_MINUTES, came_back, entered
from saduak.frontdesk.rules.lanes import Lanes
from saduak.frontdesk.rules.order import ONE_MINUTE, ORDINARY, Caller, Entry, Priority, Waiting

ONE_HOUR = 60 * ONE_MINUTE

THREE_CALLS = 90_000
"""Milliseconds that a counter loses on a visitor who does not come."""

COMES_BACK = 0.5
"""So large a share of those who missed the call come back: assumed, for want of measured figures."""

AWAY = 10 * ONE_MINUTE
"""Milliseconds after which they do."""


@dataclass(frozen=True, slots=True)
class Work:
    """A service: its key, its share of the visitors, mean minutes of a visit, and standard deviation over mean."""

    key: str
    share: float
    minutes: float
    spread: float = 0.7

    def drawn(self, chance: Random) -> int:
        """What one visit takes, in milliseconds: log-normal, as visits to counters mostly are."""
        sigma = sqrt(log(1 + self.spread**2))
        return max(1, int(self.minutes * ONE_MINUTE * exp(chance.gauss(-sigma * sigma / 2, sigma))))


@dataclass(frozen=True, slots=True)
class Post:
    """A counter that is open in spans of minutes after the opening, all day if there are none; `pace` 1.2 is slower."""

    caller: Caller
    spans: tuple[tuple[int, int], ...] = ((0, 24 * 60),)
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a day is like. `per_hour` are the walk-ins expected in each hour from `opens` on; who is there is served.

    `classes` go with their shares. `booked_per_hour` appointments begin in each hour, evenly; their visitors come eight
    minutes before, give or take ten. `absent` of all do not come when called; half of them come back later.
    Durations of a whole day go up or down together by a standard deviation of `swing`.
    """

    works: tuple[Work, ...]
    posts: tuple[Post, ...]
    per_hour: tuple[float, ...]
    opens: int = 0
    classes: tuple[tuple[Priority, float], ...] = ((ORDINARY, 1.0),)
    booked_per_hour: int = 0
    absent: float = 0.0
    swing: float = 0.0


@dataclass(slots=True)
class Visit:
    """One visitor of the day: the ticket as it entered, when it came, was called and left its counter."""

    ticket: Waiting
    came: int
    span: int
    is_absent: bool = False
    booked: int | None = None
    first_called: int | None = None
    called: int | None = None
    ended: int | None = None
    counter: str = ""

    @property
    def waited(self) -> int:
        """Milliseconds from coming to the call; ValueError if nobody has called."""
        if self.called is None:
            raise ValueError(f"{self.ticket.key} has not been called")
        return self.called - self.came


@dataclass(slots=True)
class Hall:
    """What is known in the hall at one moment: who waits, who is booked and has not come, each open counter, and the
    visits in progress by their counters."""

    now: int
    waiting: dict[str, Waiting] = field(default_factory=dict)
    booked: dict[str, Waiting] = field(default_factory=dict)
    busy: dict[str, Visit] = field(default_factory=dict)
    open: dict[str, Post] = field(default_factory=dict)


Watch = Callable[[str, Hall, Visit], None]
"""Told "came", "called" and "ended", with the hall as it is then; "came" after idle counters have called."""


def play_day(plan: Plan, seed: int, watch: Watch | None = None) -> list[Visit]:
    """All visits of one day, in the order of coming. An open counter calls as long as somebody waits whom it serves."""
    return _Day(plan, Random(seed), watch).play()  # noqa: S311  (a day to be repeated, no secret)


def visitors(plan: Plan, chance: Random) -> list[Visit]:
    """Who comes on such a day, in the order of coming, with the tickets they take."""
    pace = exp(chance.gauss(0, plan.swing)) if plan.swing else 1.0
    coming: list[tuple[int, int | None]] = []
    for hour, expected in enumerate(plan.per_hour):
        begins = moment = plan.opens + hour * ONE_HOUR
        while expected and (moment := moment + int(chance.expovariate(expected / ONE_HOUR))) < begins + ONE_HOUR:
            coming.append((moment, None))
        for slot in range(plan.booked_per_hour):
            booked = begins + slot * ONE_HOUR // plan.booked_per_hour
            coming.append((max(plan.opens, booked + int(chance.gauss(-8, 10) * ONE_MINUTE)), booked))
    visits = []
    for number, (came, due) in enumerate(sorted(coming, key=lambda one: one[0]), 1):
        work = chance.choices(plan.works, [one.share for one in plan.works])[0]
        priority = chance.choices([one for one, _ in plan.classes], [share for _, share in plan.classes])[0]
        arrived, entry = entered(came, due, grace_minutes=GRACE_MINUTES)
        ticket = Waiting(f"{work.key}{number:04d}", number, arrived, work.key, priority, entry=entry)
        visits.append(Visit(ticket, came, int(work.drawn(chance) * pace), chance.random() < plan.absent, due))
    return visits


class _Day:
    """One day while it is played: what is to happen, and who is idle since when."""

    def __init__(self, plan: Plan, chance: Random, watch: Watch | None) -> None:
        self.plan, self.chance, self.watch = plan, chance, watch or (lambda _what, _hall, _visit: None)
        self.hall, self.lanes = Hall(plan.opens), Lanes(now=plan.opens)
        self.visits = visitors(plan, chance)
        for visit in self.visits:
            if visit.booked is not None:
                due = replace(visit.ticket, arrived=visit.booked, entry=Entry.BOOKED)
                self.hall.booked[due.key] = due
        self.of_ticket = {visit.ticket.key: visit for visit in self.visits}
        self.idle: list[Post] = []
        self.agenda: list[tuple[int, int, Callable[[], None]]] = []
        self.number = 0

    def play(self) -> list[Visit]:
        for post in self.plan.posts:
            for begins, ends in post.spans:
                self._plan(self.plan.opens + begins * ONE_MINUTE, partial(self._open, post))
                self._plan(self.plan.opens + ends * ONE_MINUTE, partial(self._close, post))
        for visit in self.visits:
            self._plan(visit.came, partial(self._come, visit))
        while self.agenda:
            self.hall.now, _, happen = heappop(self.agenda)
            happen()
        return self.visits

    def _plan(self, moment: int, happen: Callable[[], None]) -> None:
        self.number += 1
        heappush(self.agenda, (moment, self.number, happen))

    def _come(self, visit: Visit) -> None:
        self.hall.booked.pop(visit.ticket.key, None)
        self._enter(visit.ticket)
        self.watch("came", self.hall, visit)

    def _enter(self, ticket: Waiting) -> None:
        self.hall.waiting[ticket.key] = ticket
        self.lanes.enter(ticket)
        self._plan(ticket.not_before, self._offer) if ticket.not_before else self._offer()

    def _open(self, post: Post) -> None:
        self.hall.open[post.caller.key] = post
        if post.caller.key not in self.hall.busy:
            self.idle.append(post)
        self._offer()

    def _close(self, post: Post) -> None:
        """The counter calls nobody any more; the visit in progress goes on."""
        del self.hall.open[post.caller.key]
        self.idle = [one for one in self.idle if one is not post]

    def _offer(self) -> None:
        """Let whoever is idle longest call first."""
        for post in self.idle.copy():
            ticket = self.lanes.take(self.hall.now, post.caller)
            if ticket:
                self.idle.remove(post)
                self._call(post, ticket)

    def _call(self, post: Post, ticket: Waiting) -> None:
        visit = self.of_ticket[ticket.key]
        del self.hall.waiting[ticket.key]
        visit.called, visit.counter = self.hall.now, post.caller.key
        visit.first_called = visit.called if visit.first_called is None else visit.first_called
        self.hall.busy[post.caller.key] = visit
        self.watch("called", self.hall, visit)
        span = THREE_CALLS if visit.is_absent else int(visit.span * post.pace)
        self._plan(self.hall.now + span, partial(self._end, post, visit))

    def _end(self, post: Post, visit: Visit) -> None:
        visit.ended = self.hall.now
        del self.hall.busy[post.caller.key]
        self.watch("ended", self.hall, visit)
        if visit.is_absent and self.chance.random() < COMES_BACK:
            self._plan(self.hall.now + AWAY, partial(self._return, visit))
        if post.caller.key in self.hall.open:
            self.idle.append(post)
        self._offer()

    def _return(self, visit: Visit) -> None:
        visit.is_absent = False
        self._enter(came_back(visit.ticket, self.hall.now))
