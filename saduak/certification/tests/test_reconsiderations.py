"""A decision is reconsidered by another sub-committee, and what the answer does to the first decision."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from saduak.certification.models import AgendaItem, Certificate, Reconsideration, Round
from saduak.certification.operations import letters, meetings, reconsiderations, reviewing, rounds
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.certification.rules import Phase
from saduak.certification.tests.reviews import ReviewWorld, Said, now
from saduak.certification.tests.world import moment, picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, MembershipFactory, person_of
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.models import Notice
from saduak.standards.rules import AnswersRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ReviewWorld()


def reasons(refused):
    return [reason.code for reason in refused.value.decision.reasons]


class TestTheAnswer:
    def test_what_was_not_certified_is_certified_with_a_certificate_of_the_whole_term(self, world):
        application = world.not_certified()
        assert application.stage == Stage.NOT_CERTIFIED

        request = world.answered(world.request_proposed(application))

        application.refresh_from_db()
        assert (request.stage, application.stage) == (ReconsiderationStage.CHANGED, Stage.CERTIFIED)
        assert (application.level, application.total) == ("excellent", Decimal("100.00"))
        certificate = application.certificate
        assert certificate.issued_on == request.resolution.resolved_on
        assert certificate.expires_on.year == certificate.issued_on.year + 3
        # The first decision stays: on its agenda, in the journal, and with the request.
        assert AgendaItem.objects.get(reconsideration=None).decision == "decline"
        assert list(application.history.values_list("step", flat=True))[-2:] == ["decline", "certify_after_all"]
        assert request.first_resolution != request.resolution

    def test_a_raised_level_replaces_the_certificate_for_the_rest_of_its_term(self, world):
        application = world.basic()
        first = application.certificate
        assert first.level == "advanced"

        request = world.answered(world.request_proposed(application, {"R1": "ผลสำรวจอยู่ในแฟ้มเดิม"}, R1_1="10", R1_2="20"))

        application.refresh_from_db()
        second = application.certificate
        assert (request.stage, application.stage, application.level) == ("changed", Stage.CERTIFIED, "excellent")
        assert (second.level, second.expires_on) == ("excellent", first.expires_on)
        assert now(first).stage == CertificateStage.RENEWED
        assert Certificate.objects.filter(stage=CertificateStage.VALID).get() == second

    def test_a_raised_level_revives_no_certificate_that_has_ended(self, world):
        application = world.basic()
        Certificate.objects.update(stage=CertificateStage.EXPIRED)

        world.answered(world.request_proposed(application, {"R1": "เหตุผล"}, R1_1="10", R1_2="20"))

        assert now(application).level == "excellent"
        assert Certificate.objects.count() == 1

    def test_the_first_decision_is_upheld(self, world):
        application = world.not_certified()

        request = world.answered(world.request_proposed(application, P1="not_met"))

        assert request.stage == ReconsiderationStage.UPHELD
        assert now(application).stage == Stage.NOT_CERTIFIED
        assert now(application).resolution == request.first_resolution
        assert not Certificate.objects.exists()

    def test_what_was_screened_out_goes_on(self, world):
        application = world.screened_out()

        request = world.answered(world.request_proposed(application))

        assert request.stage == ReconsiderationStage.CHANGED
        assert now(application).stage == Stage.SCREENED

    def test_what_was_screened_out_stays_out(self, world):
        application = world.screened_out()

        request = world.answered(world.request_proposed(application, P1="not_met"))

        assert (request.stage, now(application).stage) == (ReconsiderationStage.UPHELD, Stage.SCREENED_OUT)

    def test_an_old_answer_is_no_resolution_on_the_unit(self, world):
        application = world.screened_out()
        world.answered(world.request_proposed(application))

        assert not now(application).has_resolution_in_hand
        assert not now(application).has_answer_in_hand

    def test_the_committee_may_depart_from_the_proposal_with_a_reason_only(self, world):
        request = world.request_proposed(world.screened_out())

        with pytest.raises(StepRefused) as refused:
            world.answered(request, "decline")
        assert reasons(refused) == ["departure_has_a_reason"]

    def test_the_committee_upholds_against_the_proposal(self, world):
        request = world.answered(world.request_proposed(world.screened_out()), "decline", reason="ภาพถ่ายไม่ใช่ของศูนย์")

        assert request.stage == ReconsiderationStage.UPHELD

    @pytest.mark.parametrize(
        ("decision", "level", "code"),
        [
            pytest.param("decline", "", "never_to_the_worse", id="taken away"),
            pytest.param("certify", "basic", "never_to_the_worse", id="lowered"),
            pytest.param("continue", "", "decision_fits", id="let go on"),
        ],
    )
    def test_the_committee_cannot_make_it_worse(self, world, decision, level, code):
        request = world.request_proposed(world.basic(), {"R1": "เหตุผล"}, R1_1="10", R1_2="0")

        with pytest.raises(StepRefused) as refused:
            world.answered(request, decision, level=level, reason="เหตุผล")

        assert reasons(refused) == [code]

    def test_a_unit_without_a_request_cannot_be_let_go_on(self, world):
        meeting = world.in_session(world.proposed())

        with pytest.raises(StepRefused, match=r"."):
            meetings.decide(meeting.items.get(), "continue", by=world.steering_secretary)

    def test_the_letter_answers(self, world):
        request = world.answered(world.request_proposed(world.not_certified()))

        assert letters.draft_letters(request.resolution) == 1

        notice = Notice.objects.filter(template="certification/reconsidered").get()
        assert request.reference in notice.body
        assert notice.attachments.count() == 2

    @pytest.mark.parametrize(
        ("decision", "said"),
        [
            pytest.param(("continue",), "ให้ดำเนินการตรวจประเมินต่อไป", id="let go on"),
            pytest.param(("decline",), "ให้คงผลการพิจารณาเดิม", id="upheld"),
        ],
    )
    def test_the_letter_about_a_screening_says_what_becomes_of_the_unit(self, world, decision, said):
        request = world.answered(world.request_proposed(world.screened_out()), *decision, reason="ภาพถ่าย")
        item = request.resolution.meeting.items.get()

        letter = letters.answer_letter(item, certificate=None, signed_by="เลขานุการ", at=world.after)

        assert said in " ".join(letter.paragraphs)


class TestAsking:
    def test_the_last_day_counts_and_the_day_after_does_not(self, world):
        application = world.not_certified(release_letters=True)
        request = world.draft_request(application)
        # The letter left on day six of the phase; fifteen days on, moved to the next working day.
        last = request.ask_until
        assert last >= request.told_on + timedelta(days=15)

        with pytest.raises(StepRefused) as refused:
            reconsiderations.ask(request, by=world.head, at=moment(last + timedelta(days=1), 0))
        assert reasons(refused) == ["it_is_asked_in_time"]

        assert reconsiderations.ask(request, by=world.head, at=moment(last, 23)).stage == ReconsiderationStage.ASKED

    def test_nothing_begins_after_the_last_day(self, world):
        application = world.not_certified(release_letters=True)
        last = world.draft_request(application).ask_until
        Reconsideration.objects.update(stage=ReconsiderationStage.WITHDRAWN)

        with pytest.raises(StepRefused) as refused:
            reconsiderations.start(application, by=world.head, at=moment(last + timedelta(days=1)))

        assert reasons(refused) == ["it_is_asked_in_time"]

    def test_the_term_begins_with_the_letter_not_with_the_meeting(self, world):
        application = world.not_certified()
        request = world.draft_request(application)
        assert request.ask_until is None

        world.send_letters(application.resolution)
        asked = reconsiderations.ask(request, by=world.head, at=world.after)

        assert asked.told_on == timezone.localdate(world.during(Phase.RESOLUTION, days=6))

    def test_a_draft_lapses_on_the_day_after(self, world):
        application = world.not_certified()
        request = world.draft_request(application)
        assert reconsiderations.lapse_overdue(at=world.after + timedelta(days=300)) == []

        world.send_letters(application.resolution)
        assert reconsiderations.lapse_overdue(at=world.after) == []
        last = now(request).ask_until
        assert reconsiderations.lapse_overdue(at=moment(last, 23)) == []
        (lapsed,) = reconsiderations.lapse_overdue(at=moment(last + timedelta(days=1), 0))

        assert lapsed.stage == ReconsiderationStage.LAPSED

    def test_asking_starts_the_terms_of_the_answer_and_tells_the_centre(self, world):
        asked = world.asked(world.not_certified())

        assert asked.admit_until < asked.answer_until
        assert Notice.objects.filter(template="certification/reconsideration_asked").exists()

    @pytest.mark.parametrize("stage", ["certified", "proposed"])
    def test_there_must_be_something_to_gain(self, world, stage):
        application = getattr(world, stage)()

        with pytest.raises(StepRefused) as refused:
            reconsiderations.start(application, by=world.head)

        assert reasons(refused) == ["a_decision_stands"]

    def test_a_stranger_cannot_ask(self, world):
        application = world.not_certified()

        with pytest.raises(StepRefused) as refused:
            reconsiderations.start(application, by=world.secretariat)

        assert reasons(refused) == ["wrong_role"]

    def test_a_decision_is_reconsidered_once_but_again_after_a_withdrawal(self, world):
        application = world.not_certified()
        request = world.draft_request(application)

        with pytest.raises(StepRefused) as refused:
            world.draft_request(application)
        assert reasons(refused) == ["a_decision_is_reconsidered_once"]

        reconsiderations.withdraw(now(request), by=world.head, reason="เขียนผิด")
        assert world.draft_request(application).reference.endswith("-T2")

    def test_grounds_are_written_changed_and_taken_back(self, world):
        request = world.draft_request(world.not_certified(), P1="หนึ่ง", P2="สอง")

        changed = reconsiderations.write(
            request,
            statement="ใหม่",
            grounds={"P1": "", "P2": "สาม", "2.1": " "},
            by=world.officer,
            seen=request.version,
        )

        assert changed.contested == ("P2",)
        with pytest.raises(StepOvertaken):
            reconsiderations.write(request, statement="", grounds={}, by=world.head, seen=request.version)

    def test_only_decided_criteria_can_be_disputed(self, world):
        request = world.draft_request(world.screened_out())

        with pytest.raises(StepRefused) as refused:
            reconsiderations.write(request, statement="", grounds={"P2": "เหตุผล"}, by=world.head)

        assert reasons(refused) == ["criterion_is_decided"]

    def test_files_come_and_go_until_it_is_handed_in(self, world):
        request = world.draft_request(world.not_certified())
        file = reconsiderations.add_file(request, "P1", picture(), by=world.officer)
        assert reconsiderations.add_file(request, "P1", picture(), by=world.officer) == file
        other = reconsiderations.add_file(request, "P2", picture("red"), by=world.officer)
        reconsiderations.drop_file(request, other, by=world.officer)
        assert request.contested == ("P1",)

        asked = reconsiderations.ask(request, by=world.head, at=world.after)

        with pytest.raises(StepRefused):
            reconsiderations.drop_file(asked, file, by=world.head)
        with pytest.raises(StepRefused):
            reconsiderations.write(asked, statement="", grounds={}, by=world.secretariat)


class TestAdmission:
    def test_a_refusal_has_reasons_that_the_centre_reads(self, world):
        asked = world.asked(world.not_certified())
        with pytest.raises(StepRefused):
            reconsiderations.refuse_request(asked, by=world.secretariat, reason=" ")

        refused = reconsiderations.refuse_request(asked, by=world.secretariat, reason="ไม่ได้ให้เหตุผลรายข้อ")

        assert refused.stage == ReconsiderationStage.REFUSED
        assert "ไม่ได้ให้เหตุผลรายข้อ" in Notice.objects.get(template="certification/reconsideration_refused").body

    def test_never_the_sub_committee_that_assessed(self, world):
        admitted = world.admitted(world.not_certified())

        with pytest.raises(StepRefused) as refused:
            reconsiderations.assign(admitted, world.five, by=world.secretariat)

        assert reasons(refused) == ["another_sub_committee"]

    def test_it_is_given_to_a_different_one_with_a_reason_and_the_reviewers_go(self, world):
        request = world.under_review(world.not_certified())
        other = BodyFactory(number=14)
        rounds.bring_in(world.round, other, by=world.secretariat)
        with pytest.raises(StepRefused):
            reconsiderations.assign(request, other, by=world.secretariat)

        moved = reconsiderations.assign(request, other, by=world.secretariat, reason="ติดภารกิจ")

        assert (moved.body, moved.reviewers.count()) == (other, 0)


class TestTheReview:
    def test_two_review_at_least_and_all_are_free(self, world):
        request = world.under_review(world.not_certified())

        with pytest.raises(StepRefused) as refused:
            reviewing.name_reviewers(request, [world.other_chair], by=world.other_chair)
        assert reasons(refused) == ["two_review"]
        with pytest.raises(StepRefused) as refused:
            reviewing.name_reviewers(request, [world.other_chair, world.other_secretary], by=world.other_chair)
        assert reasons(refused) == ["reviewers_are_free"]

    def test_whoever_sat_in_the_first_sub_committee_is_nothing_here(self, world):
        request = world.under_review(world.not_certified())
        MembershipFactory(person=world.member, body=world.three, office=Office.QUALIFIED_MEMBER)

        with pytest.raises(StepRefused) as refused:
            reviewing.declare(request, by=world.member, has_conflict=False)

        assert reasons(refused) == ["wrong_role"]

    def test_a_conflict_is_worded_declared_once_and_ends_the_seat(self, world):
        request = world.under_review(world.not_certified())
        with pytest.raises(StepRefused) as refused:
            reviewing.declare(request, by=world.other_member, has_conflict=True)
        assert reasons(refused) == ["statement_is_given"]
        with pytest.raises(StepRefused) as refused:
            reviewing.declare(request, by=world.other_member, has_conflict=False)
        assert reasons(refused) == ["declared_already"]

        reviewing.declare(request, by=world.other_member, has_conflict=True, statement="ญาติ")

        assert request.reviewers.get().person == world.other_chair
        with pytest.raises(StepRefused) as refused:
            reviewing.declare(request, by=world.other_member, has_conflict=True, statement="ญาติ")
        assert reasons(refused) == ["wrong_role"]

    def test_interests_are_declared_while_it_is_reviewed(self, world):
        request = world.reviewed(world.not_certified())

        with pytest.raises(StepRefused) as refused:
            reviewing.declare(request, by=world.other_secretary, has_conflict=False)

        assert reasons(refused) == ["wrong_stage"]

    def test_an_opinion_is_whole_and_then_closed(self, world):
        request = world.under_review(world.not_certified(), P1="หนึ่ง", P2="สอง")
        world.opinion(request, world.other_chair, hand_in=False)
        with pytest.raises(StepRefused) as refused:
            reviewing.hand_in(request, by=world.other_chair)
        assert reasons(refused) == ["every_item_is_considered"]
        reviewing.opine(request, [Said("P1", ""), Said("P2", "met"), Said("P2", "met")], by=world.other_chair)
        reviewing.opine(request, [Said("P1", "met"), Said("P1", "", "")], by=world.other_chair)
        reviewing.opine(request, [Said("P1", "not_met")], by=world.other_chair)

        reviewing.hand_in(request, by=world.other_chair)

        with pytest.raises(StepRefused) as refused:
            reviewing.opine(request, [Said("P1", "met")], by=world.other_chair)
        assert reasons(refused) == ["wrong_stage"]
        with pytest.raises(StepRefused) as refused:
            reviewing.opine(request, [Said("P1", "met")], by=world.other_secretary)
        assert reasons(refused) == ["wrong_role"]

    def test_opinions_are_on_what_is_disputed_and_fit_the_criteria(self, world):
        request = world.under_review(world.not_certified())

        with pytest.raises(StepRefused) as refused:
            reviewing.opine(request, [Said("P2", "met")], by=world.other_chair)
        assert reasons(refused) == ["item_is_disputed"]
        with pytest.raises(AnswersRefused):
            reviewing.opine(request, [Said("P1", "7")], by=world.other_chair)

    def test_reviewers_stay_once_one_has_begun_to_write(self, world):
        request = world.under_review(world.not_certified())
        world.opinion(request, world.other_chair, hand_in=False)

        with pytest.raises(StepRefused) as refused:
            reviewing.name_reviewers(now(request), [world.other_chair, world.other_member], by=world.other_chair)

        assert reasons(refused) == ["no_opinion_is_lost"]

    def test_nothing_is_agreed_before_every_opinion_is_in(self, world):
        request = world.under_review(world.not_certified())
        world.opinion(request, world.other_chair)

        with pytest.raises(StepRefused) as refused:
            reviewing.settle(now(request), [Said("P1", "met")], by=world.other_chair)
        assert reasons(refused) == ["every_opinion_is_in"]
        with pytest.raises(StepRefused) as refused:
            reviewing.settle(now(request), [Said("P1", "met")], by=world.chair)
        assert reasons(refused) == ["wrong_role"]

    def test_where_opinions_differ_a_reason_is_due(self, world):
        request = world.under_review(world.not_certified())
        world.opinion(request, world.other_chair)
        world.opinion(request, world.other_member, P1="not_met")
        reviewing.settle(now(request), [Said("P1", "met")], by=world.other_chair, seen=now(request).version)
        assert now(request).unsettled == ("P1",)
        with pytest.raises(StepOvertaken):
            reviewing.settle(request, [Said("P1", "")], by=world.other_chair, seen=0)

        reviewing.settle(now(request), [Said("P1", "met", "ภาพถ่ายลงวันที่ในช่วงประเมิน")], by=world.other_member)
        assert now(request).unsettled == ()
        reviewing.settle(now(request), [Said("P1", "")], by=world.other_member)
        assert now(request).unsettled == ("P1",)

    def test_the_finding_has_words_and_is_closed_once_signed(self, world):
        request = world.settled(world.not_certified())
        with pytest.raises(StepRefused) as refused:
            reviewing.sign(request, by=world.other_chair, summary="")
        assert reasons(refused) == ["summary_is_given"]

        signed = reviewing.sign(request, by=world.other_chair, summary="ผ่าน")

        assert (signed.proposes_change, signed.level, len(signed.sha256)) == (True, "excellent", 64)
        with pytest.raises(StepRefused) as refused:
            reviewing.settle(signed, [Said("P1", "met")], by=world.other_chair)
        assert reasons(refused) == ["wrong_stage"]

    def test_the_finding_is_opened_again_and_a_proposal_taken_back_with_reasons(self, world):
        request = world.request_proposed(world.not_certified())
        for deed in (reviewing.take_back, reviewing.reopen):
            with pytest.raises(StepRefused) as refused:
                deed(now(request), by=world.other_chair, reason="")
            assert reasons(refused) == ["reason_is_given"]

        reviewing.take_back(now(request), by=world.other_chair, reason="แก้คำ")
        reopened = reviewing.reopen(now(request), by=world.other_chair, reason="แก้คำ")

        assert (reopened.stage, reopened.total, reopened.signed_at) == (ReconsiderationStage.ASSIGNED, None, None)

    def test_fewer_points_are_never_proposed(self, world):
        request = world.reviewed(world.basic(), {"R1": "เหตุผล"}, R1_1="3", R1_2="0")

        assert (request.proposes_change, request.total, request.level) == (False, Decimal("80.00"), "advanced")


class TestTheAgenda:
    def test_a_request_stands_on_it_once_and_only_when_it_is_proposed(self, world):
        request = world.request_proposed(world.not_certified())
        meeting = world.second_meeting(request)

        assert meetings.put_requests_on_agenda(meeting, [now(request)], by=world.steering_secretary) == 0
        with pytest.raises(StepRefused) as refused:
            reviewing.take_back(now(request), by=world.other_chair, reason="แก้คำ")
        assert reasons(refused) == ["the_request_is_on_no_agenda"]

    def test_what_is_not_proposed_cannot_be_put_on_it(self, world):
        request = world.reviewed(world.not_certified())

        with pytest.raises(StepRefused) as refused:
            world.second_meeting(request)

        assert reasons(refused) == ["request_is_proposed"]

    def test_the_resolution_names_the_request_under_its_hash(self, world):
        request = world.answered(world.request_proposed(world.not_certified()))

        (unit,) = request.resolution.content["units"]
        assert unit["reconsideration"] == request.reference


def test_a_round_is_not_closed_before_every_request_is_answered(world):
    request = world.asked(world.not_certified())
    assert Round.objects.get().has_open_requests

    reconsiderations.refuse_request(request, by=world.secretariat, reason="ไม่มีเหตุผลรายข้อ")

    assert not Round.objects.get().has_open_requests


def test_whose_requests_exist_for_whom(world):
    request = world.under_review(world.not_certified())
    stranger = person_of(Office.CENTRE_HEAD)

    def sees(person):
        return Reconsideration.objects.visible_to(person).filter(pk=request.pk).exists()

    for person in (world.head, world.coordinator, world.secretariat, world.auditor, world.inspector, world.other_chair):
        assert sees(person), person
    for person in (stranger, world.chair, world.steering_secretary):
        assert not sees(person), person
    reviewing.declare(request, by=world.other_chair, has_conflict=True, statement="ญาติ")
    assert not sees(world.other_chair)
    Reconsideration.objects.update(stage=ReconsiderationStage.DRAFT)
    assert not sees(world.inspector)
