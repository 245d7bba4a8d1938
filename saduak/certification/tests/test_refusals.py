"""Every deed refuses what it must, says why, and changes nothing."""

from datetime import date, timedelta

import pytest

from saduak.certification.models import Application, Certificate, Meeting, Panel, Round
from saduak.certification.models.visits import Mode
from saduak.certification.operations import (
    applications,
    assignments,
    certificates,
    consensus,
    meetings,
    rounds,
    screening,
    sheets,
    visits,
)
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase, Window
from saduak.certification.tests.world import World, moment, picture
from saduak.directory.models import Membership, Office
from saduak.directory.tests.factories import LONG_AGO, BodyFactory, CentreFactory, person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused
from saduak.standards.rules import AnswersRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def refusal_of(deed, *args, **kwargs):
    """The codes with which a deed refuses; nothing may be written meanwhile."""
    entries = Entry.objects.count()
    with pytest.raises(StepRefused) as refused:
        deed(*args, **kwargs)
    assert Entry.objects.count() == entries
    assert all(str(reason) for reason in refused.value.decision.reasons)
    return [reason.code for reason in refused.value.decision.reasons]


class TestRounds:
    def facts(self, world, **facts):
        known = {
            "cycle_be": 2570,
            "title_th": "รอบ",
            "title_en": "",
            "criteria": world.criteria,
            "calendar": world.calendar,
        }
        return {**known, "by": world.secretariat, **facts}

    def test_only_the_secretariat_prepares_one(self, world):
        assert refusal_of(rounds.prepare, **self.facts(world, by=world.head)) == ["wrong_role"]

    def test_a_cycle_has_one(self, world):
        assert refusal_of(rounds.prepare, **self.facts(world, cycle_be=world.round.cycle_be)) == ["cycle_is_taken"]

    def test_phases_do_not_overlap(self, world):
        day = date(2026, 1, 1)
        overlapping = tuple(Window(phase, day, day + timedelta(days=9)) for phase in Phase)

        assert refusal_of(rounds.prepare, **self.facts(world, calendar=overlapping)) == ["calendar_out_of_order"]
        assert refusal_of(rounds.change_calendar, world.round, overlapping, by=world.secretariat) == [
            "calendar_out_of_order"
        ]

    def test_only_a_sub_committee_is_brought_in_and_only_by_the_secretariat(self, world):
        assert refusal_of(rounds.bring_in, world.round, world.steering, by=world.secretariat) == ["not_a_sub_committee"]
        assert refusal_of(rounds.bring_in, world.round, world.five, by=world.chair) == ["wrong_role"]

    def test_one_is_brought_in_once(self, world):
        again = rounds.bring_in(world.round, world.five, by=world.secretariat)

        assert again == world.panel
        assert Entry.objects.filter(step="bring_in").count() == 1

    def test_a_calendar_is_moved_with_its_reason(self, world):
        later = tuple(
            Window(w.phase, w.opens_on + timedelta(days=1), w.closes_on + timedelta(days=1)) for w in world.calendar
        )

        moved = rounds.change_calendar(world.round, later, by=world.secretariat, reason="น้ำท่วม")

        assert moved.windows == later
        assert moved.history.last().note == "น้ำท่วม"

    def test_it_closes_when_every_application_has_its_outcome(self, world):
        world.certified()

        assert rounds.close(Round.objects.get(), by=world.secretariat).stage == "closed"


