"""Several rows written in one statement, so that locks are held as shortly as a round to the database takes."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection, models

from saduak.postgres.base import DatabaseWrapper

Sql = tuple[str, list[Any]]
"""A statement with its parameters."""


def insertion(row: models.Model, *, given: Mapping[str, Sql] | None = None, source: str = "") -> Sql:
    """The statement that inserts a new row; `given` columns are SQL over `source`, which are queries' names.

    What the database itself fills in is left to it, and so is what is null: the driver takes a statement of more than
    fifty parameters apart anew each time. The row object is not changed.
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
            value_of_row = getattr(row, field.attname)
            if value_of_row is not None:
                columns.append(column)
                values.append("%s")
                parameters.append(field.get_db_prep_save(value_of_row, connection))
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


def at_once(parts: Mapping[str, Sql], answer: str) -> tuple[Any, ...] | None:
    """Run all the parts, which may read each other by name, as one statement; the row of `answer`, or None."""
    named = ", ".join(f"{name} AS ({sql})" for name, (sql, _) in parts.items())
    parameters = [value for _, values in parts.values() for value in values]
    with cast(DatabaseWrapper, connection).prepared() as cursor:
        cursor.execute(f"WITH {named} {answer}", parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
