"""Slots of a day, and what coming early or late means: no database."""

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.frontdesk.rules.booking import (
    Coming,
    PlanLine,
    coming,
    overlapping,
    places_by_capacity,
    slots_of_day,
    window,
)

MONDAY = date(2026, 11, 23)
WHOLE_DAY = ((time(8, 30), time(12)), (time(13), time(16, 30)))
NINE = datetime(2026, 11, 23, 2, tzinfo=UTC)


def line(opens="08:30", closes="16:30", *, weekdays=(1, 2, 3, 4, 5), minutes=30, places=2):
    return PlanLine(frozenset(weekdays), time.fromisoformat(opens), time.fromisoformat(closes), minutes, places)


def test_a_day_has_the_slots_of_its_plan_but_none_over_midday():
    slots = slots_of_day([line()], MONDAY, WHOLE_DAY)

    assert [f"{slot.opens:%H:%M}" for slot in slots] == [
        "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30",
        "13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00",
    ]  # fmt: skip


def test_a_slot_that_reaches_beyond_the_hours_is_none():
    slots = slots_of_day([line("10:30", "12:30", minutes=60)], MONDAY, WHOLE_DAY)

    assert [slot.opens for slot in slots] == [time(10, 30)]


def test_a_closed_day_and_another_weekday_have_no_slots():
    assert slots_of_day([line()], MONDAY, ()) == []
    assert slots_of_day([line(weekdays=(6,))], MONDAY, WHOLE_DAY) == []


@given(st.integers(5, 240), st.integers(0, 1380), st.integers(5, 600))
def test_slots_follow_each_other_and_stay_within_the_plan(minutes, begins, length):
    ends = min(begins + length, 1439)
    plan = PlanLine(
        frozenset({1}), time(begins // 60, begins % 60), time(ends // 60, ends % 60), minutes=minutes, places=1
    )

    slots = slots_of_day([plan], MONDAY, ((time.min, time.max),))

    assert len(slots) == (ends - begins) // minutes
    assert all(one.closes == other.opens for one, other in itertools.pairwise(slots))


@pytest.mark.parametrize(
    ("minutes_off", "how"),
    [
        pytest.param(-16, Coming.EARLY, id="more than a quarter of an hour early"),
        pytest.param(-15, Coming.IN_TIME, id="a quarter of an hour early"),
        pytest.param(0, Coming.IN_TIME, id="on the minute"),
        pytest.param(15, Coming.IN_TIME, id="at the end of the grace"),
        pytest.param(15.02, Coming.LATE, id="a second later"),
    ],
)
def test_coming(minutes_off, how):
    at = NINE + timedelta(minutes=minutes_off)

    assert coming(NINE, at, early_minutes=15, grace_minutes=15) == how


def test_what_can_be_booked_begins_after_the_notice_and_ends_with_the_last_day():
    now = window(NINE, MONDAY, notice_minutes=60, days_ahead=7)

    assert now.holds(NINE + timedelta(hours=1), MONDAY)
    assert not now.holds(NINE + timedelta(minutes=59), MONDAY)
    assert now.holds(NINE + timedelta(days=7), MONDAY + timedelta(days=7))
    assert not now.holds(NINE + timedelta(days=8), MONDAY + timedelta(days=8))


def test_lines_overlap_when_they_share_a_weekday_and_a_time():
    assert overlapping([line("08:30", "12:00"), line("11:00", "16:00")])
    assert not overlapping([line("08:30", "12:00"), line("12:00", "16:00")])
    assert not overlapping([line(weekdays=(1,)), line(weekdays=(2,))])


def test_half_of_what_the_counters_can_do_is_planned_and_never_nothing():
    assert places_by_capacity(4, 30, 10) == 6
    assert places_by_capacity(1, 30, 60) == 1
