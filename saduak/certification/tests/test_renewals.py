"""A centre renews after three years: what is carried over, what is confirmed, and which certificate holds when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Answer, Application, Certificate, Evidence
from saduak.certification.operations import (
    applications,
    assignments,
    certificates,
    consensus,
    meetings,
    renewals,
    screening,
    visits,
)
from saduak.certification.operations.meetings import Act
from saduak.certification.operations.renewals import Shown, StillTrue
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.queries.renewals import carried_of, earlier_application, renewal_of, rounds_to_renew_in
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Phase, expires_on, months_before
from saduak.certification.tests.criteria import SOURCE
from saduak.certification.tests.world import World, moment
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.journal.steps import StepRefused
from saduak.notices.models import Notice
from saduak.standards.mapping import LineKind
from saduak.standards.operations import begin_mapping, change_mapping, confirm_mapping
from saduak.standards.tests.factories import CriteriaSetFactory

pytestmark = pytest.mark.django_db


def reasons(refused):
    return [reason.code for reason in refused.value.decision.reasons]


@pytest.fixture
def first():
    """A world in which the centre was certified."""
    world = World()
    world.certified()
    return world


@pytest.fixture
def certificate(first):
    return Certificate.objects.get()


def three_years_on(first, *, resolved_on, **facts):
    """A round whose fifth day of resolutions is `resolved_on`, with the same people."""
    facts = {"criteria": first.criteria, **facts}
    today = resolved_on - timedelta(days=181 + 5 - 10)
    world = World(today=today, cycle_be=2566, centre=first.centre, **first.bodies, **facts)
    world.share_people_of(first)
    return world


def begun(world, certificate):
    return renewals.start(certificate, world.round, by=world.head, at=moment(world.today))


def certified(world, application):
    """The way of a renewal from its draft to the resolution; returns the new certificate."""
    world.answer_everything(application)
    application = applications.submit(application, by=world.head, at=moment(world.today, 10))
    screening.accept_the_rest(application, by=world.secretariat)
    application = screening.pass_screening(application, by=world.secretariat, at=world.during(Phase.SCREENING))
    application = world.declared(assignments.assign(application, world.panel, by=world.secretariat))
    application = visits.plan(application, world.plan(), by=world.panel_secretary)
    application = visits.hold(application, by=world.chair, at=world.during(Phase.VISITS, 11))
    world.score(application, world.chair)
    world.score(application, world.member)
    consensus.adopt_what_is_equal(application.current_visit, by=world.chair)
    consensus.sign(application, by=world.chair, summary="", at=world.during(Phase.VISITS, 14))
    application = consensus.propose(Application.objects.get(pk=application.pk), by=world.panel_secretary)
    act = Act(number="มติที่ 1/2566", text="เห็นชอบ", votes_for=4)
    meetings.resolve(
        world.in_session(application), act, by=world.steering_secretary, at=world.during(Phase.RESOLUTION, 12)
    )
    return Application.objects.get(pk=application.pk).certificate


class TestExactlyThreeYears:
    def test_resolved_on_the_last_day_the_new_one_replaces_the_old(self, first, certificate):
        world = three_years_on(first, resolved_on=certificate.expires_on)

        new = certified(world, begun(world, certificate))

        certificate.refresh_from_db()
        assert new.issued_on == certificate.expires_on
        assert certificate.stage == CertificateStage.RENEWED
        assert new.expires_on == expires_on(new.issued_on)

    @pytest.mark.parametrize("clock_was_here", [True, False])
    def test_resolved_on_the_anniversary_the_old_one_has_expired(self, first, certificate, clock_was_here):
        anniversary = certificate.issued_on.replace(year=certificate.issued_on.year + 3)
        world = three_years_on(first, resolved_on=anniversary)
        application = begun(world, certificate)
        if clock_was_here:
            assert certificates.expire_due(at=moment(anniversary, 0)) == [certificate]

        new = certified(world, application)

        certificate.refresh_from_db()
        assert new.issued_on == anniversary == certificate.expires_on + timedelta(days=1)
        assert certificate.stage == CertificateStage.EXPIRED
        assert Certificate.objects.get(stage=CertificateStage.VALID) == new

    def test_the_window_opens_and_closes_on_its_day(self, first, certificate):
        world = three_years_on(first, resolved_on=certificate.expires_on)
        opens = months_before(certificate.expires_on, world.round.renewal_months)

        assert world.round in rounds_to_renew_in(certificate, moment(world.today).date())
        for day in (opens - timedelta(days=1), certificate.expires_on + timedelta(days=1)):
            with pytest.raises(StepRefused) as refused:
                renewals.start(certificate, world.round, by=world.head, at=moment(day))
            assert reasons(refused) == ["certificate_can_be_renewed"]


class TestCarryingOver:
    @pytest.fixture
    def world(self, first, certificate):
        return three_years_on(first, resolved_on=certificate.expires_on)

    @pytest.fixture
    def application(self, world, certificate):
        return begun(world, certificate)

    def confirmed(self, world, application, *still_true):
        return renewals.confirm(application, still_true, by=world.head, at=moment(world.today))

    def test_nothing_counts_before_it_is_confirmed(self, application, certificate):
        earlier = earlier_application(application)

        assert earlier == certificate.application
        assert renewal_of(certificate) == application
        assert len(application.unanswered) == 6
        assert {one.can_be_confirmed for one in carried_of(application, earlier)} == {True}

    def test_an_answer_is_confirmed_as_it_was_and_is_new_once_it_changes(self, world, application):
        (answer,) = self.confirmed(world, application, StillTrue("2.1"))
        assert (answer.answer, answer.carried_from.application_id) == ("met", earlier_application(application).pk)

        applications.answer(application, "2.1", "not_met", by=world.head, at=moment(world.today))

        assert Answer.objects.get(application=application).carried_from is None

    def test_parts_are_confirmed_together_and_files_with_their_period(self, world, application):
        (file,) = earlier_application(application).evidence.all()
        first, last = world.today - timedelta(days=300), world.today

        self.confirmed(world, application, StillTrue("R1"), StillTrue("P1", (Shown(file.pk, first, last),)))
        self.confirmed(world, application, StillTrue("P2", (Shown(file.pk, first, last),)))

        assert application.answers.count() == 4
        again = Evidence.objects.get(application=application)
        assert (again.carried_from, again.attachment) == (file, file.attachment)
        assert set(again.uses.values_list("code", flat=True)) == {"P1", "P2"}
        content = applications.dossier_content(Application.objects.get(pk=application.pk))
        assert content["answers"]["P1"]["confirmed_from"] == earlier_application(application).reference

    @pytest.mark.parametrize("days", [(None, None), (0, None), (None, 0), (0, -1)])
    def test_a_file_without_its_period_is_refused_and_nothing_is_confirmed(self, world, application, days):
        (file,) = earlier_application(application).evidence.all()
        first, last = (None if day is None else world.today + timedelta(days=day) for day in days)

        with pytest.raises(StepRefused) as refused:
            self.confirmed(world, application, StillTrue("P1", (Shown(file.pk, first, last),)))

        assert reasons(refused) == ["period_is_said_anew"]
        assert not application.answers.exists()

    def test_only_files_of_that_criterion_and_unanswered_criteria(self, world, application):
        with pytest.raises(StepRefused) as refused:
            self.confirmed(world, application, StillTrue("P1", (Shown(999_999, world.today, world.today),)))
        assert reasons(refused) == ["evidence_was_used_there"]
        self.confirmed(world, application, StillTrue("P1"))
        for code in ("P1", "unknown"):
            with pytest.raises(StepRefused) as refused:
                self.confirmed(world, application, StillTrue(code))
            assert reasons(refused) == ["answer_can_be_carried"]

    def test_a_stranger_confirms_nothing(self, world, application):
        with pytest.raises(StepRefused) as refused:
            renewals.confirm(application, [StillTrue("P1")], by=world.secretariat)

        assert reasons(refused) == ["wrong_role"]

    def test_a_centre_without_an_earlier_application_has_nothing_to_confirm(self, first):
        other = World(cycle_be=2567, **first.bodies, criteria=first.criteria)
        other.share_people_of(first)
        del other.__dict__["head"]
        draft = other.draft()

        assert earlier_application(draft) is None
        with pytest.raises(StepRefused):
            renewals.confirm(draft, [StillTrue("P1")], by=other.head)


class TestAnotherVersionOfTheCriteria:
    @pytest.fixture
    def newer(self):
        source = SOURCE.replace("test-2563", "test-2566").replace("cycle_be: 2563", "cycle_be: 2566")
        source = source.replace("th: วิเคราะห์ผลสำรวจ", "th: นำผลสำรวจไปปรับปรุงบริการและประกาศให้ประชาชนทราบ")
        return CriteriaSetFactory(published=True, source=source)

    @pytest.fixture
    def application(self, first, certificate, newer):
        return begun(three_years_on(first, resolved_on=certificate.expires_on, criteria=newer), certificate)

    def test_an_unconfirmed_mapping_carries_nothing_but_shows_last_time(self, application):
        carried = {one.criterion.code: one for one in carried_of(application, earlier_application(application))}

        assert not carried["P1"].can_be_confirmed
        assert carried["P1"].before[0][1][0].answer == "met"

    def test_a_confirmed_mapping_carries_what_goes_on_unchanged(self, first, application, newer):
        codes = [criterion.code for criterion in application.library.criteria()]
        drafted = begin_mapping(first.criteria, newer, by=first.secretariat)
        drafted = change_mapping(drafted, {code: (code,) for code in codes}, by=first.secretariat)
        confirm_mapping(drafted, by=first.secretariat)

        carried = {one.criterion.code: one for one in carried_of(application, earlier_application(application))}

        assert carried["P1"].can_be_confirmed
        assert carried["2.2"].kind is LineKind.CHANGED
        assert not carried["2.2"].can_be_confirmed
        assert carried["2.2"].before[0][1][0].answer == "met"


class TestReminders:
    def test_a_centre_is_reminded_once_at_each_of_its_days(self, certificate):
        day = months_before(certificate.expires_on, 6)
        assert renewals.remind_due(at=moment(day - timedelta(days=1))) == []

        assert renewals.remind_due(at=moment(day)) == [certificate]
        assert renewals.remind_due(at=moment(day, 15)) == []
        assert renewals.remind_due(at=moment(day + timedelta(days=5))) == []
        assert renewals.remind_due(at=moment(months_before(certificate.expires_on, 3))) == [certificate]
        assert renewals.remind_due(at=moment(certificate.expires_on)) == [certificate]
        assert renewals.remind_due(at=moment(certificate.expires_on + timedelta(days=1))) == []

        notices = Notice.objects.filter(template="certification/renewal_due")
        assert notices.values("to_email").distinct().count() * 3 == notices.count()
        assert certificate.history.filter(step="remind").count() == 3

    def test_whoever_renews_is_not_reminded(self, first, certificate):
        world = three_years_on(first, resolved_on=certificate.expires_on)
        begun(world, certificate)

        assert renewals.remind_due(at=moment(certificate.expires_on)) == []


class TestPages:
    @pytest.fixture
    def world(self):
        """Certified so long ago that today lies in the window of applications before the last day."""
        today = timezone.localdate()
        before = World(today=months_before(today, 36) + timedelta(days=30) - timedelta(days=181))
        before.certified()
        world = World(today=today, cycle_be=2566, centre=before.centre, criteria=before.criteria, **before.bodies)
        world.share_people_of(before)
        assert world.round
        return world

    def test_a_centre_renews_on_its_pages(self, world, client):
        certificate = Certificate.objects.get()
        client.force_login(world.head)
        assert "ต่ออายุใบรับรองก่อนวันหมดอายุ" in [str(item.awaited) for item in work_for(world.head)]
        start = reverse("start_renewal", args=[certificate.reference])
        assert start in client.get(reverse("show_certificate", args=[certificate.reference])).content.decode()
        assert world.round.title_th in client.get(start).content.decode()

        carry = client.post(start, {"round": world.round.reference}).url

        assert client.get(start).url == carry
        assert client.post(start, {"round": world.round.reference}).url == carry
        page = client.get(carry).content.decode()
        assert "ยังเป็นจริง" in page
        file = certificate.application.evidence.get().pk
        wrong = client.post(carry, {"true-P1": "on", f"use-P1-{file}": "on", f"from-P1-{file}": "1/1/2568"})
        assert wrong.status_code == 422
        assert "1/1/2568" in wrong.content.decode()
        loose = client.post(
            carry, {f"use-P1-{file}": "on", f"from-P1-{file}": "1/2/2568", f"until-P1-{file}": "1/1/2568"}
        )
        assert loose.status_code == 422
        data = {
            "true-P1": "on", f"use-P1-{file}": "on", f"from-P1-{file}": "1/1/2568", f"until-P1-{file}": "31/12/2568",
            "true-R1": "on",
        }  # fmt: skip
        assert client.post(carry, data).status_code == 302
        application = Application.objects.get(renews=certificate)
        assert set(application.answers.values_list("code", flat=True)) == {"P1", "R1.1", "R1.2"}
        assert client.post(carry, data).status_code == 302  # A double click confirms nothing twice.
        shown = client.get(reverse("show_dossier", args=[application.reference])).content.decode()
        assert shown.count("ยืนยันตามคำขอครั้งก่อน") == 3
        assert application.answers.count() == 3
        assert "คำตอบครั้งก่อน" in client.get(reverse("show_application", args=[application.reference])).content.decode()

    def test_what_cannot_be_renewed_today_says_so(self, world, client):
        Certificate.objects.update(expires_on=timezone.localdate() + timedelta(days=800))
        certificate = Certificate.objects.get()
        client.force_login(world.head)

        page = client.get(reverse("start_renewal", args=[certificate.reference]))
        refused = client.post(reverse("start_renewal", args=[certificate.reference]), {"round": world.round.reference})

        assert "ยังต่ออายุไม่ได้" in page.content.decode()
        assert refused.status_code == 422

    def test_a_first_application_has_no_last_time(self, world, client):
        centre = CentreFactory()
        head = person_of(Office.CENTRE_HEAD, centre=centre)
        draft = applications.start(world.round, centre, by=head)
        client.force_login(head)

        assert client.get(reverse("carry_over", args=[draft.reference])).status_code == 404

    def test_what_was_handed_in_is_no_longer_carried(self, world, client):
        draft = applications.start(world.round, world.centre, by=world.head)
        Application.objects.filter(pk=draft.pk).update(stage="submitted", submitted_at=timezone.now())
        client.force_login(world.head)

        assert client.get(reverse("carry_over", args=[draft.reference])).status_code == 302
