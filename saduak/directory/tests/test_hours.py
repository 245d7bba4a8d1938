"""Opening hours as people write them, without a database."""

import pytest

from saduak.directory.rules import HoursRefused, hours_in_words, read_hours


def stored(words):
    """As they are kept in the centre's row."""
    return [{"days": list(hours.days), "opens": hours.opens, "closes": hours.closes} for hours in read_hours(words)]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("จ.-ศ. 08.30-16.30", "จ.–ศ. 08.30–16.30 น.", id="a working week"),
        pytest.param("จ.-ศ. ๐๘.๓๐-๑๖.๓๐", "จ.–ศ. 08.30–16.30 น.", id="Thai digits"),
        pytest.param("ส. 9:00-12:00", "ส. 09.00–12.00 น.", id="one day, with colons"),
        pytest.param("ทุกวัน 10.00-20.00", "ทุกวัน 10.00–20.00 น.", id="every day"),
        pytest.param(
            "จ.-ศ. 08.30-12.00; จ.-ศ. 13.00-16.30", "จ.–ศ. 08.30–12.00 น.; จ.–ศ. 13.00–16.30 น.", id="two parts"
        ),
    ],
)
def test_hours_are_understood_and_told(typed, told):
    assert hours_in_words(stored(typed)) == told


def test_hours_are_told_in_english():
    assert hours_in_words(stored("ทุกวัน 10.00-20.00"), "en") == "every day 10.00–20.00"


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        pytest.param("เช้าถึงเย็น", "เช้าถึงเย็น", id="not hours"),
        pytest.param("จ.-ศ. 16.30-08.30", "จ.-ศ. 16.30-08.30", id="closing before opening"),
        pytest.param("จ.-ศ. 08.75-16.30", "จ.-ศ. 08.75-16.30", id="a minute that does not exist"),
        pytest.param("ศ.-จ. 08.30-16.30", "ศ.-จ. 08.30-16.30", id="days that run backward"),
        pytest.param("จ. 08.30-12.00; จ. 11.00-16.30", "จ. 11.00-16.30", id="overlapping on a day"),
    ],
)
def test_hours_that_make_no_sense_are_named(typed, part):
    with pytest.raises(HoursRefused) as refused:
        read_hours(typed)

    assert part in str(refused.value)
