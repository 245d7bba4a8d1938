"""The record of a day at a desk: its version and its numbers, each change in one statement."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import connection


class Day(NamedTuple):
    """A day's record as it is once this transaction has changed it."""

    version: int
    sequence: int
    stopped_at: datetime | None


def touch(centre_id: int, day: date, *, tickets: int = 0) -> Day:
    """Say that something of the day has changed, and count new tickets. Nobody else changes the day until the end.

    The last lock of every transaction but those that issue tickets, which need their place in the day.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO frontdesk_serviceday (centre_id, day, version, sequence, stop_reason)"
            " VALUES (%s, %s, 1, %s, '')"
            " ON CONFLICT (centre_id, day) DO UPDATE SET version = frontdesk_serviceday.version + 1,"
            " sequence = frontdesk_serviceday.sequence + excluded.sequence"
            " RETURNING version, sequence, stopped_at",
            [centre_id, day, tickets],
        )
        return Day(*cursor.fetchone())


def take_numbers(centre_id: int, day: date, prefix: str, *, size: int = 1) -> int:
    """Take so many numbers of a letter; the last of them. A number is given once, whoever asks at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO frontdesk_numberseries (centre_id, day, prefix, last) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (centre_id, day, prefix) DO UPDATE SET last = frontdesk_numberseries.last + excluded.last"
            " RETURNING last",
            [centre_id, day, prefix, size],
        )
        return int(cursor.fetchone()[0])
