"""A world in which a decision is reconsidered by another sub-committee."""

from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from saduak.certification.models import Application
from saduak.certification.operations import (
    consensus,
    letters,
    meetings,
    reconsiderations,
    reviewing,
    rounds,
    screening,
)
from saduak.certification.operations.meetings import Act
from saduak.certification.operations.reviewing import Said
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World, moment
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, person_of
from saduak.notices.operations import release
from tests.support.remembering import remembered


class ReviewWorld(World):
    """A round with a second sub-committee, number 3, and the way of a request through it."""

    def __init__(self, *args, three=None, **facts):
        super().__init__(*args, **facts)
        if three:
            self.three = three

    @cached_property
    def three(self):
        return BodyFactory(number=3)

    @cached_property
    def second_panel(self):
        return rounds.bring_in(self.prepared_round, self.three, by=self.secretariat)

    @cached_property
    def other_chair(self):
        return person_of(Office.CHAIR, body=self.three)

    @cached_property
    def other_member(self):
        return person_of(Office.QUALIFIED_MEMBER, body=self.three)

    @cached_property
    def other_secretary(self):
        return person_of(Office.MEMBER_AND_SECRETARY, body=self.three)

    @property
    def after(self):
        """A moment in the resolution phase, two days after the letters left."""
        return self.during(Phase.RESOLUTION, 9, days=8)

    @remembered
    def decided(self, release_letters=False, **agreed):
        """A unit that was resolved with these agreed values; without any it is certified at the highest level."""
        application = self.scored()
        visit = application.current_visit
        consensus.adopt_what_is_equal(visit, by=self.chair)
        for code, said in agreed.items():
            consensus.settle(visit, code.replace("_", "."), said, by=self.chair, reason="เห็นพ้อง")
        application = Application.objects.get(pk=application.pk)
        consensus.sign(application, by=self.chair, summary="สรุป", at=self.during(Phase.VISITS, 14))
        application = consensus.propose(Application.objects.get(pk=application.pk), by=self.panel_secretary)
        resolution = self.resolved(application)
        if release_letters:
            self.send_letters(resolution)
        return Application.objects.get(pk=application.pk)

    def send_letters(self, resolution):
        at = self.during(Phase.RESOLUTION, 9, days=6)
        letters.draft_letters(resolution, at=at)
        release(letters.batch_of(resolution), by=self.secretariat, at=at)

    def not_certified(self, **facts):
        return self.decided(P1="not_met", **facts)

    def basic(self, **facts):
        return self.decided(R1_2="0", **facts)

    @remembered
    def screened_out(self):
        application = self.submitted()
        screening.find(application, "P1", "failed", by=self.secretariat, remark="ไม่เปิดตามเวลา")
        screening.accept_the_rest(application, by=self.secretariat)
        return screening.screen_out(
            application, by=self.secretariat, reason="เกณฑ์กายภาพไม่ผ่าน", at=self.during(Phase.SCREENING)
        )

    # The request.

    @remembered
    def draft_request(self, application, at=None, **grounds):
        at = at or (self.after if application.resolution else self.during(Phase.SCREENING, days=6))
        request = reconsiderations.start(application, by=self.head, at=at)
        grounds = {code.replace("_", "."): text for code, text in grounds.items()} or {"P1": "เปิดตามเวลาจริง มีภาพถ่าย"}
        return reconsiderations.write(request, statement="ขอให้ทบทวน", grounds=grounds, by=self.head, at=at)

    @remembered
    def asked(self, application, at=None, **grounds):
        request = self.draft_request(application, at, **grounds)
        return reconsiderations.ask(request, by=self.head, at=at or request.started_at)

    @remembered
    def admitted(self, application, **grounds):
        return reconsiderations.admit(self.asked(application, **grounds), by=self.secretariat)

    @remembered
    def under_review(self, application, **grounds):
        assert self.second_panel
        request = reconsiderations.assign(self.admitted(application, **grounds), self.three, by=self.secretariat)
        for person in (self.other_chair, self.other_member):
            reviewing.declare(request, by=person, has_conflict=False)
        people = [self.other_chair, self.other_member]
        return reviewing.name_reviewers(now(request), people, by=self.other_secretary)

    def opinion(self, request, person, hand_in=True, **said):
        said = {code.replace("_", "."): answer for code, answer in said.items()} or {"P1": "met"}
        reviewing.opine(request, [Said(code, answer, "ตรวจจากภาพ") for code, answer in said.items()], by=person)
        return reviewing.hand_in(now(request), by=person) if hand_in else None

    @remembered
    def settled(self, application, grounds=None, **said):
        request = self.under_review(application, **(grounds or {}))
        for person in (self.other_chair, self.other_member):
            self.opinion(request, person, **said)
        said = {code.replace("_", "."): answer for code, answer in said.items()} or {"P1": "met"}
        reviewing.settle(now(request), [Said(code, answer) for code, answer in said.items()], by=self.other_chair)
        return now(request)

    @remembered
    def reviewed(self, application, grounds=None, **said):
        request = self.settled(application, grounds, **said)
        return reviewing.sign(request, by=self.other_chair, summary="หลักฐานแสดงว่าผ่าน", at=self.after)

    @remembered
    def request_proposed(self, application, grounds=None, **said):
        return reviewing.propose(now(self.reviewed(application, grounds, **said)), by=self.other_chair)

    @remembered
    def second_meeting(self, request):
        assert self.steering_members
        held_on = timezone.localdate(self.after) + timedelta(days=20)
        number = f"2/{self.cycle_be}"
        meeting = meetings.call(self.round, self.steering, number=number, held_on=held_on, by=self.steering_secretary)
        meetings.put_requests_on_agenda(meeting, [now(request)], by=self.steering_secretary)
        meetings.convene(meeting, by=self.steering_secretary, at=moment(held_on))
        meetings.seat(meeting, [self.steering_secretary, *self.steering_members], by=self.steering_secretary)
        return type(meeting).objects.get(pk=meeting.pk)

    @remembered
    def answered(self, request, *decision, **facts):
        meeting = self.second_meeting(request)
        if decision:
            meetings.decide(meeting.items.get(), *decision, by=self.steering_secretary, **facts)
        meetings.follow_the_proposals(meeting, by=self.steering_secretary)
        act = Act(number="มติที่ 2/2563", text="เห็นชอบผลการทบทวน", votes_for=4)
        meetings.resolve(meeting, act, by=self.steering_secretary, at=moment(meeting.held_on, 12))
        return now(request)


def now(case):
    """The case as the database has it."""
    return type(case).objects.get(pk=case.pk)
