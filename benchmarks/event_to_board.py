"""From an event to the boards: by push with many boards connected, and by asking every few seconds alone.

Each board is kept as a browser keeps it: a stream that wakes it, one kept connection on which it asks for its state
when it is woken and every three seconds in any case, with the tag that it holds; without a stream it asks every two and
a half. Tickets are taken through HTTP one after another; a board has heard when the event is there, and has drawn when
a state is there that counts the new ticket, both since the button was pressed. The reference is the way of the same
notifications to a bare listener of PostgreSQL, in the same run. If so many boards cannot ask in time, half as many try.
Run: python -m benchmarks.event_to_board [boards] [desks] [events]
"""

import asyncio
import json
import random
import resource
import threading
import time
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import psycopg

from benchmarks.desks import Running, alone, p99, tell, verdict

PUSHED, ASKED = 300, 3000
EVERY, EVERY_ALONE = 3.0, 2.5
BETWEEN = 0.15
"""Seconds from one event to the next."""

AT_ONCE = 40
"""Boards that connect at the same time."""


def measure(platform: Running, boards: int = 2000, desks: int = 200, events: int = 200) -> None:
    """With streams, then without; the latter with fewer boards until they see everything in time."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    made = platform.furnish(desks, 1, 2)
    pressed: dict[int, list[float]] = {desk["centre"]: [] for desk in made}
    with_streams = Hall(platform, made, boards, pressed, has_streams=True)
    asyncio.run(with_streams.open(events))
    with_streams.tell(f"{boards} boards with streams on {desks} desks")
    verdict(f"p99 under {PUSHED} ms by push", p99(with_streams.drawn) < PUSHED)
    for number in (boards, boards // 2, boards // 4):
        asking = Hall(platform, made, number, pressed, has_streams=False)
        asyncio.run(asking.open(events))
        asking.tell(f"{number} boards that only ask, every {EVERY_ALONE} s")
        in_time = p99(asking.drawn) < ASKED
        verdict(f"p99 under {ASKED} ms by asking alone", in_time)
        if in_time:
            break


class Hall:
    """Boards, the events that they are to show, and what was measured; everything in one event loop."""

    def __init__(
        self,
        platform: Running,
        desks: list[dict[str, Any]],
        boards: int,
        pressed: dict[int, list[float]],
        *,
        has_streams: bool,
    ) -> None:
        self.platform, self.desks, self.has_streams = platform, desks, has_streams
        self.pressed = pressed  # Centre → when the button was pressed for each of its tickets, in their order.
        self.before = {centre: len(moments) for centre, moments in pressed.items()}
        self.screens = [Screen(self, number) for number in range(boards)]
        self.heard: list[float] = []
        self.drawn: list[float] = []
        self.bare: list[float] = []
        self.acknowledged: list[float] = []
        self.asked = self.unchanged = 0
        self.is_over = False
        self.spent = self.cpu = self.connecting = 0.0

    async def open(self, events: int) -> None:
        """Connect, let things happen, wait until everything is seen."""
        began, gate = time.perf_counter(), asyncio.Semaphore(AT_ONCE)
        kept = [asyncio.create_task(screen.connect(gate)) for screen in self.screens]
        await asyncio.gather(*kept)
        self.connecting = time.perf_counter() - began
        kept = [asyncio.create_task(work) for screen in self.screens for work in screen.works()]
        listener = threading.Thread(target=self._listen)
        listener.start()
        await asyncio.sleep(EVERY)
        began, cpu, asked = time.perf_counter(), self.platform.web_cpu(), self.asked
        await asyncio.to_thread(self._press, events)
        self.spent = time.perf_counter() - began
        self.cpu, self.asked = self.platform.web_cpu() - cpu, self.asked - asked
        deadline = time.perf_counter() + 10
        while len(self.drawn) < self._expected() and time.perf_counter() < deadline:
            await asyncio.sleep(0.05)
        self.is_over = True
        for work in kept:
            if work.done() and (broken := work.exception()):
                raise broken
            work.cancel()
        await asyncio.gather(*kept, return_exceptions=True)
        listener.join()
        assert len(self.drawn) == self._expected(), f"{self._expected() - len(self.drawn)} events were never drawn"

    def tell(self, what: str) -> None:
        """What came when, and what it cost."""
        print(f"{what}, connected in {self.connecting:.0f} s; {self.asked / self.spent:.0f} questions/s,", end=" ")
        print(f"{self.cpu / self.spent * 100:.0f} % of one processor in the web processes")
        lines = {
            "  the button's own answer": self.acknowledged,
            "  the notification at a bare listener": self.bare,
            "  heard by the boards": self.heard,
            "  drawn on the boards": self.drawn,
        }
        for name, seconds in lines.items():
            if seconds:
                tell(name, seconds, self.spent)

    def now(self, centre: int, number: int) -> float:
        """Seconds since the button was pressed for the ticket of that number at a desk."""
        return time.perf_counter() - self.pressed[centre][number - 1]

    def _expected(self) -> int:
        centres = [screen.desk["centre"] for screen in self.screens]
        return sum(len(self.pressed[centre]) - self.before[centre] for centre in centres)

    def _press(self, events: int) -> None:
        for turn in range(events):
            desk, began = self.desks[turn % len(self.desks)], time.perf_counter()
            line = self.platform.line(desk["kiosk"])
            self.pressed[desk["centre"]].append(began)
            answer = line.post("/api/v1/desk/tickets", {"service": desk["services"][0]})
            assert answer.status == 201, answer
            self.acknowledged.append(time.perf_counter() - began)
            line.close()
            time.sleep(BETWEEN)

    def _listen(self) -> None:
        numbers = dict(self.before)
        with psycopg.connect(self.platform.address, autocommit=True) as connection:
            connection.execute("LISTEN journal")
            while not self.is_over:
                for notice in connection.notifies(timeout=0.2):
                    told = json.loads(notice.payload)
                    if told["centre_id"] in numbers and told["step"] == "issue":
                        numbers[told["centre_id"]] += 1
                        self.bare.append(self.now(told["centre_id"], numbers[told["centre_id"]]))


class Screen:
    """One board."""

    def __init__(self, hall: Hall, number: int) -> None:
        self.hall, self.desk = hall, hall.desks[number % len(hall.desks)]
        board = number // len(hall.desks) % 2
        self.state = f"/queue/board/{self.desk['boards'][board]}/state"
        self.tag = self.woken_by = ""
        self.heard = self.drawn = hall.before[self.desk["centre"]]
        self.woken = asyncio.Event()
        self.stream: Any = None
        self.line: Any = None

    async def connect(self, gate: asyncio.Semaphore) -> None:
        """Open the stream if there is one, and ask for the first time."""
        async with gate:
            if self.hall.has_streams:
                self.stream = await asyncio.open_connection("127.0.0.1", self.hall.platform.port)
                path = f"/live/journal?case_kind=ticket&centre={self.desk['centre']}"
                self.stream[1].write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                head = await self.stream[0].readuntil(b"\r\n\r\n")
                assert b" 200 " in head.split(b"\r\n")[0], head
            self.line = await asyncio.open_connection("127.0.0.1", self.hall.platform.port)
            await self._ask()

    def works(self) -> list[Awaitable[None]]:
        """What it does until the end."""
        return [self._keep_asking(), self._listen()] if self.stream else [self._keep_asking()]

    async def _keep_asking(self) -> None:
        every = EVERY if self.stream else EVERY_ALONE
        await self._pause(random.uniform(0, every))
        while True:
            await self._ask()
            await self._pause(every)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.woken.wait()
        except TimeoutError:
            pass
        self.woken.clear()

    async def _listen(self) -> None:
        async for event in self._events():
            if event["step"] == "issue":
                self.heard += 1
                self.hall.heard.append(self.hall.now(self.desk["centre"], self.heard))
            self.woken.set()

    async def _events(self) -> AsyncIterator[dict[str, Any]]:
        while line := await self.stream[0].readline():
            if line.startswith(b"id: "):
                self.woken_by = line[4:].decode().strip()
            if line.startswith(b"data: {") and b"reference" in line:
                yield json.loads(line[6:])

    async def _ask(self) -> None:
        known = f"If-None-Match: {self.tag}\r\n" if self.tag else ""
        known += f"Last-Event-ID: {self.woken_by}\r\n" if self.woken_by else ""
        self.woken_by = ""
        question = f"GET {self.state} HTTP/1.1\r\nHost: localhost\r\n{known}\r\n".encode()
        try:
            head = await self._head(question)
        except (ConnectionError, asyncio.IncompleteReadError):  # Silent for too long; a browser opens another one.
            self.line[1].close()
            self.line = await asyncio.open_connection("127.0.0.1", self.hall.platform.port)
            head = await self._head(question)
        first, *lines = head.split(b"\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines)}
        self.hall.asked += 1
        if b" 304 " in first:
            self.hall.unchanged += 1
            return
        assert b" 200 " in first, first
        body = await self._body(headers)
        self.tag = headers[b"etag"].decode()
        waiting = sum(line["waiting"] for line in json.loads(body)["lines"])
        for number in range(self.drawn + 1, waiting + 1):
            self.hall.drawn.append(self.hall.now(self.desk["centre"], number))
        self.drawn = waiting

    async def _head(self, question: bytes) -> bytes:
        reader, writer = self.line
        writer.write(question)
        return bytes(await reader.readuntil(b"\r\n\r\n"))

    async def _body(self, headers: dict[bytes, bytes]) -> bytes:
        reader = self.line[0]
        if headers.get(b"transfer-encoding") != b"chunked":
            return bytes(await reader.readexactly(int(headers[b"content-length"])))
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return body


if __name__ == "__main__":
    alone(measure, 2000, 200, 200)
