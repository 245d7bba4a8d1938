"""More of the tickets that were lived through HTTP: their rows copied, with all that belongs to them, as the platform
wrote them. Only the announcements are left out: nobody listens to last year.
"""

import psycopg

TABLES = ("frontdesk_ticket", "frontdesk_slice", "frontdesk_call", "frontdesk_toldwait", "journal_entry")
SET_BY_THE_DATABASE = ("transaction_id", "oldest_running", "recorded_at")


class Copier:
    """Copies the finished tickets of some desks on one day."""

    def __init__(self, connection: psycopg.Connection, centres: list[int], day: object) -> None:
        self.connection, self.centres, self.day = connection, centres, day
        words = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
        self.columns = {name: [row[0] for row in connection.execute(words, [name])] for name in TABLES}

    def copy(self, times: range, *, moved: str, days: int, number: int, sequence: int) -> int:
        """Copy each ticket so many times, in one transaction; how many new ones.

        `copied.time` is the number of the copy, which raises the ticket's number and place by `number` and `sequence`
        each time; `moved` an interval in SQL by which moments lie earlier, `days` the days by which the day does.
        """
        with self.connection.transaction():
            self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            self.connection.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_is_announced")
            self.connection.execute("DROP TABLE IF EXISTS copied")
            made = self.connection.execute(
                "CREATE TEMP TABLE copied AS SELECT id AS old, reference AS old_reference, time,"
                " nextval(pg_get_serial_sequence('frontdesk_ticket', 'id')) AS new, md5(random()::text) AS reference,"
                " substr(md5(random()::text), 1, 16) AS secret"
                f" FROM frontdesk_ticket, generate_series({times.start}, {times.stop - 1}) AS time"
                " WHERE centre_id = ANY(%s) AND stage = 'finished' AND day = %s ORDER BY time, sequence, centre_id",
                [self.centres, self.day],
            ).rowcount
            self.connection.execute("ANALYZE copied")
            mine = {
                "id": "copied.new",
                "reference": "copied.reference",
                "secret": "copied.secret",
                "number": f"t.number + copied.time * {number}",
                "sequence": f"t.sequence + copied.time * {sequence}",
            }
            self._rows("frontdesk_ticket", "copied.old = t.id", mine, moved, days)
            for name in ("frontdesk_slice", "frontdesk_call", "frontdesk_toldwait"):
                its = {"ticket_id": "copied.new", "id": f"nextval(pg_get_serial_sequence('{name}', 'id'))"}
                self._rows(name, "copied.old = t.ticket_id", its, moved, days)
            entries = {
                "sequence": "nextval(pg_get_serial_sequence('journal_entry', 'sequence'))",
                "case_reference": "copied.reference",
                "at": f"t.at - {moved}",
            }
            on = "t.case_kind = 'ticket' AND copied.old_reference = t.case_reference"
            self._rows("journal_entry", on, entries, moved, days)
            self.connection.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_is_announced")
        return int(made)

    def _rows(self, name: str, on: str, given: dict[str, str], moved: str, days: int) -> None:
        columns = [each for each in self.columns[name] if each not in SET_BY_THE_DATABASE]
        earlier = {each: f"t.{each} - {moved}" for each in columns if each.endswith(("_at", "_since", "_for"))}
        values = {**earlier, "not_before": f"t.not_before - {moved}", "day": f"t.day - {days}", **given}
        names = ", ".join(f'"{each}"' for each in columns)
        told = ", ".join(values.get(each, f't."{each}"') for each in columns)
        self.connection.execute(f"INSERT INTO {name} ({names}) SELECT {told} FROM {name} t JOIN copied ON {on}")
