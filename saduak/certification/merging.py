"""What several devices of one assessor say of one line, put together (การรวมคะแนนจากหลายเครื่อง).

Every change names the versions that it was made upon, and a version is the hash of the change that made it. A change
that nothing was made upon is a head. One head, or several that say the same: that is what the line says. Heads that
differ are a dispute, which only a person ends, by a change made upon all of them. So the outcome depends on which
changes have arrived, and never on their order or on how often they came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Change:
    """One thing said of one line; `base` are versions, `at` is the moment by the device's corrected clock."""

    version: str
    base: tuple[str, ...]
    answer: str
    note: str
    at: datetime

    @property
    def content(self) -> tuple[str, str]:
        """What it says, without who and when."""
        return self.answer, self.note


@dataclass(frozen=True)
class Merged:
    """A line as all changes leave it: `heads` are the versions that the next change is made upon."""

    heads: tuple[Change, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether its heads say different things."""
        return len({head.content for head in self.heads}) > 1

    @property
    def says(self) -> Change:
        """What it says; in a dispute the latest by its own clock, until a person has settled it."""
        return max(self.heads, key=lambda head: (head.at, head.version))

    @property
    def versions(self) -> tuple[str, ...]:
        """What a change that knows all of it is made upon."""
        return tuple(head.version for head in self.heads)


def merged(changes: Iterable[Change]) -> Merged | None:
    """All changes of one line together, in any order and however often; None without any."""
    known = {change.version: change for change in changes}
    overtaken = {version for change in known.values() for version in change.base}
    heads = sorted((change for version, change in known.items() if version not in overtaken), key=_place)
    return Merged(tuple(heads)) if heads else None


def _place(change: Change) -> str:
    return change.version
