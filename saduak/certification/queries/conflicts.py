"""Conflicts of interest between the members of a sub-committee and a unit, over the hierarchy of the state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from saduak.certification.models import Application, Declaration, VisitAssessor
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
    """Every member of a sub-committee beside a unit, in the order of their appointment."""
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
    """Every conflict of each person with the unit of the application, by the person's key."""
    return {person: found for (_unit, person), found in conflicts_between([application], people, on=on).items()}


def conflicts_between(
    applications: Iterable[Application], people: Iterable[Any], *, on: date
) -> dict[tuple[int, int], tuple[Conflict, ...]]:
    """Every conflict of each person with each unit, by the keys of application and person.

    At most five queries, however many they are; centre, agency and round of the applications are there already.
    """
    applications, people = list(applications), list(people)
    postings = _postings_of(people)
    declared = set(
        Declaration.objects.filter(application__in=applications, person__in=people, has_conflict=True).values_list(
            "application", "person"
        )
    )
    again = _assessed_before(applications, people)
    reciprocal = _assessors_agencies(applications, postings)
    found = {}
    for application in applications:
        centre = application.centre
        unit = Unit(centre.pk, centre.agency_id, centre.agency.ministry_id, centre.province_id)
        cycle = application.round.cycle_be - 1
        for person in people:
            own = (posting.centre for posting in postings[person.pk] if posting.centre)
            found[application.pk, person.pk] = conflicts(
                postings[person.pk],
                unit,
                on=on,
                declared=(application.pk, person.pk) in declared,
                assessed_last_round=(person.pk, centre.pk, cycle) in again,
                assessed_by_unit=any(unit.agency in reciprocal.get((application.round_id, its), ()) for its in own),
            )
    return found


def _postings_of(people: Iterable[Any]) -> dict[int, list[Posting]]:
    """Where each person has a place in the hierarchy, past places included."""
    postings: dict[int, list[Posting]] = {person.pk: [] for person in people}
    held = Membership.objects.filter(person__in=postings, body__isnull=True).select_related("centre__agency", "agency")
    for membership in held:
        postings[membership.person_id].append(_posting(membership))
    return postings


def _assessed_before(applications: list[Application], people: list[Any]) -> set[tuple[int, int, int]]:
    """Who assessed which centre in which cycle, as far as it matters to these applications."""
    return set(
        VisitAssessor.objects.filter(
            person__in=people,
            visit__state=VisitState.HELD,
            visit__application__centre__in={application.centre_id for application in applications},
            visit__application__round__cycle_be__in={application.round.cycle_be - 1 for application in applications},
        ).values_list("person", "visit__application__centre", "visit__application__round__cycle_be")
    )


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
        place=str(centre or agency or ""),
    )


def _assessors_agencies(
    applications: list[Application], postings: dict[int, list[Posting]]
) -> dict[tuple[int, int], set[int]]:
    """For the people's own centres: the agencies whose people assess them, by the keys of round and centre."""
    own = {posting.centre for held in postings.values() for posting in held if posting.centre}
    if not own:
        return {}
    seats = list(
        VisitAssessor.objects.filter(
            visit__application__round__in={application.round_id for application in applications},
            visit__application__centre__in=own,
        )
        .exclude(visit__state=VisitState.CANCELLED)
        .values_list("visit__application__round", "visit__application__centre", "person")
    )
    agencies: dict[int, set[int]] = {}
    of_assessors = Membership.objects.filter(person__in={person for *_, person in seats}, body__isnull=True)
    for person, agency, of_centre in of_assessors.values_list("person", "agency", "centre__agency"):
        agencies.setdefault(person, set()).add(agency or of_centre)
    found: dict[tuple[int, int], set[int]] = {}
    for round_, centre, person in seats:
        found.setdefault((round_, centre), set()).update(agencies.get(person, ()))
    return found
