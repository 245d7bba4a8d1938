"""The real order, played on from now by chance (การจำลองคิวไปข้างหน้า).

One play calls everybody who waits by the very rule that calls them in the hall; durations are drawn from recent visits.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush, merge
from itertools import accumulate
from random import Random

from saduak.frontdesk.estimation.scene import HALF_HOUR, Counter, Scene, Stream
from saduak.frontdesk.rules.lanes import Lanes
from saduak.frontdesk.rules.order import ONE_MINUTE, Waiting

ABSENT = 90_000
"""Milliseconds that a counter loses on a visitor who does not come: three calls half a minute apart."""

AWAY = 15 * ONE_MINUTE
"""Milliseconds after which somebody who missed the call can be called again, with the hold-off: assumed."""

COMERS = 10**9
"""Visitors who have not come yet have sequences above this one, those who come back after a missed call this one."""


@dataclass(slots=True)
class Plays:
    """What the plays gave: of each ticket by its key the moments of its call; of those who came later, in all plays
    together, when each came and was called."""

    calls: dict[str, list[int]]
    comers: list[tuple[int, int]] = field(default_factory=list)


class Rolling:
    """Plays of one scene; the same scene and seed give the same plays.

    Each goes on until all who wait have been called. Of visitors who may still come, only those come who could pass
    somebody; with `until`, everybody comes who comes before then, and is called too. A ticket that no open counter can
    call is never called.
    """

    def __init__(self, scene: Scene, seed: int, *, plays: int, until: int | None = None) -> None:
        self.scene, self.plays, self.until = scene, plays, until
        self.chance = chance = Random(seed)  # noqa: S311  (a play to be repeated, no secret)
        self._callers = [counter.caller for counter in scene.counters]
        everybody = [*scene.waiting, *scene.asking]
        self._reachable = sum(self._can_be_called(one) for one in everybody)
        self._streams = _that_may_pass(scene) if until is None else tuple(scene.streams)
        self._booked = sorted(scene.booked, key=lambda one: (one.arrived, one.sequence, one.key))
        self._lanes = Lanes(everybody, scene.now)
        self._spans: dict[str, Sequence[int | None]]
        self._spans = {one.key: self._spans_of(one.service) for one in scene.waiting}
        self._spans |= {one.key: [0] * plays for one in scene.asking}
        self._free = [self._free_from(counter) for counter in scene.counters]
        self._leaning = {key: durations.leaning(plays, chance) for key, durations in scene.durations.items()}
        self._has_pauses = bool(scene.breaks) or any(counter.open_until is not None for counter in scene.counters)
        self._made = Plays({one.key: [] for one in everybody})

    def run(self) -> Plays:
        """All the plays."""
        for number in range(self.plays):
            self._once(number)
        return self._made

    def _once(self, number: int) -> None:
        scene, callers, until = self.scene, self._callers, self.until
        lanes, left = self._lanes.copy(), self._reachable
        free = [(moments[number], counter) for counter, moments in enumerate(self._free)]
        heapify(free)
        comers = self._comers()
        comer = next(comers, None)
        leaning = {key: factors[number] for key, factors in self._leaning.items()}
        calls, spans = self._made.calls, self._spans
        while free and (left or (until is not None and comer is not None)):
            now, counter = heappop(free)
            while comer is not None and comer.arrived <= now:
                lanes.enter(comer)
                left += until is not None and self._can_be_called(comer)
                comer = next(comers, None)
            if self._has_pauses and (begins := self._begins(now, counter)) != now:
                if begins is not None:
                    heappush(free, (begins, counter))
                continue
            ticket = lanes.take(now, callers[counter])
            if ticket is None:
                wakes = lanes.next_entry(callers[counter])
                if comer is not None and (wakes is None or comer.arrived < wakes):
                    wakes = comer.arrived
                if wakes is not None:
                    heappush(free, (wakes, counter))
                continue
            if ticket.key in spans:
                left -= 1
                calls[ticket.key].append(now)
                span = spans[ticket.key][number]
            else:
                if ticket.sequence > COMERS:
                    left -= until is not None
                    self._made.comers.append((ticket.arrived, now))
                span = self._span_of(ticket.service)
            if span is None:
                heappush(free, (now + ABSENT, counter))
                if ticket.sequence != COMERS and self.chance.random() < scene.coming_back:
                    lanes.enter(replace(ticket, key=f"~{ticket.key}", sequence=COMERS, not_before=now + AWAY))
            else:
                heappush(free, (now + int(span * leaning[ticket.service]), counter))

    def _comers(self) -> Iterator[Waiting]:
        """Who comes after now in one play, in the order of coming: walk-ins, and most who have booked."""
        scene, until = self.scene, self.until
        booked = (
            replace(one, sequence=COMERS + 1)
            for one in self._booked
            if (until is None or one.arrived < until) and self.chance.random() >= scene.absent
        )
        walking_in = _walk_ins(self._streams, scene.now, until, self.chance)
        return merge(walking_in, booked, key=lambda one: one.arrived) if self._booked else walking_in

    def _can_be_called(self, ticket: Waiting) -> bool:
        return any(caller.can_call(ticket) for caller in self._callers)

    def _begins(self, now: int, counter: int) -> int | None:
        """When a counter that is free calls: now, after the break, or not any more."""
        until = self.scene.counters[counter].open_until
        if until is not None and now >= until:
            return None
        return next((ends for begins, ends in self.scene.breaks if begins <= now < ends), now)

    def _spans_of(self, service: str) -> Sequence[int | None]:
        """What one ticket's visit takes in each play; None where nobody comes."""
        absent, chance = self.scene.absent, self.chance
        drawn = self.scene.durations[service].draw(self.plays, chance)
        return [None if chance.random() < absent else span for span in drawn] if absent else drawn

    def _span_of(self, service: str) -> int | None:
        return None if self.chance.random() < self.scene.absent else self.scene.durations[service].one(self.chance)

    def _free_from(self, counter: Counter) -> list[int]:
        now, plays = self.scene.now, self.plays
        rests = [0] * plays
        if counter.busy_with:
            rests = self.scene.durations[counter.busy_with].rest(now - counter.since, plays, self.chance)
        return [max(now + rest, counter.open_from) for rest in rests]


def _that_may_pass(scene: Scene) -> tuple[Stream, ...]:
    """The streams whose visitors could be called before somebody who waits now."""
    everybody = [*scene.waiting, *scene.asking]
    if any(max(one.arrived, one.not_before) > scene.now for one in everybody):
        return tuple(scene.streams)
    slope = min((one.priority.slope for one in everybody), default=0)
    start = min((one.priority.start for one in everybody), default=0)
    return tuple(one for one in scene.streams if one.priority.slope > slope or one.priority.start > start)


def _walk_ins(streams: Sequence[Stream], now: int, until: int | None, chance: Random) -> Iterator[Waiting]:
    """Who may come after now, and before `until` if that is given, by chance, in the order of coming."""
    end, moment, number = max((stream.ends for stream in streams), default=now), now, 0
    if until is not None:
        end = min(end, until)
    while moment < end:
        part_ends = min(end, *(((moment - one.begins) // HALF_HOUR + 1) * HALF_HOUR + one.begins for one in streams))
        rates = list(accumulate(stream.expected(moment) for stream in streams))
        while rates[-1] and (moment := moment + int(chance.expovariate(rates[-1] / HALF_HOUR))) < part_ends:
            number += 1
            stream = streams[bisect(rates, chance.random() * rates[-1], hi=len(rates) - 1)]
            yield Waiting(f"~{number}", COMERS + number, moment, stream.service, stream.priority)
        moment = part_ends
