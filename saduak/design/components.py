"""The values that components draw (ข้อมูลขององค์ประกอบ)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Stop:
    """One stage on a track. `state`: done, now, ahead or left (the case went another way)."""

    label: object
    state: str
    at: date | datetime | None = None
    note: object = ""


@dataclass(frozen=True)
class Moment:
    """One line of a history: what happened, when, who did it and in which role, and what they remarked."""

    at: datetime
    what: object
    who: object = ""
    role: object = ""
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """One view of the same thing, with its own address; `count=None` prints no number."""

    label: object
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Crumb:
    """One page above this one; the last crumb is this page and has no address."""

    label: object
    url: str = ""


@dataclass(frozen=True)
class KeptFile:
    """A file that can be opened: its name, address, size in bytes, media type and when it was taken or stored."""

    name: str
    url: str
    size: int | None = None
    media_type: str = ""
    at: datetime | None = None
    note: object = ""


@dataclass(frozen=True)
class Clock:
    """A term that runs for a case. `tone` is plain, warning or danger; `url` opens its explanation.

    `lines` are the explanation's sentences when they are shown in place.
    """

    label: object
    due: date | None
    remaining: object = ""
    tone: str = "plain"
    url: str = ""
    lines: Sequence[object] = ()


def size_in_words(size: int | None) -> str:
    """A size in bytes as a person reads it: 840 KB, 1.2 MB."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
