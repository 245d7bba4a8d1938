"""Advice to open or close a counter: with the numbers behind it, and only where it helps."""

from datetime import UTC, datetime

import pytest

from saduak.frontdesk.estimation.advising import Action, advice, outlook
from saduak.frontdesk.estimation.scene import Counter, Stream
from saduak.frontdesk.models import Desk
from saduak.frontdesk.presenters.floor import advice_in_words
from saduak.frontdesk.queries.supervising import Advised
from saduak.frontdesk.rules.order import ONE_MINUTE, ORDINARY, Caller
from saduak.frontdesk.tests.test_estimation import JOBS, scene
from saduak.frontdesk.tests.tickets import EVERYWHERE, at, ticket

PERMITS = Caller("9", frozenset({"permits"}))
SECOND, THIRD = Caller("2", JOBS.skills), Caller("3", JOBS.skills)


def queue(number, **of_ticket):
    return [ticket(n, 29, **of_ticket) for n in range(number)]


def ask(of, *closed):
    return advice(of, closed, 1, target_minutes=30)


def test_a_long_wait_asks_for_the_counter_that_helps_most():
    told = ask(scene(*queue(8), counters=[Counter(JOBS)]), PERMITS, SECOND)

    assert (told.action, told.counter) == (Action.OPEN, "2")
    assert told.now.slow > 30 * ONE_MINUTE
    assert told.then.mean < told.now.mean
    assert told.then.over < told.now.over


def test_a_counter_that_does_not_help_is_not_advised():
    told = ask(scene(*queue(8), counters=[Counter(JOBS)]), PERMITS)

    assert (told.action, told.counter, told.then) == (Action.STAY, "", told.now)


def test_without_a_closed_counter_nothing_can_be_opened():
    assert ask(scene(*queue(8), counters=[Counter(JOBS)])).action is Action.STAY


def test_of_counters_that_can_do_the_same_the_first_is_named():
    assert ask(scene(*queue(8), counters=[Counter(JOBS)]), SECOND, THIRD).counter == "2"


def test_whom_no_counter_can_call_asks_for_one_who_can():
    told = ask(scene(ticket(1, 29, service="permits"), counters=[Counter(JOBS)]), SECOND, PERMITS)

    assert (told.action, told.counter, told.now.stranded, told.then.stranded) == (Action.OPEN, "9", 1, 0)


def test_who_will_come_counts_too():
    streams = [Stream("jobs", ORDINARY, at(30), (9.0, 9.0))]
    told = ask(scene(ticket(1, 29), counters=[Counter(JOBS)], streams=streams), SECOND)

    assert told.action is Action.OPEN
    assert told.now.visitors == pytest.approx(19, rel=0.1)


def test_who_is_booked_within_the_hour_counts_too():
    booked = [ticket(8, 89), ticket(9, 90)]

    assert outlook(scene(ticket(1, 29), counters=[Counter(JOBS)], booked=booked), 1, 1).visitors == 2


def test_a_counter_too_many_may_close():
    of = scene(ticket(1, 29), counters=[Counter(JOBS), Counter(EVERYWHERE), Counter(SECOND)])
    told = ask(of)

    assert (told.action, told.counter) == (Action.CLOSE, "1")
    assert told.then.slow < 15 * ONE_MINUTE


def test_the_only_one_of_a_service_that_is_asked_for_stays():
    streams = [Stream("permits", ORDINARY, at(30), (1.0, 1.0))]
    of = scene(ticket(1, 29), counters=[Counter(JOBS), Counter(PERMITS)], streams=streams)

    assert ask(of).action is Action.STAY


EMPTY = {"now": at(30), "may_come": frozenset({"jobs"})}
A_FEW = [Stream("jobs", ORDINARY, at(30), (1.0, 1.0))]


@pytest.mark.parametrize(
    ("counters", "known", "action", "counter"),
    [
        pytest.param([JOBS], {**EMPTY, "streams": A_FEW}, Action.STAY, "", id="the last one stays for who may come"),
        pytest.param([JOBS, SECOND], {**EMPTY, "streams": A_FEW}, Action.CLOSE, "1", id="one of two may close"),
        pytest.param([JOBS, SECOND], EMPTY, Action.STAY, "", id="unless nobody knows how many usually come"),
        pytest.param([JOBS, PERMITS], {**EMPTY, "streams": A_FEW}, Action.CLOSE, "9", id="that nobody may come for"),
        pytest.param([JOBS, SECOND], {"now": at(30)}, Action.END, "", id="nobody may come: the day is over"),
        pytest.param([], {"now": at(30)}, Action.END, "", id="as on a holiday"),
        pytest.param([JOBS], {**EMPTY, "booked": [ticket(8, 60)]}, Action.STAY, "", id="but somebody is booked"),
    ],
)
def test_an_empty_hall(counters, known, action, counter):
    told = ask(scene(counters=[Counter(one) for one in counters], **known), THIRD)

    assert (told.action, told.counter) == (action, counter)


def test_after_closing_who_waits_is_still_served():
    of = scene(ticket(1, 29), counters=[Counter(JOBS)])

    assert ask(of).action is Action.STAY


def test_a_day_that_ends_early_has_fewer_visitors():
    stream = Stream("jobs", ORDINARY, at(0), (2.0, 4.0, 6.0))

    assert [sum(stream.until(at(minute)).per_half_hour) for minute in (-5, 0, 30, 45, 90, 500)] == [0, 0, 2, 6, 12, 12]


def test_the_end_of_the_day_is_told():
    none = {"visitors": 0.0, "mean": 0.0, "slow": 0.0, "over": 0.0, "stranded": 0.0}

    advised = Advised(Action.END, None, none, none, datetime(2026, 11, 23, tzinfo=UTC))
    words = advice_in_words(advised, Desk())

    assert (words.action, words.counter, words.rows) == ("end", None, [])
    assert "ไม่มีผู้รอ" in words.title
    assert "ปิดช่องบริการได้" in words.reason
    assert advice_in_words(advised, Desk(), seats=0).reason == ""


def test_no_counter_closes_when_waits_would_grow():
    assert ask(scene(*queue(4), counters=[Counter(JOBS), Counter(SECOND)])).action is Action.STAY


def test_between_the_two_nothing_is_advised():
    told = ask(scene(*queue(3), counters=[Counter(JOBS)]), SECOND)

    assert 15 * ONE_MINUTE <= told.now.slow <= 30 * ONE_MINUTE
    assert told.action is Action.STAY


def test_an_empty_hall_has_no_waits():
    seen = outlook(scene(), 1, 30 * ONE_MINUTE)

    assert (seen.visitors, seen.mean, seen.slow, seen.over, seen.stranded) == (0, 0.0, 0, 0.0, 0)


def test_a_counter_about_to_close_calls_nobody_any_more():
    of = scene(ticket(1, 29), counters=[Counter(JOBS, open_until=at(30))])

    assert outlook(of, 1, 30 * ONE_MINUTE).stranded == 1


def test_no_wait_is_told_where_nobody_can_be_called():
    stranded = {"visitors": 2.0, "mean": 0.0, "slow": 0.0, "over": 0.0, "stranded": 2.0}
    served = {"visitors": 2.0, "mean": 240_000.0, "slow": 360_000.0, "over": 0.0, "stranded": 0.0}
    advised = Advised(Action.OPEN, None, stranded, served, datetime(2026, 11, 23, tzinfo=UTC))

    words = advice_in_words(advised, Desk(alarm_minutes=45))

    assert [row[1:] for row in words.rows[:3]] == [("–", "4 นาที"), ("–", "6 นาที"), ("–", "0 %")]
