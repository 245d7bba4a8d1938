"""One entry for every request: `/live/…` and what still holds are answered here, all else by Django in threads."""

import asyncio
import os
import re
import sys
from typing import Any

from saduak.config.environment import environment
from saduak.config.forwarding import Scope, believing
from saduak.config.parts import end_with_parent
from saduak.config.threads import InThreads
from saduak.config.web import LAST_ORDERS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")

from saduak.config.wsgi import application as django
from saduak.live.kept import KeptAnswers
from saduak.live.streams import LiveStreams

LONGEST_ANSWER = 15.0
"""Seconds that a request which is being answered may still take when the platform stops."""

HELD = re.compile(r"/queue/(?:t|board)/[^/]+/state")
"""Addresses whose views say how long their answers hold."""

MOST_KEPT = 20_000
"""Answers that one process keeps: some forty megabytes at most."""

PATIENCE_OF_THREADS = 0.0005
"""Seconds for which a thread may go on while another wants to. Whoever holds a lock of the database has mostly to wait
for an answer, and must not wait behind every thread that computes once the answer is there: Python's own five
milliseconds, times the threads, times the questions, is how long everybody else then waits for the lock."""

sys.setswitchinterval(PATIENCE_OF_THREADS)

ENVIRONMENT = environment()
in_threads = InThreads(django, ENVIRONMENT.saduak_web_threads)
live = LiveStreams(most=ENVIRONMENT.saduak_live_streams, most_of_one_client=ENVIRONMENT.saduak_live_streams_per_client)


class Entry:
    """Hands a request to whom it concerns, and ends when the last thread has handed in its answer."""

    def __init__(self) -> None:
        self._in_threads = 0
        self.kept = KeptAnswers(self._by_django, is_heard=lambda: live.is_listening, most=MOST_KEPT)
        live.hub.watch(self.kept)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_end(receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/live/"):
            await live(scope, receive, send)
        elif scope["method"] in ("GET", "HEAD") and HELD.fullmatch(scope["path"]):
            await self.kept(scope, receive, send)
        else:
            await self._by_django(scope, receive, send)

    async def _by_django(self, scope: Scope, receive: Any, send: Any) -> None:
        self._in_threads += 1
        try:
            await in_threads(scope, receive, send)
        finally:
            self._in_threads -= 1

    async def _live_and_end(self, receive: Any, send: Any) -> None:
        await receive()
        end_with_parent()
        endings: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        beginning = loop.create_task(live.listen())  # Kept, or it could be collected before it is done.
        loop.add_signal_handler(LAST_ORDERS, lambda: endings.append(loop.create_task(live.close())))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        beginning.cancel()
        await live.close()
        # A thread whose answer is out may still be telling the loop so, and would wait for ever if the loop were gone.
        patience = loop.time() + LONGEST_ANSWER
        while self._in_threads and loop.time() < patience:
            await asyncio.sleep(0.01)
        await send({"type": "lifespan.shutdown.complete"})


application = believing(Entry(), ENVIRONMENT.trusted_proxies)
