"""Proposing which sub-committee assesses which unit, as arithmetic (การเสนอมอบหมายหน่วย).

Every cost is told in kilometres, so that unlike things can be weighed and the weighing can be read: a member who works
in the unit's province costs as much as so many kilometres of travel. What bars is never weighed. The same task and seed
give the same proposal on every machine: distances are whole kilometres, and the seed alone decides what comes first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import asin, cos, radians, sin, sqrt
from random import Random
from typing import Any

METHOD = "greedy-exchange/1"
"""The name of this way of working; another one gets another name, so that an old proposal says how it was made."""

EARTH_KM = 6371.0
"""The mean radius of the earth in kilometres (IUGG)."""

MAX_ROUNDS = 12
"""Times that all units are gone through for a better place, at most."""


@dataclass(frozen=True)
class Weights:
    """What each thing costs, in kilometres: this platform's defaults, kept with every proposal."""

    tie: int = 60
    outside: int = 400
    again: int = 250
    load: int = 40


@dataclass(frozen=True)
class Panel:
    """A sub-committee: its capacity (members who can go out), units that it has, and the provinces in its charge.

    `held` are the places of units that it has already; places are provinces. Without a `charge` it goes anywhere.
    """

    key: str
    capacity: int
    held: tuple[str, ...] = ()
    charge: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Unit:
    """A unit: its place, how many members of each sub-committee have a soft tie to it, and which are barred."""

    key: str
    place: str
    ties: Mapping[str, int] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()
    last: str = ""


@dataclass(frozen=True)
class Task:
    """All that a proposal is made from."""

    panels: tuple[Panel, ...]
    units: tuple[Unit, ...]
    points: Mapping[str, tuple[float, float]]
    weights: Weights = field(default_factory=Weights)


def written(task: Task) -> dict[str, Any]:
    """The task as it is kept and hashed; `read` gives the same task back."""
    return {
        "method": METHOD,
        "weights": asdict(task.weights),
        "points": {place: list(point) for place, point in sorted(task.points.items())},
        "panels": [
            {"key": one.key, "capacity": one.capacity, "held": list(one.held), "charge": sorted(one.charge)}
            for one in task.panels
        ],
        "units": [
            {
                "key": one.key,
                "place": one.place,
                "ties": dict(sorted(one.ties.items())),
                "barred": sorted(one.barred),
                "last": one.last,
            }
            for one in task.units
        ],
    }


def read(kept: Mapping[str, Any]) -> Task:
    """The task that was written. Raises ValueError when it was made for another method."""
    if kept["method"] != METHOD:
        raise ValueError(f"This was proposed by {kept['method']}, and not by {METHOD}.")
    return Task(
        panels=tuple(
            Panel(one["key"], one["capacity"], tuple(one["held"]), frozenset(one["charge"])) for one in kept["panels"]
        ),
        units=tuple(
            Unit(one["key"], one["place"], one["ties"], frozenset(one["barred"]), one["last"]) for one in kept["units"]
        ),
        points={place: (lat, lon) for place, (lat, lon) in kept["points"].items()},
        weights=Weights(**kept["weights"]),
    )


@dataclass(frozen=True)
class Cost:
    """What a place costs a unit, in kilometres, part by part; differences may be below zero."""

    travel: float = 0.0
    ties: float = 0.0
    outside: float = 0.0
    again: float = 0.0
    load: float = 0.0

    @property
    def total(self) -> float:
        """All parts together."""
        return self.travel + self.ties + self.outside + self.again + self.load

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(
            self.travel - other.travel,
            self.ties - other.ties,
            self.outside - other.outside,
            self.again - other.again,
            self.load - other.load,
        )


@dataclass(frozen=True)
class Quality:
    """A whole proposal in figures: kilometres between units of one sub-committee on average, and what else it costs."""

    placed: int
    travel: float
    ties: int
    outside: int
    again: int
    fewest: float
    most: float
    cost: float


