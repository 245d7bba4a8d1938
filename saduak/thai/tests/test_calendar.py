from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.thai.calendar import (
    Closure,
    FirstDay,
    LastDay,
    OfficeCalendar,
    Skipped,
    Why,
    add_working_days,
    read_closures,
)

CONSTITUTION_DAY = Closure(date(2025, 12, 10), "วันรัฐธรรมนูญ")
BANGKOK_ONLY = Closure(date(2025, 12, 12), "วันหยุดกรณีพิเศษ", scope="10 12")
NORTH_ONLY = Closure(date(2025, 12, 15), "ประเพณีประจำภาค", scope="region:เหนือ")
LABOUR_DAY = Closure(date(2026, 5, 1), "วันแรงงานแห่งชาติ", offices_close=False)
TABLE = [CONSTITUTION_DAY, BANGKOK_ONLY, NORTH_ONLY, LABOUR_DAY]

days = st.dates(date(2017, 1, 1), date(2027, 12, 31))
numbers = st.integers(0, 60)
calendars = st.dictionaries(days, st.just(()), max_size=40).map(
    lambda chosen: OfficeCalendar({day: (Closure(day, "วันหยุด"),) for day in chosen})
)
first_days = st.sampled_from(FirstDay)


def table():
    text = (files("saduak.directory") / "data/holidays_2560_2570.csv").read_text(encoding="utf-8")
    return list(read_closures(text.splitlines()))


def test_seven_working_days_name_what_they_passed_over():
    due = OfficeCalendar.of(TABLE).add_working_days(date(2025, 12, 4), 4)

    assert due.day == date(2025, 12, 11)
    assert due.counted == (date(2025, 12, 5), date(2025, 12, 8), date(2025, 12, 9), date(2025, 12, 11))
    assert due.skipped == (
        Skipped(date(2025, 12, 6), Why.WEEKEND),
        Skipped(date(2025, 12, 7), Why.WEEKEND),
        Skipped(date(2025, 12, 10), Why.HOLIDAY, (CONSTITUTION_DAY,)),
    )
    assert due.sentences() == ["6 ธ.ค. 2568: วันเสาร์", "7 ธ.ค. 2568: วันอาทิตย์", "10 ธ.ค. 2568: วันรัฐธรรมนูญ"]
    assert due.sentences("en")[0] == "6 Dec 2568 BE: Saturday"


@pytest.mark.parametrize(
    ("province", "region", "closed"),
    [
        pytest.param("10", "กลาง", [BANGKOK_ONLY], id="Bangkok"),
        pytest.param("51", "เหนือ", [NORTH_ONLY], id="Lamphun"),
        pytest.param("90", "ใต้", [], id="Songkhla"),
        pytest.param("", "", [], id="no place: only what holds everywhere"),
    ],
)
def test_a_regional_day_closes_only_its_offices(province, region, closed):
    calendar = OfficeCalendar.of(TABLE, province=province, region=region)

    assert set(calendar.closed) == {CONSTITUTION_DAY.day, *(closure.day for closure in closed)}


def test_offices_open_on_labour_day():
    assert OfficeCalendar.of(TABLE).is_working_day(LABOUR_DAY.day)
    assert OfficeCalendar.of(TABLE).why_closed(LABOUR_DAY.day) is None


def test_a_regional_day_says_where():
    places = {"10": "กรุงเทพมหานคร", "12": "นนทบุรี", "region:เหนือ": "ภาคเหนือ"}
    bangkok = OfficeCalendar.of(TABLE, province="10").why_closed(BANGKOK_ONLY.day)
    north = OfficeCalendar.of(TABLE, region="เหนือ").why_closed(NORTH_ONLY.day)

    assert bangkok.sentence(places=places) == "12 ธ.ค. 2568: วันหยุดกรณีพิเศษ (เฉพาะ กรุงเทพมหานคร, นนทบุรี)"
    assert bangkok.sentence("en") == "12 Dec 2568 BE: วันหยุดกรณีพิเศษ (only 10, 12)"
    assert north.sentence(places=places) == "15 ธ.ค. 2568: ประเพณีประจำภาค (เฉพาะ ภาคเหนือ)"
    assert north.sentence() == "15 ธ.ค. 2568: ประเพณีประจำภาค (เฉพาะ เหนือ)"


def test_a_holiday_on_a_weekend_is_a_weekend_and_keeps_its_name():
    saturday = Closure(date(2025, 12, 6), "วันหยุด")
    calendar = OfficeCalendar.of([saturday])

    assert calendar.why_closed(saturday.day) == Skipped(saturday.day, Why.WEEKEND, (saturday,))
    assert calendar.why_closed(saturday.day).sentence() == "6 ธ.ค. 2568: วันเสาร์, วันหยุด"


def test_the_day_of_the_event_counts_only_where_the_rule_says_so():
    calendar = OfficeCalendar.of(TABLE)

    assert calendar.add_working_days(date(2025, 12, 8), 1).day == date(2025, 12, 9)
    assert calendar.add_working_days(date(2025, 12, 8), 1, first=FirstDay.SAME_DAY).day == date(2025, 12, 8)
    assert calendar.add_working_days(date(2025, 12, 10), 1, first=FirstDay.SAME_DAY).day == date(2025, 12, 11)


