"""One entry for every request: `/live/…` is answered here and now, all else by Django in a pool of threads."""

import asyncio
import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from saduak.config.environment import environment
from saduak.config.forwarding import Scope, believing
from saduak.config.parts import end_with_parent
from saduak.config.web import LAST_ORDERS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")

from saduak.config.wsgi import application as django
from saduak.live.streams import LiveStreams

LONGEST_ANSWER = 15.0
"""Seconds that a request which is being answered may still take when the platform stops."""

ENVIRONMENT = environment()
in_threads = WSGIMiddleware(cast(Any, django), workers=ENVIRONMENT.saduak_web_threads)
live = LiveStreams(most=ENVIRONMENT.saduak_live_streams, most_of_one_client=ENVIRONMENT.saduak_live_streams_per_client)


class Entry:
    """Hands a request to whom it concerns, and ends when the last thread has handed in its answer."""

    def __init__(self) -> None:
        self._in_threads = 0

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_end(receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/live/"):
            await live(scope, receive, send)
        else:
            self._in_threads += 1
            try:
                await in_threads(cast(Any, scope), _as_coroutine(receive), send)
            finally:
                self._in_threads -= 1

    async def _live_and_end(self, receive: Any, send: Any) -> None:
        await receive()
        end_with_parent()
        endings: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(LAST_ORDERS, lambda: endings.append(loop.create_task(live.close())))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await live.close()
        # A thread whose answer is out may still be telling the loop so, and would wait for ever if the loop were gone.
        patience = loop.time() + LONGEST_ANSWER
        while self._in_threads and loop.time() < patience:
            await asyncio.sleep(0.01)
        await send({"type": "lifespan.shutdown.complete"})


def _as_coroutine(receive: Any) -> Any:
    """`receive` as the threads can call it: Granian's gives an awaitable, but another loop takes only a coroutine."""

    async def received() -> Any:
        return await receive()

    return received


application = believing(Entry(), ENVIRONMENT.trusted_proxies)
