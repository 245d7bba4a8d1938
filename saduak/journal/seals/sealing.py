"""Making seals: a short look for where the journal ends, then one seal after the other."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from saduak.journal.models import Entry, Seal
from saduak.journal.seals import digests, heads

CHUNK = 10_000
"""Entries under one seal, at most."""

PATIENCE = "500ms"
"""How long sealing may hold up the people who are writing; afterwards it gives way."""

_ONE_SEALER = 0x5EA1
_ROWS = (
    f"SELECT {', '.join(digests.AS_READ)}"  # noqa: S608 - names of columns, nothing from outside
    " FROM journal_entry WHERE sequence > %s AND sequence <= %s ORDER BY sequence"
)


class JournalBusy(Exception):
    """Somebody is in the middle of a long transaction that has written to the journal; nothing was sealed."""


def seal(*, at: datetime | None = None, chunk: int = CHUNK) -> list[Seal]:
    """Seal everything that was written until now; returns the new seals, which are also appended to the log of heads.

    Raises JournalBusy when the writers leave no moment to see where the journal ends; try again a little later.
    """
    made: list[Seal] = []
    end = _end()
    while end is not None and (sealed := _seal_next(end, at or timezone.now(), chunk)):
        heads.append(sealed)
        made.append(sealed)
    return made


def rows(after: int, until: int, limit: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Entries with `after` < sequence ≤ `until` as rows of `digests.COLUMNS`, read in one go."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS + (" LIMIT %s" if limit else ""), [after, until, *([limit] if limit else [])])
        yield from cursor.fetchall()


def last_sealed(seal: Seal | None) -> int:
    """The sequence number after which the next seal begins."""
    return seal.sequences[-1] if seal else -(2**63)


def _end() -> int | None:
    """The last sequence number below which no entry can appear any more; None when nothing waits for a seal.

    A number is drawn before its transaction commits, so a plain max(sequence) would overlook writers under way. The
    lock waits for them and lets new ones draw their numbers afterwards; rolling back gives it up at once.
    """
    if not Entry.objects.filter(sequence__gt=last_sealed(Seal.objects.last())).exists():
        return None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute("LOCK TABLE journal_entry IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT max(sequence) FROM journal_entry")
            (end,) = cursor.fetchone()
            transaction.set_rollback(True)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise JournalBusy from error
        raise
    return int(end)


@transaction.atomic(durable=True)
def _seal_next(end: int, at: datetime, chunk: int) -> Seal | None:
    """Seal the next entries up to `end`, as the only one who does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_SEALER])
    before = Seal.objects.last()
    sequences: list[int] = []
    hashed = bytearray()
    for row in rows(last_sealed(before), end, chunk):
        sequences.append(row[0])
        hashed += digests.of_entry(row)
    if not sequences:
        return None
    number = before.number + 1 if before else 1
    previous = bytes(before.digest) if before else digests.BEFORE_THE_FIRST
    return Seal.objects.create(
        number=number,
        sealed_at=at,
        sequences=sequences,
        digests=bytes(hashed),
        previous=previous,
        digest=digests.of_seal(previous, number, at, sequences, bytes(hashed)),
    )
