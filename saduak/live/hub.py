"""Hands each event of the journal to the streams of this process (จุดกระจายข้อมูลสด)."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import Protocol

from saduak.live.audiences import Topic
from saduak.live.queries import Event

WAITING_AT_MOST = 64
"""Events that may wait for one client; who is slower is told to load the page again."""


class TooMany(Exception):
    """There is no room for another stream; `of_this_client` tells whether the client's own streams are the reason."""

    def __init__(self, *, of_this_client: bool) -> None:
        self.of_this_client = of_this_client
        super().__init__("too many streams")


class Stream:
    """The events that wait for one client, and the client that waits for them. Nothing but a list and a future: there
    are thousands, and an event must reach all of them at once."""

    def __init__(self, client: str, topics: Sequence[Topic]) -> None:
        self.client = client
        self.topics = topics
        self.waiting: deque[Event | None] = deque()
        self.overflowed = False
        self._woken: asyncio.Future[None] | None = None

    async def next(self, patience: float) -> Event | None:
        """The next event; None at the end. Raises TimeoutError when there is none for so many seconds."""
        if not self.waiting:
            loop = asyncio.get_running_loop()
            self._woken = loop.create_future()
            timer = loop.call_later(patience, self._wake)
            try:
                await self._woken
            finally:
                timer.cancel()
                self._woken = None
        if not self.waiting:
            raise TimeoutError
        return self.waiting.popleft()

    def offer(self, event: Event) -> None:
        """Let an event wait for the client, or give the client up."""
        if len(self.waiting) < WAITING_AT_MOST:
            self.waiting.append(event)
            self._wake()
        else:
            self.overflowed = True

    def close(self) -> None:
        """End the stream after what is waiting; the client comes back by itself."""
        if len(self.waiting) < WAITING_AT_MOST:
            self.waiting.append(None)
            self._wake()
        else:
            self.overflowed = True

    def hang_up(self) -> None:
        """End the stream at once: nobody is there any more."""
        self.waiting.clear()
        self.close()

    def _wake(self) -> None:
        if self._woken is not None and not self._woken.done():
            self._woken.set_result(None)


class Watcher(Protocol):
    """Who hears of every event in this process, and when events may have been missed."""

    def happened(self, event: Event) -> None:
        """Something has happened."""

    def forget(self) -> None:
        """Events may have been missed."""


class Hub:
    """The open streams of one process, by topic. Used by one event loop only."""

    def __init__(self, *, most: int, most_of_one_client: int) -> None:
        self.most = most
        self.most_of_one_client = most_of_one_client
        self._streams: defaultdict[Topic, set[Stream]] = defaultdict(set)
        self._clients: Counter[str] = Counter()
        self._watchers: list[Watcher] = []

    def __len__(self) -> int:
        return self._clients.total()

    def open(self, client: str, *topics: Topic) -> Stream:
        """Open one stream about all these topics, which no event belongs to twice. Raises TooMany."""
        if self._clients[client] >= self.most_of_one_client:
            raise TooMany(of_this_client=True)
        if len(self) >= self.most:
            raise TooMany(of_this_client=False)
        stream = Stream(client, topics)
        for topic in topics:
            self._streams[topic].add(stream)
        self._clients[client] += 1
        return stream

    def leave(self, stream: Stream) -> None:
        """Forget a stream."""
        for topic in stream.topics:
            self._streams[topic].discard(stream)
            if not self._streams[topic]:
                del self._streams[topic]
        self._clients[stream.client] -= 1
        if not self._clients[stream.client]:
            del self._clients[stream.client]

    def watch(self, watcher: Watcher) -> None:
        """Tell somebody of this process about every event, before the streams."""
        self._watchers.append(watcher)

    def announce(self, event: Event) -> None:
        """Offer an event to every stream that it concerns."""
        for watcher in self._watchers:
            watcher.happened(event)
        kind, reference, centre = event.case_kind, event.case_reference, event.centre_id
        topics = {
            Topic(kind),
            Topic(kind, reference),
            Topic(kind, None, centre),
            Topic(kind, reference, centre),
        }
        for topic in topics & self._streams.keys():
            for stream in self._streams[topic]:
                stream.offer(event)

    def close_all(self) -> None:
        """End all streams; their clients come back and ask what they missed."""
        for watcher in self._watchers:
            watcher.forget()
        for streams in self._streams.values():
            for stream in streams:
                stream.close()
