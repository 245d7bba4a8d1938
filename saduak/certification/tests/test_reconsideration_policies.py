"""Who may do and read what of a request, and what waits for whom, stage by stage."""

import pytest
from django.utils import timezone

from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.models import Declaration, Reconsideration
from saduak.certification.operations import reconsiderations, reviewing
from saduak.certification.queries.reconsiderations import reviewers_to_choose, told_on
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Phase
from saduak.certification.tests.reviews import ReviewWorld, now
from saduak.directory.models import Office
from saduak.directory.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ReviewWorld.while_running(Phase.RESOLUTION)


def waits(user):
    """The actions that wait for the person in requests to reconsider."""
    return [str(item.action) for item in work_for(user) if "-T" in item.reference]


def test_what_waits_for_whom_on_the_whole_way(world):
    unit = world.not_certified()
    request = world.draft_request(unit)
    everybody = [
        world.head, world.secretariat, world.chair, world.other_chair, world.other_member, world.steering_secretary,
    ]  # fmt: skip

    def found():
        return {person: said for person in everybody if (said := waits(person))}

    assert found() == {world.head: ["ทำต่อ"]}
    request = reconsiderations.ask(request, by=world.head, at=world.after)
    assert found() == {world.secretariat: ["พิจารณา"]}
    request = reconsiderations.admit(request, by=world.secretariat)
    assert found() == {world.secretariat: ["มอบหมาย"]}
    assert reviewers_to_choose(request, on=timezone.localdate()) == []
    assert world.second_panel
    MembershipFactory(person=world.chair, body=world.three, office=Office.MEMBER)
    request = reconsiderations.assign(request, world.three, by=world.secretariat)
    assert set(found()) == {world.other_chair, world.other_member}
    for person in (world.other_chair, world.other_member):
        reviewing.declare(request, by=person, has_conflict=False)
    assert set(found()) == {world.other_chair}
    reviewing.name_reviewers(request, [world.other_chair, world.other_member], by=world.other_chair)
    assert set(found()) == {world.other_chair, world.other_member}
    world.opinion(now(request), world.other_chair)
    assert set(found()) == {world.other_member}
    assert not rights.may_compare(world.other_chair, now(request))
    world.opinion(now(request), world.other_member)
    assert set(found()) == {world.other_chair, world.other_member}
    reviewing.settle(now(request), [reviewing.Said("P1", "met")], by=world.other_chair)
    assert not rights.may_compare(world.auditor, now(request))
    reviewing.sign(now(request), by=world.other_chair, summary="ผ่าน")
    assert rights.may_compare(world.auditor, now(request))
    assert set(found()) == {world.other_chair}
    reviewing.propose(now(request), by=world.other_chair)
    assert set(found()) == {world.steering_secretary}
    world.second_meeting(request)
    assert found() == {}


def test_a_member_with_a_conflict_has_nothing_to_do(world):
    request = world.under_review(world.not_certified())

    Declaration.objects.filter(person=world.other_member).update(has_conflict=True, statement="ญาติ")

    assert waits(world.other_member) == []
    assert not rights.may_opine(world.other_member, now(request))


def test_who_can_begin_a_request(world):
    unit = world.not_certified()
    today = timezone.localdate()

    assert rights.may_start(world.head, unit, today)
    assert rights.may_start(world.officer, unit, today)
    assert not rights.may_start(world.secretariat, unit, today)
    world.draft_request(unit)
    assert not rights.may_start(world.head, now(unit), today)


def test_nobody_was_told_before_anything_was_decided(world):
    assert told_on(world.submitted()) is None


def test_who_reads_the_grounds_and_when(world):
    request = world.draft_request(world.not_certified())

    def read_by():
        asked = now(request)
        people = {
            "head": world.head, "coordinator": world.coordinator, "auditor": world.auditor,
            "secretariat": world.secretariat, "inspector": world.inspector, "steering": world.steering_secretary,
        }  # fmt: skip
        return {name for name, person in people.items() if rights.may_read_grounds(person, asked)}

    assert read_by() == {"head", "coordinator", "auditor"}
    reconsiderations.ask(request, by=world.head, at=world.after)
    assert read_by() == {"head", "coordinator", "auditor", "secretariat", "steering"}
    assert not rights.may_read_review(world.head, now(request))
    assert str(Reconsideration.objects.get().grounds.get()).startswith("P1")
