"""Answers that hold are given again, and never after something has happened."""

import asyncio

import pytest
from django.http import HttpResponse

from saduak.live.holding import HEADER, holds_until_something_happens
from saduak.live.kept import KeptAnswers
from saduak.live.queries import Event


class Django:
    """An application whose answer says how often it was asked; it waits where it is told to."""

    def __init__(self, *, centre=7, seconds=60, status=200, cookie=False):
        self.asked = 0
        self.seen_tags = []
        self.gate = None
        headers = [(b"ETag", b'"1"'), (b"Content-Type", b"application/json"), (b"X-Request-ID", b"abc")]
        if centre is not None:
            headers.append((HEADER.encode(), f"{centre} {seconds}".encode()))
        if cookie:
            headers.append((b"Set-Cookie", b"a=b"))
        self.headers, self.status = headers, status

    async def __call__(self, scope, receive, send):
        self.asked += 1
        number = self.asked
        self.seen_tags.append(dict(scope["headers"]).get(b"if-none-match"))
        if self.gate:
            await self.gate.wait()
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": f"answer {number}".encode()})


async def ask(kept, path="/queue/t/one/state", *, method="GET", query=b"", **headers):
    told = []

    async def send(message):
        told.append(message)

    names = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": names}
    await kept(scope, None, send)
    return told[0]["status"], b"".join(m.get("body", b"") for m in told[1:]).decode(), dict(told[0]["headers"])


def keeping(django, *, most=100, is_heard=lambda: True):
    return KeptAnswers(django, is_heard=is_heard, most=most)


def happened_at(centre, sequence=1):
    return Event(sequence, "ticket", "x", centre, "call")


def run(story):
    asyncio.run(story())


def test_the_same_question_is_answered_once_until_something_happens_there():
    async def story():
        django = Django()
        kept = keeping(django)

        first, second = await ask(kept), await ask(kept)
        kept.happened(happened_at(8))
        elsewhere = await ask(kept)
        kept.happened(happened_at(7))
        afterwards = await ask(kept)

        assert [one[1] for one in (first, second, elsewhere, afterwards)] == [*["answer 1"] * 3, "answer 2"]
        assert len(second[2][b"x-request-id"]) == 32
        assert second[2][b"x-now"] > first[2][b"x-now"]

    run(story)


@pytest.mark.parametrize(
    ("woken_by", "answer"),
    [
        pytest.param("5", "answer 1", id="an entry that was heard here"),
        pytest.param("6", "answer 2", id="an entry that only another process has heard"),
        pytest.param("x", "answer 1", id="no number"),
        pytest.param("9" * 20, "answer 1", id="no entry's number"),
    ],
)
def test_whoever_was_woken_is_never_told_what_was_before(woken_by, answer):
    async def story():
        kept = keeping(Django())
        kept.happened(happened_at(7, 5))
        kept.happened(happened_at(7, 4))
        await ask(kept)

        woken = await ask(kept, last_event_id=woken_by)
        somebody_else = await ask(kept)

        assert (woken[1], somebody_else[1]) == (answer, "answer 1")
        assert HEADER.lower().encode() not in woken[2]

    run(story)


def test_what_shapes_an_answer_makes_another_question():
    async def story():
        django = Django()
        kept = keeping(django)

        for how in ({}, {"host": "b"}, {"cookie": "language=en"}, {"query": b"in=my"}, {"path": "/queue/t/two/state"}):
            await ask(kept, **how)

        assert django.asked == 5

    run(story)


def test_who_holds_the_answer_gets_304_and_who_asks_first_has_it_made_whole():
    async def story():
        django = Django()
        kept = keeping(django)

        first = await ask(kept, if_none_match='"1"')
        other = await ask(kept)
        stale = await ask(kept, if_none_match='"0"')
        head = await ask(kept, method="HEAD")

        assert (first[0], first[1], other[:2], stale[0]) == (304, "", (200, "answer 1"), 200)
        assert (head[0], head[1]) == (200, "")
        assert b"content-type" not in first[2]
        assert django.seen_tags == [None]

    run(story)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"centre": None}, id="the view says nothing"),
        pytest.param({"seconds": 0}, id="it holds no longer"),
        pytest.param({"status": 404}, id="there is none"),
        pytest.param({"cookie": True}, id="it sets a cookie"),
    ],
)
def test_other_answers_are_not_kept(how):
    async def story():
        django = Django(**how)
        kept = keeping(django)

        answers = [await ask(kept), await ask(kept)]

        assert django.asked == 2
        assert all(HEADER.lower().encode() not in headers for _status, _body, headers in answers)

    run(story)


def test_nothing_is_kept_while_announcements_are_not_heard():
    async def story():
        django, heard = Django(), [False]
        kept = keeping(django, is_heard=lambda: heard[0])

        deaf = [await ask(kept), await ask(kept)]
        heard[0] = True
        await ask(kept)
        await ask(kept)
        kept.forget()
        await ask(kept)

        assert django.asked == 4
        assert all(HEADER.encode() not in headers and HEADER.lower().encode() not in headers for *_, headers in deaf)

    run(story)


@pytest.mark.parametrize("what", ["happened", "forget"])
def test_what_was_asked_before_something_happened_is_not_kept(what):
    async def story():
        django = Django()
        django.gate = asyncio.Event()
        kept = keeping(django)

        asking = asyncio.create_task(ask(kept))
        await asyncio.sleep(0)
        if what == "happened":
            kept.happened(happened_at(7))
        else:
            kept.forget()
        django.gate.set()

        assert (await asking)[1] == "answer 1"
        assert (await ask(kept))[1] == "answer 2"

    run(story)


def test_many_who_ask_the_same_at_once_are_answered_by_one_question():
    async def story():
        django = Django()
        django.gate = asyncio.Event()
        kept = keeping(django)

        asking = [asyncio.create_task(ask(kept)) for _ in range(20)]
        await asyncio.sleep(0)
        django.gate.set()

        assert {one[1] for one in await asyncio.gather(*asking)} == {"answer 1"}
        assert django.asked == 1

    run(story)


def test_who_asks_after_it_happened_never_gets_the_answer_from_before():
    async def story():
        django = Django()
        django.gate = asyncio.Event()
        kept = keeping(django)

        before = asyncio.create_task(ask(kept))
        await asyncio.sleep(0)
        kept.happened(happened_at(7))
        after = asyncio.create_task(ask(kept))
        await asyncio.sleep(0)
        django.gate.set()

        assert ((await before)[1], (await after)[1]) == ("answer 1", "answer 2")

    run(story)


def test_there_is_room_for_so_many_and_no_more():
    async def story():
        kept = keeping(Django(), most=10)

        for number in range(35):
            await ask(kept, f"/queue/t/{number}/state")
            assert len(kept) <= 10

    run(story)


def test_a_view_says_how_long_its_answer_holds():
    assert holds_until_something_happens(HttpResponse(), centre_id=3, seconds=1.5)[HEADER] == "3 1.500"
