"""Who gets what between the submission of a dossier and the first score sheet."""

from saduak.certification.tests.world import World as Certification
from tests.support.addresses import only
from tests.support.world import Kind


def around(world):
    """A round in which the world's own centre and sub-committee take part."""
    return Certification(steering=world.steering_committee, five=world.panel, centre=world.centre)


def submitted(world):
    """The reference of a submitted application of the world's centre."""
    return {"reference": around(world).submitted(by=world.people[Kind.CENTRE_HEAD]).reference}


def assigned(world):
    """The reference of a unit of the world's sub-committee."""
    return {"reference": around(world).assigned(by=world.people[Kind.CENTRE_HEAD]).reference}


STRANGE = dict.fromkeys(
    {
        Kind.OTHER_CENTRE_OFFICER,
        Kind.OTHER_AGENCY_COORDINATOR,
        Kind.OTHER_ASSESSOR,
        Kind.STEERING_MEMBER,
        Kind.STEERING_SECRETARY,
    },
    404,
)
"""People with a part in certification for whom an assigned unit does not exist."""


def by_secretariat(**how):
    """For the secretariat only."""
    return only({Kind.SECRETARIAT}, **{"at": submitted, **how})


BEFORE_SCORING = {
    "screen_application": by_secretariat(),
    "find": by_secretariat(
        at=lambda world: {**submitted(world), "code": "P1"}, post={"finding": "accepted"}, answer=302
    ),
    "accept_the_rest": by_secretariat(post={}, answer=302),
    "return_application": by_secretariat(),
    "pass_screening": by_secretariat(),
    "screen_out": by_secretariat(),
    "assign_applications": only({Kind.SECRETARIAT}),
    "assign_application": by_secretariat(),
    "list_interests": only({Kind.SECRETARIAT}),
    "show_interests": only({Kind.SECRETARIAT, Kind.AUDITOR, Kind.CHAIR}, answers=STRANGE, at=assigned),
    "declare_interest": only({Kind.ASSESSOR, Kind.CHAIR}, answers={Kind.OTHER_ASSESSOR: 404}, at=assigned),
}