@dataclass(frozen=True)
class Load:
    """What a sub-committee has: units, its even share by the number of members, and kilometres between two units on
    average."""

    units: int
    share: float
    km: float


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The great-circle distance of two places (latitude, longitude in degrees), in whole kilometres."""
    (lat, lon), (lat_2, lon_2) = (map(radians, one), map(radians, other))
    half = sin((lat_2 - lat) / 2) ** 2 + cos(lat) * cos(lat_2) * sin((lon_2 - lon) / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(min(1.0, half))))


class Allotment:
    """A task with the places given so far; tells what every other place would cost."""

    def __init__(self, task: Task, given: Mapping[str, str] | None = None) -> None:
        self.task = task
        self.panels = {panel.key: number for number, panel in enumerate(task.panels)}
        self.places = {place: number for number, place in enumerate(_places(task))}
        self._km = _distances(task, self.places)
        self._place = [self.places[unit.place] for unit in task.units]
        self._fixed = [[self._fixed_cost(unit, panel) for panel in task.panels] for unit in task.units]
        self._number = [0] * len(task.panels)  # Units of each sub-committee, those that it has included.
        self._sums = [[0] * len(self.places) for _ in task.panels]  # Kilometres from each place to all its units.
        self._inner = [0] * len(task.panels)  # Kilometres between all pairs of its units.
        self.where: list[int | None] = [None] * len(task.units)
        for number, panel in enumerate(task.panels):
            for place in panel.held:
                self._add(number, self.places[place])
        capacity = sum(panel.capacity for panel in task.panels)
        everything = len(task.units) - len(self.unplaceable) + sum(self._number)
        self._share = [everything * panel.capacity / capacity if capacity else 0.0 for panel in task.panels]
        numbers = {unit.key: number for number, unit in enumerate(task.units)}
        for key, panel_key in (given or {}).items():
            self.put(numbers[key], self.panels[panel_key])

    @property
    def unplaceable(self) -> list[int]:
        """Units that every sub-committee is barred from."""
        return [number for number, fixed in enumerate(self._fixed) if all(one is None for one in fixed)]

    @property
    def given(self) -> dict[str, str]:
        """The sub-committee of each placed unit."""
        return {
            unit.key: self.task.panels[panel].key
            for unit, panel in zip(self.task.units, self.where, strict=True)
            if panel is not None
        }

    def open_to(self, unit: int) -> list[int]:
        """The sub-committees that nothing bars from a unit."""
        return [number for number, fixed in enumerate(self._fixed[unit]) if fixed is not None]

    def is_open(self, unit: int, panel: int) -> bool:
        """Whether nothing bars the sub-committee from the unit."""
        return self._fixed[unit][panel] is not None

    def put(self, unit: int, panel: int) -> None:
        """Give a unit to a sub-committee, away from where it was."""
        self.take(unit)
        self.where[unit] = panel
        self._add(panel, self._place[unit])

    def take(self, unit: int) -> None:
        """Take a unit away from where it is."""
        panel = self.where[unit]
        if panel is not None:
            self.where[unit] = None
            self._remove(panel, self._place[unit])

    def price(self, unit: int, panel: int) -> float:
        """What a unit that is nowhere would cost there; the sub-committee must be open to it."""
        fixed, number = self._fixed[unit][panel], self._number[panel]
        travel = (self._inner[panel] + self._sums[panel][self._place[unit]]) / (number + 1)
        travel -= self._inner[panel] / number if number else 0
        assert fixed is not None  # noqa: S101 – asked only of what is open.
        return fixed + travel + self.task.weights.load * self._load(panel)

    def cost(self, unit: int, panel: int) -> Cost:
        """The price, part by part."""
        one, other, weights = self.task.units[unit], self.task.panels[panel], self.task.weights
        number, sums = self._number[panel], self._sums[panel][self._place[unit]]
        before = self._inner[panel] / number if number else 0.0
        return Cost(
            travel=(self._inner[panel] + sums) / (number + 1) - before,
            ties=weights.tie * one.ties.get(other.key, 0),
            outside=weights.outside * (bool(other.charge) and one.place not in other.charge),
            again=weights.again * (one.last == other.key),
            load=weights.load * self._load(panel),
        )

    def alternatives(self, unit: int) -> dict[str, Cost | None]:
        """What each other sub-committee would cost more than the given one; None where it is barred."""
        here = self.where[unit]
        self.take(unit)
        try:
            base = self.cost(unit, here) if here is not None else Cost()
            return {
                panel.key: None if self._fixed[unit][number] is None else self.cost(unit, number) - base
                for number, panel in enumerate(self.task.panels)
                if number != here
            }
        finally:
            if here is not None:
                self.put(unit, here)

    @property
    def loads(self) -> dict[str, "Load"]:
        """What each sub-committee has with the proposal, those units included that it had before."""
        return {
            panel.key: Load(number, share, 2 * inner / number**2 if number else 0.0)
            for panel, number, share, inner in zip(
                self.task.panels, self._number, self._share, self._inner, strict=True
            )
        }

    @property
    def quality(self) -> Quality:
        """The whole in figures."""
        placed = [(number, panel) for number, panel in enumerate(self.where) if panel is not None]
        costs = [
            self.task.weights.load * (n - share) ** 2 / 2 for n, share in zip(self._number, self._share, strict=True)
        ]
        travel = sum(inner / number for inner, number in zip(self._inner, self._number, strict=True) if number)
        loads = [n / panel.capacity for n, panel in zip(self._number, self.task.panels, strict=True) if panel.capacity]
        units, panels = self.task.units, self.task.panels
        pairs = [(units[number], panels[panel]) for number, panel in placed]
        return Quality(
            placed=len(placed),
            travel=2 * travel / max(1, sum(self._number)),
            ties=sum(unit.ties.get(panel.key, 0) for unit, panel in pairs),
            outside=sum(bool(panel.charge) and unit.place not in panel.charge for unit, panel in pairs),
            again=sum(unit.last == panel.key for unit, panel in pairs),
            fewest=min(loads, default=0.0),
            most=max(loads, default=0.0),
            cost=travel + sum(costs) + sum(self._fixed[number][panel] or 0 for number, panel in placed),
        )

    def _fixed_cost(self, unit: Unit, panel: Panel) -> int | None:
        if panel.key in unit.barred or not panel.capacity:
            return None
        weights = self.task.weights
        outside = bool(panel.charge) and unit.place not in panel.charge
        ties = weights.tie * unit.ties.get(panel.key, 0)
        return ties + weights.outside * outside + weights.again * (unit.last == panel.key)

    def _load(self, panel: int) -> float:
        """How much further from the even share one more unit brings a sub-committee; below zero, nearer."""
        return self._number[panel] - self._share[panel] + 0.5

    def _add(self, panel: int, place: int) -> None:
        sums, km = self._sums[panel], self._km[place]
        self._inner[panel] += sums[place]
        self._number[panel] += 1
        for other, distance in enumerate(km):
            sums[other] += distance

    def _remove(self, panel: int, place: int) -> None:
        sums, km = self._sums[panel], self._km[place]
        for other, distance in enumerate(km):
            sums[other] -= distance
        self._number[panel] -= 1
        self._inner[panel] -= sums[place]


def propose(task: Task, seed: int, *, told: Callable[[int, int], None] = lambda _done, _of: None) -> Allotment:
    """Give every unit that can be placed to a sub-committee; `told` hears how much is done, of how much.

    Units with the least choice go first, each to the cheapest place; then units move, and two change places, as long as
    the whole becomes cheaper. It is a good proposal, not a proof that there is none better.
    """
    allotment, chance = Allotment(task), Random(seed)  # noqa: S311  (a draw to be repeated, no secret)
    units = [number for number in range(len(task.units)) if allotment.open_to(number)]
    chance.shuffle(units)
    steps = MAX_ROUNDS + 1
    told(0, steps)
    for unit in sorted(units, key=lambda number: len(allotment.open_to(number))):
        allotment.put(unit, _cheapest(allotment, unit))
    done, better = 0, True
    while better and done < MAX_ROUNDS:
        done += 1
        told(done, steps)
        moved = _move(allotment, units)
        better = _exchange(allotment, units, chance) or moved
    told(steps, steps)
    return allotment


NOTHING_GAINED = 1e-9
"""Smaller gains are those of rounding."""


def _cheapest(allotment: Allotment, unit: int) -> int:
    return min(allotment.open_to(unit), key=lambda panel: (allotment.price(unit, panel), panel))


def _move(allotment: Allotment, units: Sequence[int]) -> bool:
    """Let each unit go where it is cheapest; tells whether any went."""
    moved = False
    for unit in units:
        here = allotment.where[unit]
        assert here is not None  # noqa: S101 – all that can be placed are placed.
        allotment.take(unit)
        best = _cheapest(allotment, unit)
        if allotment.price(unit, best) > allotment.price(unit, here) - NOTHING_GAINED:
            best = here
        moved |= best != here
        allotment.put(unit, best)
    return moved


def _exchange(allotment: Allotment, units: Sequence[int], chance: Random) -> bool:
    """Let pairs change places where both together gain; each unit tries some others, drawn by the seed."""
    changed = False
    for unit in units:
        for other in chance.sample(units, min(12, len(units))):
            changed |= _swap(allotment, unit, other)
    return changed


def _swap(allotment: Allotment, one: int, other: int) -> bool:
    here, there = allotment.where[one], allotment.where[other]
    assert here is not None  # noqa: S101 – all that can be placed are placed.
    assert there is not None  # noqa: S101
    if here == there or not (allotment.is_open(one, there) and allotment.is_open(other, here)):
        return False
    allotment.take(one)
    allotment.take(other)
    # Neither sub-committee gains or loses a unit, and each pair of prices is told without the other of the two.
    stay = allotment.price(one, here) + allotment.price(other, there)
    change = allotment.price(one, there) + allotment.price(other, here)
    gains = change < stay - NOTHING_GAINED
    allotment.put(one, there if gains else here)
    allotment.put(other, here if gains else there)
    return gains


def _places(task: Task) -> Iterator[str]:
    return iter(sorted({*(unit.place for unit in task.units), *(p for panel in task.panels for p in panel.held)}))


def _distances(task: Task, places: Mapping[str, int]) -> list[list[int]]:
    """Whole kilometres between places; one whose point nobody knows is as far from all as they are on average."""
    known = {place: task.points[place] for place in places if place in task.points}
    table = [[kilometres(known[a], known[b]) if a in known and b in known else -1 for b in places] for a in places]
    told = [km for a, line in enumerate(table) for b, km in enumerate(line) if km >= 0 and a != b]
    usual = round(sum(told) / len(told)) if told else 0
    return [[(0 if a == b else usual) if km < 0 else km for b, km in enumerate(line)] for a, line in enumerate(table)]
