"""Arrivals: bookings, returns and transfers, and no device whose clock is wrong reorders a queue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.frontdesk.rules.arrivals import Claim, believed_arrival, believed_arrivals, came_back, entered, passed_on
from saduak.frontdesk.rules.order import Entry, in_order, next_of
from saduak.frontdesk.tests.tickets import EVERYWHERE, at, ticket


@pytest.mark.parametrize(
    ("checked_in", "booked", "counts_from", "entry"),
    [
        pytest.param(10, None, 10, Entry.WALK_IN, id="a walk-in counts from the check-in"),
        pytest.param(10, 30, 30, Entry.BOOKED, id="early counts from the booked time"),
        pytest.param(45, 30, 30, Entry.BOOKED, id="within the grace too"),
        pytest.param(45.01, 30, 45.01, Entry.LATE, id="later is a walk-in who has just arrived"),
    ],
)
def test_when_waiting_begins_to_count(checked_in, booked, counts_from, entry):
    assert entered(at(checked_in), None if booked is None else at(booked)) == (at(counts_from), entry)


def test_a_centre_may_have_another_grace():
    assert entered(at(31), at(30), grace_minutes=0) == (at(31), Entry.LATE)


def test_a_no_show_who_returns_is_held_off_for_five_minutes_and_keeps_the_first_arrival():
    back = came_back(ticket(1, 0), at(40))
    others = [ticket(2, 10)]

    assert (back.arrived, back.not_before, back.returned) == (at(0), at(45), True)
    assert next_of([back, *others], at(44), EVERYWHERE) == others[0]
    assert next_of([back, *others], at(45), EVERYWHERE) == back


def test_a_transferred_visitor_keeps_the_first_arrival():
    moved = passed_on(ticket(1, 0), service="permits")

    assert (moved.arrived, moved.service, moved.counter, moved.transferred) == (at(0), "permits", "", True)
    assert in_order([ticket(2, 5, service="permits"), moved], at(30))[0] == moved


def test_a_visitor_sent_to_a_counter_keeps_the_service():
    moved = passed_on(ticket(1, 0), counter="2")

    assert (moved.service, moved.counter) == ("jobs", "2")


@pytest.mark.parametrize(
    ("device_time", "device_now", "believed"),
    [
        pytest.param(20, 60, 20, id="a clock that is right"),
        pytest.param(920, 960, 20, id="fifteen hours ahead, and still a true age"),
        pytest.param(-980, -940, 20, id="far behind, and still a true age"),
        pytest.param(-500, 60, 10, id="set right during the cut: not before the server last heard from it"),
        pytest.param(500, 60, 60, id="set back during the cut: not from the future"),
    ],
)
def test_a_device_is_believed_within_the_cut(device_time, device_now, believed):
    found = believed_arrival(at(device_time), device_now=at(device_now), received=at(60), last_seen=at(10))

    assert found == at(believed)


def test_a_server_whose_own_clock_went_back_believes_no_device():
    assert believed_arrival(at(20), device_now=at(20), received=at(5), last_seen=at(10)) == at(5)
    assert believed_arrivals([Claim(1, at(20))], device_now=at(20), received=at(5), last_seen=at(10)) == [
        (Claim(1, at(20)), at(5))
    ]


claims = st.lists(st.integers(-1000, 1000), max_size=8).map(
    lambda minutes: [Claim(number, at(minute)) for number, minute in enumerate(minutes)]
)


@given(claims, st.integers(-1000, 1000), st.randoms())
def test_no_clock_moves_a_ticket_out_of_the_cut_or_before_an_earlier_one_of_its_device(made, device_now, chance):
    believed = believed_arrivals(
        chance.sample(made, len(made)), device_now=at(device_now), received=at(60), last_seen=at(10)
    )

    moments = [moment for _, moment in believed]
    assert [claim for claim, _ in believed] == made
    assert moments == sorted(moments)
    assert all(at(10) <= moment <= at(60) for moment in moments)


@given(st.lists(st.integers(10, 60), max_size=8), st.integers(-100_000, 100_000))
def test_a_clock_that_is_wrong_all_the_time_changes_nothing(minutes, wrong_by):
    def believed(shift):
        made = [Claim(number, at(minute + shift)) for number, minute in enumerate(sorted(minutes))]
        found = believed_arrivals(made, device_now=at(60 + shift), received=at(60), last_seen=at(10))
        return [moment for _, moment in found]

    assert believed(wrong_by) == [at(minute) for minute in sorted(minutes)]


@given(st.integers(-100_000, 100_000), st.integers(-100_000, 100_000))
def test_whoever_stood_at_a_connected_kiosk_after_me_is_behind_me_whatever_its_clock_says(says, shows):
    """The kiosk was heard from at 30 and delivers at 30: only the server's clock is left."""
    mine = ticket(1, 29)
    arrived = believed_arrival(at(says), device_now=at(shows), received=at(30), last_seen=at(30))

    assert arrived == at(30)
    assert in_order([ticket(2, (arrived - at(0)) / 60_000), mine], at(60))[0] == mine
