"""What must never be false of a reconsideration is refused by the database itself, whoever asks."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from saduak.certification.models import Reconsideration, Reviewer
from saduak.certification.operations import assignments, reviewing
from saduak.certification.tests.reviews import ReviewWorld, now
from saduak.certification.tests.test_constraints import refused
from saduak.directory.models import Membership, Office
from saduak.directory.tests.factories import LONG_AGO, CentreFactory, MembershipFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ReviewWorld()


def test_grounds_and_files_close_with_the_request(world):
    world.asked(world.not_certified())

    assert refused("UPDATE certification_ground SET text = 'x'")
    assert refused("DELETE FROM certification_ground")
    assert refused(
        "INSERT INTO certification_groundfile (ground_id, attachment_id, added_at, added_by_id)"
        " SELECT id, gen_random_uuid(), now(), changed_by_id FROM certification_ground"
    )


def test_an_opinion_and_a_finding_close(world):
    request = world.reviewed(world.not_certified())

    assert refused("UPDATE certification_opinion SET answer = 'not_met'")
    assert refused("DELETE FROM certification_opinion")
    assert refused("UPDATE certification_reviewedvalue SET answer = 'not_met'")
    assert now(request).reviewed["P1"].answer == "met"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("stage = 'changed'", id="answered without a resolution"),
        pytest.param("stage = 'upheld'", id="upheld without a resolution"),
        pytest.param("stage = 'proposed'", id="proposed without a signature"),
        pytest.param("stage = 'nowhere'", id="a stage that does not exist"),
        pytest.param("answer_until = NULL", id="asked without the term of an answer"),
        pytest.param("total = first_total - 1", id="fewer points than at first"),
    ],
)
def test_a_request_is_never_in_an_impossible_state(world, change):
    world.admitted(world.not_certified())

    assert refused(f"UPDATE certification_reconsideration SET {change}")


def test_never_the_sub_committee_that_assessed(world):
    world.admitted(world.not_certified())

    assert refused("UPDATE certification_reconsideration SET body_id = %s", world.five.pk)
    assert not refused("UPDATE certification_reconsideration SET body_id = %s", world.three.pk)


def test_a_decision_is_reconsidered_once(world):
    first = world.draft_request(world.not_certified())
    again = {
        field.attname: getattr(first, field.attname) for field in Reconsideration._meta.fields if field.name != "id"
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Reconsideration.objects.create(**{**again, "reference": "other"})


def test_only_a_request_can_be_let_go_on(world):
    world.in_session(world.proposed())

    assert refused("UPDATE certification_agendaitem SET decision = 'continue', level = '', reason = 'x'")


class TestNobodyReviewsWhoIsNotFree:
    @pytest.fixture
    def request_(self, world):
        return world.under_review(world.not_certified())

    def newcomer(self, world, request_, *, declares=True, **facts):
        person = person_of(Office.MEMBER, body=world.three)
        if declares:
            reviewing.declare(request_, by=person, has_conflict=False)
        return person

    def seat(self, request_, person):
        return refused(
            "INSERT INTO certification_reviewer (reconsideration_id, person_id, office) VALUES (%s, %s, 'member')",
            request_.pk,
            person.pk,
        )

    def test_a_member_without_ties_may(self, world, request_):
        assert not self.seat(request_, self.newcomer(world, request_))
        assert Reviewer.objects.count() == 3

    def test_nobody_without_a_declaration(self, world, request_):
        assert self.seat(request_, self.newcomer(world, request_, declares=False))

    def test_nobody_without_a_seat(self, world, request_):
        person = self.newcomer(world, request_)
        Membership.objects.filter(person=person).update(until_day=LONG_AGO)

        assert self.seat(request_, person)

    def test_nobody_who_scored(self, world, request_):
        # A member of the first sub-committee has left it and joined the other one since.
        Membership.objects.filter(person=world.member).update(body=world.three)

        assert self.seat(request_, world.member)

    def test_nobody_who_sat_in_the_first_sub_committee(self, world, request_):
        MembershipFactory(person=world.panel_secretary, body=world.three, office=Office.MEMBER)

        assert self.seat(request_, world.panel_secretary)

    def test_nobody_who_screened(self, world, request_):
        MembershipFactory(person=world.secretariat, body=world.three, office=Office.MEMBER)
        assignments.Declaration.objects.create(
            application=request_.application, person=world.secretariat, has_conflict=False, at=timezone.now()
        )

        assert self.seat(request_, world.secretariat)

    @pytest.mark.parametrize("place", ["centre", "sister"])
    def test_nobody_of_the_unit_or_its_agency(self, world, request_, place):
        person = self.newcomer(world, request_)
        centre = world.centre if place == "centre" else CentreFactory(agency=world.centre.agency)
        Membership.objects.create(person=person, office=Office.POSTED, from_day=LONG_AGO, centre=centre)

        assert self.seat(request_, person)
