"""Whether to open or close a counter now, with the numbers behind it (คำแนะนำการเปิดปิดช่องบริการ)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

from saduak.frontdesk.estimation.estimates import quantile
from saduak.frontdesk.estimation.rolling import Rolling
from saduak.frontdesk.estimation.scene import Counter, Scene
from saduak.frontdesk.rules.order import ONE_MINUTE, Caller, Waiting
from saduak.frontdesk.rules.staffing import needed

AHEAD = 60 * ONE_MINUTE
"""Milliseconds: visitors who come within the next hour count as well."""

PLAYS = 40
"""So often each choice is played: the least of the design, for several choices are compared by the same chance."""

WORTH = 0.1
"""Opening is advised if it shortens the mean wait by at least this share: this platform's default."""

FEW_MINUTES = 5
"""Closing is advised if the mean wait grows by at most so many minutes: this platform's default."""


class Action(StrEnum):
    """What is advised."""

    OPEN = "open"
    CLOSE = "close"
    STAY = "stay"
    END = "end"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Of all who wait or come within the hour: how many, their mean wait and its 80th percentile in milliseconds, the
    share who will wait longer than the target, and how many of them no open counter can call."""

    visitors: float
    mean: float
    slow: int
    over: float
    stranded: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, with which counter (its key; empty for staying and the end), and how it looks without and with it."""

    action: Action
    counter: str
    now: Outlook
    then: Outlook


def advice(scene: Scene, closed: Sequence[Caller], seed: int, *, target_minutes: int) -> Advice:
    """Open one of the `closed` counters, close an open one, stay, or end the day.

    Open where the 80th percentile passes the target, or somebody waits whom no open counter can call: the counter that
    shortens the mean wait most, if it does so noticeably. Close where the 80th percentile stays below half the target
    even then, nobody is stranded by it and the mean wait grows by a few minutes at most; but while visitors may come,
    only one whose services are done at another open counter too, and only where it is known how many usually come.
    The day ends when nobody waits and nobody may come any more.
    """
    target = target_minutes * ONE_MINUTE
    now = outlook(scene, seed, target)
    if not (scene.waiting or scene.booked or scene.may_come):
        return Advice(Action.END, "", now, now)
    if now.slow > target or now.stranded:
        choices = [(caller.key, _with(scene, caller)) for caller in _different(closed)]
    elif 2 * now.slow < target:
        choices = [(caller.key, _without(scene, caller)) for caller in _different(_spare(scene))]
    else:
        choices = []
    outlooks = [(outlook(choice, seed, target), key) for key, choice in choices]
    if not outlooks:
        return Advice(Action.STAY, "", now, now)
    then, key = min(outlooks, key=lambda one: (one[0].stranded, one[0].mean, one[1]))
    if 2 * now.slow < target and not now.stranded:
        closes = not then.stranded and 2 * then.slow < target and then.mean <= now.mean + FEW_MINUTES * ONE_MINUTE
        return Advice(Action.CLOSE, key, now, then) if closes else Advice(Action.STAY, "", now, now)
    opens = then.stranded < now.stranded or then.mean < now.mean * (1 - WORTH)
    return Advice(Action.OPEN, key, now, then) if opens else Advice(Action.STAY, "", now, now)


def outlook(scene: Scene, seed: int, target: int) -> Outlook:
    """How the next hour looks with the counters of this scene; `target` is in milliseconds."""
    until = scene.now + AHEAD
    plays = Rolling(scene, seed, plays=PLAYS, until=until).run()
    waits = [moment - min(one.arrived, scene.now) for one in scene.waiting for moment in plays.calls[one.key]]
    waits = sorted(waits + [called - came for came, called in plays.comers])
    stranded = sum(not _can_be_called(one, scene) for one in scene.waiting) + sum(
        stream.between(scene.now, until)
        for stream in scene.streams
        if not any(stream.service in caller.skills for caller in _open(scene))
    )
    if not waits:
        return Outlook(stranded, 0.0, 0, 0.0, stranded)
    over = sum(wait > target for wait in waits) / len(waits)
    return Outlook(len(waits) / PLAYS + stranded, fmean(waits), quantile(waits, 0.8), over, stranded)


def _open(scene: Scene) -> list[Caller]:
    """Counters that go on calling."""
    return [one.caller for one in scene.counters if one.open_until is None or one.open_until > scene.now]


def _spare(scene: Scene) -> list[Caller]:
    """Counters that go on calling, without those that have to."""
    if scene.may_come and not scene.streams:
        return []
    callers = _open(scene)
    stay = needed(callers, scene.may_come)
    return [caller for caller in callers if caller.key not in stay]


def _can_be_called(ticket: Waiting, scene: Scene) -> bool:
    return any(caller.can_call(ticket) for caller in _open(scene))


def _different(callers: Sequence[Caller]) -> list[Caller]:
    """One of those that can do the same."""
    return list({caller.skills: caller for caller in reversed(callers)}.values())[::-1]


def _with(scene: Scene, caller: Caller) -> Scene:
    return replace(scene, counters=[*scene.counters, Counter(caller)])


def _without(scene: Scene, caller: Caller) -> Scene:
    """The counter ends its visit and calls nobody any more."""
    return replace(
        scene,
        counters=[replace(one, open_until=scene.now) if one.caller == caller else one for one in scene.counters],
    )
