"""The board of assignments as it is drawn: units as cards, sub-committees as columns (กระดานมอบหมาย)."""

from dataclasses import dataclass

from saduak.certification.models import Application, Assignment
from saduak.certification.presenters.conflicts import Worded, worded
from saduak.certification.presenters.stages import label_of
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.board import Board, Column, Fit, Tie
from saduak.directory.models import Office


@dataclass(frozen=True)
class Person:
    """A member with ties to a unit."""

    name: str
    office: object
    conflicts: list[Worded]


@dataclass(frozen=True)
class Beside:
    """One sub-committee beside one unit."""

    fit: Fit
    people: tuple[Person, ...]

    @property
    def members(self) -> int:
        """How many sit on the sub-committee."""
        return len(self.fit.column.seats)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to weigh."""
        return bool(self.people) or self.fit.is_short or not self.fit.is_in_charge


@dataclass(frozen=True)
class Card:
    """A unit that waits for a sub-committee."""

    application: Application
    beside: tuple[Beside, ...]

    @property
    def told(self) -> tuple[Beside, ...]:
        """The sub-committees for which there is something to weigh."""
        return tuple(one for one in self.beside if one.says_something)

    @property
    def free(self) -> int:
        """With how many sub-committees nothing stands between."""
        return len(self.beside) - len(self.told)

    @property
    def tone(self) -> str:
        """How pressing the ties are."""
        if any(one.fit.is_short for one in self.told):
            return "danger"
        return "warning" if self.told else "success"


@dataclass(frozen=True)
class Load:
    """A sub-committee with its load, and the most that any has."""

    column: Column
    most_units: int
    most_provinces: int

    @property
    def units(self) -> list[tuple[Assignment, object, bool]]:
        """Its units by their numbers, each with its stage in words and whether it can still go to another."""
        return [
            (one, label_of(one.application), one.application.stage == Stage.ASSIGNED) for one in self.column.assignments
        ]


def cards_of(board: Board) -> list[Card]:
    """The waiting units, by province and name."""
    return [Card(unit, besides_of(board.fits[unit.pk])) for unit in board.waiting]


def besides_of(fits: tuple[Fit, ...]) -> tuple[Beside, ...]:
    """Sub-committees beside one unit, worded."""
    return tuple(Beside(fit, tuple(map(_person, fit.ties))) for fit in fits)


def loads_of(columns: tuple[Column, ...]) -> list[Load]:
    """The sub-committees with bars that can be compared."""
    most_units = max((len(column.assignments) for column in columns), default=0)
    most_provinces = max((len(column.provinces) for column in columns), default=0)
    return [Load(column, max(1, most_units), max(1, most_provinces)) for column in columns]


def _person(tie: Tie) -> Person:

    return Person(str(tie.person), Office(tie.office).label, worded(tie.conflicts))
