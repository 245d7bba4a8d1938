"""Who has declared what, unit by unit (การเปิดเผยส่วนได้เสีย)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from saduak.certification.models import Application, Assignment, Declaration, Round
from saduak.certification.procedure.applications import Stage
from saduak.directory.models import Membership

ASKED_IN = (Stage.ASSIGNED, Stage.VISIT_PLANNED, Stage.VISITED)
"""Stages in which declarations are awaited or still matter for the scores."""


@dataclass(frozen=True)
class Said:
    """One member and the declaration, or None while it is awaited."""

    person: Any
    office: str
    declaration: Declaration | None


@dataclass(frozen=True)
class Interests:
    """One unit with every member of its sub-committee."""

    assignment: Assignment
    said: tuple[Said, ...]

    @property
    def application(self) -> Application:
        """The unit."""
        return self.assignment.application

    @property
    def awaited(self) -> tuple[Said, ...]:
        """Members who have not declared."""
        return tuple(one for one in self.said if one.declaration is None)

    @property
    def bound(self) -> tuple[Said, ...]:
        """Members who have declared a conflict."""
        return tuple(one for one in self.said if one.declaration is not None and one.declaration.has_conflict)

    @property
    def free(self) -> int:
        """How many have declared to be free."""
        return len(self.said) - len(self.awaited) - len(self.bound)


def interests_in(round_: Round, *, on: date) -> list[Interests]:
    """Every unit of a round that is with a sub-committee and not scored yet; three queries."""
    assignments = list(
        Assignment.objects.filter(panel__round=round_, application__stage__in=ASKED_IN).select_related(
            "panel__body", "application__centre__province", "application__centre__agency"
        )
    )
    bodies = {one.panel.body_id for one in assignments}
    seats: dict[int, list[Membership]] = {}
    for seat in Membership.objects.on(on).filter(body__in=bodies).with_people():
        seats.setdefault(seat.body_id or 0, []).append(seat)
    declared = {
        (one.application_id, one.person_id): one
        for one in Declaration.objects.filter(application__in=[a.application_id for a in assignments])
    }
    return [
        Interests(
            one,
            tuple(
                Said(seat.person, seat.office, declared.get((one.application_id, seat.person_id)))
                for seat in seats.get(one.panel.body_id, ())
            ),
        )
        for one in assignments
    ]
