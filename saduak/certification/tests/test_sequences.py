"""No sequence of deeds reaches a state that the constraints forbid, and a refused deed changes nothing."""

from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Generating
from hypothesis import strategies as st

from saduak.certification.models import (
    AgendaItem,
    AgreedMark,
    Answer,
    Application,
    Assignment,
    Certificate,
    Declaration,
    Dossier,
    Mark,
    Meeting,
    Resolution,
    ScreeningMark,
    Visit,
)
from saduak.certification.operations import (
    applications,
    assignments,
    consensus,
    meetings,
    screening,
    sheets,
    visits,
)
from saduak.certification.procedure.applications import APPLICATION, FINAL, RESOLVED, Stage
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused
from saduak.standards.rules import AnswersRefused
from tests.support import rows
from tests.support.remembering import remembered

TABLES = (
    Application,
    Answer,
    Dossier,
    ScreeningMark,
    Assignment,
    Declaration,
    Visit,
    Mark,
    AgreedMark,
    Meeting,
    AgendaItem,
    Resolution,
    Certificate,
    Entry,
)


@remembered
def begun(world):
    """The application, and who may touch it; a meeting is called as well."""
    unit = world.answer_everything(world.draft())
    people = [
        world.head,
        world.officer,
        world.secretariat,
        world.chair,
        world.member,
        world.panel_secretary,
        world.steering_secretary,
    ]
    world.meeting()
    return unit, people


class Play:
    """One application, everybody who may touch it, and every deed that there is."""

    def __init__(self):
        world = self.world = World()
        self.unit, self.people = begun(world)

    @property
    def now(self):
        return Application.objects.get(pk=self.unit.pk)

    @property
    def visit(self):
        return self.now.visits.current().get()

    @property
    def meeting(self):
        return Meeting.objects.latest("pk")

    def deeds(self):
        """Each deed as a function of who does it."""
        world, applying, screening_ = (
            self.world,
            self.world.during(Phase.APPLICATION),
            self.world.during(Phase.SCREENING),
        )
        visiting, resolving = world.during(Phase.VISITS, 12), world.during(Phase.RESOLUTION, 12)
        return {
            "answer": lambda by: applications.answer(self.now, "P1", "not_met", by=by, at=screening_),
            "answer again": lambda by: applications.answer(self.now, "P1", "met", by=by, at=screening_),
            "answer too much": lambda by: applications.answer(self.now, "R1.1", "99", by=by, at=applying),
            "submit": lambda by: applications.submit(self.now, by=by, at=applying),
            "withdraw": lambda by: applications.withdraw(self.now, by=by, reason="เหตุผล", at=visiting),
            "name an item": lambda by: screening.find(self.now, "P1", "to_mend", by=by, remark="ขาด", at=applying),
            "fail a gate": lambda by: screening.find(self.now, "P2", "failed", by=by, remark="ไม่มี"),
            "find it in order": lambda by: [screening.find(self.now, code, "accepted", by=by) for code in ("P1", "P2")],
            "accept the rest": lambda by: screening.accept_the_rest(self.now, by=by),
            "return": lambda by: screening.return_for_mending(self.now, by=by, at=applying),
            "resubmit": lambda by: applications.resubmit(self.now, by=by, at=applying),
            "pass": lambda by: screening.pass_screening(self.now, by=by, at=screening_),
            "screen out": lambda by: screening.screen_out(self.now, by=by, reason="เกณฑ์ไม่ผ่าน", at=screening_),
            "correct screening": lambda by: screening.correct_screening(self.now, by=by, reason="ทบทวน"),
            "assign": lambda by: assignments.assign(self.now, world.panel, by=by),
            "declare": lambda by: assignments.declare(self.now, by=by, has_conflict=False),
            "everybody declares": lambda by: world.declared(self.now),
            "plan": lambda by: visits.plan(self.now, world.plan(), by=by),
            "cancel visit": lambda by: visits.cancel(self.now, by=by, reason="ฝนตก"),
            "hold": lambda by: visits.hold(self.now, by=by, at=visiting),
            "correct visit": lambda by: visits.correct(self.now, by=by, reason="เลื่อน"),
            "mark": lambda by: sheets.mark(
                sheets.open_sheet(self.visit, by=by, at=visiting), "P1", "met", by=by, at=visiting
            ),
            "score": lambda by: self.visit and world.score(self.now, by),
            "adopt": lambda by: consensus.adopt_what_is_equal(self.visit, by=by),
            "settle": lambda by: consensus.settle(self.visit, "P2", "not_met", by=by, reason="เห็นพ้อง"),
            "sign": lambda by: consensus.sign(self.now, by=by, summary="", at=visiting),
            "reopen": lambda by: consensus.reopen(self.now, by=by, reason="แก้ไข"),
            "propose": lambda by: consensus.propose(self.now, by=by),
            "take back": lambda by: consensus.take_back(self.now, by=by, reason="แก้ไข"),
            "put on agenda": lambda by: meetings.put_on_agenda(self.meeting, [self.now], by=by),
            "convene": lambda by: meetings.convene(self.meeting, by=by, at=resolving),
            "seat": lambda by: meetings.seat(self.meeting, self.world.steering_members, by=by),
            "decide": lambda by: meetings.follow_the_proposals(self.meeting, by=by),
            "resolve": lambda by: meetings.resolve(
                self.meeting, meetings.Act(number="1", text="เห็นชอบ", votes_for=3), by=by, at=resolving
            ),
            "lapse": lambda by: applications.lapse_overdue(at=resolving),
        }


