"""Following the chain from its first seal, and naming the first thing that is not as it was sealed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.db import DataError

from saduak.journal.models import Entry, Seal
from saduak.journal.seals import digests
from saduak.journal.seals.sealing import last_sealed, rows


class Fault(StrEnum):
    """What can be wrong."""

    ENTRY_ALTERED = "entry altered"
    ENTRY_MISSING = "entry missing"
    ENTRY_INSERTED = "entry inserted"
    SEAL_ALTERED = "seal altered"
    SEAL_MISSING = "seal missing"
    SEAL_REWRITTEN = "seal written anew"
    HEAD_UNKNOWN = "head not in the chain"


@dataclass(frozen=True)
class Finding:
    """The first fault: `number` is the entry's sequence number, the seal's number, or None for an unknown head.

    That an entry was altered is certain; which of its columns, a digest cannot tell.
    """

    fault: Fault
    number: int | None = None

    def __str__(self) -> str:
        return self.fault if self.number is None else f"{self.fault}: {self.number}"


@dataclass(frozen=True)
class Verification:
    """How far the chain was followed, its head (the last good seal's digest), and the first fault if there is one."""

    seals: int
    entries: int
    unsealed: int
    head: bytes
    finding: Finding | None

    @property
    def is_intact(self) -> bool:
        """True when everything is as it was sealed."""
        return self.finding is None


def verify(
    *,
    head: bytes | None = None,
    heads: Mapping[int, bytes] | None = None,
    progress: Callable[[int], object] = int,
) -> Verification:
    """Check every seal and every sealed entry, one seal's range in memory at a time.

    `head` is a digest that somebody kept elsewhere, `heads` what the log of heads knows by number: the chain must hold
    them. `progress` is told the number of entries checked so far after each seal.
    """
    heads = heads or {}
    before: Seal | None = None
    entries = 0
    found_head = head is None
    finding: Finding | None = None
    while finding is None:
        try:
            seal = Seal.objects.filter(number__gt=before.number if before else 0).first()
        except DataError:  # A moment such as "infinity", which no sealing writes.
            finding = Finding(Fault.SEAL_ALTERED, before.number + 1 if before else 1)
            break
        if seal is None:
            break
        finding = _fault_of_seal(seal, before, heads.get(seal.number)) or _fault_of_entries(seal, before)
        if finding is None:
            before = seal
            entries += len(seal.sequences)
            found_head = found_head or bytes(seal.digest) == head
            progress(entries)
    if finding is None and (lost := [number for number in heads if number > (before.number if before else 0)]):
        finding = Finding(Fault.SEAL_MISSING, min(lost))
    if finding is None and not found_head:
        finding = Finding(Fault.HEAD_UNKNOWN)
    return Verification(
        seals=before.number if before else 0,
        entries=entries,
        unsealed=Entry.objects.filter(sequence__gt=last_sealed(before)).count(),
        head=bytes(before.digest) if before else digests.BEFORE_THE_FIRST,
        finding=finding,
    )


def _fault_of_seal(seal: Seal, before: Seal | None, known: bytes | None) -> Finding | None:
    expected = before.number + 1 if before else 1
    if seal.number != expected:
        return Finding(Fault.SEAL_MISSING, expected)
    if not seal.sequences or None in seal.sequences:
        return Finding(Fault.SEAL_ALTERED, seal.number)
    previous = bytes(before.digest) if before else digests.BEFORE_THE_FIRST
    sealed = bytes(seal.digests)
    computed = digests.of_seal(bytes(seal.previous), seal.number, seal.sealed_at, seal.sequences, sealed)
    is_sound = (
        bytes(seal.previous) == previous
        and bytes(seal.digest) == computed
        and len(sealed) == digests.SIZE * len(seal.sequences)
        and all(one < next_one for one, next_one in pairwise([last_sealed(before), *seal.sequences]))
    )
    if not is_sound:
        return Finding(Fault.SEAL_ALTERED, seal.number)
    if known is not None and known != computed:
        return Finding(Fault.SEAL_REWRITTEN, seal.number)
    return None


def _fault_of_entries(seal: Seal, before: Seal | None) -> Finding | None:
    """Lay the entries beside what was sealed, in the order of their numbers."""
    sealed = bytes(seal.digests)
    awaited = iter(enumerate(seal.sequences))
    for row in rows(last_sealed(before), seal.sequences[-1]):
        place, due = next(awaited)  # No row lies beyond the last number that was sealed.
        if row[0] < due:
            return Finding(Fault.ENTRY_INSERTED, row[0])
        if row[0] > due:
            return Finding(Fault.ENTRY_MISSING, due)
        if digests.of_entry(row) != sealed[place * digests.SIZE : (place + 1) * digests.SIZE]:
            return Finding(Fault.ENTRY_ALTERED, due)
    return next((Finding(Fault.ENTRY_MISSING, due) for _, due in awaited), None)
