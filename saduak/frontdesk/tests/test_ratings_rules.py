"""Which ratings may be seen, as arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.frontdesk.rules.ratings import Tally, disclosed, tally

FIRST = date(2026, 11, 2)


def days(*numbers, face=5):
    """So many ratings on one day after the other."""
    return {FIRST + timedelta(days=n): tally([face] * number) for n, number in enumerate(numbers)}


def seen(numbers, *, least=10, until=30):
    """How many may be seen and how many wait."""
    found = disclosed({"a": days(*numbers)}, least=least, before=FIRST + timedelta(days=until))["a"]
    return found.shown.number, found.withheld


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param([9], (0, 9), id="too few"),
        pytest.param([10], (10, 0), id="enough"),
        pytest.param([4, 5, 3], (12, 0), id="enough together"),
        pytest.param([10, 1], (10, 1), id="one more waits for company"),
        pytest.param([10, 1, 9], (20, 0), id="until there are enough again"),
        pytest.param([12, 3, 3, 3], (12, 9), id="nine wait"),
    ],
)
def test_ratings_are_seen_in_batches(numbers, expected):
    assert seen(numbers) == expected


def test_a_day_that_goes_on_is_not_seen():
    assert seen([30], until=0) == (0, 30)
    assert seen([30], until=1) == (30, 0)


@given(numbers=st.lists(st.integers(0, 8), max_size=20), least=st.integers(1, 12), day=st.integers(0, 20))
def test_whoever_looks_every_morning_sees_at_least_so_many_come_at_once(numbers, least, day):
    before, _ = seen(numbers, least=least, until=day)
    after, waiting = seen(numbers, least=least, until=day + 1)

    assert after == before or after - before >= least
    assert after + waiting == sum(numbers)


def test_what_a_tally_says():
    said = tally([5, 5, 4, 3, 1])

    assert (said.faces, said.number, said.mean, said.satisfied) == ((1, 0, 1, 1, 2), 5, 3.6, 60.0)
    assert (Tally().mean, Tally().satisfied) == (None, None)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="numbers"):
        Tally((1, 2))
    with pytest.raises(ValueError, match="at least one"):
        disclosed({}, least=0, before=FIRST)
