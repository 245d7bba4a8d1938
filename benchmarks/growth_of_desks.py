"""How a database grows with 100,000 tickets, and what is asked of it after a year, beside the same on the first day.

One centre's days are copied from a first day that was lived through HTTP (taken, told a wait, called, served, finished)
with the tickets' slices, calls, entries and told waits, and are closed and summed up by the platform's own deed. Then
the questions of a day are asked again through HTTP. `large tables read whole` counts, after the year, what PostgreSQL
read from beginning to end instead of through an index, the jobs of each minute and hour included.
Run: python -m benchmarks.growth_of_desks [tickets] [days]
"""

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from uuid import uuid4

import psycopg

from benchmarks.copies import TABLES, Copier
from benchmarks.desks import Running, alone
from benchmarks.step_over_http import ROOT
from tests.support.lines import Line

FIRST_DAY = 40
TIMES = 20
SLOWER = 1.5
"""So many times as long as on the first day, and two milliseconds more, is told as slower."""

WORK_OF_THE_HOUSE = """
import django; django.setup()
from saduak.frontdesk.operations import figures
figures.keep_due()
"""
"""What the worker does each hour: the figures of closed days."""

JOBS = """
import django; django.setup()
from saduak.frontdesk import tasks
for job in (tasks.close_days, tasks.turn_appointments, tasks.erase_names, tasks.tell_all_followers,
            tasks.estimate_waits, tasks.keep_figures, tasks.forget_followers):
    job(timestamp=0)
"""


