"""Where a verification gets what does not stand in the document: keys, lists, the register (แหล่งข้อมูลตรวจสอบ)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from saduak.credentials.dids import described_by_itself
from saduak.credentials.reading import Document


class How(StrEnum):
    """How something came here."""

    OWN = "own"  # From the database of the platform that asks.
    GIVEN = "given"  # In a file that the person gave.
    FETCHED = "fetched"  # From its address, now.
    CACHED = "cached"  # From its address, earlier.
    ITSELF = "itself"  # A name that is a key.


@dataclass(frozen=True)
class Found:
    """A document from elsewhere: what it says, how it came, and when."""

    document: Document
    how: How
    at: datetime | None = None


Look = Callable[[str], Found | None]
"""Looks up one name or address; None when it cannot be reached."""


def nowhere(name: str) -> None:
    """Looks nothing up."""
    return


def given(documents: Mapping[str, Document]) -> Look:
    """Looks only among these, by name or address."""

    def look(name: str) -> Found | None:
        return Found(documents[name], How.GIVEN) if name in documents else None

    return look


def one_after_another(*looks: Look) -> Look:
    """The first of these that finds something."""

    def look(name: str) -> Found | None:
        return next((found for each in looks if (found := each(name)) is not None), None)

    return look


def itself(name: str) -> Found | None:
    """Finds a key that is its own name (`did:key`)."""
    document = described_by_itself(name)
    return Found(document, How.ITSELF) if document else None


class Standing(StrEnum):
    """How the register of issued credentials knows a document."""

    AS_ISSUED = "as_issued"
    REISSUED = "reissued"
    NEVER = "never"


@dataclass(frozen=True)
class Sources:
    """What one verification may rely on.

    `issuers` finds documents of issuers by name, `lists` status lists by address. `trusted` are the names whose word
    counts, `examples` those that issue examples. `register` tells how a document, by its digest, is known; None when
    no register is at hand.
    """

    issuers: Look = nowhere
    lists: Look = nowhere
    trusted: frozenset[str] = frozenset()
    examples: frozenset[str] = frozenset()
    register: Callable[[Document], Standing] | None = field(default=None)
