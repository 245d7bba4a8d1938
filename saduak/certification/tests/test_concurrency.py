"""Two people at once: one wins, the other is told, nothing is done twice."""

from functools import partial

import pytest

from saduak.certification.models import Application, Assignment, Certificate, Meeting, Remark, Resolution, ScoreSheet
from saduak.certification.operations import (
    allotting,
    applications,
    assignments,
    field,
    meetings,
    remarks,
    screening,
    sheets,
)
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.devices import Device
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused
from tests.support.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture
def world():
    return World()


def outcome(results, kind):
    return [result for result in results if isinstance(result, kind)]


def fresh(application):
    return Application.objects.get(pk=application.pk)


def test_two_officers_pass_and_screen_out_at_once(world):
    application = world.submitted()
    screening.find(application, "P1", "failed", by=world.secretariat, remark="ไม่มีป้าย")
    screening.accept_the_rest(application, by=world.secretariat)
    seen, colleague = fresh(application).version, person_of(Office.SECRETARIAT_OFFICER)

    results = together(
        *(
            partial(screening.screen_out, fresh(application), by=officer, reason="เกณฑ์ไม่ผ่าน", seen=seen)
            for officer in (world.secretariat, colleague)
        )
    )

    [winner], [loser] = outcome(results, Application), outcome(results, StepOvertaken)
    assert winner.stage == fresh(application).stage == Stage.SCREENED_OUT
    assert [entry.step for entry in loser.since] == ["screen_out"]
    assert application.history.filter(step="screen_out").count() == 1


def test_the_same_day_in_a_valley_sent_twice_at_once_counts_once(world):
    visit = world.visited().current_visit
    device = Device(world.member, visit)
    events, at = [*device.everything(), device.submit()], world.during(Phase.VISITS, 12)

    results = together(*(partial(field.receive, events, by=by, at=at) for by in (world.member, world.chair)))

    assert {receipt.reception for result in results for receipt in result} == {"accepted", "known"}
    sheet = ScoreSheet.objects.get()
    assert sheet.is_submitted
    assert (sheet.events.count(), sheet.marks.count()) == (len(events), len(events) - 1)


def test_two_officers_accept_one_proposal_at_once(world):
    unit, colleague = world.screened(), person_of(Office.SECRETARIAT_OFFICER)
    assert world.member
    assert world.panel_secretary
    proposal = allotting.begin(world.round, by=world.secretariat)

    results = together(
        *(partial(allotting.accept, proposal, [unit.reference], by=by) for by in (world.secretariat, colleague))
    )

    assert (len(outcome(results, list)), len(outcome(results, StepOvertaken))) == (1, 1)
    assert Assignment.objects.get().panel.last_unit_number == 1


def test_two_workers_remark_on_two_dossiers_at_once(world):
    other = CentreFactory()
    one, two = world.submitted(), world.submitted(other, by=person_of(Office.CENTRE_HEAD, centre=other))

    together(partial(remarks.look_at, fresh(one)), partial(remarks.look_at, fresh(two)))

    assert sorted(Remark.objects.values_list("application", "other")) == sorted([(one.pk, two.pk), (two.pk, one.pk)])


def test_a_double_click_submits_once(world):
    application = world.answer_everything(world.draft())
    at = world.during(Phase.APPLICATION)

    results = together(*(partial(applications.submit, fresh(application), by=world.head, at=at) for _ in range(4)))

    assert len(outcome(results, Application)) == 1
    assert len(outcome(results, StepRefused)) == 3
    assert fresh(application).dossiers.count() == 1


def test_a_centre_applies_once_in_a_round_however_often_it_is_asked(world):
    deputy, at = person_of(Office.CENTRE_OFFICER, centre=world.centre), world.during(Phase.APPLICATION)
    round_ = world.round

    results = together(
        *(partial(applications.start, round_, world.centre, by=by, at=at) for by in (world.head, deputy) * 3)
    )

    assert len(outcome(results, Application)) == 1
    assert len(outcome(results, StepRefused)) == 5
    assert Entry.objects.filter(step="start").count() == 1


def test_references_are_never_given_twice(world):
    centres = CentreFactory.create_batch(6)
    heads = [person_of(Office.CENTRE_HEAD, centre=centre) for centre in centres]
    round_, at = world.round, world.during(Phase.APPLICATION)

    results = together(
        *(partial(applications.start, round_, c, by=h, at=at) for c, h in zip(centres, heads, strict=True))
    )

    assert {application.reference for application in results} == {f"2563-{n:04d}" for n in range(1, 7)}


def test_unit_numbers_are_never_given_twice(world):
    centres = CentreFactory.create_batch(4)
    units = [world.screened(c, by=person_of(Office.CENTRE_HEAD, centre=c)) for c in centres]

    together(*(partial(assignments.assign, unit, world.panel, by=world.secretariat) for unit in units))

    assert sorted(Assignment.objects.values_list("unit_number", flat=True)) == [1, 2, 3, 4]


def test_one_unit_is_assigned_once(world):
    unit = world.screened()

    results = together(*(partial(assignments.assign, fresh(unit), world.panel, by=world.secretariat) for _ in range(3)))

    assert len(outcome(results, Application)) == 1
    assert Assignment.objects.count() == 1


def test_a_meeting_resolves_once(world):
    unit = world.proposed()
    meeting = world.in_session(unit)
    at = world.during(Phase.RESOLUTION, 12)

    results = together(
        *(
            partial(meetings.resolve, Meeting.objects.get(pk=meeting.pk), world.act, by=world.steering_secretary, at=at)
            for _ in range(3)
        )
    )

    assert len(outcome(results, Resolution)) == 1
    assert len(outcome(results, StepRefused)) == 2
    assert Certificate.objects.count() == 1
    assert fresh(unit).history.filter(step="certify").count() == 1


def test_an_assessor_with_two_devices_has_one_sheet(world):
    visit = world.visited().current_visit
    at = world.during(Phase.VISITS, 12)

    results = together(*(partial(sheets.open_sheet, visit, by=world.chair, at=at) for _ in range(4)))

    assert len({sheet.pk for sheet in results}) == ScoreSheet.objects.count() == 1


def test_two_officers_answer_the_same_criterion(world):
    application = world.draft()
    first = applications.answer(application, "P1", "met", by=world.head)

    results = together(
        partial(applications.answer, application, "P1", "not_met", by=world.head, seen=first.version),
        partial(applications.answer, application, "P1", "met", by=world.officer, explanation="ใหม่", seen=first.version),
    )

    [overtaken] = outcome(results, applications.AnswerOvertaken)
    stands = application.answers.get(code="P1")
    assert stands.version == 2
    assert overtaken.current.answer == stands.answer
