"""What many tests begin with is made once in a process; after that, its rows are written as they were.

A unit that has come to its resolution took some forty deeds, a quarter of a second. Its rows take a tenth of that.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from saduak.attachments import storage
from saduak.attachments.models import Content

UNTOUCHED = {"django_migrations", "django_content_type", "auth_permission", "procrastinate_version"}
"""Tables as the migrations leave them."""

_made: dict[tuple[Any, ...], "Made"] = {}


@dataclass(frozen=True)
class Made:
    """A world and what the deed gave, pickled; its rows as statements; the bytes of its files."""

    state: bytes
    statements: str
    files: tuple[bytes, ...]


def remembered(deed: Callable[..., Any]) -> Callable[..., Any]:
    """A deed of a world that begins from nothing: `world.is_untouched` tells that, `world.key` what it begins with.

    It is done in earnest when the world has been touched, when the deed is told anything, when the clock is not the
    real one, and when the database holds something that does not go together with the remembered rows.
    """

    @wraps(deed)
    def done(world: Any, *args: Any, **facts: Any) -> Any:
        if args or facts or not world.is_untouched or time_machine.escape_hatch.is_travelling():
            return deed(world, *args, **facts)
        around = (timezone.localdate(), translation.get_language(), settings.PUBLIC_URL)
        key = (type(world), deed.__name__, world.key, around)
        if key in _made:
            try:
                return _brought_back(world, _made[key])
            except DatabaseError:  # Something of another making stands in its place.
                return deed(world)
        is_first = not _tables_that_hold_something()
        result = deed(world)
        if is_first:
            _made[key] = _remember(world, result)
        return result

    return done


def _remember(world: Any, result: Any) -> Made:
    statements = [_as_statement(table) for table in _tables_that_hold_something()]
    files = tuple(storage.read(content.sha256) for content in Content.objects.all())
    return Made(pickle.dumps((world.__dict__, result)), "".join(statements), files)


def _brought_back(world: Any, made: Made) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica;"  # The triggers have been asked when it was made.
            f"{made.statements}"
            "SET LOCAL session_replication_role = origin"
        )
    for content in made.files:
        storage.keep(content)
    state, result = pickle.loads(made.state)  # noqa: S301  We pickled it ourselves.
    world.__dict__.update(state)
    return result


def _tables_that_hold_something() -> list[str]:
    with connection.cursor() as cursor:
        names = _tables()
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT FROM "{name}")' for name in names))
        return [name for name, holds in zip(names, cursor.fetchone(), strict=True) if holds]


@cache
def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return [name for name in connection.introspection.table_names(cursor) if name not in UNTOUCHED]


@cache
def _columns(table: str) -> tuple[list[str], list[str]]:
    """Of a table: the columns that are written, and those that count by themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, is_generated = 'NEVER',"
            " pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"
            " FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
            " ORDER BY ordinal_position",
            [table],
        )
        rows = cursor.fetchall()
    return [name for name, is_written, _ in rows if is_written], [name for name, _, counts in rows if counts]


def _as_statement(table: str) -> str:
    written, counted = _columns(table)
    names = ", ".join(f'"{name}"' for name in written)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT json_agg(t)::text FROM (SELECT {names} FROM "{table}") AS t')
        rows = cursor.fetchone()[0].replace("'", "''")
    insert = (
        f'INSERT INTO "{table}" ({names}) OVERRIDING SYSTEM VALUE'
        f""" SELECT {names} FROM json_populate_recordset(NULL::"{table}", E'{rows.replace(chr(92), chr(92) * 2)}');"""
    )
    # A number that was used is not given again, wherever the count stands in this process.
    count = "".join(
        f'SELECT setval(s, greatest(pg_sequence_last_value(s), (SELECT max("{name}") FROM "{table}")))'
        f" FROM (SELECT pg_get_serial_sequence('\"{table}\"', '{name}')::regclass) AS t(s);"
        for name in counted
    )
    return insert + count