class TestApplying:
    def test_not_outside_the_window(self, world):
        late = world.during(Phase.SCREENING)

        assert refusal_of(applications.start, world.round, world.centre, by=world.head, at=late) == [
            "round_accepts_applications"
        ]

    def test_not_for_a_centre_of_others(self, world):
        at = moment(world.today)

        assert refusal_of(applications.start, world.round, CentreFactory(), by=world.head, at=at) == ["wrong_role"]

    def test_not_a_dossier_of_others(self, world):
        application, stranger = world.draft(), person_of(Office.CENTRE_HEAD)

        assert refusal_of(applications.answer, application, "P1", "met", by=stranger) == ["wrong_role"]

    def test_not_a_closed_dossier(self, world):
        application = world.submitted()

        assert refusal_of(applications.answer, application, "P1", "met", by=world.head) == ["dossier_is_closed"]
        assert refusal_of(applications.add_evidence, application, picture(), ["P1"], by=world.head) == [
            "dossier_is_closed"
        ]

    def test_not_an_item_that_the_criteria_do_not_have(self, world):
        application = world.draft()

        assert refusal_of(applications.answer, application, "X9", "", by=world.head) == ["criterion_is_known"]
        assert refusal_of(applications.add_evidence, application, picture(), ["X9"], by=world.head) == [
            "criterion_is_known"
        ]

    def test_not_an_item_that_was_not_named(self, world):
        returned = world.returned(["P1"])

        assert refusal_of(applications.answer, returned, "P2", "met", by=world.head) == ["item_is_not_named"]

    @pytest.mark.parametrize("said", ["99", "-1", "1.234", "สิบ", "met"])
    def test_not_an_answer_that_does_not_fit(self, world, said):
        application = world.draft()

        with pytest.raises(AnswersRefused):
            applications.answer(application, "R1.1", said, by=world.head)

        assert not application.answers.exists()

    def test_not_a_file_of_another_dossier(self, world):
        other = CentreFactory()
        head = person_of(Office.CENTRE_HEAD, centre=other)
        foreign = applications.add_evidence(world.draft(other, by=head), picture(), ["P1"], by=head)

        assert refusal_of(applications.use_evidence, world.draft(), foreign, "P1", by=world.head) == [
            "evidence_is_of_this_dossier"
        ]

    def test_withdrawing_takes_a_reason_and_cancels_the_visit(self, world):
        application = world.visit_planned()

        assert refusal_of(applications.withdraw, application, by=world.head, reason=" ") == ["reason_is_given"]
        withdrawn = applications.withdraw(application, by=world.head, reason="ปิดปรับปรุงอาคาร")

        assert withdrawn.stage == Stage.WITHDRAWN
        assert [visit.state for visit in withdrawn.visits.all()] == ["cancelled"]

    def test_a_withdrawn_centre_may_apply_again(self, world):
        applications.withdraw(world.draft(), by=world.head, reason="กรอกผิดรอบ")

        assert world.draft().stage == Stage.DRAFT

    def test_the_clock_ends_what_is_overdue_and_nothing_else(self, world):
        draft = world.draft()
        other = CentreFactory()
        submitted = world.submitted(other, by=person_of(Office.CENTRE_HEAD, centre=other))
        last_day = world.round.application_closes_on

        assert applications.lapse_overdue(at=moment(last_day, 23)) == []
        assert applications.lapse_overdue(at=moment(last_day + timedelta(days=1), 0)) == [draft]
        assert Application.objects.get(pk=submitted.pk).stage == Stage.SUBMITTED
        assert draft.history.last().by is None

    def test_a_returned_dossier_lapses_after_its_day(self, world):
        returned = world.returned()

        assert applications.lapse_overdue(at=moment(returned.mend_until)) == []
        assert applications.lapse_overdue(at=moment(returned.mend_until + timedelta(days=1))) == [returned]


