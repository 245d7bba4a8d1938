"""When a desk is open, and why it is not."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from saduak.frontdesk.hours import Why, days_from, next_opening, opening_on

WEEK = [
    {"days": [1, 2, 3, 4, 5], "opens": "13:00", "closes": "16:30"},
    {"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "12:00"},
    {"days": [6], "opens": "09:00", "closes": "24:00"},
]
MONDAY = date(2026, 11, 23)
SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)
THAILAND = ZoneInfo("Asia/Bangkok")


def on(day, *, holidays=None, special=None):
    return opening_on(day, WEEK, holidays=holidays or {}, special=special or {})


def test_a_day_that_closes_at_midday_has_two_spans_in_order():
    monday = on(MONDAY)

    assert [(span.opens.isoformat("minutes"), span.closes.isoformat("minutes")) for span in monday.spans] == [
        ("08:30", "12:00"),
        ("13:00", "16:30"),
    ]


@pytest.mark.parametrize(
    ("at", "is_open", "is_midday", "left"),
    [
        pytest.param(time(7), False, False, 420, id="before opening"),
        pytest.param(time(8, 30), True, False, 420, id="at opening"),
        pytest.param(time(11, 59), True, False, 211, id="before midday"),
        pytest.param(time(12), False, True, 210, id="at midday"),
        pytest.param(time(16), True, False, 30, id="late"),
        pytest.param(time(16, 30), False, False, 0, id="at closing"),
    ],
)
def test_a_time_of_day_lies_before_in_or_after_the_hours(at, is_open, is_midday, left):
    monday = on(MONDAY)

    assert (monday.is_open_at(at), monday.is_midday_at(at), monday.minutes_left(at)) == (is_open, is_midday, left)


def test_a_weekday_without_hours_is_closed_as_every_week():
    sunday = on(SUNDAY, holidays={SUNDAY: ["วันหยุด"]})

    assert (sunday.is_closed, sunday.why, sunday.names) == (True, Why.WEEKLY, ())
    assert not sunday.is_midday_at(time(12))


def test_a_holiday_closes_and_has_its_name():
    monday = on(MONDAY, holidays={MONDAY: ["วันหนึ่ง", "วันชดเชย"]})

    assert (monday.is_closed, monday.why, monday.names) == (True, Why.HOLIDAY, ("วันหนึ่ง", "วันชดเชย"))


def test_a_special_day_outweighs_a_holiday():
    special = {MONDAY: ([{"opens": "09:00", "closes": "11:00"}], "ออกหน่วยเคลื่อนที่")}

    monday = on(MONDAY, holidays={MONDAY: ["วันหนึ่ง"]}, special=special)

    assert (monday.is_open_at(time(10)), monday.why, monday.names) == (True, Why.SPECIAL, ("ออกหน่วยเคลื่อนที่",))


def test_hours_until_midnight_hold_for_the_last_minute_too():
    saturday = on(SATURDAY)

    assert saturday.is_open_at(time(23, 59, 59))
    assert saturday.minutes_left(time(23)) == 60


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param("2026-11-23T07:00", "2026-11-23T08:30", id="later today"),
        pytest.param("2026-11-23T09:10", "2026-11-23T09:10", id="now"),
        pytest.param("2026-11-23T12:10", "2026-11-23T13:00", id="after midday"),
        pytest.param("2026-11-23T17:00", "2026-11-24T08:30", id="tomorrow"),
    ],
)
def test_the_next_opening_is_looked_for_from_now_on(after, expected):
    days = [on(day) for day in days_from(MONDAY, 7)]

    opens = next_opening(days, datetime.fromisoformat(after).replace(tzinfo=THAILAND))

    assert opens == datetime.fromisoformat(expected).replace(tzinfo=THAILAND)


def test_who_is_never_open_opens_never():
    assert next_opening([on(SUNDAY)], datetime(2026, 11, 29, 8, tzinfo=THAILAND)) is None
