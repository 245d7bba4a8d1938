"""Proposing sub-committees for a nation's round: 1,000 units × 20 sub-committees, with every explanation.

Prints time and quality beside random feasible places and beside a greedy choice in the order of the units.
Run: python -m benchmarks.assignment [units] [sub-committees]
"""

import csv
import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import saduak.directory
from saduak.certification.allotting import Allotment, Panel, Task, Unit, propose

AIM = 10.0
"""Seconds for 1,000 units and 20 sub-committees with the explanation, from the platform's aims."""

PROVINCES = Path(saduak.directory.__file__).parent / "data" / "provinces.csv"


def task_of(units: int, panels: int) -> Task:
    """Units all over the country; a seventh of the pairs are barred, a tenth have a soft tie; always the same."""
    chance = random.Random(2568)
    with PROVINCES.open(encoding="utf-8") as lines:
        points = {line["code"]: (float(line["lat"]), float(line["lon"])) for line in csv.DictReader(lines)}
    keys = [f"B{number:05d}" for number in range(panels)]
    return Task(
        tuple(Panel(key, chance.choice([4, 5, 6, 7])) for key in keys),
        tuple(
            Unit(
                f"2568-{number:04d}",
                chance.choice(sorted(points)),
                {key: 1 for key in keys if chance.random() < 0.1},
                frozenset(key for key in keys if chance.random() < 0.15),
                chance.choice(keys),
            )
            for number in range(units)
        ),
        points,
    )


def at_random(task: Task) -> Allotment:
    """Any place that is not barred."""
    made, chance = Allotment(task), random.Random(1)
    for unit in range(len(task.units)):
        made.put(unit, chance.choice(made.open_to(unit)))
    return made


def greedy(task: Task) -> Allotment:
    """The cheapest place at the time, unit by unit."""
    made = Allotment(task)
    for unit in range(len(task.units)):
        made.put(unit, min(made.open_to(unit), key=lambda panel: made.price(unit, panel)))
    return made


def with_reasons(task: Task) -> Allotment:
    """What the platform does: a proposal, and for each unit what every other place would cost."""
    made = propose(task, seed=1)
    for unit in range(len(task.units)):
        made.alternatives(unit)
    return made


def main(units: int = 1_000, panels: int = 20) -> None:
    """Measure, print, and fail when the aim is missed."""
    task = task_of(units, panels)
    print(f"{units} units, {panels} sub-committees")
    ways: list[tuple[str, Callable[[Task], Allotment]]] = [
        ("random feasible places", at_random),
        ("greedy, in order", greedy),
        ("the platform, with reasons", with_reasons),
    ]
    for name, way in ways:
        started = perf_counter()
        quality = way(task).quality
        took = perf_counter() - started
        print(
            f"{name:28} {took:6.2f} s   cost {quality.cost:10,.0f} km   {quality.travel:5.0f} km between two units   "
            f"{quality.ties:4} soft ties   {quality.again:4} again   {quality.fewest:.1f}–{quality.most:.1f} a member"
        )
    assert units > 1_000 or panels > 20 or took < AIM, f"{took:.1f} s is more than {AIM:.0f} s"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
