"""The units of a round and its sub-committees, with what stands between them (กระดานมอบหมาย)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from saduak.certification.models import Application, Assignment, Panel, Round
from saduak.certification.procedure.applications import FINAL, RESOLVED, Stage
from saduak.certification.queries.conflicts import conflicts_between
from saduak.certification.rules import Conflict
from saduak.directory.models import Membership


@dataclass(frozen=True)
class Tie:
    """A member of a sub-committee, and the conflicts with one unit."""

    person: Any
    office: str
    conflicts: tuple[Conflict, ...]

    @property
    def is_barred(self) -> bool:
        """Whether a hard conflict bars the member."""
        return any(conflict.is_hard for conflict in self.conflicts)


@dataclass(frozen=True)
class Column:
    """A sub-committee of the round: its members, the provinces in its charge, and the units that it has."""

    panel: Panel
    seats: tuple[Membership, ...]
    charge: frozenset[int]
    assignments: tuple[Assignment, ...]

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """The provinces to which its units lead."""
        return tuple(dict.fromkeys(str(one.application.centre.province) for one in self.assignments))


@dataclass(frozen=True)
class Fit:
    """One unit beside one sub-committee: every member with a tie, and how many could assess."""

    column: Column
    ties: tuple[Tie, ...]
    able: int
    is_in_charge: bool

    @property
    def is_short(self) -> bool:
        """Whether fewer than two members could assess."""
        return self.able < 2


@dataclass(frozen=True)
class Board:
    """What there is to assign, and to whom."""

    round: Round
    columns: tuple[Column, ...]
    waiting: tuple[Application, ...]
    fits: dict[int, tuple[Fit, ...]]


def board(round_: Round, *, on: date) -> Board:
    """The whole round on a day; the number of queries does not depend on how many units and sub-committees it has."""
    waiting = tuple(
        Application.objects.filter(round=round_, stage=Stage.SCREENED)
        .for_page()
        .order_by("centre__province__code", "centre__sort_key", "reference")
    )
    columns = columns_of(round_, on=on)
    return Board(round_, columns, waiting, fits_of(waiting, columns, on=on))


def columns_of(round_: Round, *, on: date) -> tuple[Column, ...]:
    """The sub-committees of a round, in the order of their numbers, each with its members and units."""
    panels = list(round_.panels.select_related("body", "round").prefetch_related("body__jurisdiction"))
    seats: dict[int, list[Membership]] = {}
    for seat in Membership.objects.on(on).filter(body__in=[panel.body_id for panel in panels]).with_people():
        seats.setdefault(seat.body_id or 0, []).append(seat)
    given: dict[int, list[Assignment]] = {}
    left = [stage for stage in FINAL if stage not in RESOLVED]
    assigned = Assignment.objects.filter(panel__in=panels).exclude(application__stage__in=left)
    for one in assigned.select_related("application__centre__agency", "application__centre__province"):
        given.setdefault(one.panel_id, []).append(one)
    return tuple(
        Column(
            panel,
            tuple(seats.get(panel.body_id, ())),
            frozenset(province.pk for province in panel.body.jurisdiction.all()),
            tuple(given.get(panel.pk, ())),
        )
        for panel in panels
    )


def fits_of(units: Sequence[Application], columns: Iterable[Column], *, on: date) -> dict[int, tuple[Fit, ...]]:
    """Every unit beside every sub-committee, by the unit's key."""
    columns = tuple(columns)
    people = {seat.person_id: seat.person for column in columns for seat in column.seats}
    found = conflicts_between(units, people.values(), on=on) if units else {}
    return {unit.pk: tuple(_fit(unit, column, found) for column in columns) for unit in units}


def _fit(unit: Application, column: Column, found: dict[tuple[int, int], tuple[Conflict, ...]]) -> Fit:
    ties = tuple(Tie(seat.person, seat.office, found[unit.pk, seat.person_id]) for seat in column.seats)
    return Fit(
        column,
        tuple(tie for tie in ties if tie.conflicts),
        sum(not tie.is_barred for tie in ties),
        not column.charge or unit.centre.province_id in column.charge,
    )
