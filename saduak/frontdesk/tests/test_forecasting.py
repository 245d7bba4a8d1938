"""The load to come: from earlier days of the same weekday, leaning on all days while there are few."""

from datetime import date, timedelta

import pytest

from saduak.frontdesk.estimation.forecasting import load_forecast, usual

MONDAY = date(2026, 11, 23)


def before(weeks, *, days=0):
    return MONDAY - timedelta(weeks=weeks, days=days)


def test_nothing_is_expected_of_a_desk_that_is_new():
    assert usual({}, MONDAY) == ()
    assert load_forecast({}, [MONDAY], minutes=10)[0].slots == ()


def test_a_weekday_is_expected_as_it_was_leaning_on_all_days():
    past = {before(week): [8, 2] for week in (1, 2)} | {before(0, days=3): [2, 2], before(1, days=3): [2, 2]}

    # Mondays had 8, all days 5 on average; two Mondays and a lean of two days: (16 + 10) / 4.
    assert usual(past, MONDAY) == (6.5, 2.0)


def test_of_a_weekday_that_was_never_open_the_mean_of_all_is_expected():
    assert usual({before(0, days=3): [4], before(0, days=4): [2]}, MONDAY) == (3.0,)


def test_only_earlier_days_count_and_only_the_last_eight():
    past = {before(week): [10] for week in range(1, 9)}

    later = {before(-1): [99]}
    assert usual(past | later, MONDAY) == (10.0,)
    assert usual(past | {before(9): [99]}, MONDAY) == ((80 + 2 * (179 / 9)) / 10,)


def test_a_shorter_day_counts_as_nobody_in_what_it_lacks():
    assert usual({before(1): [4, 4], before(2): [4]}, MONDAY) == (4.0, 2.0)


def test_counters_are_those_that_the_load_needs():
    past = {before(week): [10, 0] for week in range(1, 9)}
    day = load_forecast(past, [MONDAY], minutes=8)[0]

    # 10 × 8 minutes are 2.67 counters' half hours; at most 85 % busy they are 3.1.
    assert (day.day, day.days, day.expected) == (MONDAY, 8, 10.0)
    assert [slot.counters for slot in day.slots] == [4, 0]
    assert (day.slots[0].low, day.slots[0].high) == (6, 14)
    assert (day.slots[1].low, day.slots[1].high) == (0, 0)


def test_days_that_differ_more_than_by_chance_have_a_wider_range():
    past = {before(week): [20 * (week % 2)] for week in range(1, 9)}
    slot = load_forecast(past, [MONDAY], minutes=8)[0].slots[0]

    assert slot.expected == pytest.approx(10)
    assert (slot.low, slot.high) == (0, 23)


def test_a_weekday_never_seen_has_the_range_of_all_days():
    day = load_forecast({before(0, days=3): [0], before(0, days=4): [20]}, [MONDAY], minutes=8)[0]

    assert (day.days, day.slots[0].high) == (0, 23)
