"""A stream from its opening to its end, with PostgreSQL's own announcements."""

import asyncio
import json
from contextlib import asynccontextmanager

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections
from django.utils import timezone

from saduak.journal.models import Entry
from saduak.live import audiences, streams
from saduak.live.streams import LiveStreams
from saduak.people.models import User
from tests.support.transactions import others_have_ended

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _tables(monkeypatch):
    table = {"public": audiences.everyone, "case": lambda person, topic: topic.reference == "mine"}
    monkeypatch.setattr(audiences, "all_audiences", lambda: table)


def write(kind="public", reference="P1", step="begin"):
    try:
        entry = Entry.objects.create(at=timezone.now(), case_kind=kind, case_reference=reference, step=step)
        others_have_ended()
        return entry.sequence
    finally:
        connections.close_all()


a_write = sync_to_async(write)


class Browser:
    """One HTTP client, as the ASGI application sees it."""

    def __init__(self, question, *, cookie="", last="", address="192.0.2.1", path="/live/journal", host="localhost"):
        headers = [(b"host", host.encode()), (b"cookie", cookie.encode())]
        headers += [(b"last-event-id", str(last).encode())] if last else []
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": question.encode(),
            "headers": headers,
            "client": (address, 1),
        }
        self.messages = asyncio.Queue()
        self.went = asyncio.Event()

    async def receive(self):
        await self.went.wait()
        return {"type": "http.disconnect"}

    async def status(self):
        return (await asyncio.wait_for(self.messages.get(), 5))["status"]

    async def event(self):
        """The next event as a dictionary of its fields; None at the end of the stream."""
        while True:
            message = await asyncio.wait_for(self.messages.get(), 5)
            if not message["body"]:
                return None
            fields = dict(line.split(": ", 1) for line in message["body"].decode().strip().split("\n") if ": " in line)
            if "id" in fields:
                return fields


@asynccontextmanager
async def opened(app, *args, **kwargs):
    browser = Browser(*args, **kwargs)
    task = asyncio.create_task(app(browser.scope, browser.receive, browser.messages.put))
    try:
        yield browser
    finally:
        browser.went.set()
        await asyncio.wait_for(task, 5)


def run(story, **limits):
    """Tell one story with a fresh application, and clean up after it."""

    async def told():
        app = LiveStreams(**({"most": 20, "most_of_one_client": 20} | limits))
        try:
            await story(app)
        finally:
            await app.close()
            await sync_to_async(connections.close_all)()

    asyncio.run(told())


def signed_in():
    user = User.objects.create_user("somboon", name="สมบูรณ์")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def test_an_entry_is_heard_and_carries_no_content():
    async def story(app):
        async with opened(app, "case_kind=public&reference=P1") as browser:
            assert await browser.status() == 200
            assert (await browser.event())["id"] == "0"
            await a_write(reference="P2")
            sequence = await a_write()
            event = await browser.event()
            assert event["event"] == "step"
            assert json.loads(event["data"]) == {
                "sequence": sequence,
                "case_kind": "public",
                "reference": "P1",
                "step": "begin",
            }

    run(story)


def test_several_kinds_come_by_one_stream(monkeypatch):
    monkeypatch.setattr(audiences, "all_audiences", lambda: dict.fromkeys(["public", "other"], audiences.everyone))
    first = write()

    async def story(app):
        async with opened(app, "case_kind=public&case_kind=other", last=first) as browser:
            assert await browser.status() == 200
            sequences = [await a_write("other"), await a_write("silent"), await a_write()]
            heard = [(await browser.event())["id"] for _ in range(2)]
            assert heard == [str(sequences[0]), str(sequences[2])]

    run(story)


def test_who_comes_back_hears_what_was_missed_and_then_goes_on():
    first, second = write(), write()

    async def story(app):
        async with opened(app, "case_kind=public", last=first) as browser:
            assert await browser.status() == 200
            assert (await browser.event())["id"] == str(second)
            third = await a_write()
            assert (await browser.event())["id"] == str(third)
        async with opened(app, f"case_kind=public&after={second}") as browser:
            assert await browser.status() == 200
            assert (await browser.event())["id"] == str(third)

    run(story)


def test_who_missed_too_much_loads_the_page_again(monkeypatch):
    monkeypatch.setattr(streams, "MISSED_AT_MOST", 2)
    numbers = [write() for _ in range(4)]

    async def story(app):
        async with opened(app, "case_kind=public", last=numbers[0]) as browser:
            await browser.status()
            event = await browser.event()
            assert (event["event"], event["id"]) == ("reload", str(numbers[-1]))

    run(story)


