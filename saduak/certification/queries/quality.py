"""How the assessors of a round have marked, beside each other and beside what they agreed on (คุณภาพการตรวจประเมิน).

Only signed agreements are read, so that nobody learns anything of a visit that is still scored. The number of queries
does not depend on the number of visits.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

from saduak.certification.agreement import NOTHING, Agreement, Leaning, Together, again, agreement, leaning, together
from saduak.certification.models import AgreedMark, Consensus, Mark, Panel, Round, Visit, VisitAssessor
from saduak.certification.models.marking import as_value
from saduak.certification.models.visits import VisitState
from saduak.certification.procedure.sheets import SheetStage
from saduak.people.models import User
from saduak.standards.criteria import Leaf, Library
from saduak.standards.rules import Verdict

Values = Mapping[str, float | None]
"""By the code of the leaf: the share of its points from 0 to 1; None is `does not apply`."""


@dataclass(frozen=True)
class Scored:
    """One visit with a signed agreement: the values of each assessor, and those that were agreed on."""

    visit: Visit
    panel: Panel
    of_assessor: Mapping[int, Values]
    agreed: Values

    def row(self, code: str) -> list[float | None]:
        """What the assessors say of one leaf; who says nothing is left out."""
        return [values[code] for values in self.of_assessor.values() if code in values]

    def to_others(self, assessor: int) -> list[float]:
        """Own value less the mean of the others', leaf by leaf."""
        others = [values for person, values in self.of_assessor.items() if person != assessor]
        found = []
        for code, own in self.of_assessor.get(assessor, {}).items():
            told = [value for values in others if (value := values.get(code)) is not None]
            if own is not None and told:
                found.append(own - fmean(told))
        return found

    def to_agreed(self, assessor: int) -> list[float]:
        """Own value less the agreed one, leaf by leaf."""
        own = self.of_assessor.get(assessor, {})
        return [
            value - agreed
            for code, value in own.items()
            if value is not None and (agreed := self.agreed.get(code)) is not None
        ]


@dataclass(frozen=True)
class OfAssessor:
    """One assessor: to which side the marks lean, and the visits of the round."""

    person: User
    panels: tuple[Panel, ...]
    to_others: Leaning
    to_agreed: Leaning
    held: int
    planned: int


@dataclass(frozen=True)
class OfPanel:
    """One sub-committee: how its assessors agree, its units and visits."""

    panel: Panel
    agreement: Agreement
    units: int
    assessors: int
    held: int
    planned: int


@dataclass(frozen=True)
class Seat:
    """That a person assesses on a visit of a round."""

    cycle: int
    person: int
    centre: int
    visit: int
    panel: int
    state: str


