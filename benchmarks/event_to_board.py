"""From an event to the boards: by push with many boards connected, and by asking every three seconds alone.

The boards lie on as many desks as are named. Tickets are taken through HTTP one after another; a board has heard when
its stream's event is there, and has drawn when the state that it then asks for is there. The reference is the way
of the same notification to a bare listener of PostgreSQL, in the same run.
Run: python -m benchmarks.event_to_board [boards] [desks] [events]
"""

import asyncio
import json
import random
import threading
import time
from typing import Any

import psycopg

from benchmarks.desks import Running, alone, p99, tell, verdict

PUSHED, POLLED, EVERY = 300, 3000, 3.0
DRAWING = 20
"""Boards of a desk that ask for the state after the event, as all of its screens do."""


def measure(platform: Running, boards: int = 2000, desks: int = 100, events: int = 100) -> None:
    """Connect the boards, let things happen, and see when each of the desk's boards hears."""
    made = platform.furnish(desks, 1, 2)
    watch = Watch(platform, made, boards)
    thread = threading.Thread(target=lambda: asyncio.run(watch.run()))
    thread.start()
    assert watch.ready.wait(300), "The boards did not get their streams."
    listener = threading.Thread(target=listen, args=(platform, watch))
    listener.start()
    time.sleep(0.5)
    for turn in range(events):
        desk = made[turn % desks]
        line = platform.line(desk["kiosk"])
        pressed = time.perf_counter()
        answer = line.post("/api/v1/desk/tickets", {"service": desk["services"][0]})
        watch.sent[answer.json()["reference"]] = pressed
        line.close()
        time.sleep(0.05)
    time.sleep(1.0)
    watch.stop()
    thread.join(60)
    listener.join(60)
    tell(f"heard by push, {boards} boards on {desks} desks", watch.times(watch.heard), 1)
    tell("drawn after asking for the state", watch.drawn or [0.0], 1)
    tell("the notification at a bare listener", watch.times(watch.bare), 1)
    verdict(f"p99 under {PUSHED} ms by push", p99(watch.times(watch.heard)) < PUSHED)
    polled = by_asking(platform, made[0], events=max(events // 10, 5))
    tell(f"seen by asking every {EVERY:.0f} s alone", polled, 1)
    verdict(f"under {POLLED} ms by asking alone", max(polled) * 1000 < POLLED)


class Watch:
    """Boards with their streams, all in one thread."""

    def __init__(self, platform: Running, desks: list[dict[str, Any]], boards: int) -> None:
        self.platform, self.desks, self.boards = platform, desks, boards
        self.ready = threading.Event()
        self.sent: dict[str, float] = {}
        self.heard: list[tuple[str, float]] = []
        self.bare: list[tuple[str, float]] = []
        self.drawn: list[float] = []
        self.over = False
        self._open = 0

    def stop(self) -> None:
        """Hang up."""
        self.over = True

    def times(self, heard: list[tuple[str, float]]) -> list[float]:
        """Seconds from the moment at which the button was pressed; the deed itself is among them."""
        return [at - self.sent[reference] for reference, at in heard if reference in self.sent] or [0.0]

    async def run(self) -> None:
        """Every board at its stream, until the end."""
        tasks = []
        for number in range(self.boards):
            tasks.append(asyncio.create_task(self._watch(number)))
            if number % 50 == 49:
                await asyncio.sleep(0.05)
        while self._open < self.boards:
            await asyncio.sleep(0.05)
        self.ready.set()
        while not self.over:
            await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self, number: int) -> None:
        desk = self.desks[number % len(self.desks)]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.platform.port)
        path = f"/live/journal?case_kind=ticket&centre={desk['centre']}"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0], head
        self._open += 1
        state = f"/queue/board/{desk['boards'][number % 2]}/state"
        is_drawing = number // len(self.desks) < DRAWING
        try:
            while line := await reader.readline():
                if line.startswith(b"data: {") and b"reference" in line:
                    told = json.loads(line[6:])
                    at = time.perf_counter()
                    self.heard.append((told["reference"], at))
                    if is_drawing:
                        await self._draw(state)
                        self.drawn.append(time.perf_counter() - at)
        finally:
            writer.close()

    async def _draw(self, state: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.platform.port)
        writer.write(f"GET {state} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        await reader.read()
        writer.close()


def listen(platform: Running, watch: Watch) -> None:
    """The same notifications, heard without anything between."""
    with psycopg.connect(platform.address, autocommit=True) as connection:
        connection.execute("LISTEN journal")
        while not watch.over:
            for notice in connection.notifies(timeout=0.2):
                watch.bare.append((json.loads(notice.payload)["case_reference"], time.perf_counter()))


def by_asking(platform: Running, desk: dict[str, Any], *, events: int) -> list[float]:
    """Seconds until a board that only asks every three seconds tells the change."""
    kiosk, board = platform.line(desk["kiosk"]), platform.line()
    state, spent = f"/queue/board/{desk['boards'][0]}/state", []
    tag = board.get(state).headers[b"etag"]
    for _event in range(events):
        until = time.perf_counter() + random.uniform(0.05, EVERY - 0.05)
        asks = [until, until + EVERY]
        kiosk.post("/api/v1/desk/tickets", {"service": desk["services"][0]})
        began = time.perf_counter()
        for at in asks:
            time.sleep(max(at - time.perf_counter(), 0))
            new = board.get(state).headers[b"etag"]
            if new != tag:
                break
        spent.append(time.perf_counter() - began)
        tag = new
    kiosk.close()
    board.close()
    return spent


if __name__ == "__main__":
    alone(measure, 2000, 100, 100)
