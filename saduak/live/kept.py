"""Answers that hold until something happens, given again without Django (คำตอบที่ยังเป็นจริง).

A thousand telephones ask again and again where their ticket stands, and mostly nothing has happened. A view that says
so with `holds_until_something_happens` is asked once; after that this process answers by itself, until PostgreSQL
announces an entry of the centre, the time that the view gave is over, or the announcements are no longer heard. An
answer that was being made while something happened is given to its asker and not kept. Another process may have told
somebody already what this one has not heard yet: whoever says with `Last-Event-ID` which entry woke them gets an answer
that was made after it.
"""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from saduak.live.holding import HEADER, NOW
from saduak.live.queries import Event

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
Question = tuple[bytes, ...]
Headers = list[tuple[bytes, bytes]]

LARGEST = 64 * 1024
"""Bytes of an answer that is kept; larger ones are made anew."""

PATIENCE = 2
"""How often somebody waits for the answer to another's same question before asking beside it."""

LONGEST_NUMBER = 20
"""Digits from which on nothing is an entry's number."""

TELLING = HEADER.lower().encode()
SHAPING = (b"host", b"cookie", b"accept-language")
"""Headers of a request that an answer may depend on."""

OF_ONE_ANSWER = frozenset({TELLING, b"x-request-id", NOW.lower().encode()})
WITH_304 = frozenset({b"etag", b"cache-control", b"vary", b"content-language"})


@dataclass(slots=True)
class Kept:
    """An answer, and until when it holds by the clock of `time.monotonic`."""

    centre_id: int
    until: float
    tag: bytes
    headers: Headers
    body: bytes


@dataclass(slots=True)
class Answer:
    """What an application answered, put together."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    async def take(self, message: dict[str, Any]) -> None:
        """As `send` of ASGI."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(name).lower(), bytes(value)) for name, value in message.get("headers", ())]
        else:
            self.parts.append(message.get("body", b""))


