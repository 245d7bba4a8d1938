"""The record of a day at a desk: its version and its numbers, each change in one statement."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from saduak.frontdesk.operations.writing import Sql, counting, touching


class Day(NamedTuple):
    """A day's record as it is once this transaction has changed it."""

    version: int
    sequence: int
    stopped_at: datetime | None


FIRST = Day(version=1, sequence=1, stopped_at=None)
"""A day at whose beginning somebody takes the first ticket: nothing of the day itself speaks against it."""


def touch(centre_id: int, day: date) -> Day:
    """Say that something of the day has changed. Nobody else changes the day until the transaction ends."""
    return Day(*_answered(touching(centre_id, day)))


def take_numbers(centre_id: int, day: date, prefix: str, *, size: int = 1) -> int:
    """Take so many numbers of a letter; the last of them. A number is given once, whoever asks at the same time."""
    return int(_answered(counting(centre_id, day, prefix, size=size))[0])


def set_aside(centre_id: int, day: date, prefix: str, *, size: int, digits: int) -> int:
    """Set so many numbers of a letter aside, for devices that go on without the server; the last of them.

    They begin at seven tenths of what the digits show (701 of 999); a series that has come so far gives its own next.
    """
    begin = 7 * 10 ** (digits - 1) + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO frontdesk_numberseries AS series (centre_id, day, prefix, last, aside_first, aside_last)"
            " VALUES (%(centre)s, %(day)s, %(prefix)s, 0, %(begin)s, %(begin)s + %(size)s - 1)"
            " ON CONFLICT (centre_id, day, prefix) DO UPDATE SET"
            " aside_first = coalesce(series.aside_first, excluded.aside_first),"
            " aside_last = coalesce(series.aside_last + %(size)s, excluded.aside_last)"
            " WHERE series.last < coalesce(series.aside_first, excluded.aside_first)"
            " RETURNING aside_last",
            {"centre": centre_id, "day": day, "prefix": prefix, "begin": begin, "size": size},
        )
        row = cursor.fetchone()
    return int(row[0]) if row else take_numbers(centre_id, day, prefix, size=size)


def _answered(statement: Sql) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
