"""The one connection of a process on which PostgreSQL announces the journal's entries (ผู้ฟังบันทึก)."""

import asyncio
import contextlib
import json
from typing import Any

import psycopg
import structlog

from saduak.live.hub import Hub
from saduak.live.queries import Event

log = structlog.get_logger("saduak.live")

CHANNEL = "journal"
ASK_AGAIN_AFTER = 20.0
LONGEST_WAIT = 15.0


class Listener:
    """Listens as long as it runs; when it lost the connection, all streams end, so that nothing is missed silently."""

    def __init__(self, hub: Hub, connection: dict[str, Any]) -> None:
        self._hub = hub
        self._connection = connection
        self._task: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def ready(self, patience: float = 5.0) -> bool:
        """Start listening unless it is done already; whether the database answers within `patience` seconds."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._keep_listening())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._listening.wait(), patience)
        return self._listening.is_set()

    @property
    def is_listening(self) -> bool:
        """Whether everything that happens is heard now."""
        return self._listening.is_set()

    async def stop(self) -> None:
        """Close the connection."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _keep_listening(self) -> None:
        wait = 0.1
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**self._connection, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._listening.set()
                    wait = 0.1
                    await self._announce(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("live: the database is away", error=str(error), again_in=wait)
            finally:
                self._listening.clear()
                self._hub.close_all()
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _announce(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            async for notice in connection.notifies(timeout=ASK_AGAIN_AFTER):
                self._hub.announce(Event(**json.loads(notice.payload)))
            await connection.execute("SELECT 1")  # A connection that died in silence is found here.
