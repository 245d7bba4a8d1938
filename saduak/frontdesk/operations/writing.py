"""Several rows written in one statement, so that locks are held as shortly as a round to the database takes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db import connection, models
from psycopg.types.numeric import Int8

from saduak.postgres.base import DatabaseWrapper

Sql = tuple[str, list[Any]]
"""A statement with its parameters."""


def insertion(row: models.Model, *, given: Mapping[str, Sql] | None = None, source: str = "") -> Sql:
    """The statement that inserts a new row; `given` columns are SQL over `source`, which are queries' names.

    What the database itself fills in is left to it. The row object is not changed.
    """
    given = given or {}
    columns, values, parameters = [], [], list[Any]()
    for field in row._meta.concrete_fields:
        column = str(field.column)
        if column in given:
            columns.append(column)
            value, more = given[column]
            values.append(value)
            parameters += more
        elif not field.has_db_default() and not isinstance(field, models.AutoField):
            columns.append(column)
            values.append("%s")
            parameters.append(field.get_db_prep_save(getattr(row, field.attname), connection))
    names = ", ".join(f'"{column}"' for column in columns)
    origin = f" FROM {source}" if source else ""
    return f'INSERT INTO "{row._meta.db_table}" ({names}) SELECT {", ".join(values)}{origin}', parameters


def change(row: models.Model, fields: Sequence[str], *, condition: Sql, source: str = "") -> Sql:
    """The statement that saves some fields of a row on a condition, over `source`."""
    settings, parameters = [], []
    for name in dict.fromkeys(fields):
        field = row._meta.get_field(name)
        settings.append(f'"{field.column}" = %s')  # type: ignore[union-attr]  # Fields of the row itself.
        value = getattr(row, field.attname)  # type: ignore[union-attr]
        parameters.append(field.get_db_prep_save(value, connection))  # type: ignore[union-attr]
    origin = f" FROM {source}" if source else ""
    where, more = condition
    return (
        f'UPDATE "{row._meta.db_table}" SET {", ".join(settings)}{origin}'  # noqa: S608  Names of our own tables.
        f' WHERE "{row._meta.db_table}".id = %s AND {where}',
        [*parameters, row.pk, *more],
    )


def touching(centre_id: int, day: date, *, tickets: int = 0, source: str = "") -> Sql:
    """The statement that says that a day has changed, and counts new tickets; it returns version, sequence and stop."""
    origin = f" FROM {source}" if source else ""
    return (
        "INSERT INTO frontdesk_serviceday (centre_id, day, version, sequence, stop_reason)"
        f" SELECT %s, %s, 1, %s, ''{origin}"
        " ON CONFLICT (centre_id, day) DO UPDATE SET version = frontdesk_serviceday.version + 1,"
        " sequence = frontdesk_serviceday.sequence + excluded.sequence"
        " RETURNING version, sequence, stopped_at",
        [centre_id, day, tickets],
    )


def counting(centre_id: int, day: date, prefix: str, *, size: int = 1, source: str = "") -> Sql:
    """The statement that takes numbers of a letter, none of those set aside; it returns the last of them."""
    origin = f" FROM {source}" if source else ""
    return (
        "INSERT INTO frontdesk_numberseries (centre_id, day, prefix, last)"
        f" SELECT %s, %s, %s, %s{origin}"
        " ON CONFLICT (centre_id, day, prefix) DO UPDATE SET last = excluded.last + CASE"
        " WHEN frontdesk_numberseries.last < frontdesk_numberseries.aside_first"
        " AND frontdesk_numberseries.last + excluded.last >= frontdesk_numberseries.aside_first"
        " THEN frontdesk_numberseries.aside_last ELSE frontdesk_numberseries.last END"
        " RETURNING last",
        [centre_id, day, prefix, size],
    )


def at_once(parts: Mapping[str, Sql], answer: str) -> tuple[Any, ...] | None:
    """Run all the parts, which may read each other by name, as one statement; the row of `answer`, or None."""
    named = ", ".join(f"{name} AS ({sql})" for name, (sql, _) in parts.items())
    parameters = [_of_one_type(value) for _, values in parts.values() for value in values]
    with cast(DatabaseWrapper, connection).prepared() as cursor:
        cursor.execute(f"WITH {named} {answer}", parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _of_one_type(value: Any) -> Any:
    """An integer always as a large one: by its size it would be another type, and the statement another statement."""
    return Int8(value) if type(value) is int else value
