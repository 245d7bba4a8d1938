"""The order: by accumulated priority, the same for whoever asks, and nobody is passed for ever."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.frontdesk.rules.lanes import Lanes
from saduak.frontdesk.rules.order import (
    ONE_MINUTE,
    ORDINARY,
    Caller,
    Priority,
    Standing,
    ahead_of,
    in_minutes,
    in_order,
    milliseconds,
    moment,
    next_of,
    score,
    standing,
    waits_too_long,
)
from saduak.frontdesk.tests.tickets import (
    CREDITED,
    ELDERLY,
    EVERYWHERE,
    SERVICES,
    at,
    callers,
    moments,
    queues,
    ticket,
)


def sequences(waiting):
    return [one.sequence for one in waiting]


@pytest.mark.parametrize(
    ("waiting", "order"),
    [
        pytest.param([ticket(1, 0), ticket(2, 5)], [1, 2], id="first come, first served within a class"),
        pytest.param([ticket(1, 0), ticket(2, 19, ELDERLY)], [2, 1], id="11 × 3 minutes beat 30"),
        pytest.param([ticket(1, 0), ticket(2, 21, ELDERLY)], [1, 2], id="9 × 3 minutes do not"),
        pytest.param([ticket(2, 0), ticket(1, 20, ELDERLY)], [1, 2], id="a tie goes to the lower ticket, priority"),
        pytest.param([ticket(1, 0), ticket(2, 20, ELDERLY)], [1, 2], id="a tie goes to the lower ticket, ordinary"),
        pytest.param([ticket(1, 9), ticket(2, 29, CREDITED)], [2, 1], id="20 of credit and 1.5 beat 21"),
        pytest.param([ticket(1, 8), ticket(2, 29, CREDITED)], [1, 2], id="but not 22"),
        pytest.param([ticket(1, 35, CREDITED), ticket(2, 29)], [2, 1], id="a booked time to come is after all"),
        pytest.param([ticket(1, 0, not_before=31), ticket(2, 35)], [2, 1], id="held off comes last of all"),
        pytest.param([ticket(1, 0, not_before=30), ticket(2, 29)], [1, 2], id="after the hold-off the first arrival"),
    ],
)
def test_the_order_after_half_an_hour(waiting, order):
    assert sequences(in_order(waiting, at(30))) == order


def test_a_score_is_b_times_the_wait_and_the_credit():
    assert in_minutes(score(ticket(1, 0, CREDITED), at(10))) == Decimal("35.0")
    assert in_minutes(score(ticket(1, 20), at(10))) == Decimal("-10.0")


@pytest.mark.parametrize(
    ("one", "stands"),
    [
        pytest.param(ticket(1, 30), Standing.READY, id="ready from the first moment"),
        pytest.param(ticket(1, 31), Standing.EARLY, id="early until the booked time"),
        pytest.param(ticket(1, 0, not_before=30), Standing.READY, id="ready when the hold-off ends"),
        pytest.param(ticket(1, 31, not_before=31), Standing.HELD_OFF, id="held off first"),
    ],
)
def test_where_a_ticket_stands(one, stands):
    assert standing(one, at(30)) is stands


def test_a_counter_calls_only_what_it_can_do():
    waiting = [ticket(1, 0), ticket(2, 1, service="benefits"), ticket(3, 2, service="benefits")]

    assert next_of(waiting, at(30), Caller("1", frozenset({"benefits"}))).sequence == 2
    assert next_of(waiting, at(30), Caller("1", frozenset({"permits"}))) is None


def test_who_was_sent_to_a_counter_is_called_there_and_nowhere_else():
    sent = ticket(1, 0, service="permits", counter="2")

    assert next_of([sent], at(30), Caller("2", frozenset({"jobs"}))) is sent
    assert next_of([sent], at(30), EVERYWHERE) is None


def test_who_comes_early_is_called_when_nobody_else_can_be():
    booked, other = ticket(1, 40), ticket(2, 30)

    assert next_of([booked, other], at(30), EVERYWHERE) is other
    assert next_of([booked], at(30), EVERYWHERE) is booked


def test_nobody_held_off_is_called_even_by_an_idle_counter():
    assert next_of([ticket(1, 0, not_before=31)], at(30), EVERYWHERE) is None


def test_the_longest_wait_is_an_alarm_and_no_rule():
    waiting = [ticket(1, 0), ticket(2, 45, ELDERLY)]

    assert waits_too_long(waiting[0], at(61), 60)
    assert not waits_too_long(waiting[0], at(60), 60)
    assert sequences(in_order([*waiting, ticket(3, 30, ELDERLY)], at(61))) == [3, 1, 2]


def test_how_many_are_ahead():
    waiting = [ticket(1, 0), ticket(2, 5), ticket(3, 25, ELDERLY)]

    assert [ahead_of(one, waiting, at(30)) for one in waiting] == [0, 1, 2]
    assert [ahead_of(one, waiting, at(40)) for one in waiting] == [1, 2, 0]


@pytest.mark.parametrize("b", [Decimal(0), Decimal(-1), Decimal("1.005")])
def test_b_is_above_zero_and_has_two_decimals(b):
    with pytest.raises(ValueError, match="b must be"):
        Priority("x", b)


def test_no_credit_is_below_zero():
    with pytest.raises(ValueError, match="credit must not"):
        Priority("x", credit=-1)


def test_moments_are_whole_milliseconds():
    spoken = datetime(2026, 11, 20, 2, 0, 0, 1_999, tzinfo=UTC)

    assert milliseconds(spoken) == at(0) + 1
    assert moment(milliseconds(spoken)) == spoken.replace(microsecond=1_000)
    with pytest.raises(ValueError, match="time zone"):
        milliseconds(datetime(2026, 11, 20))


@given(queues(), moments, st.randoms())
def test_the_order_is_the_same_in_whatever_order_people_are_handed_in(waiting, now, chance):
    shuffled = chance.sample(waiting, len(waiting))

    assert in_order(shuffled, now) == in_order(waiting, now)
    assert next_of(shuffled, now, EVERYWHERE) == next_of(waiting, now, EVERYWHERE)


@given(queues(), moments)
def test_the_next_is_the_first_in_the_order_that_the_counter_can_call(waiting, now):
    callable_ = [one for one in in_order(waiting, now) if now >= one.not_before and EVERYWHERE.can_call(one)]

    assert next_of(waiting, now, EVERYWHERE) == next(iter(callable_), None)


@given(queues(), moments, callers)
def test_nobody_is_called_in_the_hold_off_or_at_a_counter_that_cannot(waiting, now, caller):
    called = next_of(waiting, now, caller)

    assert called is None or (called.not_before <= now and caller.can_call(called))


@given(queues(), moments, st.integers(0, 60))
def test_within_a_class_nobody_passes_who_was_behind(waiting, now, later):
    ordinary = [replace(one, priority=ORDINARY, not_before=0) for one in waiting if one.arrived <= now]

    assert in_order(ordinary, now) == in_order(ordinary, now + later * ONE_MINUTE)


@given(queues(), moments, st.integers(0, 60))
def test_whoever_has_the_greater_b_and_is_ahead_stays_ahead(waiting, now, later):
    ready = [replace(one, not_before=0) for one in waiting if one.arrived <= now]
    order, after = in_order(ready, now), in_order(ready, now + later * ONE_MINUTE)

    for number, one in enumerate(order):
        passed = {other for other in order[number + 1 :] if other.priority.b <= one.priority.b}
        assert passed.isdisjoint(after[: after.index(one)])


@given(st.integers(1, 300), st.integers(0, 300), st.sampled_from([ELDERLY, CREDITED]))
def test_whoever_comes_late_in_my_wait_never_passes_me(wait, came_after, priority):
    """No starvation: with b = 3 against 1, nobody passes me who comes after two thirds of my wait."""
    me, other = ticket(1, 0), ticket(2, came_after, priority)
    now = at(wait)
    reach = priority.b * (wait - came_after) + priority.credit

    assert (ahead_of(me, [other], now) == 1) == (came_after <= wait and reach > wait)


@settings(max_examples=200)
@given(queues(max_size=12), st.lists(st.tuples(st.integers(0, 15), callers), max_size=20), st.integers(0, 12))
def test_lanes_call_whom_the_order_calls(waiting, calls, begun_with):
    """The fast form, in which only heads are compared, against the plain one."""
    now = at(0)
    lanes, present = Lanes(waiting[:begun_with], now), waiting[:begun_with]
    coming = waiting[begun_with:]
    for minutes, caller in calls:
        now += minutes * ONE_MINUTE
        if coming:
            present.append(coming.pop())
            lanes.enter(present[-1])
        called = lanes.copy().take(now, caller)
        assert called == next_of(present, now, caller) == lanes.take(now, caller)
        if called:
            present.remove(called)


def test_lanes_know_when_somebody_becomes_ready_for_a_counter():
    lanes = Lanes([ticket(1, 0, not_before=20), ticket(2, 10, service="permits")], at(0))

    assert lanes.next_entry(EVERYWHERE) == at(10)
    assert lanes.next_entry(Caller("2", frozenset({"jobs"}))) == at(20)
    assert lanes.next_entry(Caller("3", frozenset({"benefits"}))) is None


def test_every_service_has_its_lane():
    lanes = Lanes((ticket(n, n, service=service) for n, service in enumerate(SERVICES)), at(5))

    assert [lanes.take(at(5), EVERYWHERE).service for _ in SERVICES] == list(SERVICES)