class KeptAnswers:
    """An ASGI application before another one, for addresses that are only read; used by one event loop."""

    def __init__(self, app: App, *, is_heard: Callable[[], bool], most: int) -> None:
        self._app = app
        self._is_heard = is_heard
        self._most = most
        self._kept: dict[Question, Kept] = {}
        self._by_centre: dict[int, set[Question]] = {}
        self._asked: dict[Question, asyncio.Event] = {}
        self._moment = 0  # Counts what has happened.
        self._happened: dict[int, int] = {}  # Centre → the moment of what happened last.
        self._newest: dict[int, int] = {}  # Centre → the newest entry that was heard of it.
        self._forgot = 0  # The moment at which nothing was known any more.
        self.given = 0

    def __len__(self) -> int:
        return len(self._kept)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if not self._is_heard():
            await self._app(scope, receive, _without_telling(send))
            return
        question, known_tag, woken_by = _read(scope)
        waits = 0
        while (kept := self._find(question)) is None:
            asked = self._asked.get(question)
            if asked is None:
                await self._ask(question, scope, receive, send, known_tag)
                return
            if waits == PATIENCE:
                await self._app(scope, receive, _without_telling(send))
                return
            await asked.wait()  # Somebody else asks the same at this moment.
            waits += 1
        if woken_by > self._newest.get(kept.centre_id, 0):
            await self._app(scope, receive, _without_telling(send))
            return
        self.given += 1
        await _give(kept, known_tag, send, is_head=scope["method"] == "HEAD")

    def happened(self, event: Event) -> None:
        """Forget what depends on the centre of an entry."""
        if event.centre_id is None:
            return
        self._moment += 1
        self._happened[event.centre_id] = self._moment
        self._newest[event.centre_id] = max(event.sequence, self._newest.get(event.centre_id, 0))
        for question in self._by_centre.pop(event.centre_id, ()):
            self._kept.pop(question, None)

    def forget(self) -> None:
        """Forget everything: what has happened meanwhile was not heard."""
        self._moment += 1
        self._forgot = self._moment
        self._kept.clear()
        self._by_centre.clear()
        self._happened.clear()
        self._newest.clear()

    def _find(self, question: Question) -> Kept | None:
        kept = self._kept.get(question)
        return kept if kept is not None and kept.until > time.monotonic() else None

    async def _ask(self, question: Question, scope: Scope, receive: Any, send: Any, known_tag: bytes) -> None:
        """Have the answer made, keep it if it says that it holds, and give it."""
        began, done = self._moment, asyncio.Event()
        self._asked[question] = done
        answer = Answer()
        try:
            # Whole, whatever the asker holds already: the next asker may hold nothing.
            headers = [(name, value) for name, value in scope["headers"] if name != b"if-none-match"]
            await self._app({**scope, "headers": headers}, receive, answer.take)
            kept = self._keep(question, answer, began)
        finally:
            del self._asked[question]
            done.set()
        if kept is not None:
            await _give(kept, known_tag, send, is_head=scope["method"] == "HEAD")
            return
        told = [(name, value) for name, value in answer.headers if name != TELLING]
        await send({"type": "http.response.start", "status": answer.status, "headers": told})
        await send({"type": "http.response.body", "body": b"".join(answer.parts)})

    def _keep(self, question: Question, answer: Answer, began: int) -> Kept | None:
        """The answer as it is given, kept if nothing of its centre has happened since it was asked for."""
        headers = dict(answer.headers)
        if answer.status != 200 or TELLING not in headers or b"set-cookie" in headers or b"etag" not in headers:
            return None
        centre, seconds = headers[TELLING].split()
        given = [(name, value) for name, value in answer.headers if name not in OF_ONE_ANSWER]
        body = b"".join(answer.parts)
        kept = Kept(int(centre), time.monotonic() + float(seconds), headers[b"etag"], given, body)
        is_true = self._forgot <= began and self._happened.get(kept.centre_id, 0) <= began
        if is_true and self._is_heard() and len(body) <= LARGEST:
            if len(self._kept) >= self._most:
                self._make_room()
            self._kept[question] = kept
            self._by_centre.setdefault(kept.centre_id, set()).add(question)
        return kept

    def _make_room(self) -> None:
        """Drop what no longer holds; when everything does, all of it: it is quickly asked for again."""
        now = time.monotonic()
        holding = {question: kept for question, kept in self._kept.items() if kept.until > now}
        self._kept = holding if len(holding) < self._most * 0.9 else {}
        self._by_centre = {}
        for question, kept in self._kept.items():
            self._by_centre.setdefault(kept.centre_id, set()).add(question)


def _read(scope: Scope) -> tuple[Question, bytes, int]:
    """What is asked, with all that may shape the answer; the tag the asker holds; the entry that woke them, or 0."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    shaping = [headers.get(name, b"") for name in SHAPING]
    address = (scope.get("scheme", "http").encode(), scope["path"].encode(), scope["query_string"])
    woken_by = headers.get(b"last-event-id", b"")
    sequence = int(woken_by) if woken_by.isdigit() and len(woken_by) < LONGEST_NUMBER else 0
    return (*address, *shaping), headers.get(b"if-none-match", b""), sequence


async def _give(kept: Kept, known_tag: bytes, send: Any, *, is_head: bool) -> None:
    of_this = [
        (b"x-request-id", uuid.uuid4().hex.encode()),
        (NOW.lower().encode(), datetime.now(UTC).isoformat().encode()),
    ]
    if kept.tag in known_tag:
        headers = [(name, value) for name, value in kept.headers if name in WITH_304]
        await send({"type": "http.response.start", "status": 304, "headers": [*headers, *of_this]})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [*kept.headers, *of_this]})
    await send({"type": "http.response.body", "body": b"" if is_head else kept.body})


def _without_telling(send: Any) -> Any:
    """`send`, but what a view told its own process stays there."""

    async def sent(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = [(name, value) for name, value in message.get("headers", ()) if bytes(name).lower() != TELLING]
            message = {**message, "headers": headers}
        await send(message)

    return sent
