from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.thai import dates
from saduak.thai.numerals import to_thai_digits

THE_DAY = date(2026, 1, 15)
sane_days = st.dates(date(1941, 1, 1), date(2100, 12, 31))
languages = st.sampled_from(["th", "en"])


@pytest.mark.parametrize(
    ("written", "lang", "expected"),
    [
        (dates.short, "th", "15 ม.ค. 2569"),
        (dates.short, "en", "15 Jan 2569 BE"),
        (dates.full, "th", "15 มกราคม พ.ศ. 2569"),
        (dates.full, "en", "15 January 2569 BE"),
        (dates.with_weekday, "th", "วันพฤหัสบดีที่ 15 มกราคม พ.ศ. 2569"),
        (dates.with_weekday, "en", "Thursday 15 January 2569 BE"),
        (dates.month_and_year, "th", "มกราคม 2569"),
        (dates.month_and_year, "en", "January 2569 BE"),
    ],
)
def test_a_day_is_written_in_the_buddhist_era(written, lang, expected):
    assert written(THE_DAY, lang) == expected


def test_a_moment_is_written_in_thai_time():
    late_in_london = datetime(2026, 1, 14, 20, 5, tzinfo=UTC)

    assert dates.moment(late_in_london) == "15 ม.ค. 2569 03.05 น."
    assert dates.moment(late_in_london, "en") == "15 Jan 2569 BE, 03:05"
    assert dates.full(late_in_london) == "15 มกราคม พ.ศ. 2569"
    assert dates.be_year(datetime(2025, 12, 31, 18, tzinfo=UTC)) == 2569


def test_a_moment_without_a_zone_is_taken_as_it_stands():
    assert dates.moment(datetime(2026, 1, 15, 9, 30)) == "15 ม.ค. 2569 09.30 น."
    assert dates.clock(time(9, 5)) == "09.05 น."


@pytest.mark.parametrize(
    ("first", "last", "th", "en"),
    [
        (date(2026, 1, 15), date(2026, 1, 15), "15 ม.ค. 2569", "15 Jan 2569 BE"),
        (date(2026, 1, 15), date(2026, 1, 17), "15–17 ม.ค. 2569", "15–17 Jan 2569 BE"),
        (date(2026, 1, 30), date(2026, 2, 2), "30 ม.ค. – 2 ก.พ. 2569", "30 Jan – 2 Feb 2569 BE"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 ธ.ค. 2568 – 2 ม.ค. 2569", "30 Dec 2568 BE – 2 Jan 2569 BE"),
    ],
)
def test_a_period_does_not_repeat_what_its_ends_share(first, last, th, en):
    assert dates.period(first, last) == th
    assert dates.period(first, last, "en") == en


@pytest.mark.parametrize(
    "text",
    [
        "15/1/2569",
        "15/01/2569",
        "15-1-2569",
        "15.1.2569",
        "15 / 1 / 2569",
        "15/1/พ.ศ. 2569",
        "๑๕/๑/๒๕๖๙",
        "15 ม.ค. 2569",
        "15 ม.ค 2569",
        "15 มค 2569",
        "15ม.ค.2569",
        "15 มกรา 2569",
        "15 มกราคม 2569",
        "  15   มกราคม   2569 ",
        "15\u200b มกราคม 2569",
        "15 มกราคม พ.ศ. 2569",
        "15 มกราคม พ.ศ.2569",
        "15 มกราคม พศ 2569",
        "15 เดือนมกราคม 2569",
        "วันที่ 15 มกราคม 2569",
        "ที่ ๑๕ มกราคม ๒๕๖๙",
        "วันพฤหัสบดีที่ ๑๕ มกราคม พ.ศ. ๒๕๖๙",
        "พฤหัส 15 ม.ค. 2569",
        "15-ม.ค.-2569",
        "15 Jan 2569",
        "15 jan. 2569 BE",
        "15 January 2569 B.E.",
        "Thursday 15 January 2569 BE",
        "Thu, 15 Jan 2569",
        "2026-01-15",
        "๒๐๒๖-๐๑-๑๕",
        "15 มกราคม ค.ศ. 2026",
        "15/1/2026 ค.ศ.",
        "15 Jan 2026 CE",
        "15 Jan 2026 A.D.",
    ],
)
def test_every_sensible_notation_is_understood(text):
    assert dates.parse(text) == THE_DAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "not_a_date", id="nothing"),
        pytest.param("พรุ่งนี้", "not_a_date", id="a word"),
        pytest.param("15/1", "not_a_date", id="no year"),
        pytest.param("2569/1/15", "not_a_date", id="year first, yet not in ISO form"),
        pytest.param("2026-1-15", "not_a_date", id="year first with a short month"),
        pytest.param("15/1-2569", "not_a_date", id="two kinds of mark"),
        pytest.param("15 พ.ศ. 2569", "not_a_date", id="no month"),
        pytest.param("ค.ศ. 2569", "not_a_date", id="only a year"),
        pytest.param("15 ม.ค. พ.ศ. 2569 ค.ศ.", "not_a_date", id="two eras"),
        pytest.param("31/2/2569", "no_such_day", id="31 February"),
        pytest.param("29 ก.พ. 2568", "no_such_day", id="29 February of a common year"),
        pytest.param("1/13/2569", "no_such_day", id="month before day"),
        pytest.param("2026-02-30", "no_such_day", id="30 February in ISO form"),
        pytest.param("15/1/69", "two_digit_year", id="two digits"),
        pytest.param("15 ม.ค. 69", "two_digit_year", id="two digits after a word"),
        pytest.param("15/1/569", "two_digit_year", id="three digits"),
        pytest.param("15/1/2026", "gregorian_year", id="a Gregorian year"),
        pytest.param("15 มกราคม 2026", "gregorian_year", id="a Gregorian year after a Thai month"),
        pytest.param("15 Jan 2026", "gregorian_year", id="a Gregorian year in English, no era said"),
        pytest.param("15 มกราคม พ.ศ. 2026", "gregorian_year", id="a Gregorian year that is called Buddhist"),
        pytest.param(
            "2569-01-15", "buddhist_year_in_iso", id="what Django takes for the year 2569 of the Gregorian era"
        ),
        pytest.param("15/1/2869", "year_out_of_range", id="too late"),
        pytest.param("15/1/2400", "year_out_of_range", id="too early"),
        pytest.param("1900-01-15", "year_out_of_range", id="too early in ISO form"),
        pytest.param("15 ม.ค. ค.ศ. 2569", "year_out_of_range", id="a Buddhist year that is called Gregorian"),
        pytest.param("15/1/99999", "year_out_of_range", id="five digits"),
        pytest.param("วันศุกร์ที่ 15 มกราคม 2569", "wrong_weekday", id="that Friday was a Thursday"),
    ],
)
def test_what_leaves_doubt_is_refused_with_a_code(text, code):
    with pytest.raises(dates.DateRefused) as refused:
        dates.parse(text)

    assert refused.value.code == code
    assert isinstance(refused.value, ValueError)


