"""Tickets are issued in the hours and within the limits, and a missed one lives as long as its day."""

from datetime import UTC, datetime, timedelta

import pytest

from saduak.frontdesk.rules.issuing import Hours, Limit, Lost, Reason, Refusal, may_come_back, may_issue


def at(hour, minute=0, day=20):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


MORNING, AFTERNOON = (at(8, 30), at(12)), (at(13), at(16, 30))
DAY = Hours((MORNING, AFTERNOON))
EARLY = Hours((MORNING, AFTERNOON), come_early=timedelta(minutes=30))


@pytest.mark.parametrize(
    ("now", "hours", "reasons"),
    [
        pytest.param(at(8, 30), DAY, [], id="from the opening"),
        pytest.param(at(8, 29), DAY, [Reason(Refusal.BEFORE_HOURS, at(8, 30))], id="not before"),
        pytest.param(at(8), EARLY, [], id="unless the desk gives tickets out earlier"),
        pytest.param(at(7, 59), EARLY, [Reason(Refusal.BEFORE_HOURS, at(8))], id="but not before that"),
        pytest.param(at(11, 59), DAY, [], id="until midday"),
        pytest.param(at(12), DAY, [Reason(Refusal.MIDDAY, at(13))], id="not at midday"),
        pytest.param(at(13), DAY, [], id="again in the afternoon"),
        pytest.param(at(16, 30), DAY, [Reason(Refusal.AFTER_HOURS)], id="not after closing"),
        pytest.param(at(10), Hours(()), [Reason(Refusal.CLOSED_TODAY)], id="not on a day without hours"),
        pytest.param(at(10), Hours((), holiday="วันพ่อ"), [Reason(Refusal.HOLIDAY, note="วันพ่อ")], id="nor on a holiday"),
        pytest.param(
            at(10),
            Hours((MORNING,), stopped="ไฟดับ"),
            [Reason(Refusal.STOPPED, note="ไฟดับ")],
            id="nor when somebody stopped it",
        ),
    ],
)
def test_hours(now, hours, reasons):
    assert may_issue(now, hours) == tuple(reasons)


@pytest.mark.parametrize(
    ("of_desk", "of_service", "refusals"),
    [
        pytest.param(Limit(999), Limit(999), [], id="without limits"),
        pytest.param(Limit(99, 100), Limit(9, 10), [], id="below both"),
        pytest.param(Limit(100, 100), Limit(9, 10), [(Refusal.LIMIT_OF_DESK, 100)], id="the desk's"),
        pytest.param(Limit(99, 100), Limit(10, 10), [(Refusal.LIMIT_OF_SERVICE, 10)], id="the service's"),
        pytest.param(
            Limit(100, 100),
            Limit(11, 10),
            [(Refusal.LIMIT_OF_DESK, 100), (Refusal.LIMIT_OF_SERVICE, 10)],
            id="both are told",
        ),
    ],
)
def test_limits(of_desk, of_service, refusals):
    reasons = may_issue(at(9), DAY, of_desk=of_desk, of_service=of_service)

    assert [(reason.refusal, reason.limit) for reason in reasons] == refusals


@pytest.mark.parametrize(
    ("now", "expected_end", "refusals"),
    [
        pytest.param(at(15), at(16, 30), [], id="may end at closing time"),
        pytest.param(at(15), at(16, 31), [Refusal.WOULD_END_TOO_LATE], id="not later"),
        pytest.param(at(15), None, [], id="nobody knows"),
        pytest.param(at(16, 30), at(16, 45), [Refusal.AFTER_HOURS], id="after hours that is said alone"),
    ],
)
def test_the_expected_end(now, expected_end, refusals):
    assert [reason.refusal for reason in may_issue(now, DAY, expected_end=expected_end)] == refusals


@pytest.mark.parametrize(
    ("now", "missed", "lost"),
    [
        pytest.param(at(16, 29), 3, None, id="until closing"),
        pytest.param(at(16, 30), 1, Lost.AFTER_HOURS, id="not after"),
        pytest.param(at(10), 4, Lost.TOO_OFTEN, id="not for ever"),
        pytest.param(at(10, day=21), 1, Lost.ANOTHER_DAY, id="not on another day"),
    ],
)
def test_a_missed_ticket_comes_back(now, missed, lost):
    assert may_come_back(now, DAY, missed=missed) is lost


def test_nothing_comes_back_on_a_day_without_hours():
    assert may_come_back(at(10), Hours(()), missed=1) is Lost.ANOTHER_DAY
