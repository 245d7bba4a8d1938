"""Sixteen counters press Next at the same moment, again and again; beside the pattern in raw SQL, in one run.

Every press comes through HTTP with a key: from the officer's console, signed in, and then from the counter's button
box; who was called is served and finished at once. The reference takes the lock of the group, chooses the first and
changes it on a condition, one transaction each.
Run: python -m benchmarks.calls_at_once [counters] [rounds]
"""

import time
from collections.abc import Callable
from threading import Barrier
from uuid import uuid4

import psycopg

from benchmarks.desks import Running, alone, at_once, p95, tell, verdict

WITHIN = 150


def measure(platform: Running, counters: int = 16, rounds: int = 30) -> None:
    """Through HTTP, then in SQL."""
    (desk,) = platform.furnish(1, counters, 1)
    kiosks = [platform.line(kiosk) for kiosk in desk["kiosks"]]
    for turn in range(2 * counters * (rounds + 1)):
        given = kiosks[turn % counters].post("/api/v1/desk/tickets", {"service": desk["services"][turn % 3]})
        assert given.status == 201, given
    for kiosk in kiosks:
        kiosk.close()
    barrier = Barrier(counters)
    called: list[str] = []

    def rounds_at(number: int, press: Callable[[int], str]) -> list[float]:
        line, spent = platform.line(desk["boxes"][number]), []
        for turn in range(rounds + 1):
            barrier.wait(60)
            began = time.perf_counter()
            reference = press(number)
            if turn:  # The first opens the connection.
                spent.append(time.perf_counter() - began)
            barrier.wait(60)  # What follows a call is not to stand in the way of the others' calls.
            reference = reference or at_counter(platform, desk, number)
            called.append(reference)
            for deed in ("start", "finish"):
                answer = line.post(f"/api/v1/desk/counter/{deed}", {"ticket": reference}, key=uuid4())
                assert answer.status == 200, answer
        line.close()
        return spent

    consoles = [platform.line(session=session) for session in desk["sessions"]]
    boxes = [platform.line(box) for box in desk["boxes"]]

    def at_console(number: int) -> str:
        answer = consoles[number].send(f"/frontdesk/{desk['code']}/console/next", key=uuid4())
        assert answer.status == 302, answer
        return ""

    def at_box(number: int) -> str:
        return boxes[number].post("/api/v1/desk/counter/next", key=uuid4()).json()["ticket"]["reference"]

    seconds, spent = at_once(range(counters), lambda number: rounds_at(number, at_console))
    tell(f"Next at {counters} consoles at once, signed in", seconds, spent)
    of_boxes, spent = at_once(range(counters), lambda number: rounds_at(number, at_box))
    tell(f"Next at {counters} button boxes at once", of_boxes, spent)
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
    (other,) = platform.furnish(1, 1, 1)
    kiosk = platform.line(other["kiosk"])
    for _turn in range(counters * rounds):
        kiosk.post("/api/v1/desk/tickets", {"service": other["services"][0]})
    kiosk.close()
    reference, spent_in_sql = at_once(range(counters), lambda _n: in_sql(platform, other["centre"], rounds))
    tell("the same pattern in SQL", reference, spent_in_sql)
    verdict(f"p95 under {WITHIN} ms", p95(seconds) < WITHIN)


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
