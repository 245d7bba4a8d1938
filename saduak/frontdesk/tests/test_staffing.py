"""Who may still come on a day, and which counters must not close while somebody may."""

from datetime import timedelta

import pytest

from saduak.frontdesk.rules.issuing import Hours, Limit
from saduak.frontdesk.rules.order import Caller
from saduak.frontdesk.rules.staffing import may_still_come, needed
from saduak.frontdesk.tests.bookings import MONDAY, moment

MORNING = (moment(MONDAY, "08:30"), moment(MONDAY, "12:00"))
AFTERNOON = (moment(MONDAY, "13:00"), moment(MONDAY, "16:30"))
OPEN = Hours([MORNING, AFTERNOON])
NO_LIMIT, USED_UP = Limit(), Limit(20, 20)
BOTH = {"jobs", "permits"}


@pytest.mark.parametrize(
    ("clock", "hours", "limits", "known", "expected"),
    [
        pytest.param("06:00", OPEN, {}, (), BOTH, id="before opening: later"),
        pytest.param("10:00", OPEN, {}, (), BOTH, id="in the morning"),
        pytest.param("12:30", OPEN, {}, (), BOTH, id="at midday: it opens again"),
        pytest.param("16:29", OPEN, {}, (), BOTH, id="in the last minute"),
        pytest.param("16:30", OPEN, {}, (), set(), id="from closing time on nobody"),
        pytest.param("10:00", Hours([], holiday="วันปิยมหาราช"), {}, (), set(), id="on a holiday nobody"),
        pytest.param("10:00", Hours([]), {}, (), set(), id="on a day without hours nobody"),
        pytest.param("10:00", Hours([MORNING], stopped="stopped"), {}, (), set(), id="no more tickets: nobody"),
        pytest.param("10:00", Hours([MORNING], stopped="stopped"), {}, ["jobs"], {"jobs"}, id="but who is booked"),
        pytest.param("17:00", OPEN, {}, ["jobs"], {"jobs"}, id="after closing who comes back to a counter"),
        pytest.param("10:00", OPEN, {"of_desk": USED_UP}, (), set(), id="the desk's limit is used up"),
        pytest.param("10:00", OPEN, {"jobs": USED_UP}, (), {"permits"}, id="a service's limit is used up"),
        pytest.param("10:00", OPEN, {"jobs": USED_UP}, ["jobs"], BOTH, id="yet somebody is booked for it"),
        pytest.param("10:00", OPEN, {"of_desk": Limit(19, 20)}, (), BOTH, id="one ticket is left"),
    ],
)
def test_who_may_still_come(clock, hours, limits, known, expected):
    services = {key: limits.get(key, NO_LIMIT) for key in BOTH}

    found = may_still_come(moment(MONDAY, clock), hours, services, of_desk=limits.get("of_desk", NO_LIMIT), known=known)

    assert found == expected


def test_a_moment_before_closing_is_told_to_the_second():
    closes = AFTERNOON[1]

    assert may_still_come(closes - timedelta(seconds=1), OPEN, {"jobs": NO_LIMIT}) == {"jobs"}


JOBS, PERMITS = Caller("1", frozenset({"jobs"})), Caller("2", frozenset({"permits"}))
ALL, MORE = Caller("3", frozenset(BOTH)), Caller("4", frozenset({"jobs"}))


@pytest.mark.parametrize(
    ("callers", "services", "expected"),
    [
        pytest.param([], BOTH, set(), id="no counter"),
        pytest.param([JOBS], {"jobs"}, {"1"}, id="the last one stays"),
        pytest.param([JOBS], set(), set(), id="unless nobody may come"),
        pytest.param([JOBS], {"permits"}, set(), id="or only for what it does not do"),
        pytest.param([JOBS, MORE], {"jobs"}, set(), id="one of two may go"),
        pytest.param([JOBS, PERMITS], BOTH, {"1", "2"}, id="each the only one of its line"),
        pytest.param([JOBS, ALL], BOTH, {"3"}, id="who does both stays, the other may go"),
        pytest.param([JOBS, PERMITS, ALL], BOTH, set(), id="each is done at two"),
    ],
)
def test_counters_that_are_needed(callers, services, expected):
    assert needed(callers, services) == expected
