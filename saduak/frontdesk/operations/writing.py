"""The statements of a day at a desk that others are put together with: its version, and its numbers."""

from datetime import date

from saduak.postgres.writing import Sql, at_once, change, insertion

__all__ = ["Sql", "at_once", "change", "counting", "insertion", "touching"]


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
