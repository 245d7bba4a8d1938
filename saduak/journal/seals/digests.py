"""What is hashed, byte for byte, so that anybody can compute it again.

An entry's digest is the SHA-256 of one JSON object in UTF-8: every column by name, keys sorted, no spaces, letters as
they are; moments as the text of seconds since 1970-01-01 UTC with six decimals, missing values as null, `facts` as
the text that PostgreSQL gives for the stored `jsonb`. A seal's digest is the SHA-256 of the previous seal's digest
(32 zero bytes before the first), its number, its moment in microseconds, the count of its entries and their sequence
numbers (each of these as 8 bytes, big end first, signed), and the entries' digests in the same order.

A new column of `Entry` would need a new form of digest for the entries written from then on; a test guards `COLUMNS`.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import pack
from typing import Any

SIZE = 32
BEFORE_THE_FIRST = bytes(SIZE)
COLUMNS = (
    "sequence",
    "at",
    "recorded_at",
    "case_kind",
    "case_reference",
    "centre_id",
    "step",
    "clause",
    "from_stage",
    "to_stage",
    "by_id",
    "by_name",
    "role",
    "note",
    "facts",
    "transaction_id",
    "oldest_running",
)
AS_READ = tuple(
    {
        "at": "extract(epoch FROM at)::text",
        "recorded_at": "extract(epoch FROM recorded_at)::text",
        "facts": "facts::text",
    }.get(column, column)
    for column in COLUMNS
)
"""The same as PostgreSQL is asked for them."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def of_entry(row: Sequence[Any]) -> bytes:
    """The digest of one entry, given the values of `COLUMNS` as `AS_READ` gives them."""
    return sha256(_canonical(dict(zip(COLUMNS, row, strict=True))).encode()).digest()


def of_seal(previous: bytes, number: int, sealed_at: datetime, sequences: Sequence[int], digests: bytes) -> bytes:
    """The digest of one seal."""
    moment = (sealed_at - _EPOCH) // _MICROSECOND
    counted = pack(f">{3 + len(sequences)}q", number, moment, len(sequences), *sequences)
    return sha256(previous + counted + digests).digest()
