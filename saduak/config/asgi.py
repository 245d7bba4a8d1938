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

ENVIRONMENT = environment()
in_threads = WSGIMiddleware(cast(Any, django), workers=ENVIRONMENT.saduak_web_threads)
live = LiveStreams(most=ENVIRONMENT.saduak_live_streams, most_of_one_client=ENVIRONMENT.saduak_live_streams_per_client)


async def entry(scope: Scope, receive: Any, send: Any) -> None:
    """Hand a request to whom it concerns."""
    if scope["type"] == "lifespan":
        await _live_and_end(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await live(scope, receive, send)
    else:
        await in_threads(cast(Any, scope), _as_coroutine(receive), send)


def _as_coroutine(receive: Any) -> Any:
    """`receive` as the threads can call it: Granian's gives an awaitable, but another loop takes only a coroutine."""

    async def received() -> Any:
        return await receive()

    return received


async def _live_and_end(receive: Any, send: Any) -> None:
    await receive()
    end_with_parent()
    endings: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(LAST_ORDERS, lambda: endings.append(loop.create_task(live.close())))
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await live.close()
    await send({"type": "lifespan.shutdown.complete"})


application = believing(entry, ENVIRONMENT.trusted_proxies)
