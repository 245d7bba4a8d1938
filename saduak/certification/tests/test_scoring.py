"""Scoring alone, agreeing together, and signing what was read."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from saduak.certification.models import AgreedMark, Application, Mark, ScoreSheet
from saduak.certification.operations import consensus, sheets, visits
from saduak.certification.operations.consensus import AgreementOvertaken
from saduak.certification.operations.sheets import Said
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.criteria import SOURCE
from saduak.certification.tests.world import World
from saduak.journal.steps import StepRefused
from saduak.live.audiences import all_audiences
from saduak.standards.rules import AnswersRefused
from saduak.standards.tests.factories import CriteriaSetFactory

pytestmark = pytest.mark.django_db

WAIVABLE = (
    SOURCE.replace("max_score: 100\n", "max_score: 100\nnot_applicable: redistribute\n", 1)
    .replace(
        "        th: ความพึงพอใจ\n        max_score: 30",
        "        th: ความพึงพอใจ\n        max_score: 20\n        may_not_apply: true",
    )
    .replace(
        "ผลความพึงพอใจ, max_score: 20}", "ผลความพึงพอใจ, max_score: 10}\n      - {code: R2, th: คำชม, max_score: 10}"
    )
)
"""The same criteria, but R1 with its two parts may not apply to a centre."""


@pytest.fixture
def world():
    return World()


class TestSheet:
    """One assessor's own sheet."""

    def test_it_exists_for_its_assessor_only(self, world):
        sheet = world.score(world.visited(), world.member, submit=False)

        assert ScoreSheet.objects.visible_to(world.member).get() == sheet
        for person in (world.chair, world.secretariat, world.auditor, AnonymousUser()):
            assert not ScoreSheet.objects.visible_to(person).exists()

    def test_the_parts_of_a_criterion_are_marked_together_or_not_at_all(self, world):
        sheet = sheets.open_sheet(world.visited().current_visit, by=world.member, at=world.during(Phase.VISITS, 12))

        with pytest.raises(AnswersRefused):
            sheets.mark_together(sheet, [Said("R1.1", "5"), Said("R1.2", "21")], by=world.member)

        assert not Mark.objects.exists()

    def test_what_is_emptied_leaves_no_mark_behind(self, world):
        sheet = sheets.open_sheet(world.visited().current_visit, by=world.member, at=world.during(Phase.VISITS, 12))
        sheets.mark(sheet, "P1", "met", by=world.member)

        sheets.mark(sheet, "P1", "", by=world.member)

        assert not Mark.objects.exists()

    def test_nothing_is_said_under_an_unknown_code(self, world):
        sheet = sheets.open_sheet(world.visited().current_visit, by=world.member, at=world.during(Phase.VISITS, 12))

        for said in ("met", ""):
            with pytest.raises(AnswersRefused, match="unknown_code"):
                sheets.mark(sheet, "X9", said, by=world.member, note="?")

    def test_whoever_left_the_sub_committee_marks_no_more(self, world):
        sheet = sheets.open_sheet(world.visited().current_visit, by=world.member, at=world.during(Phase.VISITS, 12))
        world.member.memberships.update(until_day=world.today - timedelta(days=1))
        gone = type(world.member).objects.get(pk=world.member.pk)

        with pytest.raises(StepRefused):
            sheets.mark(sheet, "P1", "met", by=gone)

    def test_nobody_hears_of_sheets_while_they_are_filled_in(self):
        assert "certification.score_sheet" not in all_audiences()

    @pytest.mark.parametrize("begun", [True, False], ids=["begun", "not begun"])
    def test_a_chair_who_scores_cannot_learn_by_a_correction_who_has_begun(self, world, begun):
        application = world.visited()
        if begun:
            world.score(application, world.member, submit=False)

        with pytest.raises(StepRefused) as refused:
            visits.correct(application, by=world.chair, reason="บันทึกผิด")

        assert [reason.code for reason in refused.value.decision.reasons] == ["wrong_role"]


class TestAgreement:
    """The agreed values."""

    def test_a_difference_is_settled_with_its_reason(self, world):
        visit = world.scored(**{"2.1": "not_met"}).current_visit

        put = consensus.settle(visit, "2.1", "met", by=world.member, reason=" เห็นรายงานแล้ว ", seen="")

        assert (put.answer, put.reason) == ("met", "เห็นรายงานแล้ว")

    def test_what_somebody_else_settled_meanwhile_is_not_overwritten(self, world):
        visit = world.scored(**{"2.1": "not_met"}).current_visit
        first = consensus.settle(visit, "2.1", "met", by=world.member, reason="เห็นรายงาน", seen="")

        with pytest.raises(AgreementOvertaken) as overtaken:
            consensus.settle(visit, "2.1", "not_met", by=world.chair, reason="ไม่เห็น", seen="")
        consensus.settle(visit, "2.1", "not_met", by=world.chair, reason="ตกลงกันใหม่", seen=first.stamp)

        assert overtaken.value.current == first
        assert AgreedMark.objects.get().answer == "not_met"

    def test_saying_the_same_again_changes_nothing(self, world):
        visit = world.scored().current_visit
        first = consensus.settle(visit, "2.1", "met", by=world.member)

        again = consensus.settle(visit, "2.1", "met", by=world.chair, seen="")

        assert again.changed_by == world.member
        assert again.changed_at == first.changed_at

    def test_what_is_emptied_leaves_no_agreed_value_behind(self, world):
        visit = world.scored().current_visit
        consensus.settle(visit, "2.1", "met", by=world.member)

        assert consensus.settle(visit, "2.1", "", by=world.member) is None
        assert not AgreedMark.objects.exists()

    def test_that_a_criterion_does_not_apply_ends_when_one_of_its_parts_has_a_value(self):
        world = World(criteria=CriteriaSetFactory(published=True, source=WAIVABLE))
        visit = world.scored().current_visit
        consensus.settle(visit, "R1", "not_applicable", by=world.member, reason="ไม่มีผู้รับบริการ")
        assert [mark.code for mark in AgreedMark.objects.all()] == ["R1"]

        consensus.settle(visit, "R1.1", "8", by=world.chair, reason="มีผู้รับบริการ")

        assert [mark.code for mark in AgreedMark.objects.all()] == ["R1.1"]

    def test_nothing_is_agreed_under_an_unknown_code(self, world):
        visit = world.scored().current_visit

        with pytest.raises(AnswersRefused, match="unknown_code"):
            consensus.settle(visit, "X9", "", by=world.member, reason="?")

    def test_a_chair_signs_only_what_was_read(self, world):
        application = world.scored()
        visit = application.current_visit
        consensus.adopt_what_is_equal(visit, by=world.chair)
        read = consensus.wording_of(application.visits.get())
        consensus.settle(visit, "2.1", "not_met", by=world.member, reason="พบภายหลัง")

        with pytest.raises(StepRefused) as refused:
            consensus.sign(application, by=world.chair, summary="", read=read)
        assert [reason.code for reason in refused.value.decision.reasons] == ["what_is_signed_was_read"]
        assert Application.objects.get().stage == Stage.VISITED
        signed = consensus.sign(
            application, by=world.chair, summary="", read=consensus.wording_of(application.visits.get())
        )

        assert signed.total == 65
