"""What visitors of a drawn day were told about their wait, by the estimator and from what the desk knew by then."""

from collections import defaultdict
from collections.abc import Callable

from saduak.frontdesk.estimation.durations import Durations
from saduak.frontdesk.estimation.estimates import Estimate, estimate
from saduak.frontdesk.estimation.scene import HALF_HOUR, Counter, Scene, Stream
from saduak.frontdesk.rules.figures import HALF_HOURS
from saduak.frontdesk.rules.order import Priority
from saduak.frontdesk.simulation import COMES_BACK, Hall, Plan, Visit

Saw = Callable[[str, int, Visit], None]
"""Told what happened, when, and with whom."""


class Teller:
    """Watches one day after the other, learns how long visits take and who usually comes, and tells who has to wait."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.spans: dict[str, list[int]] = defaultdict(list)
        self.days = 0
        self.before: dict[tuple[str, Priority], list[int]] = {}
        self.today: dict[tuple[str, Priority], list[int]] = {}
        self.told: dict[str, Estimate] = {}
        self.seed = 0
        self.saw: Saw = lambda _what, _ms, _visit: None

    def begin(self, seed: int, saw: Saw) -> None:
        """Another day; what was seen of the last one is known from now on."""
        for key, halves in self.today.items():
            known = self.before.setdefault(key, [0] * HALF_HOURS)
            self.before[key] = [a + b for a, b in zip(known, halves, strict=True)]
        self.days += bool(self.today)
        self.today, self.told, self.seed, self.saw = {}, {}, seed, saw

    def __call__(self, what: str, hall: Hall, visit: Visit) -> None:
        self.saw(what, hall.now, visit)
        if what == "ended" and not visit.is_absent and visit.called is not None:
            self.spans[visit.ticket.service].append(hall.now - visit.called)
        if what == "came":
            halves = self.today.setdefault((visit.ticket.service, visit.ticket.priority), [0] * HALF_HOURS)
            halves[min(HALF_HOURS - 1, visit.came // HALF_HOUR)] += 1
            if visit.ticket.key in hall.waiting:
                self._tell(hall, visit.ticket.key)

    def _tell(self, hall: Hall, key: str) -> None:
        found = estimate(self._scene(hall), self.seed)[key]
        if not found.unknown:
            self.told[key] = found

    def _scene(self, hall: Hall) -> Scene:
        counters = []
        for key, post in hall.open.items():
            visit = hall.busy.get(key)
            service, since = (visit.ticket.service, visit.called or 0) if visit else ("", 0)
            counters.append(Counter(post.caller, service, since))
        return Scene(
            hall.now,
            list(hall.waiting.values()),
            counters,
            {work.key: Durations(self.spans[work.key], round(work.minutes)) for work in self.plan.works},
            [
                Stream(service, priority, self.plan.opens, tuple(number / self.days for number in halves))
                for (service, priority), halves in self.before.items()
            ],
            absent=self.plan.absent,
            coming_back=COMES_BACK,
        )
