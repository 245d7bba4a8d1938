"""The pauses between attempts."""

from datetime import timedelta

from saduak.notices.rules import WAITS, wait_after


def test_the_pauses_grow_and_come_to_an_end():
    pauses = [wait_after(attempt) for attempt in range(1, len(WAITS) + 2)]

    assert pauses == [*sorted(WAITS), None]
    assert sum(WAITS, timedelta()) > timedelta(hours=12)
