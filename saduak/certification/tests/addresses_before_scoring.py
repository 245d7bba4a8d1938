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
}
