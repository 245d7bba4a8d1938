"""The simulated day: the real order, nobody lost, and the same seed the same day; and the estimate on such days."""

from dataclasses import replace
from itertools import pairwise

import pytest

from saduak.frontdesk.estimation.durations import Durations
from saduak.frontdesk.estimation.estimates import estimate
from saduak.frontdesk.estimation.measuring import Outcome, accuracy
from saduak.frontdesk.estimation.scene import Counter, Scene, Stream
from saduak.frontdesk.rules.order import ONE_MINUTE, ORDINARY, Caller, Entry, next_of
from saduak.frontdesk.simulation import ONE_HOUR, THREE_CALLS, Plan, Post, Visit, Work, play_day
from saduak.frontdesk.tests.tickets import ELDERLY, ticket

A, B = Work("A", 0.7, 8), Work("B", 0.3, 15)
BOTH = frozenset({"A", "B"})
PLAN = Plan(
    (A, B),
    (Post(Caller("1", BOTH)), Post(Caller("2", frozenset({"A"})), pace=1.2)),
    (14.0, 12.0, 0.0, 8.0),
    opens=ONE_HOUR,
    classes=((ORDINARY, 0.8), (ELDERLY, 0.2)),
)


def test_everybody_who_comes_is_served_in_their_turn():
    visits = play_day(PLAN, 1)

    assert len(visits) > 20
    assert all(visit.came <= visit.called < visit.ended for visit in visits)
    assert all(visit.counter == "1" for visit in visits if visit.ticket.service == "B")
    assert [visit.came for visit in visits] == sorted(visit.came for visit in visits)
    assert not any(3 * ONE_HOUR <= visit.came < 4 * ONE_HOUR for visit in visits)


def test_a_counter_serves_one_at_a_time():
    visits = play_day(PLAN, 1)

    for key in ("1", "2"):
        spans = sorted((visit.called, visit.ended) for visit in visits if visit.counter == key)
        assert all(ended <= called for (_, ended), (called, _) in pairwise(spans))


def test_the_same_seed_is_the_same_day():
    assert play_day(PLAN, 3) == play_day(PLAN, 3) != play_day(PLAN, 4)


def test_whoever_is_called_is_next_by_the_order():
    called = []

    def watch(what, hall, visit):
        if what == "called":
            present = [*hall.waiting.values(), visit.ticket]
            called.append(next_of(present, hall.now, hall.open[visit.counter].caller) == visit.ticket)

    play_day(replace(PLAN, absent=0.0), 1, watch)

    assert called
    assert all(called)


def test_who_misses_the_call_costs_little_and_may_come_back():
    visits = play_day(replace(PLAN, absent=0.3), 1)

    lost = [visit for visit in visits if visit.is_absent]
    back = [visit for visit in visits if visit.called != visit.first_called]
    assert lost
    assert back
    assert all(visit.ended - visit.called == THREE_CALLS for visit in lost)
    assert all(visit.called - visit.first_called >= 15 * ONE_MINUTE for visit in back)


def test_appointments_are_known_before_their_visitors_come():
    seen = []

    def watch(what, hall, visit):
        seen.append((len(hall.booked), visit.ticket.key in hall.booked))

    visits = play_day(replace(PLAN, booked_per_hour=4), 1, watch)
    entries = {visit.ticket.entry for visit in visits}

    assert seen[0][0] >= 10
    assert not any(present for _, present in seen)
    assert sum(visit.booked is not None for visit in visits) == 16
    assert entries >= {Entry.WALK_IN, Entry.BOOKED}
    assert all(visit.ticket.arrived == visit.booked for visit in visits if visit.ticket.entry is Entry.BOOKED)


def test_a_counter_opens_and_closes_and_ends_its_visit():
    posts = (Post(Caller("1", BOTH), ((0, 60), (90, 1440))), Post(Caller("2", BOTH), ((30, 1440),)))
    visits = play_day(replace(PLAN, posts=posts), 2)

    away = [visit.called for visit in visits if visit.counter == "1" and 60 <= (visit.called / ONE_MINUTE - 60) < 90]
    over = [visit for visit in visits if visit.counter == "1" and visit.called < 2 * ONE_HOUR < visit.ended]
    assert not away
    assert over
    assert min(visit.called for visit in visits if visit.counter == "2") >= ONE_HOUR + 30 * ONE_MINUTE


def test_a_counter_that_opens_again_during_its_visit_is_not_idle():
    posts = (Post(Caller("1", BOTH), ((0, 10), (11, 1440))),)
    visits = play_day(Plan((replace(B, minutes=40),), posts, (30.0,)), 1)

    spans = sorted((visit.called, visit.ended) for visit in visits)
    assert all(ended <= called for (_, ended), (called, _) in pairwise(spans))


def test_a_slow_day_is_slow_as_a_whole():
    plain, swung = play_day(PLAN, 1), play_day(replace(PLAN, swing=0.3), 1)

    assert sum(visit.span for visit in plain) != sum(visit.span for visit in swung)


def test_who_was_not_called_has_not_waited_yet():
    with pytest.raises(ValueError, match="T001"):
        _ = Visit(ticket(1), 0, 1).waited


def test_the_estimate_holds_on_simulated_days():
    """The benchmark in small: three counters, two services, four days; the first fills the memory of visits."""
    plan = replace(PLAN, posts=tuple(Post(Caller(str(n), BOTH)) for n in range(3)), per_hour=(20.0, 18.0, 14.0, 10.0))
    spans, told = {"A": [], "B": []}, []
    halves = tuple(number / 2 for number in plan.per_hour for _ in range(2))
    streams = [
        Stream(work.key, ELDERLY, plan.opens, tuple(work.share * 0.2 * half for half in halves)) for work in (A, B)
    ]

    def watch(what, hall, visit):
        if what == "ended":
            spans[visit.ticket.service].append(hall.now - visit.called)
        if what == "came" and visit.ticket.key in hall.waiting and len(spans["B"]) > 15:
            counters = [
                Counter(post.caller, busy.ticket.service, busy.called)
                for key, post in hall.open.items()
                for busy in [hall.busy[key]]
            ]
            durations = {work.key: Durations(spans[work.key], int(work.minutes)) for work in (A, B)}
            scene = Scene(hall.now, list(hall.waiting.values()), counters, durations, streams)
            told.append((estimate(scene, 1, plays=40)[visit.ticket.key], hall.now, visit))

    for day in range(4):
        play_day(plan, day, watch)
    found = accuracy([Outcome(one.mean, one.slow, visit.called - now) for one, now, visit in told])

    assert found.told > 60
    assert 0.65 < found.within < 0.95
    assert found.error < 0.5 * sum(visit.waited for *_, visit in told) / len(told)