def test_a_client_that_does_not_read_is_told_to_load_again_and_dropped():
    async def story(app):
        async with opened(app, "case_kind=public") as browser:
            await browser.status()
            await browser.event()
            (stream,) = next(iter(app.hub._streams.values()))
            stream.overflowed = True
            await a_write()
            assert (await browser.event())["event"] == "step"
            assert (await browser.event())["event"] == "reload"
            assert await browser.event() is None

    run(story)


@pytest.mark.parametrize(
    ("question", "options", "status"),
    [
        pytest.param("", {}, 400, id="no kind"),
        pytest.param("case_kind=public&centre=x", {}, 400, id="a centre that is no number"),
        pytest.param("case_kind=public&after=-1", {}, 400, id="a position that is no number"),
        pytest.param("case_kind=public", {"host": "evil.example"}, 400, id="another host"),
        pytest.param("case_kind=public", {"path": "/live/other"}, 404, id="another address"),
        pytest.param("case_kind=case&reference=mine", {}, 401, id="a stranger"),
        pytest.param("case_kind=public&case_kind=case", {}, 401, id="a stranger, beside what everybody hears"),
        pytest.param("case_kind=case&reference=mine", {"cookie": "sessionid=forged"}, 401, id="a forged session"),
        pytest.param("case_kind=case&reference=mine", {"cookie": "\x00;;="}, 401, id="a broken cookie"),
    ],
)
def test_no_stream_for(question, options, status, monkeypatch):
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost"])

    async def story(app):
        async with opened(app, question, **options) as browser:
            assert await browser.status() == status
        assert len(app.hub) == 0

    run(story)


def test_a_person_hears_what_that_person_may():
    cookie = signed_in()

    async def story(app):
        async with opened(app, "case_kind=case&reference=mine", cookie=cookie) as browser:
            assert await browser.status() == 200
        async with opened(app, "case_kind=case&reference=theirs", cookie=cookie) as browser:
            assert await browser.status() == 403
        async with opened(app, "case_kind=case", cookie=cookie) as browser:
            assert await browser.status() == 403

    run(story)


def test_nobody_has_too_many_streams():
    async def story(app):
        async with opened(app, "case_kind=public") as first, opened(app, "case_kind=public") as second:
            assert await first.status() == 200
            assert await second.status() == 429
            async with opened(app, "case_kind=public", address="192.0.2.2") as third:
                assert await third.status() == 200
                async with opened(app, "case_kind=public", address="192.0.2.3") as fourth:
                    assert await fourth.status() == 503
        assert len(app.hub) == 0

    run(story, most=2, most_of_one_client=1)


def test_a_lost_database_connection_ends_the_streams_and_what_happened_meanwhile_is_told():
    async def story(app):
        async with opened(app, "case_kind=public") as browser:
            await browser.status()
            seen = (await browser.event())["id"]
            await sync_to_async(cut_listeners)()
            assert await browser.event() is None
        meanwhile = await a_write()
        async with opened(app, "case_kind=public", last=seen) as browser:
            assert await browser.status() == 200
            assert (await browser.event())["id"] == str(meanwhile)

    run(story)


def cut_listeners():
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query = 'LISTEN journal' AND datname = current_database()"
        )
    connections.close_all()


def test_a_stream_beats_and_ends_in_time(monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT_EVERY", 0.05)
    monkeypatch.setattr(streams, "LASTS_AT_MOST", 0.3)

    async def story(app):
        async with opened(app, "case_kind=public") as browser:
            await browser.status()
            bodies = [(await asyncio.wait_for(browser.messages.get(), 5))["body"]]
            while bodies[-1]:
                bodies.append((await asyncio.wait_for(browser.messages.get(), 5))["body"])
            assert bodies.count(b":\n\n") >= 3

    run(story)


def test_an_event_is_put_into_words_once_for_all_streams(monkeypatch):
    put = []
    monkeypatch.setattr(streams.json, "dumps", lambda words: put.append(words) or "{}")

    async def story(app):
        async with opened(app, "case_kind=public") as one, opened(app, "case_kind=public&reference=P1") as two:
            for browser in (one, two):
                await browser.status()
                await browser.event()
            sequence = await a_write()
            assert {(await browser.event())["id"] for browser in (one, two)} == {str(sequence)}
            assert [words["sequence"] for words in put] == [sequence]

    run(story)
