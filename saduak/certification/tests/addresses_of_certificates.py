"""Who gets what at the addresses of certificates as cases."""

from saduak.certification.models import Proposal
from saduak.certification.operations import meetings, proposals
from saduak.certification.procedure.certificates import ActKind, Ground
from saduak.certification.tests import certificates
from saduak.certification.tests.certificates import round_of
from tests.support.addresses import only
from tests.support.world import OWN_CENTRE, SIGNED_IN, Kind

TAKES_PART = SIGNED_IN - {Kind.STRANGER, Kind.ADMINISTRATOR}
SEES_IT = OWN_CENTRE | {
    Kind.AGENCY_COORDINATOR,
    Kind.SECRETARIAT,
    Kind.STEERING_MEMBER,
    Kind.STEERING_SECRETARY,
    Kind.INSPECTOR,
    Kind.AUDITOR,
}
"""For whom the case of a certificate of the world's centre exists."""

PROPOSES = {Kind.SECRETARIAT, Kind.STEERING_SECRETARY}


def certificate(world):
    """The number of a certificate of the world's centre."""
    return {"number": certificates.certificate(world.centre).reference}


def proposed(world):
    """A certificate about which something is proposed."""
    one = certificates.certificate(world.centre)
    proposals.propose(one, ActKind.SUSPEND, ground=Ground.NOT_MET, reason="พบ", by=world.people[Kind.SECRETARIAT])
    return {"number": one.reference}


def matter(world):
    """A certificate on the agenda of a meeting."""
    arguments = proposed(world)
    secretary = world.people[Kind.STEERING_SECRETARY]
    meeting = meetings.call(
        round_of(2568), world.steering_committee, number="9/2569", held_on=certificates.TODAY, by=secretary
    )
    proposals.put_on_agenda(meeting, Proposal.objects.waiting(), by=secretary)
    one = Proposal.objects.get(certificate__reference=arguments["number"])
    return {"reference": meeting.reference, "proposal": one.pk}


def stepped_aside(world):
    """A member who steps aside from a certificate."""
    arguments = matter(world)
    one = Proposal.objects.get(pk=arguments["proposal"])
    recusal = proposals.step_aside(
        one, one.meeting.attendance.first(), by=world.people[Kind.STEERING_SECRETARY], reason="ญาติ"
    )
    return {**arguments, "recusal": recusal.pk}


def runs_meetings(**how):
    """For the secretary of the steering committee alone."""
    return only({Kind.STEERING_SECRETARY}, **{"at": matter, **how})


CERTIFICATES = {
    "list_certificates": only(TAKES_PART),
    "show_certificate": only(
        SEES_IT, others=404, answers={Kind.STRANGER: 403, Kind.ADMINISTRATOR: 403}, at=certificate
    ),
    "order_suspension": only({Kind.SECRETARIAT}, at=certificate),
    "lift_order": only({Kind.SECRETARIAT}, at=certificate),
    "give_back": only({Kind.CENTRE_HEAD}, at=certificate),
    "propose_act": only(PROPOSES, at=lambda world: {**certificate(world), "kind": "suspend"}),
    "state_on_certificate": only(OWN_CENTRE, answers={Kind.OTHER_CENTRE_OFFICER: 404}, at=proposed),
    "take_back_act": only(PROPOSES, at=proposed),
    "choose_proposals": runs_meetings(at=lambda world: {"reference": matter(world)["reference"]}),
    "decide_proposal": runs_meetings(),
    "take_off_proposal": runs_meetings(post={}, answer=302),
    "step_aside_from_certificate": runs_meetings(post={}, answer=422),
    "come_back_to_certificate": runs_meetings(at=stepped_aside, post={}, answer=302),
}