def test_the_years_that_belong_here_can_be_told():
    assert dates.parse("1/4/2470", first_year_be=2400) == date(1927, 4, 1)
    with pytest.raises(dates.YearOutOfRange):
        dates.parse("15/1/2569", last_year_be=2568)
    with pytest.raises(dates.YearOutOfRange):
        dates.parse("2026-01-15", first_year_be=2570)


@pytest.mark.parametrize("text", ["09.30", "9.30 น.", "9:30", "๐๙.๓๐ น.", "เวลา 09.30 นาฬิกา"])
def test_a_time_of_day_is_understood(text):
    assert dates.parse_clock(text) == time(9, 30)


@pytest.mark.parametrize("text", ["", "24.00", "9.60", "9", "สาย", "09.30.15"])
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(dates.NotATime):
        dates.parse_clock(text)


@pytest.mark.parametrize(
    "text",
    [
        "15 ม.ค. 2569 09.30 น.",
        "15/1/2569 9:30",
        "15 ม.ค. 2569 เวลา 09.30 น.",
        "2026-01-15T09:30",
        "15 Jan 2569 BE, 09:30",
    ],
)
def test_a_moment_is_understood_in_thai_time(text):
    assert dates.parse_moment(text) == datetime(2026, 1, 15, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["15 ม.ค. 2569", "09.30", "15 ม.ค. 2569 25.00"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(dates.DateRefused):
        dates.parse_moment(text)


@given(sane_days, languages, st.booleans())
def test_what_is_written_is_understood_again(day, lang, in_thai_digits):
    for written in (dates.short, dates.full, dates.with_weekday):
        text = written(day, lang)
        assert dates.parse(to_thai_digits(text) if in_thai_digits else text) == day
    assert dates.parse(day.isoformat()) == day
    assert dates.parse(f"{day.day}/{day.month}/{dates.be_year(day)}") == day


@given(st.datetimes(datetime(1941, 1, 2), datetime(2100, 12, 30), timezones=st.just(UTC)), languages)
def test_a_moment_is_understood_again_to_the_minute(at, lang):
    assert dates.parse_moment(dates.moment(at, lang)) == at.replace(second=0, microsecond=0)


@given(st.text())
def test_any_text_is_a_sane_day_or_refused(text):
    try:
        day = dates.parse(text)
    except dates.DateRefused:
        return
    assert 1941 <= day.year <= 2100


@given(sane_days)
def test_a_buddhist_year_in_iso_form_never_becomes_a_date(day):
    with pytest.raises(dates.BuddhistYearInIso):
        dates.parse(f"{dates.be_year(day)}-{day.month:02}-{day.day:02}")


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2025, 9, 30), 2568), (date(2025, 10, 1), 2569), (date(2026, 1, 1), 2569), (date(2026, 9, 30), 2569)],
)
def test_the_fiscal_year_begins_in_october(day, year):
    assert dates.fiscal_year_be(day) == year


@given(sane_days)
def test_a_day_lies_within_its_fiscal_year_and_the_years_meet(day):
    year = dates.fiscal_year_be(day)
    first, last = dates.fiscal_year_bounds(year)

    assert first <= day <= last
    assert dates.fiscal_year_bounds(year + 1)[0] == last + timedelta(days=1)