def test_calendar_days_that_end_on_a_closed_day_run_on():
    calendar = OfficeCalendar.of(TABLE)
    run_on = calendar.add_calendar_days(date(2025, 12, 3), 3)

    assert run_on.day == date(2025, 12, 8)
    assert [skipped.day for skipped in run_on.skipped] == [date(2025, 12, 6), date(2025, 12, 7)]
    assert calendar.add_calendar_days(date(2025, 12, 3), 3, last=LastDay.AS_IT_FALLS).day == date(2025, 12, 6)
    assert calendar.add_calendar_days(date(2025, 12, 3), 3, first=FirstDay.SAME_DAY).day == date(2025, 12, 5)
    assert calendar.add_calendar_days(date(2025, 12, 6), 0).day == date(2025, 12, 6)


def test_the_days_left_are_working_days():
    calendar = OfficeCalendar.of(TABLE)

    assert calendar.working_days_left(date(2025, 12, 8), date(2025, 12, 11)) == 2
    assert calendar.working_days_left(date(2025, 12, 8), date(2025, 12, 8)) == 0
    assert calendar.working_days_left(date(2025, 12, 11), date(2025, 12, 8)) == -2


def test_a_year_without_a_confirmed_list_is_named():
    calendar = OfficeCalendar.of(table())

    assert calendar.add_working_days(date(2026, 11, 20), 10).years_without_list == ()
    assert calendar.add_working_days(date(2026, 12, 25), 10).years_without_list == (2027,)
    assert calendar.subtract_working_days(date(2028, 1, 5), 10).years_without_list == (2027, 2028)


@pytest.mark.parametrize("deed", ["add_working_days", "subtract_working_days", "add_calendar_days"])
def test_a_negative_period_is_refused(deed):
    with pytest.raises(ValueError, match="-1"):
        getattr(OfficeCalendar(), deed)(date(2026, 1, 1), -1)


@given(calendars, days, numbers, first_days)
def test_counted_and_skipped_are_the_whole_range(calendar, start, n, first):
    found = calendar.add_working_days(start, n, first=first)
    begin = start if first == FirstDay.SAME_DAY else start + timedelta(days=1)
    skipped = [day.day for day in found.skipped]

    assert len(found.counted) == n
    assert all(calendar.is_working_day(day) for day in found.counted)
    assert not any(calendar.is_working_day(day) for day in skipped)
    if n:
        assert sorted([*found.counted, *skipped]) == [
            begin + timedelta(days=i) for i in range((found.day - begin).days + 1)
        ]
        assert calendar.working_days(begin, found.day).counted == found.counted


@given(calendars, days, numbers)
def test_subtracting_undoes_adding(calendar, start, n):
    start = calendar.add_working_days(start, 1).day

    assert calendar.subtract_working_days(calendar.add_working_days(start, n).day, n).day == start


@given(calendars, days, numbers, numbers)
def test_more_days_and_later_starts_end_later(calendar, start, n, more):
    day = calendar.add_working_days(start, n).day

    assert calendar.add_working_days(start, n + more).day >= day
    assert calendar.add_working_days(start + timedelta(days=more), n).day >= day


@given(calendars, days, numbers)
def test_the_days_left_to_a_deadline_are_those_that_were_given(calendar, start, n):
    assert calendar.working_days_left(start, calendar.add_working_days(start, n).day) == n


@given(calendars, days, st.integers(1, 60), st.sampled_from(LastDay))
def test_calendar_days_end_on_their_day_or_on_the_next_working_day(calendar, start, n, last):
    found = calendar.add_calendar_days(start, n, last=last)
    plain = start + timedelta(days=n)
    skipped = [day.day for day in found.skipped]

    assert sorted([*found.counted, *skipped]) == [
        start + timedelta(days=i + 1) for i in range((found.day - start).days)
    ]
    assert found.day == plain if last == LastDay.AS_IT_FALLS or calendar.is_working_day(plain) else found.day > plain
    assert last == LastDay.AS_IT_FALLS or calendar.is_working_day(found.day)


def test_closed_days_may_be_given_by_name_only():
    closed = {CONSTITUTION_DAY.day: "วันรัฐธรรมนูญ"}

    assert add_working_days(date(2025, 12, 9), 1, closed=closed) == OfficeCalendar.of(
        [CONSTITUTION_DAY]
    ).add_working_days(date(2025, 12, 9), 1)


@given(days, numbers)
def test_the_short_form_says_the_same(start, n):
    closed = OfficeCalendar.of(TABLE).closed

    assert add_working_days(start, n, closed=closed) == OfficeCalendar.of(TABLE).add_working_days(start, n)


def test_the_table_that_comes_with_the_platform_is_read():
    closures = table()

    assert len(closures) == 306
    assert sum(not closure.offices_close for closure in closures) == 26
    assert {closure.scope for closure in closures if closure.kind == "regional"} == {
        "region:เหนือ",
        "region:ตะวันออกเฉียงเหนือ",
        "region:ใต้",
        "region:กลาง",
    }
    assert len(OfficeCalendar.of(closures, region="ตะวันออกเฉียงเหนือ").closed[date(2021, 5, 10)]) == 2
    assert OfficeCalendar.of(closures).is_working_day(date(2020, 12, 7))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["date,name_th", "2026-01-01,วันขึ้นปีใหม่"], "Row 2"),
        (["date,name_th,kind,scope,gov_office_closed,confidence,note", "1/1/2569,ก,ข,nationwide,yes,ค,"], "Row 2"),
        (["date,name_th,kind,scope,gov_office_closed,confidence,note", "2026-01-01,ก,ข,nationwide,maybe,ค,"], "maybe"),
        (["date,name_th,kind,scope,gov_office_closed,confidence,note", "2026-01-01"], "Row 2"),
    ],
)
def test_a_faulty_table_names_its_row(rows, message):
    with pytest.raises(ValueError, match=message):
        list(read_closures(rows))
