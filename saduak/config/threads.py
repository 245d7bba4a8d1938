"""Django's answers, made in threads: for a request one way there, and one way back (เธรดของเว็บ).

The event loop reads what was sent and gives the whole request to a thread; the thread gives the whole answer back.
Every further word between the two would wait for Python's interpreter lock twice. Only what is large is passed on in
pieces, so that it never lies in memory as a whole.
"""

import asyncio
import contextvars
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from io import BytesIO
from queue import SimpleQueue
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import build_environ

Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
P = ParamSpec("P")
T = TypeVar("T")

LARGE_REQUEST = 1024 * 1024
"""Bytes from which on a request is read by the thread, piece by piece."""

PIECE = 64 * 1024
"""Bytes of an answer that are passed on together; a smaller answer is passed on as a whole."""


class Told(NamedTuple):
    """An answer as a whole."""

    status: int
    headers: Headers
    body: bytes


class Threads(Executor):
    """A number of threads that wait for work; they begin with the first and end with the process.

    A web process splits off from one that has loaded everything, and threads do not come along.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._work: SimpleQueue[Callable[[], Any]] = SimpleQueue()

    def do(self, work: Callable[[], Any]) -> None:
        """Have it done by the next thread that is free; it raises nothing. Called by one event loop."""
        self._work.put(work)
        while self._number:
            threading.Thread(target=self._go_on, name=f"django-{self._number}", daemon=True).start()
            self._number -= 1

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As every executor: for requests that are read in pieces."""
        future: Future[T] = Future()

        def work() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fn(*args, **kwargs))
                except BaseException as error:
                    future.set_exception(error)

        self.do(work)
        return future

    def _go_on(self) -> None:
        while True:
            self._work.get()()


class InThreads:
    """A WSGI application as an ASGI application for HTTP."""

    def __init__(self, app: Any, threads: int) -> None:
        self._app = app
        self._threads = Threads(threads)
        self._in_pieces = WSGIMiddleware(app)
        self._in_pieces.executor.shutdown()
        self._in_pieces.executor = self._threads  # type: ignore[assignment]  # Any executor will do.

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        length = _length(scope)
        if length > LARGE_REQUEST:
            await self._in_pieces(cast(Any, scope), _as_coroutine(receive), send)
            return
        body = await _read(receive) if length else b""
        if body is None:
            return
        environ: Any = build_environ(cast(Any, scope), cast(Any, BytesIO(body)))
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Told | None] = loop.create_future()
        context = contextvars.copy_context()

        def work() -> None:
            try:
                answer = context.run(_answered, self._app, environ, loop, send)
            except BaseException as error:
                loop.call_soon_threadsafe(_fail, told, error)
            else:
                loop.call_soon_threadsafe(_tell, told, answer)

        self._threads.do(work)
        answer = await told
        if answer is not None:
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            await send({"type": "http.response.body", "body": answer.body})


def _answered(app: Any, environ: Any, loop: asyncio.AbstractEventLoop, send: Any) -> Told | None:
    """The answer; None for a large one, which was sent."""
    status, headers = 500, list[tuple[bytes, bytes]]()

    def start_response(line: str, told: list[tuple[str, str]], exc_info: Any = None) -> None:
        nonlocal status, headers
        status = int(line[:3])
        headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in told]

    answer = app(environ, start_response)
    try:
        pieces = _pieces(answer)
        first, second = next(pieces), next(pieces, None)
        if second is None:
            return Told(status, headers, first)

        async def pass_on(message: dict[str, Any]) -> None:
            await send(message)

        def sent(**message: Any) -> None:
            asyncio.run_coroutine_threadsafe(pass_on(message), loop).result()

        sent(type="http.response.start", status=status, headers=headers)
        for piece in (first, second):
            sent(type="http.response.body", body=piece, more_body=True)
        for piece in pieces:
            sent(type="http.response.body", body=piece, more_body=True)
        sent(type="http.response.body", body=b"")
        return None
    finally:
        if hasattr(answer, "close"):
            answer.close()


def _pieces(answer: Any) -> Iterator[bytes]:
    """What was said, put together to pieces; at least one."""
    parts, size, is_first = list[bytes](), 0, True
    for part in answer:
        parts.append(part)
        size += len(part)
        if size >= PIECE:
            yield b"".join(parts)
            parts, size, is_first = [], 0, False
    if parts or is_first:
        yield b"".join(parts)


def _length(scope: Scope) -> int:
    """Bytes of the request's body; one that does not say how large it is has none for Django."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(said) if said.isdigit() else 0


async def _read(receive: Any) -> bytes | None:
    """The whole body; None when the client went away before it was sent."""
    parts, has_more = [], True
    while has_more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        has_more = message.get("more_body", False)
    return b"".join(parts)


def _tell(told: "asyncio.Future[Told | None]", answer: Told | None) -> None:
    if not told.done():
        told.set_result(answer)


def _fail(told: "asyncio.Future[Told | None]", error: BaseException) -> None:
    if not told.done():
        told.set_exception(error)


def _as_coroutine(receive: Any) -> Any:
    """`receive` as threads can call it: Granian's gives an awaitable, but another loop takes only a coroutine."""

    async def received() -> Any:
        return await receive()

    return received
