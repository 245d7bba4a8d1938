"""Events reach the streams they concern, and nobody waits without bound."""

import asyncio

import pytest

from saduak.live.audiences import Topic
from saduak.live.hub import WAITING_AT_MOST, Hub, TooMany
from saduak.live.queries import Event

EVENT = Event(7, "application", "A1", 3, "submit")


def waiting(stream):
    return [stream.waiting.popleft() for _ in range(len(stream.waiting))]


@pytest.mark.parametrize(
    ("topic", "concerned"),
    [
        pytest.param(Topic("application"), True, id="its kind"),
        pytest.param(Topic("application", "A1"), True, id="its case"),
        pytest.param(Topic("application", None, 3), True, id="its centre"),
        pytest.param(Topic("application", "A1", 3), True, id="its case and centre"),
        pytest.param(Topic("application", "A2"), False, id="another case"),
        pytest.param(Topic("application", None, 4), False, id="another centre"),
        pytest.param(Topic("application", "A1", 4), False, id="its case under another centre"),
        pytest.param(Topic("visit"), False, id="another kind"),
    ],
)
def test_an_event_reaches_streams_about(topic, concerned):
    hub = Hub(most=10, most_of_one_client=10)
    stream = hub.open("person 1", topic)

    hub.announce(EVENT)

    assert waiting(stream) == ([EVENT] if concerned else [])
    assert EVENT.concerns(topic) is concerned


def test_one_stream_may_be_about_several_kinds():
    hub = Hub(most=10, most_of_one_client=10)
    stream = hub.open("person 1", Topic("visit"), Topic("application", None, EVENT.centre_id))

    hub.announce(EVENT)
    assert waiting(stream) == [EVENT]
    hub.leave(stream)
    hub.announce(EVENT)

    assert len(hub) == 0
    assert waiting(stream) == []


def test_a_slow_client_is_given_up_without_harm_to_others():
    hub = Hub(most=10, most_of_one_client=10)
    slow, quick = hub.open("slow", Topic("application")), hub.open("quick", Topic("application"))

    for _ in range(WAITING_AT_MOST + 5):
        hub.announce(EVENT)
        waiting(quick)

    assert slow.overflowed
    assert len(slow.waiting) == WAITING_AT_MOST
    assert not quick.overflowed


def test_no_client_and_no_process_has_too_many():
    hub = Hub(most=3, most_of_one_client=2)
    first, _ = hub.open("one", Topic("a")), hub.open("one", Topic("b"))
    with pytest.raises(TooMany) as refused:
        hub.open("one", Topic("c"))
    assert refused.value.of_this_client
    hub.open("two", Topic("a"))
    with pytest.raises(TooMany) as refused:
        hub.open("three", Topic("a"))
    assert not refused.value.of_this_client

    hub.leave(first)

    assert len(hub) == 2
    hub.open("one", Topic("a"))


def test_closing_ends_every_stream_after_what_waits():
    hub = Hub(most=10, most_of_one_client=10)
    stream, full = hub.open("one", Topic("application")), hub.open("two", Topic("application", "A1"))
    hub.announce(EVENT)
    for _ in range(WAITING_AT_MOST - 1):
        full.offer(EVENT)

    hub.close_all()

    assert waiting(stream) == [EVENT, None]
    assert full.overflowed


def test_who_waits_is_woken_by_an_event_or_told_that_there_is_none():
    hub = Hub(most=10, most_of_one_client=10)
    stream = hub.open("one", Topic("application"))

    async def wait():
        asyncio.get_running_loop().call_later(0.02, hub.announce, EVENT)
        assert await stream.next(5) == EVENT
        with pytest.raises(TimeoutError):
            await stream.next(0.02)

    asyncio.run(wait())


def test_whom_nobody_hears_any_more_is_told_nothing_more():
    stream = Hub(most=10, most_of_one_client=10).open("one", Topic("application"))
    stream.offer(EVENT)

    stream.hang_up()

    assert waiting(stream) == [None]
