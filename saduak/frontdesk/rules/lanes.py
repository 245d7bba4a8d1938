"""The same order, fast: one lane for each service and class, of which only the heads are compared.

Within one class scores grow alike, so whoever is before another stays so until called. `Lanes.take` answers what
`rules.order.next_of` answers (a test holds the two to it); it looks at the heads instead of at everybody. The
roll-forward estimator and the simulated day stand on it.
"""

from bisect import insort
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from saduak.frontdesk.rules.order import Caller, Waiting

_Place = tuple[int, int, str, Waiting]
"""Arrival, sequence, key, and the ticket; keys are unique, so that tickets themselves are never compared."""


class _Lane:
    """Ready tickets of one kind, first come first; `at` is the place of the first, `head`."""

    __slots__ = ("at", "counter", "head", "line", "service", "slope", "start")

    def __init__(self, slope: int, start: int, service: str, counter: str) -> None:
        self.slope, self.start, self.service, self.counter = slope, start, service, counter
        self.line: list[_Place] = []
        self.head: _Place | None = None
        self.at = 0

    def copy(self) -> "_Lane":
        twin = _Lane(self.slope, self.start, self.service, self.counter)
        twin.line, twin.head = self.line[self.at :], self.head
        return twin

    def enter(self, place: _Place) -> None:
        insort(self.line, place, lo=self.at)
        self.head = self.line[self.at]

    def leave(self) -> None:
        self.at += 1
        self.head = self.line[self.at] if self.at < len(self.line) else None


class Lanes:
    """Everybody who waits, or will, ordered as by `rules.order`; moments handed in must not go back."""

    def __init__(self, waiting: Iterable[Waiting] = (), now: int = 0) -> None:
        self._lanes: dict[tuple[int, int, str, str], _Lane] = {}
        self._callers: dict[str, tuple[Caller, list[_Lane]]] = {}
        self._later: list[tuple[int, int, int, str, Waiting]] = []
        self._now = now
        for ticket in waiting:
            self.enter(ticket)

    def copy(self) -> "Lanes":
        """The same people, to be called independently."""
        twin = Lanes(now=self._now)
        twin._lanes = {kind: lane.copy() for kind, lane in self._lanes.items()}
        twin._later = self._later.copy()
        return twin

    def enter(self, ticket: Waiting) -> None:
        """Let a ticket in; one that may not be called yet, or has not come, waits aside until its time."""
        time = max(ticket.arrived, ticket.not_before)
        if time > self._now:
            heappush(self._later, (time, ticket.arrived, ticket.sequence, ticket.key, ticket))
        else:
            self._line_up(ticket)

    def next_entry(self, caller: Caller) -> int | None:
        """When the next ticket aside that this counter can call becomes ready."""
        return min((time for time, *_, ticket in self._later if caller.can_call(ticket)), default=None)

    def take(self, now: int, caller: Caller) -> Waiting | None:
        """Take out whom this counter calls now."""
        self._now = now
        later = self._later
        while later and later[0][0] <= now:
            self._line_up(heappop(later)[-1])
        known = self._callers.get(caller.key)
        best: _Lane | None = None
        first: _Place | None = None
        most = 0
        for lane in known[1] if known and known[0] is caller else self._lanes_of(caller):
            head = lane.head
            if head:
                points = lane.slope * (now - head[0]) + lane.start
                if first is None or points > most or (points == most and head[1:3] < first[1:3]):
                    best, most, first = lane, points, head
        if best is None or first is None:
            return self._take_early(now, caller)
        best.leave()
        return first[3]

    def _lanes_of(self, caller: Caller) -> list[_Lane]:
        lanes = [
            lane
            for lane in self._lanes.values()
            if (lane.counter == caller.key if lane.counter else lane.service in caller.skills)
        ]
        self._callers[caller.key] = caller, lanes
        return lanes

    def _take_early(self, now: int, caller: Caller) -> Waiting | None:
        early = [entry for entry in self._later if entry[-1].not_before <= now and caller.can_call(entry[-1])]
        if not early:
            return None
        chosen = min(early, key=lambda entry: entry[1:4])
        self._later.remove(chosen)
        heapify(self._later)
        return chosen[-1]

    def _line_up(self, ticket: Waiting) -> None:
        priority = ticket.priority
        kind = (priority.slope, priority.start, ticket.service, ticket.counter)
        lane = self._lanes.get(kind)
        if lane is None:
            lane = self._lanes[kind] = _Lane(*kind)
            self._callers.clear()
        lane.enter((ticket.arrived, ticket.sequence, ticket.key, ticket))