class TestScreening:
    def test_only_a_gate_fails(self, world):
        application = world.submitted()

        assert refusal_of(screening.find, application, "2.1", "failed", by=world.secretariat, remark="ขาด") == [
            "only_a_gate_fails"
        ]

    def test_what_is_not_in_order_has_a_remark(self, world):
        assert refusal_of(screening.find, world.submitted(), "P1", "failed", by=world.secretariat) == [
            "remark_is_given"
        ]

    def test_only_the_secretariat_and_only_what_was_submitted(self, world):
        assert refusal_of(screening.find, world.submitted(), "P1", "accepted", by=world.head) == ["wrong_role"]
        application = Application.objects.get()
        screening.accept_the_rest(application, by=world.secretariat)
        screening.pass_screening(application, by=world.secretariat)

        assert refusal_of(screening.find, application, "P1", "accepted", by=world.secretariat) == ["wrong_stage"]

    def test_a_dossier_is_returned_once(self, world):
        returned = world.returned(["P1"])
        applications.answer(returned, "P1", "met", by=world.head, explanation="ถ่ายใหม่แล้ว")
        again = applications.resubmit(returned, by=world.head, at=world.during(Phase.SCREENING, days=6))

        assert again.dossiers.count() == 2
        assert refusal_of(screening.find, again, "P1", "to_mend", by=world.secretariat, remark="ยัง") == [
            "not_returned_before"
        ]

    def test_ending_and_correcting_take_a_reason(self, world):
        application = world.submitted()
        screening.find(application, "P1", "failed", by=world.secretariat, remark="ไม่มี")
        screening.accept_the_rest(application, by=world.secretariat)

        assert refusal_of(screening.screen_out, application, by=world.secretariat, reason="") == ["reason_is_given"]
        screening.find(application, "P1", "accepted", by=world.secretariat)
        passed = screening.pass_screening(application, by=world.secretariat)
        assert refusal_of(screening.correct_screening, passed, by=world.secretariat, reason="") == ["reason_is_given"]
        assert screening.correct_screening(passed, by=world.secretariat, reason="อ่านผิด").stage == Stage.SUBMITTED

    def test_the_day_to_mend_by_counts_working_days(self, world):
        returned = world.returned()
        days = (returned.mend_until - world.during(Phase.SCREENING).date()).days

        assert days >= 21  # Fifteen working days are at least three weeks.
        assert returned.mend_until.weekday() < 5


class TestAssigning:
    @pytest.fixture
    def elsewhere(self, world):
        other = World(today=date(2021, 1, 15), criteria=world.criteria, cycle_be=2564, **world.bodies)
        return Panel.objects.create(round=other.prepared_round, body=BodyFactory(number=7))

    def test_only_to_a_sub_committee_of_the_round(self, world, elsewhere):
        assert refusal_of(assignments.assign, world.screened(), elsewhere, by=world.secretariat) == ["same_round"]

    def test_reassigning_takes_a_reason_and_another_sub_committee(self, world):
        assigned = world.assigned()
        seven = rounds.bring_in(world.round, BodyFactory(number=7), by=world.secretariat, last_unit_number=40)

        assert refusal_of(assignments.reassign, assigned, seven, by=world.secretariat, reason="") == ["reason_is_given"]
        assert refusal_of(assignments.reassign, assigned, world.panel, by=world.secretariat, reason="ระยะทาง") == [
            "another_sub_committee"
        ]
        moved = assignments.reassign(assigned, seven, by=world.secretariat, reason="ระยะทาง")
        assert (moved.assignment.panel, moved.assignment.unit_number) == (seven, 41)

    def test_only_members_declare_and_only_once(self, world):
        assigned = world.assigned()

        assert refusal_of(assignments.declare, assigned, by=world.secretariat, has_conflict=False) == ["wrong_role"]
        assert refusal_of(assignments.declare, assigned, by=world.chair, has_conflict=True) == ["statement_is_given"]
        assignments.declare(assigned, by=world.chair, has_conflict=False)
        assert refusal_of(assignments.declare, assigned, by=world.chair, has_conflict=False) == ["declared_already"]
        Application.objects.filter(pk=assigned.pk).update(stage=Stage.WITHDRAWN)
        assert refusal_of(assignments.declare, assigned, by=world.member, has_conflict=False) == ["wrong_stage"]

    def test_a_conflict_may_be_learnt_later_but_not_be_taken_back(self, world):
        planned = world.visit_planned()

        assignments.declare(planned, by=world.member, has_conflict=True, statement="พี่น้อง")

        assert not planned.visits.get().is_assessed_by(world.member)
        assert refusal_of(assignments.declare, planned, by=world.member, has_conflict=False) == ["declared_already"]


