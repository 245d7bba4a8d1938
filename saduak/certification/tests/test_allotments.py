"""Proposals of assignments, from their record to the units' places."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.certification.models import AllotmentProposal, Application, Panel
from saduak.certification.models.allotments import AllotmentState
from saduak.certification.operations import allotting, assignments
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.allotting import task_of
from saduak.certification.tests.world import World, standing
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, MembershipFactory, ProvinceFactory, person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, StepRefused
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db


def place(code, latitude, longitude):
    province = ProvinceFactory(code=code)
    type(province).objects.filter(pk=province.pk).update(latitude=latitude, longitude=longitude)
    return province


class Placed(World):
    """A world whose centre has a place on the map."""

    @standing
    def centre(self):
        return CentreFactory(province=place("51", 18.57, 99.01))

    @remembered
    def seat_two_sub_committees(self):
        """Two sub-committees of three people each."""
        assert self.panel
        self.six = BodyFactory(number=6)
        self.other_panel = Panel.objects.create(round=self.prepared_round, body=self.six)
        people = [self.chair, self.member, self.panel_secretary]
        people += [person_of(Office.QUALIFIED_MEMBER, body=self.six) for _ in range(3)]
        self.seats = people


@pytest.fixture
def world():
    made = Placed()
    made.seat_two_sub_committees()
    return made


@remembered
def second(world):
    """A second unit, far from the first."""
    centre = CentreFactory(province=place("90", 7.2, 100.6))
    return world.screened(centre, by=person_of(Office.CENTRE_HEAD, centre=centre))


def test_a_proposal_keeps_what_it_was_made_from_and_can_be_made_again(world):
    units = [world.screened(), second(world)]

    proposal = allotting.begin(world.round, by=world.secretariat, seed=7)

    assert (proposal.state, proposal.seed) == (AllotmentState.FINISHED, 7)
    assert proposal.given.keys() == {unit.reference for unit in units}
    assert len(set(proposal.given.values())) == 2
    assert allotting.is_repeatable(AllotmentProposal.objects.get(pk=proposal.pk))
    entry = Entry.objects.get(step="propose_assignments")
    assert (entry.facts["sha256"], entry.facts["seed"]) == (proposal.sha256, 7)


def test_a_record_that_was_changed_is_found_out(world):
    world.screened()
    proposal = allotting.begin(world.round, by=world.secretariat)

    proposal.task["weights"]["tie"] = 1

    assert not allotting.is_repeatable(proposal)


def test_a_sub_committee_with_a_barred_member_is_never_proposed(world):
    unit = world.screened()
    MembershipFactory(person=world.chair, agency=unit.centre.agency, office=Office.POSTED)

    proposal = allotting.begin(world.round, by=world.secretariat)

    assert proposal.panel_of(unit.reference) == world.six.reference


def test_accepting_assigns_as_proposed_and_the_journal_names_the_proposal(world):
    unit, other = world.screened(), second(world)
    proposal = allotting.begin(world.round, by=world.secretariat)

    (done,) = allotting.accept(proposal, [unit.reference], by=world.secretariat)
    (rest,) = allotting.accept(proposal, by=world.secretariat)

    assert (done.pk, rest.pk) == (unit.pk, other.pk)
    assert done.assignment.panel.body.reference == proposal.panel_of(unit.reference)
    assert done.history.get(step="assign").facts["proposal"] == proposal.reference


def test_accepting_twice_is_told_and_changes_nothing(world):
    unit = world.screened()
    proposal = allotting.begin(world.round, by=world.secretariat)
    allotting.accept(proposal, [unit.reference], by=world.secretariat)

    with pytest.raises(StepOvertaken):
        allotting.accept(proposal, [unit.reference], by=world.secretariat)
    with pytest.raises(StepRefused, match="หน่วย"):
        allotting.accept(proposal, by=world.secretariat)

    assert unit.history.filter(step="assign").count() == 1


def test_a_conflict_that_came_up_since_stops_the_acceptance(world):
    unit = world.screened()
    proposal = allotting.begin(world.round, by=world.secretariat)
    body = Panel.objects.get(round=world.round, body__pk=int(proposal.panel_of(unit.reference)[1:])).body
    seated = body.memberships.first().person
    MembershipFactory(person=seated, agency=unit.centre.agency, office=Office.POSTED)

    with pytest.raises(StepRefused, match=unit.reference):
        allotting.accept(proposal, by=world.secretariat)


def test_deciding_otherwise_needs_a_reason_that_the_journal_keeps(world):
    unit = world.screened()
    proposal = allotting.begin(world.round, by=world.secretariat)
    other = world.panel if proposal.panel_of(unit.reference) == world.six.reference else world.other_panel

    with pytest.raises(StepRefused):
        allotting.decide_otherwise(proposal, unit, other, by=world.secretariat, reason=" ", seen=unit.version)
    done = allotting.decide_otherwise(
        proposal, unit, other, by=world.secretariat, reason="อยู่เส้นทางเดียวกัน", seen=unit.version
    )

    entry = done.history.get(step="assign")
    assert (entry.note, entry.facts["proposed"]) == ("อยู่เส้นทางเดียวกัน", proposal.panel_of(unit.reference))


def test_what_is_proposed_needs_no_reason(world):
    unit = world.screened()
    proposal = allotting.begin(world.round, by=world.secretariat)
    same = world.other_panel if proposal.panel_of(unit.reference) == world.six.reference else world.panel

    done = allotting.decide_otherwise(proposal, unit, same, by=world.secretariat, reason="", seen=unit.version)

    assert done.stage == Stage.ASSIGNED


def test_only_the_secretariat_proposes_and_only_when_there_is_something_to_propose(world):
    with pytest.raises(StepRefused):
        allotting.begin(world.round, by=world.chair)
    with pytest.raises(StepRefused):
        allotting.begin(world.round, by=world.secretariat)
    world.screened()
    Panel.objects.all().delete()
    with pytest.raises(StepRefused):
        allotting.begin(world.round, by=world.secretariat)

    assert not AllotmentProposal.objects.exists()


@pytest.fixture
def long(monkeypatch):
    """Every round is long enough for the worker."""
    monkeypatch.setattr(allotting, "AT_ONCE", 0)


@pytest.mark.usefixtures("long")
class TestLeftToTheWorker:
    def test_it_waits_and_a_second_click_finds_it(self, world):
        world.screened()

        proposal = allotting.begin(world.round, by=world.secretariat)

        assert proposal.state == AllotmentState.WAITING
        assert allotting.begin(world.round, by=world.secretariat) == proposal
        with pytest.raises(StepRefused):
            allotting.accept(proposal, by=world.secretariat)
        done = allotting.calculate(proposal)
        assert (done.state, done.done) == (AllotmentState.FINISHED, done.total)
        assert allotting.calculate(proposal).sha256 == done.sha256

    def test_it_is_stopped_before_it_begins(self, world):
        world.screened()
        proposal = allotting.begin(world.round, by=world.secretariat)

        allotting.stop(proposal)

        assert allotting.calculate(proposal).state == AllotmentState.STOPPED

    def test_it_is_stopped_while_it_runs(self, world):
        world.screened()
        proposal = allotting.begin(world.round, by=world.secretariat)
        AllotmentProposal.objects.update(stop_wanted=True)

        assert allotting.calculate(proposal).state == AllotmentState.STOPPED

    def test_what_goes_wrong_is_told(self, world, monkeypatch):
        world.screened()
        proposal = allotting.begin(world.round, by=world.secretariat)
        monkeypatch.setattr(allotting, "propose", lambda *_, **__: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            allotting.calculate(proposal)

        assert AllotmentProposal.objects.get().state == AllotmentState.FAILED


def test_the_sub_committee_of_the_round_before_is_known(world):
    unit = world.screened()
    before = World(
        today=world.today.replace(year=world.today.year - 1),
        cycle_be=world.cycle_be - 1,
        centre=world.centre,
        criteria=world.criteria,
        **world.bodies,
    )
    before.share_people_of(world)
    before.assigned()

    task, versions = task_of(world.round, on=world.today)

    assert (task.units[0].last, versions) == (world.five.reference, {unit.reference: unit.version})


def test_the_questions_do_not_depend_on_how_many_units_wait(world):
    world.screened()

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            task_of(world.round, on=world.today)
        return len(queries)

    few = asked()
    second(world)

    assert asked() == few
    assert Application.objects.filter(stage=Stage.SCREENED).count() == 2


def test_assigning_by_hand_says_nothing_of_a_proposal(world):
    done = assignments.assign(world.screened(), world.panel, by=world.secretariat)

    assert set(done.history.get(step="assign").facts) >= {"body", "unit_number"}
    assert "proposal" not in done.history.get(step="assign").facts
