"""Who gets what at the addresses of proposals of assignments, of the quality of assessment and of remarks."""

from saduak.certification.models import Panel, Remark
from saduak.certification.operations import allotting
from saduak.certification.tests.addresses_of_scoring import assessed, unit
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, person_of
from tests.support.addresses import only
from tests.support.world import Kind

LOOKS = frozenset({Kind.SECRETARIAT, Kind.AUDITOR, Kind.CHAIR})


def waiting(world):
    """A round in which a unit waits."""
    made = unit(world)
    other = BodyFactory(number=96)
    person_of(Office.CHAIR, body=other), person_of(Office.QUALIFIED_MEMBER, body=other)
    application = made.screened(by=world.people[Kind.CENTRE_HEAD])
    Panel.objects.create(round=application.round, body=other)
    return made, application


def proposed(world):
    """The key of a calculated proposal."""
    made, application = waiting(world)
    return {"pk": allotting.begin(application.round, by=made.secretariat).pk}


def proposed_unit(world):
    """The keys of a proposal and of one unit in it."""
    made, application = waiting(world)
    return {"pk": allotting.begin(application.round, by=made.secretariat).pk, "reference": application.reference}


def signed(world):
    """A round with signed scores."""
    assessed(world)
    return {}


def remarked(world):
    """A remark on a dossier that the world's sub-committee has."""
    made = unit(world)
    application = made.assigned(by=world.people[Kind.CENTRE_HEAD])
    made.declared(application)
    remark = Remark.objects.create(application=application, kind="taken_outside", found_at=application.submitted_at)
    return {"pk": remark.pk}


def for_the_secretariat(**how):
    return only({Kind.SECRETARIAT}, **how)


QUALITY = {
    "propose_assignments": for_the_secretariat(post={"round": "R1"}, answer=404),
    "show_allotment": for_the_secretariat(at=proposed),
    "stop_allotment": for_the_secretariat(at=proposed, post={}, answer=302),
    "allotment_record": for_the_secretariat(at=proposed),
    "check_allotment": for_the_secretariat(at=proposed, post={}, answer=302),
    "decide_allotment": for_the_secretariat(at=proposed_unit),
    "show_agreement": only(LOOKS, at=signed),
    "show_leaning": only(LOOKS, at=signed),
    "show_rotation": only(LOOKS, at=signed),
    "list_quality_cases": only(LOOKS, at=signed),
    "list_remarks": only({Kind.SECRETARIAT, Kind.AUDITOR}),
    "set_remark_terms": for_the_secretariat(at=lambda world: {"reference": "R1"}, post={}, answer=404),
    "show_remark": only(
        {Kind.SECRETARIAT, Kind.AUDITOR, Kind.ASSESSOR, Kind.CHAIR}, answers={Kind.OTHER_ASSESSOR: 404}, at=remarked
    ),
}
