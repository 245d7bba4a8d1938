"""Tickets a second at one desk through HTTP, beside the same pattern in raw SQL, in one run.

A kiosk's token and a connection for each client, an idempotency key for each ticket; journal on. The reference takes a
number (`ON CONFLICT DO UPDATE`), writes a ticket and a journal entry and counts the day, one transaction each, from as
many connections. With 32 clients and 10,000 tickets it is also the proof of numbers: none twice, none missing.
Run: python -m benchmarks.tickets_at_once [clients] [tickets]
"""

import json
import time
from uuid import uuid4

import psycopg

from benchmarks.desks import Running, Used, alone, at_once, p95, tell, verdict

AIM, WITHIN, SHARE = 200, 100, 0.5
FEW = 8
"""Clients up to which these hold; with more, only the numbers are looked at."""


def measure(platform: Running, clients: int = 8, tickets: int = 2000) -> None:
    """Through HTTP, then in SQL at another desk."""
    desk, other = platform.furnish(2, clients, 1)  # A kiosk for each client: none may ask as often as all of them.
    each = tickets // clients

    def take(asked: tuple[str, int]) -> list[float]:
        kiosk, number = asked
        line, spent = platform.line(kiosk), []
        for turn in range(number):
            began = time.perf_counter()
            said = {"service": desk["services"][turn % 3]}
            answer = line.post("/api/v1/desk/tickets", said, key=uuid4())
            assert answer.status == 201, answer
            spent.append(time.perf_counter() - began)
        line.close()
        return spent

    at_once([(kiosk, 5) for kiosk in desk["kiosks"]], take)  # Every thread of the server has its connection then.
    before = platform.ask("SELECT count(*) FROM frontdesk_ticket WHERE centre_id = %s", desk["centre"])[0]
    used = Used(platform)
    seconds, spent = at_once([(kiosk, each) for kiosk in desk["kiosks"]], take)
    rate = tell(f"tickets through HTTP, {clients} clients", seconds, spent)
    used.tell(len(seconds))
    used = Used(platform)
    of_sql, spent_in_sql = at_once(range(clients), lambda _client: in_sql(platform, other, each))
    reference = tell("the same pattern in SQL", of_sql, spent_in_sql)
    used.tell(len(of_sql))
    count, numbers, entries = platform.ask(
        "SELECT count(*), count(DISTINCT (prefix, number)),"
        " (SELECT count(*) FROM journal_entry WHERE case_kind = 'ticket' AND step = 'issue' AND centre_id = %s)"
        " FROM frontdesk_ticket WHERE centre_id = %s",
        desk["centre"],
        desk["centre"],
    )
    assert count - before == len(seconds), (count, before)
    print(f"  {count} tickets, duplicates: {count - numbers}, {entries} entries")
    verdict(f"{count} tickets at {clients} clients, no number twice", count == numbers == entries)
    if clients <= FEW:
        verdict(f"at least {AIM}/s with p95 under {WITHIN} ms", rate >= AIM and p95(seconds) < WITHIN)
        verdict(f"at least {SHARE} of the raw pattern ({rate / reference:.2f})", rate / reference >= SHARE)


def in_sql(platform: Running, desk: dict, number: int) -> list[float]:
    """The pattern itself: number, ticket, entry, day."""
    columns = (
        "centre_id, day, prefix, service_id, group_id, priority_id, channel, language, stage, came_at, arrived_at,"
        " times_called, missed_calls, outcome, note, visitor_name, version, stage_since, reference, secret"
    )
    spent = []
    with psycopg.connect(platform.address, autocommit=True) as connection:
        group = connection.execute(
            "SELECT group_id, p.id FROM catalogue_service s JOIN frontdesk_priorityclass p ON p.desk_id = s.centre_id"
            " WHERE s.id = %s LIMIT 1",
            [desk["services"][0]],
        ).fetchone()
        for _turn in range(number):
            began = time.perf_counter()
            reference = uuid4().hex
            with connection.transaction():
                (last,) = connection.execute(
                    "INSERT INTO frontdesk_numberseries (centre_id, day, prefix, last)"
                    " VALUES (%s, current_date, 'A', 1)"
                    " ON CONFLICT (centre_id, day, prefix) DO UPDATE SET last = frontdesk_numberseries.last + 1"
                    " RETURNING last",
                    [desk["centre"]],
                ).fetchone()
                connection.execute(
                    f"INSERT INTO frontdesk_ticket (digits, number, sequence, {columns})"
                    " VALUES (3, %s, %s, %s, current_date, 'A',"
                    " %s, %s, %s, 'kiosk', 'th', 'waiting', now(), now(), 0, 0, '', '', '', 0, now(), %s, %s)",
                    [last, last, desk["centre"], desk["services"][0], *group, reference, reference[:16]],
                )
                connection.execute(
                    "INSERT INTO journal_entry (at, case_kind, case_reference, centre_id, step, clause, from_stage,"
                    " to_stage, by_name, role, note, facts) VALUES (now(), 'ticket', %s, %s, 'issue', '1.1', '',"
                    " 'waiting', '', 'device', '', %s)",
                    [reference, desk["centre"], json.dumps({"number": f"A{last:03d}"})],
                )
                connection.execute(
                    "INSERT INTO frontdesk_serviceday (centre_id, day, version, sequence, stop_reason)"
                    " VALUES (%s, current_date, 1, 1, '') ON CONFLICT (centre_id, day) DO UPDATE SET"
                    " version = frontdesk_serviceday.version + 1, sequence = frontdesk_serviceday.sequence + 1",
                    [desk["centre"]],
                )
            spent.append(time.perf_counter() - began)
    return spent


if __name__ == "__main__":
    alone(measure, 8, 2000)