class Quality:
    """The figures of one round, of all its sub-committees or of some; each is reckoned when it is asked for."""

    def __init__(self, round_: Round, *, bodies: Collection[int] | None = None) -> None:
        self.round = round_
        self.bodies = bodies

    @property
    def library(self) -> Library:
        """The criteria of the round."""
        return self.round.criteria.library

    @cached_property
    def panels(self) -> dict[int, Panel]:
        """The sub-committees that are looked at, by key and in the order of their numbers."""
        found = self.round.panels.select_related("body", "round")
        return {one.pk: one for one in (found if self.bodies is None else found.filter(body__in=self.bodies))}

    @cached_property
    def scored(self) -> list[Scored]:
        """Every visit whose agreement is signed; four queries."""
        signed = Consensus.objects.filter(
            signed_at__isnull=False, visit__application__assignment__panel__in=self.panels
        ).exclude(visit__state=VisitState.CANCELLED)
        keys = dict(signed.values_list("pk", "visit"))
        visits = Visit.objects.filter(pk__in=keys.values()).select_related(
            "application__centre__province", "application__assignment"
        )
        marks: dict[int, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        said = Mark.objects.filter(sheet__visit__in=keys.values(), sheet__stage=SheetStage.SUBMITTED).exclude(answer="")
        columns = ("sheet__visit", "sheet__assessor", "code", "answer")
        for visit, assessor, code, answer in said.order_by("sheet", "pk").values_list(*columns):
            marks[visit][assessor][code] = answer
        agreed: dict[int, dict[str, str]] = defaultdict(dict)
        for key, code, answer in AgreedMark.objects.filter(consensus__in=keys).values_list(
            "consensus", "code", "answer"
        ):
            agreed[keys[key]][code] = answer
        return [
            Scored(
                visit,
                self.panels[visit.application.assignment.panel_id],
                {person: values_of(self.library, told) for person, told in marks[visit.pk].items()},
                values_of(self.library, agreed[visit.pk]),
            )
            for visit in visits.order_by("application__reference")
        ]

    @cached_property
    def lines(self) -> list[tuple[Leaf, Agreement]]:
        """How far the marks of each leaf agree, in the order of the criteria."""
        return [(leaf, agreement(one.row(code) for one in self.scored)) for code, leaf in self.library.leaves.items()]

    @cached_property
    def whole(self) -> Agreement:
        """All leaves together, each against its own chance."""
        return sum((found for _leaf, found in self.lines), NOTHING)

    @cached_property
    def of_panels(self) -> list[OfPanel]:
        """Each sub-committee by itself."""
        of_panel: dict[int, list[Scored]] = defaultdict(list)
        for one in self.scored:
            of_panel[one.panel.pk].append(one)
        return [
            OfPanel(
                panel,
                self._together(of_panel[key]),
                self._units.get(key, 0),
                len({seat.person for seat in self._of_round if seat.panel == key}),
                len({seat.visit for seat in self._of_round if seat.panel == key and seat.state == VisitState.HELD}),
                len({seat.visit for seat in self._of_round if seat.panel == key and seat.state == VisitState.PLANNED}),
            )
            for key, panel in self.panels.items()
        ]

    @cached_property
    def of_assessors(self) -> list[OfAssessor]:
        """Everybody who assesses in the round, by the name as it is sorted."""
        seats: dict[int, list[Seat]] = defaultdict(list)
        for seat in self._of_round:
            seats[seat.person].append(seat)
        return [
            OfAssessor(
                person,
                tuple(self.panels[key] for key in sorted({seat.panel for seat in seats[person.pk]})),
                leaning(one.to_others(person.pk) for one in self.scored),
                leaning(one.to_agreed(person.pk) for one in self.scored),
                sum(seat.state == VisitState.HELD for seat in seats[person.pk]),
                sum(seat.state == VisitState.PLANNED for seat in seats[person.pk]),
            )
            for person in self.people.values()
        ]

    @cached_property
    def people(self) -> dict[int, User]:
        """Everybody who assesses in the round, by key."""
        return {
            one.pk: one for one in User.objects.filter(pk__in={seat.person for seat in self._of_round}).order_by("name")
        }

    @cached_property
    def pairs(self) -> list[tuple[User, User, Together]]:
        """Everybody who assesses together, the most frequent first."""
        visits: dict[int, list[int]] = defaultdict(list)
        for seat in self._of_round:
            visits[seat.visit].append(seat.person)
        found = [
            (self.people[one], self.people[other], told) for (one, other), told in together(visits.values()).items()
        ]
        return sorted(found, key=lambda pair: (-pair[2].visits, pair[0].name, pair[1].name))

    @cached_property
    def returns(self) -> list[tuple[User, Visit]]:
        """Who assesses a centre that the same person assessed in the round before, with the visit of this round."""
        twice = {
            (person, centre)
            for person, centre, cycle in again((seat.cycle, seat.person, seat.centre) for seat in self._seats)
            if cycle == self.round.cycle_be
        }
        visits = {(seat.person, seat.centre): seat.visit for seat in self._of_round}
        keys = {place: visits[place] for place in twice if place in visits}
        found = Visit.objects.select_related("application__centre__province").in_bulk(set(keys.values()))
        return sorted(
            ((self.people[person], found[visit]) for (person, _centre), visit in keys.items()),
            key=lambda one: (one[0].name, one[1].application.reference),
        )

    @cached_property
    def _units(self) -> dict[int, int]:
        """How many units each sub-committee has."""
        units: dict[int, int] = defaultdict(int)
        for key in self.round.applications.filter(assignment__panel__in=self.panels).values_list(
            "assignment__panel", flat=True
        ):
            units[key] += 1
        return units

    @cached_property
    def _seats(self) -> list[Seat]:
        """Everybody on a visit of this round and the one before; of this round in the sub-committees looked at."""
        cycles = [self.round.cycle_be, self.round.cycle_be - 1]
        held = VisitAssessor.objects.filter(visit__application__round__cycle_be__in=cycles).exclude(
            visit__state=VisitState.CANCELLED
        )
        columns = (
            *("visit__application__round__cycle_be", "person", "visit__application__centre", "visit"),
            *("visit__application__assignment__panel", "visit__state"),
        )
        seats = (Seat(*told) for told in held.order_by("visit", "pk").values_list(*columns))
        return [seat for seat in seats if seat.cycle != self.round.cycle_be or seat.panel in self.panels]

    @cached_property
    def _of_round(self) -> list[Seat]:
        return [seat for seat in self._seats if seat.cycle == self.round.cycle_be]

    def _together(self, scored: Iterable[Scored]) -> Agreement:
        scored = list(scored)
        return sum((agreement(one.row(code) for one in scored) for code in self.library.leaves), NOTHING)


def values_of(library: Library, told: Mapping[str, str]) -> dict[str, float | None]:
    """What was said as shares of the points; that a whole criterion does not apply counts for its leaves."""
    return dict(_values(library, told))


def _values(library: Library, told: Mapping[str, str]) -> Iterator[tuple[str, float | None]]:
    for code, leaf in library.leaves.items():
        said: Any = as_value(told.get(code) or "")
        if said is None and told.get(leaf.criterion.code) == Verdict.NOT_APPLICABLE:
            said = Verdict.NOT_APPLICABLE
        if said is Verdict.NOT_APPLICABLE:
            yield code, None
        elif said is not None:
            yield code, float(said == Verdict.MET) if isinstance(said, Verdict) else float(said / leaf.max_score)
