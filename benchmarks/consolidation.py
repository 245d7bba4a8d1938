"""Consolidating, scoring and ranking a nation's round: 5,000 applications × 50 criteria × 5 assessors.

Prints the time of `standards.rules` beside that of bare loops over floats, which check nothing and explain nothing.
Run: python -m benchmarks.consolidation [applications]
"""

import random
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median_low
from time import perf_counter
from typing import TypeVar

import saduak.standards
from saduak.standards import rules
from saduak.standards.criteria import Library
from saduak.standards.library import load
from saduak.standards.rules import Answer, Verdict

ASSESSORS = 5
AIM = 2.0
"""Seconds for 5,000 applications, from the platform's aims."""

Sheets = list[list[dict[str, Answer]]]
T = TypeVar("T")


def sheets_of(library: Library, applications: int) -> Sheets:
    """Sheets whose assessors agree on most items and differ on some, always the same ones."""
    chance = random.Random(2568)
    drawn = []
    for _ in range(applications):
        first = {
            code: (Verdict.MET if chance.random() < 0.9 else Verdict.NOT_MET)
            if leaf.is_yes_or_no
            else Decimal(chance.randint(0, int(leaf.max_score * 4))) / 4
            for code, leaf in library.leaves.items()
        }
        others = [
            {code: answer if chance.random() < 0.85 else other[code] for code, answer in first.items()}
            for other in (dict(first) if not drawn else drawn[-1][0] for _ in range(ASSESSORS - 1))
        ]
        drawn.append([first, *others])
    return drawn


def ours(library: Library, sheets: Sheets) -> list[tuple[str, float]]:
    """The way the platform does it: lines with spreads, proposals, checked scores, places."""
    totals = {}
    for number, of_one in enumerate(sheets):
        lines = rules.consolidate(library, of_one)
        for line in lines:
            if not line.equal:
                _ = line.spread
        totals[str(number)] = rules.score(library, rules.proposed_answers(lines)).total
    return [(place.reference, float(place.total)) for place in rules.ranked(totals)]


def bare(library: Library, sheets: Sheets) -> list[tuple[str, float]]:
    """The least that gives the same order: medians and majorities of floats, added up."""
    most = {code: float(leaf.max_score) for code, leaf in library.leaves.items()}
    additive = {code: leaf.criterion.code for code, leaf in library.leaves.items() if leaf.criterion.kind == "additive"}
    limits = {criterion.code: float(criterion.max_score) for criterion in library.criteria()}
    totals = {}
    for number, of_one in enumerate(sheets):
        total, features = 0.0, {}
        for code, worth in most.items():
            answers = [sheet[code] for sheet in of_one]
            if isinstance(answers[0], Verdict):
                total += worth if answers.count(Verdict.MET) * 2 > len(answers) else 0.0
            elif code in additive:
                features[additive[code]] = features.get(additive[code], 0.0) + float(median_low(answers))
            else:
                total += float(median_low(answers))
        totals[str(number)] = total + sum(min(points, limits[code]) for code, points in features.items())
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))


def timed(work: Callable[[Library, Sheets], T], library: Library, sheets: Sheets) -> tuple[float, T]:
    """Seconds of the better of two runs, and what it gave."""
    best = float("inf")
    for _ in range(2):
        start = perf_counter()
        result = work(library, sheets)
        best = min(best, perf_counter() - start)
    return best, result


def main() -> None:
    applications = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    folder = Path(str(saduak.standards.__file__)).parent
    library = load((folder / "data" / "gecc-2568.yaml").read_text())
    sheets = sheets_of(library, applications)
    reference, expected = timed(bare, library, sheets)
    seconds, places = timed(ours, library, sheets)
    if places != expected:
        raise SystemExit("The two ways do not give the same ranking.")
    size = f"{sum(1 for _ in library.criteria())} criteria ({len(library.leaves)} answers)"
    print(f"{applications:,} applications × {size} × {ASSESSORS} assessors")
    print(f"  bare loops over floats   {reference:6.2f} s")
    print(f"  saduak.standards.rules   {seconds:6.2f} s   {seconds / reference:.1f} × the reference")
    print(f"  aim for 5,000            {AIM:6.2f} s")


if __name__ == "__main__":
    main()
