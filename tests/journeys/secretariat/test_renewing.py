"""The secretariat renews a centre after exactly three years: no day is missing between the two certificates."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Application, Certificate
from saduak.certification.operations import (
    assignments,
    certificates,
    consensus,
    renewals,
    screening,
    visits,
)
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World, moment
from saduak.notices.models import Notice
from saduak.thai import dates
from tests.journeys.story import Story, marks

pytestmark = marks


class TestRenewing(Story):
    """From the reminder to the certificate that follows on the anniversary."""

    def test_the_secretariat_renews_a_centre_after_exactly_three_years(self):
        self.given_a_centre_that_was_certified()
        self.and_a_round_that_resolves_on_the_anniversary()
        self.and_a_reminder_that_was_sent()

        with self.on(self.world.today):
            self.somebody_comes(self.world.head, "phone")
            self.when_i_begin_the_renewal_from_my_work()
            self.then_nothing_is_answered_yet()
            self.when_i_say_that_everything_is_still_true()
            self.then_i_see("ตอบครบทุกข้อแล้ว")
            self.and_the_page_is_accessible()
            self.when_i_hand_it_in()

        with self.on(timezone.localdate(self.world.during(Phase.SCREENING))):
            self.somebody_comes(self.world.secretariat)
            self.when_i_find_everything_in_order_and_let_it_pass()
            self.and_the_page_is_accessible()
        self.when_the_sub_committee_has_visited_and_proposed()

        with self.on(self.anniversary, hour=13):
            self.when_the_clock_has_turned_the_day()
            self.somebody_comes(self.world.steering_secretary)
            self.and_i_record_the_resolution()
            self.then_the_new_certificate_follows_without_a_day_between()
            self.somebody_comes()
            self.then_the_register_has_both_and_the_new_one_holds()
            self.and_the_page_is_accessible()

    # Given

    @pytest.fixture(autouse=True)
    def _nobody_is_asked_for_a_second_factor(self, settings):
        settings.SECOND_FACTOR_GRACE_DAYS = 5000  # The accounts of the story are years old by its end.

    def given_a_centre_that_was_certified(self):
        self.before = World(today=timezone.localdate())
        self.before.certified()
        self.old = Certificate.objects.get()
        self.anniversary = self.old.issued_on.replace(year=self.old.issued_on.year + 3)

    def and_a_round_that_resolves_on_the_anniversary(self):
        begins = self.anniversary - timedelta(days=181 + 5 - 10)
        facts = {**self.before.bodies, "criteria": self.before.criteria, "centre": self.before.centre}
        self.world = World(today=begins, cycle_be=2590, **facts)
        self.world.share_people_of(self.before)
        assert self.world.round

    def and_a_reminder_that_was_sent(self):
        assert renewals.remind_due(at=moment(self.world.today - timedelta(days=1))) == [self.old]
        assert Notice.objects.filter(template="certification/renewal_due").exists()

    def on(self, day, hour=10):
        """The whole platform lives on that day."""
        return time_machine.travel(moment(day, hour), tick=True)

    # When

    def when_i_begin_the_renewal_from_my_work(self):
        self.walk.open("/my-work")
        self.walk.sees("ต่ออายุใบรับรองก่อนวันหมดอายุ")
        self.walk.open(reverse("start_renewal", args=[self.old.reference]))
        self.and_the_page_is_accessible()
        self.walk.press("เริ่มต่ออายุ")
        self.walk.heading("คำตอบครั้งก่อน")
        self.case = Application.objects.get(renews=self.old)

    def when_i_say_that_everything_is_still_true(self):
        page = self.walk.page
        self.and_the_page_is_accessible()
        for tick in page.get_by_role("checkbox").all():
            self.walk.keys.tick(tick)
        first, last = (dates.short(self.world.today - timedelta(days=days)) for days in (200, 1))
        for label, day in (("ใช้ได้ตั้งแต่", first), ("ใช้ได้ถึง", last)):
            for field in page.get_by_label(label).all():
                self.walk.keys.write(field, day)
        self.walk.press("ยืนยันข้อที่เลือก")

    def when_i_hand_it_in(self):
        self.walk.open(reverse("submit_application", args=[self.case.reference]))
        self.walk.press("ยื่นคำขอและปิดสำนวน")
        self.walk.heading("ได้รับคำขอแล้ว")

    def when_i_find_everything_in_order_and_let_it_pass(self):
        screening.accept_the_rest(self.case, by=self.world.secretariat)
        self.walk.open(reverse("pass_screening", args=[self.case.reference]))
        self.walk.press("ให้ผ่านการกลั่นกรองและแจ้งศูนย์")
        self.walk.sees("ผ่านการกลั่นกรอง")

    def when_the_sub_committee_has_visited_and_proposed(self):
        world = self.world
        case = world.declared(assignments.assign(self.now, world.panel, by=world.secretariat))
        visits.plan(case, world.plan(), by=world.panel_secretary)
        case = visits.hold(self.now, by=world.chair, at=world.during(Phase.VISITS, 11))
        world.score(case, world.chair)
        world.score(case, world.member)
        consensus.adopt_what_is_equal(self.now.current_visit, by=world.chair)
        consensus.sign(self.now, by=world.chair, summary="", at=world.during(Phase.VISITS, 14))
        self.meeting = world.in_session(consensus.propose(self.now, by=world.panel_secretary))

    def when_the_clock_has_turned_the_day(self):
        assert certificates.expire_due(at=moment(self.anniversary, 0)) == [self.old]

    def and_i_record_the_resolution(self):
        self.walk.open(reverse("resolve_meeting", args=[self.meeting.reference]))
        self.walk.fill("เลขที่มติ", "มติที่ 1/2590")
        self.walk.fill("เห็นชอบ (เสียง)", "4")
        self.walk.press("บันทึกมติ: รับรอง 1 หน่วย")
        self.walk.sees("มติที่ 1/2590")

    # Then

    def then_nothing_is_answered_yet(self):
        assert len(self.now.unanswered) == 6
        self.walk.sees("ข้อเหล่านี้ยังเป็นจริงหรือไม่")

    def then_the_new_certificate_follows_without_a_day_between(self):
        self.old.refresh_from_db()
        self.new = self.now.certificate
        assert self.old.stage == CertificateStage.EXPIRED
        assert self.new.issued_on == self.anniversary == self.old.expires_on + timedelta(days=1)
        assert not Certificate.objects.filter(stage=CertificateStage.VALID).exclude(pk=self.new.pk).exists()

    def then_the_register_has_both_and_the_new_one_holds(self):
        self.walk.open(reverse("show_registered_centre", args=[self.world.centre.code]))
        self.walk.sees(dates.full(self.new.expires_on))
        self.walk.sees(self.new.reference)
        self.walk.sees(self.old.reference)

    @property
    def now(self):
        """The renewal as the database has it."""
        return Application.objects.get(pk=self.case.pk)
