"""What the tables of the database hold, read as a whole and written again as it was."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

UNTOUCHED = {"django_migrations", "django_content_type", "auth_permission", "procrastinate_version"}
"""Tables as the migrations leave them."""

COMING_AND_GOING = {"django_session", "usersessions_usersession"}
"""Who is signed in just now belongs to no world: nothing else leads there, and nothing is decided by it."""


@dataclass(frozen=True)
class Table:
    """The rows of a table: how many, and as one text of JSON."""

    count: int
    text: str


Tables = dict[str, Table]


def none_held() -> bool:
    """Whether every table is empty."""
    return not that_hold_something(_tables_of_worlds())


def held() -> Tables:
    """The rows of all tables that hold some."""
    names = that_hold_something(_tables_of_worlds())
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_as_question(name) for name in names))
        return {name: Table(*table) for name, *table in cursor.fetchall()}


def counted() -> dict[str, int]:
    """How many rows stand in each table that holds some."""
    names = that_hold_something(_tables_of_worlds())
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{name}")' for name in names))
        return dict(zip(names, cursor.fetchone(), strict=True))


def told(models: tuple[type[Model], ...]) -> tuple[str | None, ...]:
    """All that the tables of these models hold, in words to be compared."""
    each = "(SELECT string_agg(t::text, E'\\n' ORDER BY t.{}) FROM {} AS t)"
    asked = [each.format(f'"{one._meta.pk.column}"', f'"{one._meta.db_table}"') for one in models]
    with connection.prepared() as cursor:
        cursor.execute("SELECT " + ", ".join(asked))
        return tuple(cursor.fetchone())


def written(word: str | None = None) -> tuple[Any, ...]:
    """The word left with this transaction, and how many rows it has written, those taken back among them.

    A `word` that is given is left with it from now on; it goes when the transaction ends, or is taken back to where it
    was not.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_written(word))
        return tuple(cursor.fetchone())


def _written(word: str | None) -> tuple[str, list[Any]]:
    left = "current_setting('saduak.standing', true)" if word is None else "set_config('saduak.standing', %s, true)"
    return (
        f"SELECT {left}, sum(pg_stat_get_xact_tuples_inserted(oid)"
        " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid))"
        " FROM unnest(%s::oid[]) AS oid",
        [*([] if word is None else [word]), _numbers()],
    )


def written_again(tables: Tables, *, over: Tables) -> str:
    """The statements that turn the rows `over` into those of `tables`.

    Triggers and foreign keys are not asked: they have been when the rows were made. Nor is a sequence set: those that
    numbered the rows were asked in this database, and no rollback takes a number back.
    """
    changed = {name: table for name, table in tables.items() if over.get(name) != table}
    deleted = [f'DELETE FROM "{name}";' for name in over if name in changed or name not in tables]
    inserted = [_as_statement(name, table.text) for name, table in changed.items()]
    return (
        "SET LOCAL session_replication_role = replica;"
        + "".join(deleted + inserted)
        + "SET LOCAL session_replication_role = origin"
    )


def that_hold_something(names: list[str]) -> list[str]:
    """Those of the tables `names` that hold rows; the same question every time, of which the server keeps the plan."""
    with connection.prepared() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT FROM "{name}")' for name in names))
        return [name for name, holds in zip(names, cursor.fetchone(), strict=True) if holds]


@cache
def tables() -> tuple[str, ...]:
    """The names of all tables, those of the jobs among them."""
    with connection.cursor() as cursor:
        return tuple(connection.introspection.table_names(cursor))


def _tables_of_worlds() -> list[str]:
    return [name for name in tables() if name not in UNTOUCHED | COMING_AND_GOING]


@cache
def _numbers() -> list[int]:
    """Those by which the database knows the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)",
            [sorted(COMING_AND_GOING)],
        )
        return [number for (number,) in cursor.fetchall()]


@cache
def _columns(table: str) -> str:
    """The columns of a table that are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        (names,) = cursor.fetchone()
        return str(names)


def _as_question(table: str) -> str:
    return f"""SELECT '{table}', count(*), json_agg(t)::text FROM (SELECT {_columns(table)} FROM "{table}") AS t"""


def _as_statement(table: str, text: str) -> str:
    names = _columns(table)
    quoted = text.replace("'", "''").replace(chr(92), chr(92) * 2)
    return (
        f'INSERT INTO "{table}" ({names}) OVERRIDING SYSTEM VALUE'
        f""" SELECT {names} FROM json_populate_recordset(NULL::"{table}", E'{quoted}');"""
    )