NAMES = [
    "answer", "answer again", "answer too much", "submit", "withdraw", "name an item", "fail a gate",
    "find it in order", "accept the rest", "return", "resubmit", "pass", "screen out", "correct screening",
    "assign", "declare", "everybody declares", "plan", "cancel visit", "hold", "correct visit", "mark",
    "score", "adopt", "settle", "sign", "reopen", "propose", "take back", "put on agenda", "convene",
    "seat", "decide", "resolve", "lapse",
]  # fmt: skip

# The straight way with the right people (by place in Play.people), which random deeds interrupt.
STRAIGHT = [
    ("submit", 0), ("accept the rest", 2), ("pass", 2), ("assign", 2), ("everybody declares", 3),
    ("plan", 5), ("hold", 3), ("score", 3), ("score", 4), ("adopt", 3), ("sign", 3), ("propose", 5),
    ("put on agenda", 6), ("convene", 6), ("seat", 6), ("decide", 6), ("resolve", 6),
]  # fmt: skip


def contents():
    """Every row of every table, for "nothing was changed"."""
    return rows.told(TABLES)


def is_sound(unit):
    """What must be true of an application at any time."""
    history = list(unit.history)
    entries = [entry for entry in history if entry.to_stage]
    assert entries[-1].to_stage == unit.stage
    for before, after in pairwise(entries):
        assert after.from_stage == before.to_stage
    for entry in entries:
        if entry.step in {step.name for step in APPLICATION.steps}:
            step = APPLICATION.step(entry.step)
            assert entry.from_stage in step.moves
            assert entry.to_stage == (step.to or entry.from_stage)
            assert entry.clause == step.clause
    assert (unit.stage in RESOLVED) == (unit.resolution is not None)
    assert Certificate.objects.filter(application=unit).exists() == (unit.stage == Stage.CERTIFIED)
    steps = [entry.step for entry in history]
    assert steps.count("return") <= 1
    assert unit.dossiers.count() == steps.count("submit") + steps.count("resubmit")
    assert all(entries[n].to_stage not in FINAL or entries[n].step == "certify" for n in range(len(entries) - 1))


deeds = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 6)), min_size=3, max_size=12)


@pytest.mark.django_db
@given(progress=st.integers(0, len(STRAIGHT)), interruptions=deeds)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Generating.generate])
def test_any_sequence_of_deeds_is_sound(progress, interruptions):
    with transaction.atomic():
        play = Play()
        for name, who in [*STRAIGHT[:progress], *interruptions]:
            before = contents()
            try:
                with transaction.atomic():
                    play.deeds()[name](play.people[who])
            except (StepRefused, AnswersRefused, Visit.DoesNotExist):
                assert contents() == before
            is_sound(play.now)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_straight_way_needs_no_luck():
    play = Play()

    for name, who in STRAIGHT:
        play.deeds()[name](play.people[who])
        is_sound(play.now)

    assert play.now.stage == Stage.CERTIFIED


@pytest.mark.django_db
def test_every_deed_is_played():
    assert set(Play().deeds()) == set(NAMES)
