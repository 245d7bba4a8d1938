"""Which ratings may be seen: enough of them at a time that nobody can tell whose is whose (การเปิดเผยผลความพึงพอใจ)."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

FACES = 5
"""From 1, very dissatisfied, to 5, very satisfied."""

SATISFIED = 4
"""From this face on somebody counts as satisfied: how public agencies count it."""

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ratings of each face, from the first to the fifth."""

    faces: tuple[int, ...] = (0,) * FACES

    def __post_init__(self) -> None:
        if len(self.faces) != FACES or min(self.faces) < 0:
            raise ValueError(f"A tally has {FACES} numbers, none below zero, not {self.faces}")

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(tuple(mine + theirs for mine, theirs in zip(self.faces, other.faces, strict=True)))

    @property
    def number(self) -> int:
        """How many in all."""
        return sum(self.faces)

    @property
    def mean(self) -> float | None:
        """The mean face; None without any."""
        return sum(face * n for face, n in enumerate(self.faces, 1)) / self.number if self.number else None

    @property
    def satisfied(self) -> float | None:
        """The share in percent that is satisfied or very satisfied; None without any."""
        return 100 * sum(self.faces[SATISFIED - 1 :]) / self.number if self.number else None


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What may be seen of one service or counter; `withheld` is how many ratings wait for company."""

    shown: Tally
    withheld: int
    until: date | None  # The last day among those shown; None: nothing is.


def disclosed(given: Mapping[Cell, Mapping[date, Tally]], *, least: int, before: date) -> dict[Cell, Disclosed]:
    """What may be seen of each cell, from its ratings by day.

    Only days before `before` count, for a day that goes on can be watched. Days are added in whole batches of at least
    `least` ratings, so that whoever looks every morning sees at least so many come at once, and never one alone.
    """
    if least < 1:
        raise ValueError(f"at least one rating, not {least}")
    return {cell: _of_one(days, least, before) for cell, days in given.items()}


def _of_one(days: Mapping[date, Tally], least: int, before: date) -> Disclosed:
    shown, batch, until = Tally(), Tally(), None
    for day in sorted(day for day in days if day < before):
        batch += days[day]
        if batch.number >= least:
            shown, batch, until = shown + batch, Tally(), day
    return Disclosed(shown, sum(tally.number for tally in days.values()) - shown.number, until)


def tally(scores: Sequence[int]) -> Tally:
    """Single ratings as a tally."""
    return Tally(tuple(scores.count(face) for face in range(1, FACES + 1)))
