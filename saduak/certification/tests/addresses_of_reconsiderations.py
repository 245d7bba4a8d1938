"""Who gets what at the addresses of reconsiderations; the world's own sub-committee is the one that reviews."""

from functools import cached_property

from saduak.certification.operations import reconsiderations, reviewing
from saduak.certification.tests import certificates
from saduak.certification.tests.reviews import ReviewWorld, now
from saduak.certification.tests.world import picture
from saduak.directory.tests.factories import BodyFactory
from tests.support.addresses import only
from tests.support.world import OWN_CENTRE, SIGNED_IN, Kind

NO_PART = {Kind.STRANGER: 403, Kind.ADMINISTRATOR: 403}
TAKES_PART = SIGNED_IN - set(NO_PART)
REVIEWS = frozenset({Kind.ASSESSOR, Kind.CHAIR})
SEES_A_DRAFT = OWN_CENTRE | {Kind.AGENCY_COORDINATOR, Kind.SECRETARIAT, Kind.AUDITOR}
SEES_A_REVIEW = SEES_A_DRAFT | {Kind.INSPECTOR} | REVIEWS
PLANS = REVIEWS | {Kind.OTHER_ASSESSOR}


class ReviewedByTheirs(ReviewWorld):
    """A round in which another sub-committee than the one that reviews, and than 5, has assessed."""

    @cached_property
    def five(self):
        return BodyFactory(number=77)


def around(world):
    """A round in which another sub-committee has assessed, and the world's own reviews."""
    made = ReviewedByTheirs(steering=world.steering_committee, three=world.panel, centre=world.centre)
    made.head, made.other_chair = world.people[Kind.CENTRE_HEAD], world.people[Kind.CHAIR]
    made.other_member, made.other_secretary = world.people[Kind.ASSESSOR], world.people[Kind.CHAIR]
    made.secretariat = world.people[Kind.SECRETARIAT]
    return made


def decided(world):
    """The reference of an application that was screened out, whose letter has just gone."""
    return {"reference": around(world).not_certified().reference}


def draft(world):
    """The reference of a request that the centre is writing."""
    made = around(world)
    return {"reference": made.draft_request(made.not_certified()).reference}


def draft_with_file(world):
    """The request and a file of one ground."""
    made = around(world)
    request = made.draft_request(made.not_certified())
    return {
        "reference": request.reference,
        "file": reconsiderations.add_file(request, "P1", picture(), by=made.head).pk,
    }


def asked(world):
    """The reference of a request that was handed in."""
    made = around(world)
    return {"reference": made.asked(made.not_certified()).reference}


def admitted(world):
    """The reference of a request that was admitted."""
    made = around(world)
    return {"reference": made.admitted(made.not_certified()).reference}


def reviewed_now(world):
    """The reference of a request under review by the world's chair and member."""
    made = around(world)
    return {"reference": made.under_review(made.not_certified()).reference}


def evidence(world):
    """A request under review, and a file of the first dossier."""
    made = around(world)
    request = made.under_review(made.not_certified())
    return {"reference": request.reference, "evidence": request.application.evidence.get().pk}


def settled(world):
    """The reference of a request on which the reviewers agree."""
    made = around(world)
    return {"reference": made.settled(made.not_certified()).reference}


def on_the_agenda(world):
    """A meeting for a request that is proposed; the world's own steering secretary runs it."""
    made = around(world)
    made.steering_secretary = world.people[Kind.STEERING_SECRETARY]
    request = reviewing.propose(now(made.reviewed(made.not_certified())), by=world.people[Kind.CHAIR])
    return {"reference": made.second_meeting(request).reference}


def for_kinds(kinds, **how):
    """For those for whom the request exists; a 404 for other people with a part."""
    return only(kinds, answers={**dict.fromkeys(TAKES_PART - kinds, 404), **NO_PART, **how.pop("but", {})}, **how)


def of_the_centre(**how):
    """For the people of the centre; those who may not apply at all are turned away at the door."""
    return only(OWN_CENTRE, answers={Kind.OTHER_CENTRE_OFFICER: 404}, **how)


def of_the_reviewers(**how):
    """For the members of the sub-committee that reviews."""
    return only(REVIEWS, answers={Kind.OTHER_ASSESSOR: 404, **how.pop("but", {})}, **how)


RECONSIDERATIONS = {
    "list_reconsiderations": only(TAKES_PART),
    "start_reconsideration": of_the_centre(at=decided),
    "show_reconsideration": for_kinds(SEES_A_REVIEW, at=reviewed_now),
    "download_ground_file": for_kinds(SEES_A_DRAFT, at=draft_with_file, but={Kind.SECRETARIAT: 403}),
    "download_reviewed_evidence": for_kinds(SEES_A_REVIEW, at=evidence, but={Kind.INSPECTOR: 403}),
    "take_reconsideration_step": for_kinds(
        SEES_A_DRAFT | {Kind.INSPECTOR}, at=lambda world: {**asked(world), "step": "admit"}
    ),
    "write_grounds": of_the_centre(at=draft),
    "drop_ground_file": of_the_centre(at=draft_with_file, post={}, answer=302),
    "ask_reconsideration": of_the_centre(at=draft),
    "assign_reconsideration": only({Kind.SECRETARIAT}, at=admitted),
    "declare_for_review": of_the_reviewers(at=reviewed_now),
    "name_reviewers": only(
        {Kind.SECRETARIAT, Kind.CHAIR}, answers={Kind.OTHER_ASSESSOR: 404, Kind.ASSESSOR: 403}, at=reviewed_now
    ),
    "write_opinion": of_the_reviewers(at=reviewed_now),
    "compare_opinions": of_the_reviewers(at=settled, but={Kind.AUDITOR: 403}),
    "sign_review": of_the_reviewers(at=settled, but={Kind.ASSESSOR: 403, Kind.AUDITOR: 403}),
    "choose_requests": only({Kind.STEERING_SECRETARY}, at=on_the_agenda, post={"request": []}, answer=302),
}


def certificate_to_renew(world):
    """The number of a certificate of the world's centre."""
    return {"number": certificates.certificate(world.centre).reference}


def renewal(world):
    """The reference of a draft of the world's centre, which has applied before."""
    certificates.certificate(world.centre)
    made = around(world)
    made.cycle_be = 2590
    return {"reference": made.draft(by=made.head).reference}


RENEWALS = {
    "start_renewal": of_the_centre(at=certificate_to_renew),
    "carry_over": of_the_centre(at=renewal),
}