class TestVisits:
    def refusal(self, world, **facts):
        application = world.declared(world.assigned())
        return refusal_of(visits.plan, application, world.plan(**facts), by=world.panel_secretary)

    def test_not_outside_the_phase(self, world):
        at = world.during(Phase.SCREENING)

        assert self.refusal(world, starts_at=at, ends_at=at + timedelta(hours=1)) == ["within_the_phase"]

    def test_not_backward(self, world):
        at = world.during(Phase.VISITS)

        assert self.refusal(world, starts_at=at, ends_at=at) == ["ends_after_it_begins"]

    def test_by_video_with_its_link(self, world):
        assert self.refusal(world, mode=Mode.VIDEO, place="") == ["link_is_given"]

    def test_not_by_one_alone(self, world):
        assert self.refusal(world, assessors=(world.chair,)) == ["two_assess"]

    def test_not_by_somebody_who_has_not_declared(self, world):
        silent = person_of(Office.MEMBER, body=world.five)

        assert self.refusal(world, assessors=(world.chair, silent)) == ["free_of_conflict_is_declared"]

    def test_not_by_somebody_of_the_unit(self, world):
        Membership.objects.create(person=world.member, office=Office.POSTED, centre=world.centre, from_day=LONG_AGO)

        assert self.refusal(world) == ["no_hard_conflict"]

    def test_not_by_somebody_who_is_elsewhere(self, world):
        other = CentreFactory()
        world.visit_planned(other, by=person_of(Office.CENTRE_HEAD, centre=other))

        assert self.refusal(world) == ["nobody_is_elsewhere"]

    def test_not_by_somebody_whose_office_ends_before(self, world):
        membership = world.member.memberships.get()
        application = world.declared(world.assigned())
        type(membership).objects.filter(pk=membership.pk).update(
            until_day=world.during(Phase.VISITS).date() - timedelta(1)
        )

        assert refusal_of(visits.plan, application, world.plan(), by=world.panel_secretary) == [
            "sits_on_the_sub_committee"
        ]

    def test_only_by_those_whose_it_is_and_at_its_stage(self, world):
        application = world.declared(world.assigned())

        assert refusal_of(visits.plan, application, world.plan(), by=world.head) == ["wrong_role"]
        planned = visits.plan(application, world.plan(), by=world.panel_secretary)
        assert refusal_of(visits.plan, planned, world.plan(), by=world.panel_secretary) == ["wrong_stage"]

    def test_changing_and_cancelling_take_a_reason(self, world):
        planned = world.visit_planned()
        later = world.plan(starts_at=world.during(Phase.VISITS, 13), ends_at=world.during(Phase.VISITS, 15))

        assert refusal_of(visits.change, planned, later, by=world.panel_secretary, reason="") == ["reason_is_given"]
        assert refusal_of(visits.cancel, planned, by=world.panel_secretary, reason="") == ["reason_is_given"]
        changed = visits.change(planned, later, by=world.panel_secretary, reason="ประธานติดราชการ")
        assert changed.visits.planned().get().starts_at == later.starts_at
        assert visits.cancel(changed, by=world.chair, reason="น้ำท่วม").stage == Stage.ASSIGNED

    def test_a_visit_that_was_not_held_after_all(self, world):
        held = world.visited()

        assert refusal_of(visits.correct, held, by=world.secretariat, reason="") == ["reason_is_given"]
        assert visits.correct(held, by=world.secretariat, reason="บันทึกผิดหน่วย").stage == Stage.VISIT_PLANNED
        assert held.visits.get().state == "planned"


