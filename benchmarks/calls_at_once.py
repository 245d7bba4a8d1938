"""Sixteen counters press Next at the same moment, again and again; beside the pattern in raw SQL, in one run.

Every press comes through HTTP with a key: from the officer's console, signed in, and then from the counter's button
box; who was called is served and finished at once. The reference takes the lock of the group, chooses the first and
changes it on a condition, one transaction each. Beside the times: what a press takes of the processors, apart from what
measures, and for how long it holds its line.
Run: python -m benchmarks.calls_at_once [counters] [rounds]
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Event, Thread
from uuid import uuid4

import psutil
import psycopg

from benchmarks.desks import Running, alone, at_once, p95, tell, verdict
from saduak.config import embedded_postgres

WITHIN = 150
LINES = 4801
"""The class of the advisory locks of queue groups."""

LOOK = 0.005
"""Seconds between two looks at the locks."""


def measure(platform: Running, counters: int = 16, rounds: int = 30) -> None:
    """Through HTTP, then in SQL."""
    (desk,) = platform.furnish(1, counters, 1)
    take(platform, desk, 2 * counters * (rounds + 1), desk["services"][:3])
    called: list[str] = []

    def rounds_at(number: int, press: Callable[[int], str], begin: Barrier, end: Barrier) -> list[float]:
        line, spent = platform.line(desk["boxes"][number]), []
        for turn in range(rounds + 1):
            begin.wait(60)
            began = time.perf_counter()
            reference = press(number)
            if turn:  # The first opens the connection.
                spent.append(time.perf_counter() - began)
            end.wait(60)  # What follows a call is not to stand in the way of the others' calls.
            reference = reference or at_counter(platform, desk, number)
            called.append(reference)
            for deed in ("start", "finish"):
                answer = line.post(f"/api/v1/desk/counter/{deed}", {"ticket": reference}, key=uuid4())
                assert answer.status == 200, answer
        line.close()
        return spent

    def pressed(what: str, press: Callable[[int], str]) -> list[float]:
        used = Used(platform)
        begin, end = Barrier(counters, used.begin), Barrier(counters, used.end)
        with holding(platform) as held:
            seconds, spent = at_once(range(counters), lambda number: rounds_at(number, press, begin, end))
        tell(what, seconds, spent)
        print(f"  a press: {used.each(counters)}; holds its line for {held() / counters / (rounds + 1) * 1000:.1f} ms")
        return seconds

    consoles = [platform.line(session=session) for session in desk["sessions"]]
    boxes = [platform.line(box) for box in desk["boxes"]]

    def at_console(number: int) -> str:
        answer = consoles[number].send(f"/frontdesk/{desk['code']}/console/next", key=uuid4())
        assert answer.status == 302, answer
        return ""

    def at_box(number: int) -> str:
        return boxes[number].post("/api/v1/desk/counter/next", key=uuid4()).json()["ticket"]["reference"]

    seconds = pressed(f"Next at {counters} consoles at once, signed in", at_console)
    pressed(f"Next at {counters} button boxes at once", at_box)
    for line in (*consoles, *boxes):
        line.close()
    assert len(called) == len(set(called)) == 2 * counters * (rounds + 1)
    passed = platform.ask(
        "SELECT count(*) FROM (SELECT t.sequence, lag(t.sequence) OVER (PARTITION BY t.group_id ORDER BY e.sequence) b"
        " FROM journal_entry e JOIN frontdesk_ticket t ON t.reference = e.case_reference"
        " WHERE e.case_kind = 'ticket' AND e.step = 'call' AND e.centre_id = %s) x WHERE b > sequence",
        desk["centre"],
    )[0]
    print(f"  {len(called)} calls, nobody twice, {passed} out of the order of their line")
    (other,) = platform.furnish(1, counters, 1)
    take(platform, other, counters * rounds, other["services"][:1])
    reference, spent_in_sql = at_once(range(counters), lambda _n: in_sql(platform, other["centre"], rounds))
    tell("the same pattern in SQL", reference, spent_in_sql)
    verdict(f"p95 under {WITHIN} ms", p95(seconds) < WITHIN)


def take(platform: Running, desk: dict, tickets: int, services: list[int]) -> None:
    """Tickets for visitors, from all kiosks in turn: one alone may not ask as often as that."""
    kiosks = [platform.line(kiosk) for kiosk in desk["kiosks"]]
    for turn in range(tickets):
        asked = {"service": services[turn % len(services)]}
        given = kiosks[turn % len(kiosks)].post("/api/v1/desk/tickets", asked)
        assert given.status == 201, given
    for kiosk in kiosks:
        kiosk.close()


class Used:
    """Processor time of the platform between a barrier that opens and one that closes, and of what measures."""

    def __init__(self, platform: Running) -> None:
        self._web = platform.processes("saduak web")
        folder = Path(platform.env["SADUAK_DATA"]) / "postgres"
        self._database = psutil.Process(embedded_postgres.postmaster(folder))
        self._sums = dict.fromkeys(["web", "PostgreSQL", "measuring"], 0.0)
        self._before: dict[str, float] = {}
        self._turns = 0

    def begin(self) -> None:
        """From here on."""
        self._before = self._now()

    def end(self) -> None:
        """Until here; the first turn opens connections and is left out."""
        now, self._turns = self._now(), self._turns + 1
        if self._turns > 1:
            self._sums = {name: spent + now[name] - self._before[name] for name, spent in self._sums.items()}

    def each(self, counters: int) -> str:
        """Of one press."""
        presses = counters * (self._turns - 1)
        return ", ".join(f"{name} {spent / presses * 1000:.1f} CPU-ms" for name, spent in self._sums.items())

    def _now(self) -> dict[str, float]:
        parts = {"web": self._web, "PostgreSQL": [self._database, *self._database.children()]}
        used = dict.fromkeys(parts, 0.0)
        for name, processes in parts.items():
            for process in processes:
                with contextlib.suppress(psutil.Error):  # A backend that has gone.
                    used[name] += sum(process.cpu_times()[:2])
        return used | {"measuring": time.process_time()}


@contextlib.contextmanager
def holding(platform: Running) -> Iterator[Callable[[], float]]:
    """Look every few milliseconds whether somebody holds a line; the seconds that lines were held."""
    over, seen = Event(), [0.0]

    def look() -> None:
        with psycopg.connect(platform.address, autocommit=True) as connection:
            before = time.perf_counter()
            while not over.wait(LOOK):
                is_held = connection.execute(
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted)",
                    [LINES],
                    prepare=True,
                ).fetchone()[0]
                now = time.perf_counter()
                seen[0] += (now - before) * is_held
                before = now

    looking = Thread(target=look)
    looking.start()
    try:
        yield lambda: seen[0]
    finally:
        over.set()
        looking.join()


def at_counter(platform: Running, desk: dict, number: int) -> str:
    """Who was called to a counter."""
    return platform.ask(
        "SELECT t.reference FROM frontdesk_ticket t JOIN frontdesk_counter c ON c.id = t.counter_id"
        " WHERE t.centre_id = %s AND c.label = %s AND t.stage = 'called'",
        desk["centre"],
        str(number + 1),
    )[0]


def in_sql(platform: Running, centre: int, rounds: int) -> list[float]:
    """Lock, choose, change, write down."""
    spent = []
    with psycopg.connect(platform.address, autocommit=True) as connection:
        for _turn in range(rounds):
            began = time.perf_counter()
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [centre])
                first = connection.execute(
                    "SELECT id, reference FROM frontdesk_ticket WHERE centre_id = %s AND stage = 'waiting'"
                    " ORDER BY arrived_at, sequence LIMIT 1",
                    [centre],
                ).fetchone()
                connection.execute(
                    "UPDATE frontdesk_ticket SET stage = 'cancelled', version = version + 1"
                    " WHERE id = %s AND stage = 'waiting' RETURNING id",
                    [first[0]],
                )
                connection.execute(
                    "INSERT INTO journal_entry (at, case_kind, case_reference, centre_id, step, clause, from_stage,"
                    " to_stage, by_name, role, note, facts) VALUES (now(), 'ticket', %s, %s, 'call', '2.1', 'waiting',"
                    " 'called', '', 'officer', '', '{}')",
                    [first[1], centre],
                )
            spent.append(time.perf_counter() - began)
    return spent


if __name__ == "__main__":
    alone(measure, 16, 30)
