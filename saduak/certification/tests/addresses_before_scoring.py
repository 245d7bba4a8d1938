"""Who gets what between the submission of a dossier and the first score sheet."""

from saduak.certification.tests.world import World as Certification
from tests.support.addresses import only
from tests.support.world import OWN_CENTRE, Kind


def around(world):
    """A round in which the world's own centre and sub-committee take part."""
    return Certification(steering=world.steering_committee, five=world.panel, centre=world.centre)


def submitted(world):
    """The reference of a submitted application of the world's centre."""
    return {"reference": around(world).submitted(by=world.people[Kind.CENTRE_HEAD]).reference}


def assigned(world):
    """The reference of a unit of the world's sub-committee."""
    return {"reference": around(world).assigned(by=world.people[Kind.CENTRE_HEAD]).reference}


def visited_soon(world):
    """The reference of a unit with a planned visit, of the world's own chair and member."""
    made = around(world)
    made.chair, made.member = world.people[Kind.CHAIR], world.people[Kind.ASSESSOR]
    return {"reference": made.visit_planned(by=world.people[Kind.CENTRE_HEAD]).reference}


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
        at=lambda world: {**submitted(world), "code": "P1"}, post={"finding": "accepted", "seen": 1}, answer=302
    ),
    "accept_the_rest": by_secretariat(post={"seen": 1}, answer=302),
    "return_application": by_secretariat(),
    "pass_screening": by_secretariat(),
    "screen_out": by_secretariat(),
    "assign_applications": only({Kind.SECRETARIAT}),
    "assign_application": by_secretariat(),
    "list_interests": only({Kind.SECRETARIAT}),
    "show_interests": only({Kind.SECRETARIAT, Kind.AUDITOR, Kind.CHAIR}, answers=STRANGE, at=assigned),
    "declare_interest": only({Kind.ASSESSOR, Kind.CHAIR}, answers={Kind.OTHER_ASSESSOR: 404}, at=assigned),
    "plan_visit": only({Kind.SECRETARIAT}, answers={Kind.CHAIR: 302, Kind.OTHER_ASSESSOR: 404}, at=assigned),
    "change_visit": only({Kind.SECRETARIAT, Kind.CHAIR}, answers={Kind.OTHER_ASSESSOR: 404}, at=visited_soon),
    "download_visit": only(
        OWN_CENTRE
        | {
            Kind.AGENCY_COORDINATOR,
            Kind.SECRETARIAT,
            Kind.ASSESSOR,
            Kind.CHAIR,
            Kind.INSPECTOR,
            Kind.AUDITOR,
        },
        answers=STRANGE,
        at=visited_soon,
    ),
    "show_itinerary": only({Kind.SECRETARIAT, Kind.ASSESSOR, Kind.OTHER_ASSESSOR, Kind.CHAIR}),
    "print_itinerary": only(
        {Kind.SECRETARIAT},
        at=lambda world: assigned(world) and {},
        answers={Kind.ASSESSOR: 200, Kind.CHAIR: 200, Kind.OTHER_ASSESSOR: 200},
    ),
}
