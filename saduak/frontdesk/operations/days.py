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


def touch(centre_id: int, day: date) -> Day:
    """Say that something of the day has changed. Nobody else changes the day until the transaction ends."""
    return Day(*_answered(touching(centre_id, day)))


def take_numbers(centre_id: int, day: date, prefix: str, *, size: int = 1) -> int:
    """Take so many numbers of a letter; the last of them. A number is given once, whoever asks at the same time."""
    return int(_answered(counting(centre_id, day, prefix, size=size))[0])


def _answered(statement: Sql) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
