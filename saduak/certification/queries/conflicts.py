"""Conflicts of interest between the members of a sub-committee and a unit, over the hierarchy of the state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from saduak.certification.models import Application, VisitAssessor
from saduak.certification.models.visits import VisitState
from saduak.certification.rules import Conflict, Posting, Unit, conflicts
from saduak.directory.models import Body, Membership


@dataclass(frozen=True)
class Standing:
    """A member of a sub-committee beside a unit: the office, what was declared, and every conflict."""

    person: Any
    office: str
    declared_free: bool | None
    statement: str
    conflicts: tuple[Conflict, ...]

    @property
    def may_assess(self) -> bool:
        """Whether the member has declared to be free and no hard conflict stands."""
        return self.declared_free is True and not self.is_barred

    @property
    def is_barred(self) -> bool:
        """Whether a hard conflict bars the member."""
        return any(conflict.is_hard for conflict in self.conflicts)


def standings(application: Application, body: Body, *, on: date | None = None) -> list[Standing]:
    """Every member of a sub-committee beside a unit, in the order of their appointment; four queries."""
    on = on or timezone.localdate()
    seats = list(Membership.objects.on(on).filter(body=body).with_people())
    people = [seat.person for seat in seats]
    declared = {d.person_id: d for d in application.declarations.all()}
    tied = conflicts_of(application, people, on=on)
    return [
        Standing(
            person=seat.person,
            office=seat.office,
            declared_free=None if (said := declared.get(seat.person_id)) is None else not said.has_conflict,
            statement=said.statement if said is not None else "",
            conflicts=tied[seat.person_id],
        )
        for seat in seats
    ]


def hard_conflicts_of(application: Application, people: Iterable[Any], *, on: date | None = None) -> list[Any]:
    """Those of the people whom a hard conflict bars from the unit."""
    people = list(people)
    tied = conflicts_of(application, people, on=on or timezone.localdate())
    return [person for person in people if any(conflict.is_hard for conflict in tied[person.pk])]


def conflicts_of(application: Application, people: Iterable[Any], *, on: date) -> dict[int, tuple[Conflict, ...]]:
    """Every conflict of each person with the unit of the application, by the person's key; three queries."""
    people = list(people)
    centre = application.centre
    unit = Unit(centre.pk, centre.agency_id, centre.agency.ministry_id, centre.province_id)
    postings: dict[int, list[Posting]] = {person.pk: [] for person in people}
    held = Membership.objects.filter(person__in=people, body__isnull=True).select_related("centre__agency", "agency")
    for membership in held:
        postings[membership.person_id].append(_posting(membership))
    bound = set(application.declarations.filter(person__in=people, has_conflict=True).values_list("person", flat=True))
    again = set(
        VisitAssessor.objects.filter(
            person__in=people,
            visit__state=VisitState.HELD,
            visit__application__centre=centre,
            visit__application__round__cycle_be=application.round.cycle_be - 1,
        ).values_list("person", flat=True)
    )
    reciprocal = _assessed_by_the_unit(application, postings)
    return {
        person.pk: conflicts(
            postings[person.pk],
            unit,
            on=on,
            declared=person.pk in bound,
            assessed_last_round=person.pk in again,
            assessed_by_unit=person.pk in reciprocal,
        )
        for person in people
    }


def _posting(membership: Membership) -> Posting:
    centre = membership.centre
    agency = centre.agency if centre is not None else membership.agency
    return Posting(
        ministry=agency.ministry_id if agency is not None else None,
        agency=agency.pk if agency is not None else None,
        centre=centre.pk if centre is not None else None,
        province=centre.province_id if centre is not None else None,
        from_day=membership.from_day,
        until_day=membership.until_day,
    )


def _assessed_by_the_unit(application: Application, postings: dict[int, list[Posting]]) -> set[int]:
    """People whose own centre is assessed, in this round, by somebody of the unit's agency."""
    own = {posting.centre: person for person, held in postings.items() for posting in held if posting.centre}
    if not own:
        return set()
    of_the_agency = Membership.objects.filter(agency=application.centre.agency) | Membership.objects.filter(
        centre__agency=application.centre.agency
    )
    assessed = VisitAssessor.objects.filter(
        visit__application__round=application.round_id,
        visit__application__centre__in=own,
        person__in=of_the_agency.values("person"),
    ).exclude(visit__state=VisitState.CANCELLED)
    return {own[centre] for centre in assessed.values_list("visit__application__centre", flat=True)}
