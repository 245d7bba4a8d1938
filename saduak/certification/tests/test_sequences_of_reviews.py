"""No deeds bring a request to reconsider into a state that must not be, and a refused deed changes nothing."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Generating
from hypothesis import strategies as st

from saduak.certification.models import (
    AgendaItem,
    Application,
    Certificate,
    Declaration,
    Ground,
    Meeting,
    Opinion,
    Reconsideration,
    ReviewedValue,
    Reviewer,
)
from saduak.certification.operations import defaults, meetings, reconsiderations, reviewing
from saduak.certification.operations.reviewing import Said
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.reconsiderations import ANSWERED, ENDED, RECONSIDERATION
from saduak.certification.tests.reviews import ReviewWorld
from saduak.certification.tests.world import moment
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused
from tests.support import rows
from tests.support.remembering import remembered

TABLES = (
    Application, Certificate, Reconsideration, Ground, Reviewer, Opinion, ReviewedValue, Declaration, Meeting,
    AgendaItem, Entry,
)  # fmt: skip


@remembered
def begun(world):
    """The request, the meeting that may answer it, and who may touch it."""
    unit = world.not_certified()
    assert world.second_panel
    request = world.draft_request(unit)
    people = [
        world.head,
        world.officer,
        world.secretariat,
        world.chair,
        world.other_chair,
        world.other_member,
        world.other_secretary,
        world.steering_secretary,
    ]
    held_on = world.after.date() + timedelta(days=20)
    meeting = meetings.call(world.round, world.steering, number="2/2563", held_on=held_on, by=world.steering_secretary)
    return request, meeting, people


class Play:
    """One request about a unit that was not certified, everybody who may touch it, and every deed that there is."""

    def __init__(self):
        world = self.world = ReviewWorld()
        self.request, self.meeting, self.people = begun(world)

    @property
    def now(self):
        return Reconsideration.objects.get(pk=self.request.pk)

    def deeds(self):
        """Each deed as a function of who does it."""
        world, now, after = self.world, self.now, self.world.after
        reviewers, session = [world.other_chair, world.other_member], moment(self.meeting.held_on)
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        act = meetings.Act(number="2", text="เห็นชอบ", votes_for=3)
        return {
            "write": lambda by: reconsiderations.write(now, statement="", grounds={"P2": "สอง"}, by=by, at=after),
            "ask": lambda by: reconsiderations.ask(now, by=by, at=after),
            "withdraw": lambda by: reconsiderations.withdraw(now, by=by, reason="เปลี่ยนใจ", at=after),
            "admit": lambda by: reconsiderations.admit(now, by=by, at=after),
            "refuse": lambda by: reconsiderations.refuse_request(now, by=by, reason="ไม่มีเหตุ", at=after),
            "assign": lambda by: reconsiderations.assign(now, world.three, by=by, at=after, reason="มอบ"),
            "assign to the first": lambda by: reconsiderations.assign(now, world.five, by=by, at=after),
            "declare": lambda by: reviewing.declare(now, by=by, has_conflict=False),
            "declare a conflict": lambda by: reviewing.declare(now, by=by, has_conflict=True, statement="ญาติ"),
            "name": lambda by: reviewing.name_reviewers(now, reviewers, by=by),
            "opine": lambda by: reviewing.opine(
                now, [Said("P1", "met"), Said("P2", "met")][: len(now.contested)], by=by
            ),
            "opine against": lambda by: reviewing.opine(now, [Said("P1", "not_met")], by=by),
            "hand in": lambda by: reviewing.hand_in(now, by=by),
            "settle": lambda by: reviewing.settle(now, [Said("P1", "met", "เห็นพ้อง")], by=by),
            "sign": lambda by: reviewing.sign(now, by=by, summary="ผ่าน", at=after),
            "reopen": lambda by: reviewing.reopen(now, by=by, reason="แก้ไข"),
            "propose": lambda by: reviewing.propose(now, by=by, at=after),
            "take back": lambda by: reviewing.take_back(now, by=by, reason="แก้ไข"),
            "put on agenda": lambda by: meetings.put_requests_on_agenda(meeting, [now], by=by),
            "convene": lambda by: meetings.convene(meeting, by=by, at=session),
            "seat": lambda by: meetings.seat(meeting, self.world.steering_members, by=by),
            "decide": lambda by: meetings.follow_the_proposals(meeting, by=by),
            "decline": lambda by: [meetings.decide(one, "decline", by=by, reason="ไม่") for one in meeting.items.all()],
            "resolve": lambda by: meetings.resolve(meeting, act, by=by, at=session + timedelta(hours=3)),
            "turn the day": lambda by: [
                reconsiderations.lapse_overdue(at=session + timedelta(days=400)),
                defaults.set_due(at=session + timedelta(days=400)),
            ],
        }


NAMES = [
    "write", "ask", "withdraw", "admit", "refuse", "assign", "assign to the first", "declare", "declare a conflict",
    "name", "opine", "opine against", "hand in", "settle", "sign", "reopen", "propose", "take back", "put on agenda",
    "convene", "seat", "decide", "decline", "resolve", "turn the day",
]  # fmt: skip

# The straight way with the right people (by place in Play.people), which random deeds interrupt.
STRAIGHT = [
    ("ask", 0), ("admit", 2), ("assign", 2), ("declare", 4), ("declare", 5), ("name", 6), ("opine", 4), ("opine", 5),
    ("hand in", 4), ("hand in", 5), ("settle", 4), ("sign", 4), ("propose", 6), ("put on agenda", 7), ("convene", 7),
    ("seat", 7), ("decide", 7), ("resolve", 7),
]  # fmt: skip


def contents():
    """Every row of every table, for "nothing was changed"."""
    return rows.told(TABLES)


def is_sound(request):
    """What must be true of a request, and of the unit that it is about, at any time."""
    entries = list(request.history.exclude(to_stage=""))
    assert entries[-1].to_stage == request.stage
    for before, after in pairwise(entries):
        assert after.from_stage == before.to_stage
        assert before.to_stage not in ENDED
    known = {step.name: step for step in RECONSIDERATION.steps}
    for entry in entries:
        if entry.step in known:
            step = known[entry.step]
            assert entry.from_stage in step.moves
            assert entry.to_stage == (step.to or entry.from_stage)
    assert (request.stage in ANSWERED) == (request.resolution is not None)
    assert request.total is None or request.total >= request.first_total
    unit = Application.objects.get(pk=request.application_id)
    assert (unit.stage == Stage.CERTIFIED) == (request.stage == "changed")
    assert (unit.certificate is not None) == (unit.stage == Stage.CERTIFIED)
    first = set(unit.current_visit.assessors.values_list("person", flat=True))
    assert first.isdisjoint(request.reviewers.values_list("person", flat=True))
    assert request.body_id != unit.assignment.panel.body_id


deeds = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 7)), min_size=3, max_size=10)


@pytest.mark.django_db
@given(progress=st.integers(0, len(STRAIGHT)), interruptions=deeds)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=[Generating.generate])
def test_any_sequence_of_deeds_is_sound(progress, interruptions):
    with transaction.atomic():
        play = Play()
        for name, who in [*STRAIGHT[:progress], *interruptions]:
            before = contents()
            try:
                with transaction.atomic():
                    play.deeds()[name](play.people[who])
            except StepRefused:
                assert contents() == before
            is_sound(play.now)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_straight_way_needs_no_luck():
    play = Play()

    for name, who in STRAIGHT:
        play.deeds()[name](play.people[who])
        is_sound(play.now)

    assert play.now.stage == "changed"
    assert set(play.deeds()) == set(NAMES)