def measure(platform: Running, tickets: int = 100_000, days: int = 250) -> None:
    """The first day, the year, the day after it."""
    (desk,) = platform.furnish(1, 2, 1)
    live(platform, desk, FIRST_DAY)
    before = asked(platform, desk)
    sizes = size(platform)
    began = time.perf_counter()
    with psycopg.connect(platform.address, autocommit=True) as connection:
        made = copy_days(connection, desk["centre"], days, tickets)
    print(f"{made} tickets of {days} days written in {time.perf_counter() - began:.0f} s;", end=" ", flush=True)
    began = time.perf_counter()
    inside(platform, WORK_OF_THE_HOUSE)
    print(f"the days summed up in {time.perf_counter() - began:.0f} s")
    with psycopg.connect(platform.address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    tell_growth(sizes, size(platform), made)
    scans = read_whole(platform)
    after = asked(platform, desk)
    inside(platform, JOBS)
    for what, spent in after.items():
        times = spent / before[what]
        slower = ", slower" if times > SLOWER and spent - before[what] > 0.002 else ""
        print(f"  {what}: {before[what] * 1000:.1f} ms on the first day, {spent * 1000:.1f} ms after the year{slower}")
    time.sleep(1.5)  # PostgreSQL's own counting comes late.
    read = {name: number - scans[name] for name, number in read_whole(platform).items() if number > scans[name]}
    print(f"  large tables read whole: {', '.join(f'{name} {number}' for name, number in read.items()) or 'none'}")


def live(platform: Running, desk: dict, tickets: int) -> None:
    """Tickets from taking to finishing, ten at a time, with the waits that a board asks for."""
    kiosk, box, board = platform.line(desk["kiosk"]), platform.line(desk["boxes"][0]), platform.line()
    for turn in range(tickets):
        if turn % 10 == 0:
            for number in range(10):
                said = {"service": desk["services"][number % 3]}
                assert kiosk.post("/api/v1/desk/tickets", said, key=uuid4()).status == 201
            time.sleep(2)  # Waits are estimated no more often.
            board.get(f"/queue/board/{desk['boards'][0]}/state?{uuid4()}")
        serve(box)
    for line in (kiosk, box, board):
        line.close()


def serve(box: Line) -> None:
    """The next visitor, from the call to the end."""
    ticket = box.post("/api/v1/desk/counter/next", key=uuid4()).json()["ticket"]
    for deed in ("start", "finish"):
        assert box.post(f"/api/v1/desk/counter/{deed}", {"ticket": ticket["reference"]}, key=uuid4()).status == 200


def asked(platform: Running, desk: dict) -> dict[str, float]:
    """What the day's questions take, the median of twenty, in seconds."""
    kiosk, box, visitor = platform.line(desk["kiosk"]), platform.line(desk["boxes"][0]), platform.line()
    officer, head = platform.line(session=desk["sessions"][0]), platform.line(session=desk["head"])
    lines = (kiosk, box, visitor, officer, head)
    said = {"service": desk["services"][0]}
    taken = kiosk.post("/api/v1/desk/tickets", said, key=uuid4()).json()
    phone, at = taken["address"].split("/", 3)[3], f"/frontdesk/{desk['code']}"
    year = "since=2026-01-01&until=2026-12-31"

    def of(read: Callable[[], object]) -> float:
        spent = []
        for line in lines:
            line.close()  # A server hangs up on whoever is silent for seconds.
        for _time in range(TIMES):
            began = time.perf_counter()
            answer = read()
            spent.append(time.perf_counter() - began)
            assert answer is None or answer.status in (200, 201), answer  # type: ignore[attr-defined]
        return median(spent)

    found = {
        "a ticket taken": of(lambda: kiosk.post("/api/v1/desk/tickets", said, key=uuid4())),
        "a visitor called, served and finished": of(lambda: serve(box)),
        "the floor, of a device": of(lambda: kiosk.get("/api/v1/desk/floor")),
        "the supervisor's floor": of(lambda: head.get(f"{at}/floor")),
        "the console": of(lambda: officer.get(f"{at}/console")),
        "a board": of(lambda: visitor.get(f"/queue/board/{desk['boards'][0]}/state?{uuid4()}")),
        "a ticket's page on the phone": of(lambda: visitor.get(f"/{phone}?{uuid4()}")),
        "the centre's public page": of(lambda: visitor.get(f"/queue/{desk['code']}/")),
        "the list of tickets": of(lambda: officer.get(f"{at}/tickets/")),
        "one ticket with its history": of(lambda: officer.get(f"{at}/tickets/{taken['reference']}")),
        "the day's report": of(lambda: head.get(f"{at}/reports/day")),
        "yesterday's report": of(lambda: head.get(f"{at}/reports/day?day={yesterday(platform)}")),
        "the day's fairness": of(lambda: head.get(f"{at}/reports/fairness")),
        "the week ahead": of(lambda: head.get(f"{at}/reports/load")),
        "the told waits of thirty days": of(lambda: head.get(f"{at}/reports/waits")),
        "the report of thirty days": of(lambda: head.get(f"{at}/reports/")),
        "the report of a year": of(lambda: head.get(f"{at}/reports/?{year}")),
        "the register": of(lambda: visitor.get("/register/")),
    }
    for line in lines:
        line.close()
    return found


def yesterday(platform: Running) -> str:
    """The day before today in Bangkok."""
    return str(platform.ask("SELECT (now() AT TIME ZONE 'Asia/Bangkok')::date - 1")[0])


def inside(platform: Running, words: str) -> None:
    """Run a few lines as the platform's own programme."""
    env = platform.env | {"DJANGO_SETTINGS_MODULE": "saduak.config.settings"}
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def size(platform: Running) -> dict[tuple[str, str], int]:
    """Bytes of each table without its indexes (under an empty name), and of each of its indexes."""
    with psycopg.connect(platform.address) as connection:
        return {
            (table, index): size
            for table, index, size in connection.execute(
                "SELECT relname, '', pg_table_size(oid) FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = 'public'::regnamespace"
                " UNION ALL SELECT t.relname, i.relname, pg_relation_size(i.oid) FROM pg_index x"
                " JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid"
                " WHERE t.relnamespace = 'public'::regnamespace"
            )
        }


def tell_growth(before: dict[tuple[str, str], int], after: dict[tuple[str, str], int], tickets: int) -> None:
    """What grew, by table and index, for each 100,000 tickets; all below half a mebibyte together."""
    each = {name: (much - before[name]) / tickets * 100_000 / 2**20 for name, much in after.items()}
    indexes = sum(much for (_table, index), much in each.items() if index)
    print(f"  {sum(each.values()):.0f} MiB for each 100,000 tickets, {indexes:.0f} of them in indexes")
    for table in sorted({table for table, _index in each}, key=lambda one: -of_table(each, one)):
        if of_table(each, table) < 0.5:
            continue
        print(f"    {table}: {of_table(each, table):.1f} MiB, rows {each[table, '']:.1f};", end=" ")
        parts = sorted(((much, index) for (one, index), much in each.items() if one == table and index), reverse=True)
        print(", ".join(f"{index} {much:.1f}" for much, index in parts if much >= 0.5))


def of_table(each: dict[tuple[str, str], float], table: str) -> float:
    """A table with its indexes."""
    return sum(much for (one, _index), much in each.items() if one == table)


def read_whole(platform: Running) -> dict[str, int]:
    """How often each of the large tables was read from beginning to end so far."""
    with psycopg.connect(platform.address) as connection:
        words = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY(%s)"
        return dict(connection.execute(words, [list(TABLES)]).fetchall())


def copy_days(connection: psycopg.Connection, centre: int, days: int, tickets: int) -> int:
    """Copy the first day, so many times into each of the days before it, over the opening hours; how many tickets."""
    first = connection.execute(
        "SELECT (now() AT TIME ZONE 'Asia/Bangkok')::date, count(*), max(number), max(sequence),"
        " min(arrived_at AT TIME ZONE 'Asia/Bangkok')::time FROM frontdesk_ticket"
        " WHERE centre_id = %s AND stage = 'finished'",
        [centre],
    ).fetchone()
    assert first is not None
    today, lived, number, sequence, began = first
    times = max(round(tickets / days / lived), 1)
    apart = 450 // times  # Minutes of the seven and a half hours between one copy and the next.
    copier, made = Copier(connection, [centre], today), 0
    for back in range(1, days + 1):
        moved = (
            f"(interval '{back} days' + ('{began}'::time - '08:30'::time) - copied.time * interval '{apart} minutes')"
        )
        made += copier.copy(range(times), moved=moved, days=back, number=number, sequence=sequence)
        connection.execute(
            "INSERT INTO frontdesk_serviceday (centre_id, day, version, sequence, stop_reason, closed_at)"
            " VALUES (%s, %s::date - %s, %s, %s, '', now() - %s * interval '1 day')",
            [centre, today, back, 4 * lived * times, sequence * times, back],
        )
    return made


if __name__ == "__main__":
    alone(measure, 100_000, 250)
