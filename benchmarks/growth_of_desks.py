"""How a database grows with 100,000 tickets, and what is asked of it after a year.

One centre's year is copied from tickets that were taken, called and finished through HTTP, with their entries, slices
and calls, day after day. Then the questions of the day are asked through HTTP as on the first day: the floor, calls, a
board, the next ticket. The reference is the same questions before the year, in the same run.
Run: python -m benchmarks.growth_of_desks [tickets]
"""

import time
from statistics import median
from uuid import uuid4

import psycopg

from benchmarks.desks import Running, alone

DAYS = 250


def measure(platform: Running, tickets: int = 100_000) -> None:
    """Before, the year, after."""
    (desk,) = platform.furnish(1, 2, 1)
    play(platform, desk, 40)
    before = asked(platform, desk)
    sizes = size(platform)
    began = time.perf_counter()
    with psycopg.connect(platform.address, autocommit=True) as connection:
        copy_days(connection, desk["centre"], tickets)
        connection.execute("ANALYZE")
    made = platform.ask("SELECT count(*) FROM frontdesk_ticket WHERE centre_id = %s", desk["centre"])[0]
    print(f"{made} tickets of a year, written in {time.perf_counter() - began:.0f} s")
    grown = {name: after - sizes[name] for name, after in size(platform).items()}
    total = sum(grown.values())
    print(f"  {total / made * 100_000 / 2**20:.0f} MiB for each 100,000 tickets, indexes included")
    for name, much in sorted(grown.items(), key=lambda item: -item[1])[:6]:
        print(f"    {name}: {much / made * 100_000 / 2**20:.1f} MiB")
    after = asked(platform, desk)
    for what, spent in after.items():
        print(f"  {what}: {before[what] * 1000:.1f} ms before, {spent * 1000:.1f} ms after the year")


def play(platform: Running, desk: dict, tickets: int) -> None:
    """Tickets from taking to finishing."""
    kiosk, box = platform.line(desk["kiosk"]), platform.line(desk["boxes"][0])
    for turn in range(tickets):
        kiosk.post("/api/v1/desk/tickets", {"service": desk["services"][turn % 3]}, key=uuid4())
        ticket = box.post("/api/v1/desk/counter/next", key=uuid4()).json()["ticket"]
        for deed in ("start", "finish"):
            box.post(f"/api/v1/desk/counter/{deed}", {"ticket": ticket["reference"]}, key=uuid4())
    kiosk.close()
    box.close()


def asked(platform: Running, desk: dict) -> dict[str, float]:
    """What the day's questions take, the median of twenty, in seconds."""
    kiosk, box = platform.line(desk["kiosk"]), platform.line(desk["boxes"][0])

    def of(read) -> float:
        spent = []
        for _time in range(20):
            began = time.perf_counter()
            assert read().status in (200, 201)
            spent.append(time.perf_counter() - began)
        return median(spent)

    said = {"service": desk["services"][0]}
    found = {
        "the floor": of(lambda: kiosk.get("/api/v1/desk/floor")),
        "calls": of(lambda: kiosk.get("/api/v1/desk/calls")),
        "a board": of(lambda: kiosk.get(f"/queue/board/{desk['boards'][0]}/state?{uuid4()}")),
        "a ticket taken": of(lambda: kiosk.post("/api/v1/desk/tickets", said, key=uuid4())),
    }

    def turn():
        called = box.post("/api/v1/desk/counter/next", key=uuid4())
        reference = called.json()["ticket"]["reference"]
        for deed in ("start", "finish"):
            box.post(f"/api/v1/desk/counter/{deed}", {"ticket": reference}, key=uuid4())
        return called

    found["a visitor called, served and finished"] = of(turn)
    kiosk.close()
    box.close()
    return found


def size(platform: Running) -> dict[str, int]:
    """Bytes of each table with its indexes."""
    with psycopg.connect(platform.address) as connection:
        return dict(
            connection.execute(
                "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
                " AND (relname LIKE 'frontdesk%' OR relname = 'journal_entry')"
            ).fetchall()
        )


def copy_days(connection: psycopg.Connection, centre: int, tickets: int) -> None:
    """Copy today's tickets with all that belongs to them into earlier days until there are so many."""
    words = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
    tables = ("frontdesk_ticket", "frontdesk_slice", "frontdesk_call", "journal_entry")
    columns = {name: [row[0] for row in connection.execute(words, [name])] for name in tables}
    today = "day = current_date AND stage = 'finished'"
    per_day = connection.execute(
        f"SELECT count(*) FROM frontdesk_ticket WHERE centre_id = %s AND {today}", [centre]
    ).fetchone()[0]
    rounds = max(tickets // per_day, 1)
    for number in range(1, rounds + 1):
        shift, past = f"interval '{number % DAYS + 1} days'", number // DAYS * 1000
        with connection.transaction():
            connection.execute("DROP TABLE IF EXISTS copied")
            connection.execute(
                "CREATE TEMP TABLE copied AS SELECT id AS old, reference AS old_reference,"
                " nextval(pg_get_serial_sequence('frontdesk_ticket', 'id')) AS new,"
                " md5(random()::text || id) AS reference, substr(md5(random()::text || id), 1, 16) AS secret"
                f" FROM frontdesk_ticket WHERE centre_id = %s AND {today}",
                [centre],
            )
            mine = {
                "id": "copied.new",
                "reference": "copied.reference",
                "secret": "copied.secret",
                "number": f"t.number + {past}",
                "sequence": f"t.sequence + {past}",
                **earlier(columns, "frontdesk_ticket", shift),
            }
            copy(connection, "frontdesk_ticket", columns, "JOIN copied ON copied.old = t.id", mine)
            for name in ("frontdesk_slice", "frontdesk_call"):
                its = {
                    "id": f"nextval(pg_get_serial_sequence('{name}', 'id'))",
                    "ticket_id": "copied.new",
                    **earlier(columns, name, shift),
                }
                copy(connection, name, columns, "JOIN copied ON copied.old = t.ticket_id", its)
            entries = {
                "sequence": "nextval(pg_get_serial_sequence('journal_entry', 'sequence'))",
                "case_reference": "copied.reference",
                "at": f"t.at - {shift}",
            }
            copy(
                connection, "journal_entry", columns, "JOIN copied ON copied.old_reference = t.case_reference", entries
            )


def earlier(columns: dict[str, list[str]], name: str, shift: str) -> dict[str, str]:
    """Moments and the day, moved back."""
    moved = {
        each: f"t.{each} - {shift}" for each in columns[name] if each.endswith(("_at", "_since", "_for", "_before"))
    }
    return {**moved, "day": f"(t.day - {shift})::date"}


def copy(connection: psycopg.Connection, name: str, columns: dict[str, list[str]], join: str, given: dict) -> None:
    """Copy rows of a table, some columns otherwise."""
    wanted = [each for each in columns[name] if each not in ("transaction_id", "oldest_running", "recorded_at")]
    values = ", ".join(given.get(each, f"t.{each}") for each in wanted)
    names = ", ".join(f'"{each}"' for each in wanted)
    connection.execute(f"INSERT INTO {name} ({names}) SELECT {values} FROM {name} t {join}")


if __name__ == "__main__":
    alone(measure, 100_000)