class TestScoring:
    def test_not_before_the_visit(self, world):
        visit = world.visit_planned().current_visit

        assert refusal_of(sheets.open_sheet, visit, by=world.chair, at=world.during(Phase.VISITS, 8)) == [
            "the_visit_has_begun"
        ]

    def test_not_by_somebody_who_does_not_assess(self, world):
        visit = world.visited().current_visit

        assert refusal_of(sheets.open_sheet, visit, by=world.panel_secretary) == ["wrong_role"]

    def test_not_on_the_sheet_of_others_nor_after_submission(self, world):
        application = world.visited()
        sheet = world.score(application, world.chair)

        assert refusal_of(sheets.mark, sheet, "P1", "met", by=world.member) == ["wrong_role"]
        assert refusal_of(sheets.mark, sheet, "P1", "met", by=world.chair) == ["wrong_stage"]

    def test_nothing_is_agreed_before_every_sheet_is_in(self, world):
        application = world.visited()
        world.score(application, world.chair)

        assert refusal_of(consensus.adopt_what_is_equal, application.current_visit, by=world.chair) == [
            "every_sheet_is_submitted"
        ]

    def test_only_the_panel_agrees_and_only_until_the_signature(self, world):
        application = world.assessed()
        visit = application.current_visit

        assert refusal_of(consensus.adopt_what_is_equal, visit, by=world.secretariat) == ["wrong_role"]
        assert refusal_of(consensus.adopt_what_is_equal, visit, by=world.chair) == ["wrong_stage"]

    def test_opening_again_and_taking_back_take_a_reason(self, world):
        application = world.assessed()

        assert refusal_of(consensus.reopen, application, by=world.chair, reason="") == ["reason_is_given"]
        proposed = consensus.propose(application, by=world.chair)
        assert refusal_of(consensus.take_back, proposed, by=world.chair, reason="") == ["reason_is_given"]
        taken_back = consensus.take_back(proposed, by=world.chair, reason="แก้ไข")
        reopened = consensus.reopen(taken_back, by=world.chair, reason="แก้ไข")
        assert (reopened.stage, reopened.total, reopened.level) == (Stage.VISITED, None, "")


