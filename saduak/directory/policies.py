"""Who may use the pages of the directory, and sentences about people that other packages' tables use."""

from enum import StrEnum
from typing import Any

from saduak.access.grants import Grants, holds
from saduak.audit.policies import Permission as Records
from saduak.directory.models import Body, BodyKind, Centre, Office
from saduak.directory.queries import memberships_of
from saduak.machines.policies import Permission as Machines
from saduak.notices.policies import Permission as Notices

ON_A_COMMITTEE = frozenset(
    {
        Office.CHAIR,
        Office.QUALIFIED_MEMBER,
        Office.MEMBER,
        Office.MEMBER_AND_SECRETARY,
        Office.ASSISTANT_SECRETARY,
        Office.STEERING_SECRETARY,
    }
)


VOTES = ON_A_COMMITTEE - {Office.ASSISTANT_SECRETARY, Office.STEERING_SECRETARY}
"""Who counts towards a quorum: members; assistants and the steering committee's secretary write, and do not vote.
(Unchecked against the text of the orders.)"""


class Permission(StrEnum):
    """What the tables grant in the directory."""

    SEE_DIRECTORY = "directory.see"
    EDIT_DIRECTORY = "directory.edit"
    SEE_PEOPLE = "directory.see_people"
    APPOINT = "directory.appoint"
    APPOINT_IN_OWN_PLACE = "directory.appoint_in_own_place"
    EDIT_OWN_CENTRE = "directory.edit_own_centre"
    EXCHANGE = "directory.exchange"
    SEE_MERGES = "directory.see_merges"


def _holds(user: Any, *offices: Office) -> bool:
    return any(membership.office in offices for membership in memberships_of(user))


def _sits_in(user: Any, kind: BodyKind) -> bool:
    return any(
        membership.body is not None and membership.body.kind == kind and membership.office in ON_A_COMMITTEE
        for membership in memberships_of(user)
    )


def is_officer(user: Any) -> bool:
    """Holds an office with a part in the platform today."""
    return any(membership.office != Office.POSTED for membership in memberships_of(user))


def is_secretariat(user: Any) -> bool:
    """Is an officer of the secretariat today."""
    return _holds(user, Office.SECRETARIAT_OFFICER)


def is_administrator(user: Any) -> bool:
    """Is an administrator of the platform today."""
    return _holds(user, Office.ADMINISTRATOR)


def is_auditor(user: Any) -> bool:
    """Is an auditor today: reads everything, changes nothing."""
    return _holds(user, Office.AUDITOR)


def is_inspector(user: Any) -> bool:
    """Is an inspector today."""
    return _holds(user, Office.INSPECTOR)


def heads_a_centre(user: Any) -> bool:
    """Is the head of a centre today."""
    return _holds(user, Office.CENTRE_HEAD)


def works_in_a_centre(user: Any) -> bool:
    """Is the head or an officer of a centre today."""
    return _holds(user, Office.CENTRE_HEAD, Office.CENTRE_OFFICER)


def coordinates_an_agency(user: Any) -> bool:
    """Is the coordinator of an agency today."""
    return _holds(user, Office.AGENCY_COORDINATOR)


def sits_on_a_sub_committee(user: Any) -> bool:
    """Sits on an assessment sub-committee today, its secretaries included."""
    return _sits_in(user, BodyKind.SUB_COMMITTEE)


def chairs_a_sub_committee(user: Any) -> bool:
    """Chairs an assessment sub-committee today."""
    return any(
        membership.office == Office.CHAIR and membership.body and membership.body.kind == BodyKind.SUB_COMMITTEE
        for membership in memberships_of(user)
    )


def sits_on_the_steering_committee(user: Any) -> bool:
    """Sits on the steering committee today, its secretaries included."""
    return _sits_in(user, BodyKind.STEERING_COMMITTEE)


def is_steering_secretary(user: Any) -> bool:
    """Is the secretary of the steering committee today."""
    return _holds(user, Office.STEERING_SECRETARY)


def offices_in(user: Any, place: Any) -> frozenset[Office]:
    """The offices a person holds today in one body, centre or agency."""
    return frozenset(Office(membership.office) for membership in memberships_of(user) if membership.is_in(place))


def offices_over(user: Any, centre: Centre) -> frozenset[Office]:
    """The offices a person holds today in a centre, or in the agency that the centre belongs to."""
    return frozenset(
        Office(membership.office)
        for membership in memberships_of(user)
        if membership.centre_id == centre.pk or (membership.agency_id and membership.agency_id == centre.agency_id)
    )


def may_edit_facts_of(user: Any, centre: Centre) -> bool:
    """Whether the person may correct opening hours, contacts and address of this centre."""
    return is_secretariat(user) or is_administrator(user) or Office.CENTRE_HEAD in offices_in(user, centre)


def may_appoint_in(user: Any, place: Any) -> bool:
    """Whether the person may appoint people in this body, centre or agency; a head only in the own centre."""
    if isinstance(place, Body):
        return is_secretariat(user) or is_administrator(user)
    return is_secretariat(user) or is_administrator(user) or Office.CENTRE_HEAD in offices_in(user, place)


def may(user: Any, permission: Permission) -> bool:
    """Whether the grants table gives the permission, for pages that show a button or leave it out."""
    return holds(user, permission)


GRANTS: Grants = {
    Permission.SEE_DIRECTORY: (is_officer,),
    Permission.EDIT_DIRECTORY: (is_secretariat, is_administrator),
    Permission.SEE_PEOPLE: (is_secretariat, is_administrator, is_auditor),
    Permission.APPOINT: (is_secretariat, is_administrator),
    Permission.APPOINT_IN_OWN_PLACE: (is_secretariat, is_administrator, heads_a_centre),
    Permission.EDIT_OWN_CENTRE: (is_secretariat, is_administrator, heads_a_centre),
    Permission.EXCHANGE: (is_secretariat, is_administrator),
    Permission.SEE_MERGES: (is_secretariat, is_administrator, is_auditor),
    Records.READ_RECORDS: (is_auditor, is_administrator),
    Notices.OUTBOX: (is_secretariat, is_steering_secretary),
    Machines.KEEP_CLIENTS: (is_administrator,),
    Machines.SEE_CLIENTS: (is_administrator, is_auditor),
}
