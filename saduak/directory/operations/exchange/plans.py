"""What a spreadsheet would do: its problems, its deeds, and all of them together."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

CREATE, CHANGE, SAME = "create", "change", "same"


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, and what to do about it."""

    row: int
    column: str
    value: str
    words: str


@dataclass(frozen=True)
class Deed:
    """What one row does: create or change something, or nothing. `facts` are field → value as the model keeps it."""

    row: int
    action: str
    pk: int | None
    facts: dict[str, Any]
    words: str


@dataclass
class Plan:
    """All rows together."""

    deeds: list[Deed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The hash of everything that would be written."""
        shown = [(d.row, d.action, d.pk, d.facts) for d in self.deeds if d.action != SAME]
        return hashlib.sha256(json.dumps(shown, default=str, sort_keys=True).encode()).hexdigest()

    @property
    def summary(self) -> dict[str, int]:
        """How many rows there are, and how many would create, change or leave something."""
        counts = {action: sum(deed.action == action for deed in self.deeds) for action in (CREATE, CHANGE, SAME)}
        return {"rows": len(self.deeds) + len({p.row for p in self.problems if p.row > 1}), **counts}
