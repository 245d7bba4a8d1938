"""Who gets what at the addresses of certification."""

from saduak.certification.tests.world import World as Certification
from tests.support.addresses import only
from tests.support.world import OWN_CENTRE, SIGNED_IN, Kind

TAKES_PART = SIGNED_IN - {Kind.STRANGER, Kind.ADMINISTRATOR}
"""Everybody with a part in certification."""

SEES_A_DRAFT = OWN_CENTRE | {Kind.AGENCY_COORDINATOR, Kind.SECRETARIAT, Kind.AUDITOR}
"""For whom the application exists from the first day on."""

NO_PART = {Kind.STRANGER: 403, Kind.ADMINISTRATOR: 403}


def around(world):
    """A round in which the world's own centre and sub-committee take part."""
    return Certification(steering=world.steering_committee, five=world.panel, centre=world.centre)


def draft(world):
    """The reference of a draft of the world's centre."""
    return {"reference": around(world).draft(by=world.people[Kind.CENTRE_HEAD]).reference}


def own_case(kinds=SEES_A_DRAFT, **how):
    """For whom the draft exists, and among these perhaps only some; a 404 for other people with a part."""
    others = dict.fromkeys(TAKES_PART - SEES_A_DRAFT, 404) | NO_PART
    return only(kinds, answers=others, **{"at": draft, **how})


ADDRESSES = {
    "list_applications": only(TAKES_PART),
    "show_application": own_case(),
    "show_history": own_case(),
    "take_step": own_case(at=lambda world: {**draft(world), "step": "withdraw"}),
}
