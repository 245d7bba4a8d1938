"""Server-sent events at `/live/journal`: who opens one, what it says, when it ends (สตรีมข้อมูลสด)."""

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Callable, Sequence
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, TypeVar
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connections
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from saduak.live.audiences import Topic, may_hear
from saduak.live.hub import Hub, Stream, TooMany
from saduak.live.listener import Listener
from saduak.live.queries import Event, missed, position

Answer = TypeVar("Answer")
Scope = dict[str, Any]

PATH = "/live/journal"
HEARTBEAT_EVERY = 15.0
LASTS_AT_MOST = 600.0
"""Seconds after which a stream ends; the client comes back by itself, and what it may hear is asked anew."""

MISSED_AT_MOST = 200
"""Events that are caught up one by one; who missed more is told to load the page again."""

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Refused(Exception):
    """No stream is opened; the HTTP status says why."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


class LiveStreams:
    """The ASGI application of `/live/…`; one for each process and event loop.

    `GET /live/journal?case_kind=…&reference=…&centre=…` opens a stream, about several kinds when `case_kind` stands
    there several times: 400 for a question that makes no sense, 401 when signing in could help, 403 when not, 404 for
    other addresses, 429 when the client has too many streams, 503 when there is no room or no database. The header
    `Last-Event-ID`, or `after=`, goes on after that entry. The events: `step` with the entry's sequence, kind,
    reference and step as JSON; `reload` when too much was missed.
    """

    def __init__(self, *, most: int, most_of_one_client: int) -> None:
        self.hub = Hub(most=most, most_of_one_client=most_of_one_client)
        self._listener: Listener | None = None
        self._closing = False

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            stream, seen = await self._open(scope)
        except Refused as refused:
            headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
            if refused.status in (429, 503):
                headers.append((b"retry-after", b"5"))
            await send({"type": "http.response.start", "status": refused.status, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await self._tell(stream, seen, receive, send)
        finally:
            self.hub.leave(stream)

    @property
    def is_listening(self) -> bool:
        """Whether everything that happens is heard now."""
        return self._listener is not None and self._listener.is_listening

    async def listen(self) -> bool:
        """Begin to listen unless it is done already; whether the database answers."""
        if self._closing:
            return False
        if self._listener is None:
            parameters = connections["default"].get_connection_params()
            for django_only in ("cursor_factory", "context"):
                parameters.pop(django_only, None)
            self._listener = Listener(self.hub, parameters)
        return await self._listener.ready()

    async def close(self) -> None:
        """End all streams and stop listening."""
        self._closing = True
        self.hub.close_all()
        if self._listener is not None:
            await self._listener.stop()

    async def _open(self, scope: Scope) -> tuple[Stream, int | None]:
        headers = {name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]}
        if scope["path"] != PATH or scope["method"] != "GET":
            raise Refused(404)
        if not validate_host(split_domain_port(headers.get("host", ""))[0], settings.ALLOWED_HOSTS):
            raise Refused(400)
        topics, seen = _question(scope["query_string"].decode("latin1"), headers.get("last-event-id", ""))
        person = await _in_thread(lambda: _who_may_hear(headers.get("cookie", ""), topics))
        client = f"person {person.pk}" if person.is_authenticated else f"address {(scope.get('client') or ('',))[0]}"
        if not await self.listen():
            raise Refused(503)
        try:
            return self.hub.open(client, *topics), seen
        except TooMany as too_many:
            raise Refused(429 if too_many.of_this_client else 503) from None

    async def _tell(self, stream: Stream, seen: int | None, receive: Any, send: Any) -> None:
        gone = asyncio.ensure_future(_until_gone(receive, stream))
        try:
            async for piece in _words(stream, seen):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()


async def _words(stream: Stream, seen: int | None) -> AsyncIterator[bytes]:
    """What the client is told, piece by piece, until the stream ends."""
    yield f"retry: {random.randint(500, 2500)}\n\n".encode()  # noqa: S311  (spreads the clients, guards nothing)
    told: set[int] = set()
    if seen is None:
        yield f"id: {await _in_thread(position)}\n\n".encode()
    else:
        late = await _in_thread(lambda: missed(stream.topics, seen, limit=MISSED_AT_MOST + 1))
        if len(late) > MISSED_AT_MOST:
            yield _reload(await _in_thread(position))
        else:
            for event in late:
                told.add(event.sequence)
                yield _step(event)
    end = asyncio.get_running_loop().time() + LASTS_AT_MOST * random.uniform(0.8, 1.0)  # noqa: S311
    while (left := end - asyncio.get_running_loop().time()) > 0:
        if stream.overflowed:
            yield _reload(await _in_thread(position))
            return
        try:
            waiting = await stream.next(min(HEARTBEAT_EVERY, left))
        except TimeoutError:
            yield b":\n\n"
            continue
        if waiting is None:
            return
        if waiting.sequence not in told:
            yield _step(waiting)


@lru_cache(maxsize=256)
def _step(event: Event) -> bytes:
    """The same words for every stream, put once however many there are."""
    words = {
        "sequence": event.sequence,
        "case_kind": event.case_kind,
        "reference": event.case_reference,
        "step": event.step,
    }
    return f"id: {event.sequence}\nevent: step\ndata: {json.dumps(words)}\n\n".encode()


def _reload(sequence: int) -> bytes:
    return f"id: {sequence}\nevent: reload\ndata: {{}}\n\n".encode()


def _question(query: str, last_event_id: str) -> tuple[list[Topic], int | None]:
    asked = parse_qs(query, max_num_fields=10)
    after, centre, reference = (asked.get(name, [""])[-1] for name in ("after", "centre", "reference"))
    after = last_event_id or after
    kinds = dict.fromkeys(asked.get("case_kind", ()))
    if not kinds or not all(_is_number(word) for word in (after, centre) if word):
        raise Refused(400)
    topics = [Topic(kind, reference or None, int(centre) if centre else None) for kind in kinds]
    return topics, int(after) if after else None


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 18


def _who_may_hear(cookies: str, topics: Sequence[Topic]) -> Any:
    """The person of the session. Raises Refused when that person may not hear about one of the topics."""
    request = HttpRequest()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    jar = SimpleCookie()
    with contextlib.suppress(CookieError):
        jar.load(cookies)
    key = jar[settings.SESSION_COOKIE_NAME].value if settings.SESSION_COOKIE_NAME in jar else None
    request.session = store(key)
    person = get_user(request)
    if not all(may_hear(person, topic) for topic in topics):
        raise Refused(403 if person.is_authenticated else 401)
    return person


async def _in_thread(ask: Callable[[], Answer]) -> Answer:
    """Ask the database in a thread, whose connection is looked after as it is around a request."""

    def asked() -> Answer:
        close_old_connections()
        try:
            return ask()
        finally:
            close_old_connections()

    return await sync_to_async(asked, thread_sensitive=True)()


async def _until_gone(receive: Any, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.hang_up()