class TestMeetings:
    def test_called_by_the_secretary_for_the_committee_under_a_number_of_its_own(self, world):
        meeting = world.meeting()
        facts = {"number": "2/2563", "held_on": meeting.held_on}

        assert refusal_of(meetings.call, world.round, world.steering, by=world.secretariat, **facts) == ["wrong_role"]
        assert refusal_of(meetings.call, world.round, world.five, by=world.steering_secretary, **facts) == [
            "not_the_committee"
        ]
        facts["number"] = meeting.number
        assert refusal_of(meetings.call, world.round, world.steering, by=world.steering_secretary, **facts) == [
            "number_is_taken"
        ]

    def test_only_proposed_units_stand_on_its_agenda(self, world):
        meeting = world.meeting()

        assert refusal_of(meetings.put_on_agenda, meeting, [world.assessed()], by=world.steering_secretary) == [
            "unit_is_proposed"
        ]

    def test_a_unit_stands_on_one_agenda_and_may_be_taken_off(self, world):
        unit = world.proposed()
        meeting = world.meeting(unit)

        assert meetings.put_on_agenda(meeting, [unit], by=world.steering_secretary) == 0
        meetings.take_off_agenda(meeting.items.get(), by=world.steering_secretary)
        assert not meeting.items.exists()

    def test_a_member_steps_aside_and_comes_back(self, world):
        meeting = world.meeting(world.proposed())
        item, seat = meeting.items.get(), meeting.attendance.first()

        assert refusal_of(meetings.step_aside, item, seat, by=world.steering_secretary, reason="") == [
            "reason_is_given"
        ]
        recusal = meetings.step_aside(item, seat, by=world.steering_secretary, reason="เคยเป็นหัวหน้าศูนย์")
        meetings.come_back(recusal, by=world.steering_secretary)
        assert not item.recusals.exists()

    def test_nobody_steps_aside_who_has_no_seat_there(self, world):
        meeting = world.meeting(world.proposed())
        other = meetings.call(
            world.round, world.steering, number="9/2563", held_on=meeting.held_on, by=world.steering_secretary
        )

        assert refusal_of(
            meetings.step_aside,
            meeting.items.get(),
            other.attendance.first(),
            by=world.steering_secretary,
            reason="ญาติ",
        ) == ["seat_is_of_this_meeting"]

    def test_a_decision_that_departs_has_a_reason_and_a_known_level(self, world):
        item = world.in_session(world.proposed()).items.get()
        by = world.steering_secretary

        assert refusal_of(meetings.decide, item, "certify", by=by, level="platinum") == ["level_is_known"]
        assert refusal_of(meetings.decide, item, "certify", by=by, level="basic") == ["departure_has_a_reason"]
        assert refusal_of(meetings.decide, item, "decline", by=by) == ["departure_has_a_reason"]
        assert meetings.decide(item, "decline", by=by, level="basic", reason="หลักฐานขัดกัน").level == ""

    @pytest.mark.parametrize(
        ("act", "reason"),
        [
            pytest.param({"number": " "}, "resolution_is_worded", id="without a number"),
            pytest.param({"text": ""}, "resolution_is_worded", id="without a text"),
            pytest.param({"votes_for": 2, "votes_against": 2}, "majority_is_for_it", id="a tie"),
            pytest.param({"votes_for": 5, "abstentions": 1}, "votes_add_up", id="more votes than members"),
        ],
    )
    def test_a_resolution_is_worded_and_voted(self, world, act, reason):
        meeting = world.in_session(world.proposed())
        facts = {"number": "1", "text": "เห็นชอบ", "votes_for": 5, **act}

        assert refusal_of(meetings.resolve, meeting, meetings.Act(**facts), by=world.steering_secretary) == [reason]
        assert not Certificate.objects.exists()

    def test_too_few_members_resolve_nothing(self, world):
        meeting = world.in_session(world.proposed())
        meetings.seat(meeting, world.steering_members[:2], by=world.steering_secretary)
        act = meetings.Act(number="1", text="เห็นชอบ", votes_for=2)

        assert "quorum_sits" in refusal_of(
            meetings.resolve, Meeting.objects.get(pk=meeting.pk), act, by=world.steering_secretary
        )

    def test_too_few_members_are_left_for_a_unit(self, world):
        meeting = world.in_session(world.proposed())
        item = meeting.items.get()
        for seat in meeting.attendance.filter(is_present=True)[:3]:
            meetings.step_aside(item, seat, by=world.steering_secretary, reason="มีส่วนได้เสีย")

        assert refusal_of(
            meetings.resolve, Meeting.objects.get(pk=meeting.pk), world.act, by=world.steering_secretary
        ) == ["quorum_sits_for_every_unit"]

    def test_cancelling_takes_a_reason_and_leaves_the_units_proposed(self, world):
        unit = world.proposed()
        meeting = world.meeting(unit)

        assert refusal_of(meetings.cancel, meeting, by=world.steering_secretary, reason="") == ["reason_is_given"]
        meetings.cancel(meeting, by=world.steering_secretary, reason="ไม่ครบองค์ประชุม")
        assert Application.objects.get(pk=unit.pk).stage == Stage.PROPOSED
        assert refusal_of(meetings.seat, meeting, [], by=world.steering_secretary) == ["wrong_stage"]
        assert refusal_of(meetings.seat, world.meeting(), [], by=world.secretariat) == ["wrong_role"]


class TestCertificates:
    def test_a_newer_certificate_replaces_a_valid_one(self, world):
        first = Certificate.objects.get(application=world.certified())
        later = World(
            today=date(2021, 1, 15), criteria=world.criteria, cycle_be=2564, centre=world.centre, **world.bodies
        )
        later.share_people_of(world)

        second = Certificate.objects.get(application=later.certified())

        first.refresh_from_db()
        assert (first.stage, second.stage) == ("renewed", "valid")
        assert first.history.last().step == "renew"

    def test_the_clock_ends_a_certificate_on_the_day_after_its_term(self, world):
        world.certified()
        certificate = Certificate.objects.get()

        assert certificates.expire_due(at=moment(certificate.expires_on, 23)) == []
        assert certificates.expire_due(at=moment(certificate.expires_on + timedelta(days=1), 0)) == [certificate]
        assert Certificate.objects.get().stage == "expired"
