"""The agenda, who sits, and the one resolution."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.certification.models import Application, Certificate, Meeting
from saduak.certification.operations import meetings
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Phase
from saduak.certification.tests.agendas import proposed_units
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.journal.steps import StepOvertaken, StepRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def resolve(world, meeting, act=None, **given):
    given.setdefault("at", world.during(Phase.RESOLUTION, 12))
    return meetings.resolve(meeting, act or world.act, by=world.steering_secretary, **given)


def refused_with(refused):
    return [reason.code for reason in refused.value.decision.reasons]


def numbers(meeting):
    return list(meeting.items.order_by("position").values_list("position", "application__reference"))


class TestAgenda:
    """What stands on it."""

    def test_units_stand_in_the_order_in_which_they_were_put_on(self, world):
        first, second, third = proposed_units(world, 3)

        meeting = world.meeting(third, first)
        meetings.put_on_agenda(meeting, [second], by=world.steering_secretary)

        assert numbers(meeting) == [(1, third.reference), (2, first.reference), (3, second.reference)]

    def test_a_unit_is_put_on_one_agenda_only(self, world):
        unit, other = proposed_units(world, 2)
        meeting = world.meeting(unit)

        assert meetings.put_on_agenda(meeting, [unit, other, other], by=world.steering_secretary) == 1

    def test_what_is_not_proposed_stays_off_with_all_the_others(self, world):
        unit, screened = proposed_units(world, 2)
        Application.objects.filter(pk=screened.pk).update(stage=Stage.SCREENED)
        meeting = world.meeting()

        with pytest.raises(StepRefused) as refused:
            meetings.put_on_agenda(meeting, [unit, screened], by=world.steering_secretary)

        assert refused_with(refused) == ["unit_is_proposed"]
        assert not meeting.items.exists()

    def test_many_units_cost_no_more_questions_than_few(self, world):
        few, many = proposed_units(world, 2), proposed_units(world, 12)
        meeting = world.meeting()

        def questions(units):
            with CaptureQueriesContext(connection) as asked:
                meetings.put_on_agenda(meeting, units, by=world.steering_secretary)
            return len(asked)

        assert questions(few) == questions(many)

    def test_it_is_arranged_anew(self, world):
        first, second, third = proposed_units(world, 3)
        meeting = world.meeting(first, second, third)
        item = meeting.items.get(application=third)

        meetings.arrange(meeting, [item], by=world.steering_secretary)

        assert numbers(meeting) == [(1, third.reference), (2, first.reference), (3, second.reference)]

    def test_once_the_meeting_has_begun_its_numbers_stay(self, world):
        meeting = world.in_session(*proposed_units(world, 2))

        with pytest.raises(StepRefused) as refused:
            meetings.arrange(meeting, meeting.items.order_by("-position"), by=world.steering_secretary)

        assert refused_with(refused) == ["agenda_is_read_out"]


class TestQuorum:
    """Who counts."""

    def test_who_only_writes_does_not_count(self, world):
        meeting = world.meeting(*proposed_units(world))

        meetings.seat(meeting, [world.steering_secretary, *world.steering_members[:2]], by=world.steering_secretary)

        meeting = Meeting.objects.get()
        assert (meeting.present, meeting.quorum, meeting.has_quorum) == (2, 3, False)

    def test_a_member_and_secretary_counts(self, world):
        both = person_of(Office.MEMBER_AND_SECRETARY, body=world.steering)
        meeting = world.meeting(*proposed_units(world))

        meetings.seat(meeting, [both, *world.steering_members[:2]], by=world.steering_secretary)

        assert Meeting.objects.get().has_quorum

    def test_a_secretary_who_steps_aside_changes_nothing(self, world):
        meeting = world.in_session(*proposed_units(world))
        meetings.seat(meeting, [world.steering_secretary, *world.steering_members[:3]], by=world.steering_secretary)
        seat = meeting.attendance.get(person=world.steering_secretary)

        meetings.step_aside(meeting.items.get(), seat, by=world.steering_secretary, reason="สังกัดเดียวกัน")

        assert Meeting.objects.get().has_quorum_for_every_item


class TestDecisions:
    """What is written down for a unit."""

    def test_a_decision_that_somebody_changed_meanwhile_is_not_written_over(self, world):
        item = world.in_session(*proposed_units(world)).items.get()
        read = item.sight
        meetings.decide(item, "decline", by=world.steering_secretary, reason="หลักฐานไม่พอ")

        with pytest.raises(StepOvertaken):
            meetings.decide(item, "certify", level="excellent", by=world.steering_secretary, seen=read)

        item.refresh_from_db()
        assert item.decision == "decline"
        assert item.departs


class TestResolution:
    """One resolution moves everything, as it was read."""

    def test_what_was_not_read_is_not_resolved(self, world):
        first, second = proposed_units(world, 2)
        meeting = world.in_session(first, second)
        read = Meeting.objects.get().sight
        meetings.decide(meeting.items.first(), "decline", by=world.steering_secretary, reason="หลักฐานไม่พอ")

        with pytest.raises(StepOvertaken):
            resolve(world, meeting, sight=read)

        assert set(Application.objects.values_list("stage", flat=True)) == {Stage.PROPOSED}
        assert resolve(world, meeting, sight=Meeting.objects.get().sight)

    @pytest.mark.parametrize("change", ["attendance", "recusal", "agenda"])
    def test_every_part_of_it_is_sighted(self, world, change):
        unit, other = proposed_units(world, 2)
        meeting = world.in_session(unit)
        read, secretary = Meeting.objects.get().sight, world.steering_secretary

        if change == "attendance":
            meetings.seat(meeting, world.steering_members[:3], by=secretary)
        elif change == "recusal":
            seat = meeting.attendance.exclude(person=secretary).first()
            meetings.step_aside(meeting.items.get(), seat, by=secretary, reason="ญาติ")
        else:
            meetings.put_on_agenda(meeting, [other], by=secretary)

        assert Meeting.objects.get().sight != read

    def test_a_nation_costs_no_more_questions_than_a_district(self, world):
        def questions(number, count):
            meeting = world.in_session(*proposed_units(world, count))
            Meeting.objects.filter(pk=meeting.pk).update(number=f"{number}/2563")
            with CaptureQueriesContext(connection) as asked:
                resolve(world, Meeting.objects.get(pk=meeting.pk))
            return len(asked)

        questions(6, 1)  # The first certificate of all makes a key and a status list.
        assert questions(7, 2) == questions(8, 20)
        assert Application.objects.filter(stage=Stage.CERTIFIED).count() == 23
        assert Certificate.objects.count() == 23

    def test_the_votes_are_those_of_members_who_sit(self, world):
        meeting = world.in_session(*proposed_units(world))

        with pytest.raises(StepRefused) as refused:
            resolve(world, meeting, meetings.Act(number="1", text="เห็นชอบ", votes_for=5))

        assert refused_with(refused) == ["votes_add_up"]


def test_the_committee_sees_its_own_meetings(world):
    meeting = world.meeting()

    for person in (world.steering_secretary, world.steering_members[0], world.secretariat, world.auditor):
        assert meeting in Meeting.objects.visible_to(person)
    for person in (world.head, world.chair, person_of(Office.CENTRE_HEAD, centre=CentreFactory())):
        assert meeting not in Meeting.objects.visible_to(person)


class TestWork:
    """What waits for the secretary."""

    def items(self, world):
        return [(item.reference, item.url) for item in work_for(world.steering_secretary)]

    def test_units_wait_for_a_meeting(self, world):
        proposed_units(world, 2)

        assert self.items(world) == [("R2563", reverse("call_meeting"))]

    def test_a_called_meeting_waits_and_takes_the_units(self, world):
        unit, _other = proposed_units(world, 2)
        meeting = world.meeting(unit)

        assert self.items(world) == [
            (meeting.reference, meeting.get_absolute_url()),
            ("R2563", reverse("choose_units", args=[meeting.reference])),
        ]

    def test_after_the_resolution_nothing_waits(self, world):
        world.resolved(*proposed_units(world))

        assert self.items(world) == []

    def test_for_others_nothing_waits(self, world):
        world.meeting(*proposed_units(world))

        assert not [item for item in work_for(world.secretariat) if item.reference.startswith("M")]
