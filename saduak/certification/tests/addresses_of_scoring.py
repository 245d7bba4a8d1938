"""Who gets what at the addresses of score sheets and agreed scores."""

from saduak.certification.tests.world import World as Certification
from tests.support.addresses import only
from tests.support.world import Kind

ON_THE_PANEL = frozenset({Kind.ASSESSOR, Kind.CHAIR})
"""The members of the sub-committee to which the world's centre is assigned."""

ON_A_PANEL = ON_THE_PANEL | {Kind.OTHER_ASSESSOR}


def unit(world):
    """A round whose chair and member are those of the world, who both assess the unit."""
    made = Certification(steering=world.steering_committee, five=world.panel, centre=world.centre)
    made.chair, made.member = world.people[Kind.CHAIR], world.people[Kind.ASSESSOR]
    return made


def visited(world):
    """The reference of a unit that was visited."""
    return {"reference": unit(world).visited(by=world.people[Kind.CENTRE_HEAD]).reference}


def begun_sheet(world):
    """The reference of the member's own sheet; the chair has one too."""
    made = unit(world)
    application = made.visited(by=world.people[Kind.CENTRE_HEAD])
    made.score(application, made.chair, submit=False)
    return {"reference": made.score(application, made.member, submit=False).reference}


def scored(world):
    """The reference of a unit whose sheets are all in."""
    made = unit(world)
    return {"reference": made.scored(by=world.people[Kind.CENTRE_HEAD]).reference}


def assessed(world):
    """The reference of a unit whose agreed scores are signed."""
    made = unit(world)
    return {"reference": made.assessed(by=world.people[Kind.CENTRE_HEAD]).reference}


def on_the_panel(**how):
    """For the members of the unit's sub-committee; an auditor reads only what was signed."""
    return only(ON_THE_PANEL, answers={Kind.OTHER_ASSESSOR: 404}, **{"at": scored, **how})


def own_sheet(**how):
    """For its assessor only; not for the chair, nor for the secretariat or the auditor."""
    others = dict.fromkeys(ON_A_PANEL - {Kind.ASSESSOR}, 404)
    return only({Kind.ASSESSOR}, answers=others, **{"at": begun_sheet, **how})


SCORING = {
    "list_my_visits": only(ON_A_PANEL),
    "open_sheet": only(ON_THE_PANEL, answers={Kind.OTHER_ASSESSOR: 404}, at=visited),
    "show_sheet": own_sheet(answer=302),
    "mark_criterion": own_sheet(at=lambda world: {**begun_sheet(world), "code": "P1"}),
    "submit_sheet": own_sheet(),
    "compare_sheets": on_the_panel(),
    "print_scores": on_the_panel(),
    "adopt_equal": on_the_panel(post={}, answer=302),
    "settle": on_the_panel(at=lambda world: {**scored(world), "code": "2.1"}, post={"said": "met"}, answer=302),
    "sign_scores": on_the_panel(),
    "show_result": only(
        ON_THE_PANEL | {Kind.SECRETARIAT, Kind.AUDITOR},
        answers={
            Kind.OTHER_ASSESSOR: 404,
            Kind.OTHER_CENTRE_OFFICER: 404,
            Kind.OTHER_AGENCY_COORDINATOR: 404,
            Kind.STEERING_MEMBER: 404,
            Kind.STEERING_SECRETARY: 404,
        },
        at=assessed,
    ),
}
