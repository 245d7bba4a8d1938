"""Many centres live one day with 200 tickets each: how fast, with how much memory, and what one more centre costs.

Each centre lives its first tickets through HTTP (taken, called, served and finished, one deed after another; centres
take turns, so that all are at work at once). Their rows are then copied until the day is nearly full, and the last
tickets of every centre are lived through HTTP again: these are measured, in tables that hold all the day. With as many
lived tickets as there are tickets nothing is copied. The reference is the same at a hundredth and at a tenth of the
centres, in the same run: how cost grows with them.
Run: python -m benchmarks.day_of_centres [centres] [tickets of each] [lived at the end of each] [clients]
"""

import time
from uuid import uuid4

import psutil
import psycopg

from benchmarks.copies import Copier
from benchmarks.desks import Running, alone, at_once, p95, tell

SERVICES = 3
"""Of each centre; one ticket of each is lived at first."""

ENOUGH = 600
"""Tickets that are lived at the end of the day at least, however few centres there are."""


def measure(platform: Running, centres: int = 1000, tickets: int = 200, lived: int = 2, clients: int = 8) -> None:
    """A hundredth, a tenth, all."""
    costs: dict[int, tuple[float, float]] = {}
    for number in sorted({max(centres // 100, 1), max(centres // 10, 1), centres}):
        costs[number] = day(platform, number, tickets, lived, clients)
    few, many = min(costs), max(costs)
    web, database = (costs[many][part] / costs[few][part] for part in (0, 1))
    print(
        f"  at {many / few:.0f} times the centres a ticket costs {web:.2f} times as much in the web processes,", end=" "
    )
    print(f"{database:.2f} times in PostgreSQL")


def day(platform: Running, centres: int, tickets: int, lived: int, clients: int) -> tuple[float, float]:
    """One day at so many centres; milliseconds of processor time for a ticket, in web processes and in PostgreSQL."""
    began = time.perf_counter()
    desks = platform.furnish(centres, 1, 1)
    print(f"{centres} centres × {tickets} tickets; desks furnished in {time.perf_counter() - began:.0f} s,", end=" ")
    times = (tickets - min(max(lived, ENOUGH // centres), tickets - SERVICES)) // SERVICES
    last = tickets - SERVICES * times
    opening = at_once(parts(desks, clients), lambda part: live(platform, part, SERVICES))
    began = time.perf_counter()
    copied = fill(platform, [desk["centre"] for desk in desks], times)
    print(f"{copied} tickets copied in {time.perf_counter() - began:.0f} s", flush=True)
    web, before = platform.processes("saduak web"), (platform.web_cpu(), database_cpu(platform))
    seconds, spent = at_once(parts(desks, clients), lambda part: live(platform, part, last))
    lives = last * centres
    after = platform.web_cpu(), database_cpu(platform)
    used = [(now - then) / lives * 1000 for now, then in zip(after, before, strict=True)]
    done = platform.ask(
        "SELECT count(*), count(DISTINCT (centre_id, prefix, number)) FROM frontdesk_ticket"
        " WHERE stage = 'finished' AND centre_id = ANY(%s)",
        [desk["centre"] for desk in desks],
    )
    wanted = (SERVICES * times + last) * centres
    assert done == (wanted, wanted), (done, wanted)
    tell(f"  the first {SERVICES * centres} lived, deeds", *opening)
    tell(f"  the last {lives} lived, deeds", seconds, spent)
    print(f"  {lives / spent:.0f} tickets/s from taking to finishing, p95 of a deed {p95(seconds):.1f} ms;", end=" ")
    print(f"all {wanted} would take {wanted / lives * spent / 60:.1f} minutes")
    print(f"  a ticket: {used[0]:.1f} ms of processor time in the web processes, {used[1]:.1f} ms in PostgreSQL")
    print(
        f"  memory: {memory(web):.0f} MiB in the web processes, {memory(platform.database()):.0f} MiB in PostgreSQL",
        flush=True,
    )
    return used[0], used[1]


def parts(desks: list[dict], clients: int) -> list[list[dict]]:
    """The desks shared out among the clients."""
    return [part for n in range(clients) if (part := desks[n::clients])]


def live(platform: Running, desks: list[dict], tickets: int) -> list[float]:
    """Tickets at some desks from taking to finishing, turning from desk to desk; the seconds of each deed."""
    spent: list[float] = []

    def timed(token: str, path: str, said: dict) -> dict:
        line.use(token)
        began = time.perf_counter()
        answer = line.post(f"/api/v1/desk/{path}", said, key=uuid4())
        spent.append(time.perf_counter() - began)
        assert answer.status in (200, 201), answer
        return answer.json()

    line = platform.line()
    for turn in range(tickets):
        for desk in desks:
            timed(desk["kiosk"], "tickets", {"service": desk["services"][turn % SERVICES]})
            ticket = timed(desk["boxes"][0], "counter/next", {})["ticket"]
            timed(desk["boxes"][0], "counter/start", {"ticket": ticket["reference"]})
            timed(desk["boxes"][0], "counter/finish", {"ticket": ticket["reference"]})
    line.close()
    return spent


def fill(platform: Running, centres: list[int], times: int) -> int:
    """Copy what was lived until each centre has so many times as much; how many tickets."""
    if times < 2:
        return 0
    with psycopg.connect(platform.address, autocommit=True) as connection:
        today = connection.execute("SELECT (now() AT TIME ZONE 'Asia/Bangkok')::date").fetchone()
        assert today is not None
        moved = "copied.time * interval '5 minutes'"
        copier = Copier(connection, centres, today[0])
        made = copier.copy(range(1, times), moved=moved, days=0, number=1, sequence=SERVICES)
        connection.execute(
            "UPDATE frontdesk_numberseries SET last = last * %s WHERE centre_id = ANY(%s) AND day = %s",
            [times, centres, today[0]],
        )
        connection.execute(
            "UPDATE frontdesk_serviceday SET sequence = sequence * %s, version = version * %s"
            " WHERE centre_id = ANY(%s) AND day = %s",
            [times, times, centres, today[0]],
        )
        connection.execute("VACUUM ANALYZE")
    return made


def database_cpu(platform: Running) -> float:
    """Seconds of processor time of PostgreSQL so far, of processes that have ended too."""
    postmaster, *others = platform.database()
    return sum(postmaster.cpu_times()[:4]) + sum(sum(one.cpu_times()[:2]) for one in others)


def memory(processes: list[psutil.Process]) -> float:
    """Mebibytes, what is shared counted once."""
    return sum(process.memory_full_info().pss for process in processes if process.is_running()) / 2**20


if __name__ == "__main__":
    alone(measure, 1000, 200, 2, 8)
