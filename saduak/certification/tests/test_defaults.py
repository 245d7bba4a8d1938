"""When the authority misses a date of its own, what the round has set comes about, and is recorded with its rule."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from saduak.certification.forms.rounds import MonthsField
from saduak.certification.models import Application, Meeting, Round
from saduak.certification.operations import consensus, defaults, meetings, reviewing, screening
from saduak.certification.presenters.clocks import clocks_of, default_of
from saduak.certification.presenters.history import moment_of
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Default, Phase
from saduak.certification.tests.reviews import ReviewWorld, now
from saduak.certification.tests.world import moment
from saduak.journal.steps import StepRefused
from saduak.notices.models import Notice
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ReviewWorld()


@remembered
def set_all(world):
    """The round sets every default, as it could while it was prepared."""
    Round.objects.filter(pk=world.round.pk).update(defaults=list(Default))
    world.__dict__["round"] = Round.objects.get(pk=world.round.pk)


def after(world, phase, days=1):
    """That many days after the last day of a phase."""
    closes = next(window for window in world.calendar if window.phase == phase).closes_on
    return moment(closes + timedelta(days=days), 0)


def test_nothing_happens_by_itself_in_a_round_that_sets_nothing(world):
    world.submitted()

    assert defaults.set_due(at=after(world, Phase.RESOLUTION, 100)) == []


def test_a_dossier_that_nobody_screened_counts_as_passed_on_the_day_after(world):
    set_all(world)
    application = world.submitted()
    assert defaults.set_due(at=after(world, Phase.SCREENING, 0)) == []
    assert "จะถือว่าผ่าน" in default_of(application)
    assert "ถือว่าผ่าน" in str(clocks_of(application, world.today)[0].lines[-1])
    assert any("ถือว่าผ่าน" in str(item.awaited) for item in work_for(world.secretariat))

    (passed,) = defaults.set_due(at=after(world, Phase.SCREENING))

    entry = passed.history.last()
    assert (passed.stage, entry.step, entry.role, entry.clause) == (Stage.SCREENED, "pass_by_default", "clock", "7.2")
    assert entry.facts["default"] == "screening"
    assert "กำหนดเดิมคือ" in moment_of(entry).note
    assert Notice.objects.filter(template="certification/passed").exists()
    assert defaults.set_due(at=after(world, Phase.SCREENING)) == []


def test_a_gate_that_was_found_not_met_is_never_passed_by_time(world):
    set_all(world)
    application = world.submitted()
    screening.find(application, "P1", "failed", by=world.secretariat, remark="ไม่มี")

    assert defaults.set_due(at=after(world, Phase.SCREENING, 30)) == []
    assert now(application).stage == Stage.SUBMITTED


def test_a_mended_dossier_has_its_days_again(world):
    set_all(world)
    application = world.submitted()
    late = after(world, Phase.SCREENING, -1)
    Application.objects.update(was_returned=True, submitted_at=late)

    assert defaults.set_due(at=after(world, Phase.SCREENING)) == []
    assert any("ที่แก้ไขแล้ว" in str(item.awaited) for item in work_for(world.secretariat))
    (passed,) = defaults.set_due(at=late + timedelta(days=world.round.mending_working_days + 1))
    assert passed == application


def test_what_the_chair_signed_counts_as_proposed_after_the_visits(world):
    set_all(world)
    application = world.assessed()
    assert "จะถือว่าเสนอ" in default_of(application)
    assert any("ถือว่าเสนอ" in str(item.awaited) for item in work_for(world.chair))

    (proposed,) = defaults.set_due(at=after(world, Phase.VISITS))

    assert (proposed.pk, proposed.stage) == (application.pk, Stage.PROPOSED)


class TestAResolutionThatIsLate:
    @pytest.fixture
    def unit(self, world):
        set_all(world)
        return world.proposed()

    def call(self, world, number="9/2563"):
        assert world.steering_members
        held_on = timezone.localdate(after(world, Phase.RESOLUTION, 20))
        return meetings.call(world.round, world.steering, number=number, held_on=held_on, by=world.steering_secretary)

    def test_it_comes_onto_the_next_agenda_decided_as_proposed(self, world, unit):
        assert "จะเข้าวาระ" in default_of(unit)
        assert any("เข้าวาระการประชุมครั้งต่อไป" in str(item.awaited) for item in work_for(world.steering_secretary))
        (late,) = defaults.set_due(at=after(world, Phase.RESOLUTION))
        assert (late.stage, late.default_since) == (Stage.PROPOSED, timezone.localdate(after(world, Phase.RESOLUTION)))
        assert "พ้นกำหนดแล้ว" in default_of(late)

        item = self.call(world).items.get()

        assert (item.application, item.decision, item.level) == (unit, "certify", "excellent")
        assert item.stands_by_default
        with pytest.raises(StepRefused, match=r"."):
            meetings.take_off_agenda(item, by=world.steering_secretary)

    def test_it_comes_onto_an_agenda_that_was_called_before_and_once_only(self, world, unit):
        self.call(world)

        defaults.set_due(at=after(world, Phase.RESOLUTION))
        defaults.set_due(at=after(world, Phase.RESOLUTION, 2))

        assert Meeting.objects.get().items.get().application == unit

    def test_no_certificate_comes_without_a_resolution(self, world, unit):
        for days in (1, 50, 500):
            defaults.set_due(at=after(world, Phase.RESOLUTION, days))

        assert now(unit).stage == Stage.PROPOSED
        assert now(unit).certificate is None

    def test_the_committee_still_decides_otherwise_with_its_reason(self, world, unit, client):
        defaults.set_due(at=after(world, Phase.RESOLUTION))
        meeting = self.call(world)
        client.force_login(world.steering_secretary)

        page = client.get(reverse("decide_unit", args=[meeting.reference, meeting.items.get().pk]))
        item = meetings.decide(meeting.items.get(), "decline", by=world.steering_secretary, reason="หลักฐานไม่ครบ")

        assert "เข้าวาระโดยปริยาย" in page.content.decode()
        assert item.decision == "decline"

    def test_a_proposal_that_is_taken_back_stands_no_longer(self, world, unit):
        defaults.set_due(at=after(world, Phase.RESOLUTION))

        back = consensus.take_back(now(unit), by=world.panel_secretary, reason="แก้ไข")

        assert back.default_since is None


class TestARequestThatIsLate:
    def test_it_counts_as_admitted_on_the_day_after(self, world):
        asked = world.asked(world.not_certified())
        set_all(world)
        assert defaults.set_due(at=moment(asked.admit_until, 23)) == []

        (admitted,) = defaults.set_due(at=moment(asked.admit_until + timedelta(days=1), 0))

        assert admitted.stage == ReconsiderationStage.ADMITTED
        assert Notice.objects.filter(template="certification/reconsideration_admitted").exists()

    def test_a_finding_comes_onto_the_next_agenda(self, world):
        request = world.request_proposed(world.not_certified())
        set_all(world)
        assert defaults.set_due(at=moment(request.answer_until, 23)) == []

        (late,) = defaults.set_due(at=moment(request.answer_until + timedelta(days=1), 0))
        held_on = request.answer_until + timedelta(days=10)
        meeting = meetings.call(
            world.round, world.steering, number="9/2563", held_on=held_on, by=world.steering_secretary
        )

        item = meeting.items.get()
        assert (late.default_since, item.reconsideration, item.decision) == (
            request.answer_until + timedelta(days=1),
            request,
            "certify",
        )
        assert item.stands_by_default
        assert defaults.set_due(at=moment(held_on)) == []

    def test_only_the_defaults_that_are_set_hold(self, world):
        asked = world.asked(world.not_certified())
        Round.objects.update(defaults=[Default.SCREENING])

        assert defaults.set_due(at=moment(asked.admit_until + timedelta(days=9))) == []

    def test_a_finding_that_is_taken_back_stands_no_longer(self, world):
        request = world.request_proposed(world.not_certified())
        set_all(world)
        defaults.set_due(at=moment(request.answer_until + timedelta(days=1)))

        assert reviewing.take_back(now(request), by=world.other_chair, reason="แก้ไข").default_since is None


def test_a_round_for_practice_binds_nobody(world):
    set_all(world)
    world.submitted()
    Round.objects.update(is_example=True)

    assert defaults.set_due(at=after(world, Phase.RESOLUTION, 100)) == []


def test_the_round_page_says_what_is_set(world, client):
    client.force_login(world.secretariat)
    address = reverse("show_round", args=[world.round.reference])
    assert "ไม่มีผลใดเกิดขึ้นเอง" in client.get(address).content.decode()

    set_all(world)

    assert "ถือว่าผ่านการกลั่นกรอง" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "months"),
    [("", [6, 3, 1]), ("๑๒, 3", [12, 3]), ("3 3 9", [9, 3]), ("0", [])],
)
def test_months_are_listed_as_a_person_writes_them(typed, months):
    assert MonthsField(required=False).clean(typed) == months


@pytest.mark.parametrize("typed", ["six", "25", "-1", "1.5", "999999"])
def test_what_is_no_list_of_months_is_refused(typed):
    with pytest.raises(ValidationError):
        MonthsField(required=False).clean(typed)
