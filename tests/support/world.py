"""One of every kind of person, around one centre, for the table of who may open what."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from saduak.directory.models import Body, BodyKind, Centre, Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, ProvinceFactory, person_of
from saduak.people.tests.factories import UserFactory


class Kind(StrEnum):
    """The kinds of people who may come to an address."""

    ANONYMOUS = "anonymous"
    STRANGER = "stranger"  # An account without any office.
    CENTRE_OFFICER = "centre officer"
    CENTRE_HEAD = "centre head"
    OTHER_CENTRE_OFFICER = "officer of another centre"
    AGENCY_COORDINATOR = "agency coordinator"
    OTHER_AGENCY_COORDINATOR = "coordinator of another agency"
    SECRETARIAT = "secretariat"
    ASSESSOR = "assessor"
    OTHER_ASSESSOR = "assessor of another sub-committee"
    CHAIR = "sub-committee chair"
    STEERING_MEMBER = "steering committee member"
    STEERING_SECRETARY = "steering secretary"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


EVERYBODY = frozenset(Kind)
SIGNED_IN = EVERYBODY - {Kind.ANONYMOUS}
OFFICERS = SIGNED_IN - {Kind.STRANGER}
OWN_CENTRE = frozenset({Kind.CENTRE_OFFICER, Kind.CENTRE_HEAD})


@dataclass
class World:
    """A centre of an agency, its people, two sub-committees, and everybody else.

    Sub-committee 5 (`panel`) is the one to assign the centre to. A package's `tests/addresses.py` makes what else it
    needs around these.
    """

    centre: Centre
    other_centre: Centre
    panel: Body
    other_panel: Body
    steering_committee: Body

    @cached_property
    def people(self) -> dict[Kind, Any]:
        """The person of each kind; None for the one who has not signed in."""
        return {
            Kind.ANONYMOUS: None,
            Kind.STRANGER: UserFactory(username="stranger"),
            Kind.CENTRE_OFFICER: person_of(Office.CENTRE_OFFICER, centre=self.centre),
            Kind.CENTRE_HEAD: person_of(Office.CENTRE_HEAD, centre=self.centre),
            Kind.OTHER_CENTRE_OFFICER: person_of(Office.CENTRE_OFFICER, centre=self.other_centre),
            Kind.AGENCY_COORDINATOR: person_of(Office.AGENCY_COORDINATOR, agency=self.centre.agency),
            Kind.OTHER_AGENCY_COORDINATOR: person_of(Office.AGENCY_COORDINATOR, agency=self.other_centre.agency),
            Kind.SECRETARIAT: person_of(Office.SECRETARIAT_OFFICER),
            Kind.ASSESSOR: person_of(Office.MEMBER, body=self.panel),
            Kind.OTHER_ASSESSOR: person_of(Office.MEMBER, body=self.other_panel),
            Kind.CHAIR: person_of(Office.CHAIR, body=self.panel),
            Kind.STEERING_MEMBER: person_of(Office.MEMBER, body=self.steering_committee),
            Kind.STEERING_SECRETARY: person_of(Office.STEERING_SECRETARY, body=self.steering_committee),
            Kind.INSPECTOR: person_of(Office.INSPECTOR),
            Kind.AUDITOR: person_of(Office.AUDITOR),
            Kind.ADMINISTRATOR: person_of(Office.ADMINISTRATOR),
        }


def build() -> World:
    """Everything, in the database."""
    province = ProvinceFactory()
    world = World(
        centre=CentreFactory(province=province),
        other_centre=CentreFactory(province=province),
        panel=BodyFactory(number=5),
        other_panel=BodyFactory(number=6),
        steering_committee=BodyFactory(kind=BodyKind.STEERING_COMMITTEE),
    )
    assert world.people.keys() == EVERYBODY
    return world
