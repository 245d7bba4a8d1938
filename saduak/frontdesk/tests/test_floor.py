"""What staff see of a desk, what a visitor's ticket knows, and why somebody was called before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from saduak.directory.tests.factories import CentreFactory
from saduak.frontdesk.operations import calling, serving, sittings
from saduak.frontdesk.presenters.explaining import in_words
from saduak.frontdesk.queries.console import lines
from saduak.frontdesk.queries.explaining import explain
from saduak.frontdesk.queries.floor import floor, state_version
from saduak.frontdesk.queries.tickets import ahead_of, by_secret, of_number
from saduak.frontdesk.rules.reasons import Why
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = DeskWorld()
    world.stand()
    return world


def day(world):
    return timezone.localdate(world.now)


def test_the_floor_shows_lines_counters_and_alarms(world):
    assert state_version(world.centre, day(world)) == 0
    first = world.issue()
    elderly = world.issue(priority=world.elderly)
    held = serving.hold(
        world.seated(2), world.called(2, service=world.advice, priority=world.elderly), at=world.minute()
    )
    sittings.ask_for_help(world.seated(2), at=world.minute())

    seen = floor(world.centre, day(world), world.now + timedelta(minutes=70))

    assert [one.ticket for one in seen.waiting][:2] == [elderly, first] or held in seen.held
    assert [one.place for one in seen.waiting] == list(range(1, len(seen.waiting) + 1))
    assert [one.waited for one in seen.alarms] == sorted((one.waited for one in seen.alarms), reverse=True)
    assert len(seen.alarms) == len(seen.waiting)
    assert [sitting.counter.label for sitting in seen.asking_for_help] == ["2"]
    assert seen.version == state_version(world.centre, day(world))


def test_consoles_and_the_floor_have_one_order(world):
    for number in range(12):
        world.issue(world.services[number % 3], priority=world.elderly if number % 5 == 0 else world.ordinary)
    at = world.now + timedelta(minutes=9)

    told = [place.reference for line in lines(world.desk, day(world), at) for place in line.places]
    on_the_floor = {one.ticket.reference: one for one in floor(world.centre, day(world), at).waiting}

    assert {line.waiting for line in lines(world.desk, day(world), at, first=2)} == {8, 4}
    assert sorted(told, key=lambda key: (on_the_floor[key].ticket.group_id, on_the_floor[key].place)) == told


def test_a_ticket_knows_how_many_are_before_it(world):
    first, second = world.issue(), world.issue()
    elderly = world.issue(priority=world.elderly)
    at = world.now + timedelta(minutes=30)

    assert [ahead_of(one, at) for one in (first, second, elderly)] == [1, 2, 0]
    assert by_secret(second.secret) == second
    assert by_secret("wrong") is None
    assert ahead_of(world.call(at=at)) is None


@pytest.mark.parametrize("typed", ["A001", "a1", " A 001 ", "a๐๐๑"])
def test_a_number_is_found_as_people_say_it(world, typed):
    ticket = world.issue(at=timezone.now())

    assert of_number(world.desk, typed) == ticket


@pytest.mark.parametrize("typed", ["", "001", "A", "AA1", "A0012345678"])
def test_what_is_no_number_is_no_ticket(world, typed):
    world.issue(at=timezone.now())

    assert of_number(world.desk, typed) is None


class TestWhy:
    """Both tickets as they stood at the call, from the journal."""

    def reasons(self, mine, other):
        return explain(mine, other).answer.reasons

    def test_somebody_waited_longer(self, world):
        other, mine = world.issue(), world.issue()
        world.call()

        assert self.reasons(mine, other) == (Why.WAITED_LONGER,)

    def test_mine_came_later_or_to_another_service(self, world):
        other = world.called()
        mine, elsewhere = world.issue(), world.issue(world.payment)

        assert self.reasons(mine, other) == (Why.NOT_YET_HERE,)
        assert in_words(mine, other, explain(mine, other)).sentences[1].startswith("ขณะนั้นยังไม่มี")
        serving.finish(world.seated(), world.serve(other), outcome="done", at=world.minute())
        assert self.reasons(elsewhere, world.call()) == (Why.OTHER_SERVICE,)

    def test_an_officer_called_out_of_order(self, world):
        mine, other = world.issue(), world.issue()
        calling.call_out_of_order(world.seated(), other, reason="รถจะออก", at=world.minute())

        assert self.reasons(mine, other) == (Why.OUT_OF_ORDER,)
        assert "รถจะออก" in in_words(mine, other, explain(mine, other)).sentences[1]

    def test_somebody_had_been_passed_on_and_keeps_the_arrival(self, world):
        other = world.serve()
        mine = world.issue(world.advice)
        serving.transfer(world.seated(), other, service=world.advice, at=world.minute())
        world.call(2)

        assert self.reasons(mine, other) == (Why.WAITED_LONGER, Why.TRANSFERRED)

    def test_what_was_taken_back_is_no_reason(self, world):
        other = world.called()
        serving.transfer(world.seated(), other, service=world.advice, at=world.minute())
        serving.undo(world.seated(), at=world.minute())
        for _ in range(2):
            calling.recall(world.seated(), world.fresh(other), at=world.minute())
        other = calling.no_show(world.seated(), world.fresh(other), at=world.minute())
        calling.bring_back(other, by=world.head, at=world.minute())
        mine = world.issue()
        world.call(at=world.minute(6))

        assert self.reasons(mine, other) == (Why.WAITED_LONGER, Why.RETURNED)

    def test_whoever_another_centre_sent_keeps_the_arrival(self, world):
        there = DeskWorld(world.now, centre=CentreFactory()).stand()
        sent = there.serve()
        mine = world.issue(world.advice, at=there.minute())
        other = serving.transfer(
            there.seated(), sent, desk=world.desk, service=world.advice, reason="ใกล้บ้าน", at=there.minute()
        )
        world.now = there.now
        world.call()

        assert self.reasons(mine, other) == (Why.WAITED_LONGER, Why.TRANSFERRED)

    def test_mine_was_held_off_or_sent_to_another_counter(self, world):
        mine = world.called()
        for _ in range(2):
            calling.recall(world.seated(), mine, at=world.minute())
        calling.no_show(world.seated(), mine, at=world.minute())
        calling.bring_back(mine, by=world.head, at=world.minute())
        other = world.called()
        assert self.reasons(mine, other) == (Why.MY_HOLD_OFF,)
        serving.transfer(world.seated(), other, counter=world.counters[2], at=world.minute())
        third = world.called(2)
        assert self.reasons(other, third) == (Why.OTHER_COUNTER,)

    def test_mine_did_not_wait_then_or_the_other_was_never_called(self, world):
        mine, other = world.called(), world.called(2)
        never = world.issue()

        assert explain(mine, other).answer is None
        assert "ไม่ได้อยู่ในสถานะรอเรียก" in in_words(mine, other, explain(mine, other)).sentences[1]
        assert in_words(mine, never, explain(mine, never)).rows == []

    def test_mine_came_too_late_for_its_booking(self, world):
        other = world.issue()
        mine = world.issue(booked_for=world.now - timedelta(hours=1))
        world.call()

        assert self.reasons(mine, other) == (Why.WAITED_LONGER, Why.MY_LATENESS)
