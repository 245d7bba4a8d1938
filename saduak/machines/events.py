"""What machines can be told of: every package says of its cases which steps, and who hears them (เหตุการณ์)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from saduak.journal.models import Entry

Hears = Callable[[Any, Entry], bool]
"""(person, entry) → whether the person may know of the entry."""


@dataclass(frozen=True)
class Events:
    """The events of one kind of case. Steps in `public` are told to every system; all others only to one that acts
    for a person who `hears` of the entry. `path` is where the interface tells of the case, with `{}` for its reference.
    """

    name: str
    case_kind: str
    label: Any
    steps: tuple[str, ...]
    public: Collection[str]
    hears: Hears
    path: str

    def names(self) -> list[str]:
        """What the events are called."""
        return [f"{self.name}.{step}" for step in self.steps]


_KNOWN: dict[str, Events] = {}
"""By kind of case; filled once, when all packages are loaded."""


def tell_of(*kinds: Events) -> None:
    """Let machines be told of these."""
    _KNOWN.update({each.case_kind: each for each in kinds})


def kinds() -> list[Events]:
    """Everything that machines can be told of, by name."""
    return sorted(_KNOWN.values(), key=lambda each: each.name)


def unknown_among(names: Collection[str]) -> list[str]:
    """Those that name no event."""
    known = {name for each in kinds() for name in [f"{each.name}.*", *each.names()]}
    return sorted(set(names) - known)


def steps_wanted(names: Collection[str]) -> dict[str, list[str]]:
    """Kind of case → the steps that the names ask for."""
    wanted = {}
    for each in kinds():
        steps = [step for step in each.steps if f"{each.name}.*" in names or f"{each.name}.{step}" in names]
        if steps:
            wanted[each.case_kind] = steps
    return wanted


def may_know(person: Any, entry: Entry) -> bool:
    """Whether a system that acts for the person (or for nobody) may be told of the entry."""
    kind = _KNOWN.get(entry.case_kind)
    if kind is None:
        return False
    if entry.step in kind.public:
        return True
    return bool(person.is_authenticated and person.is_active) and kind.hears(person, entry)


def told(entry: Entry) -> dict[str, Any]:
    """The event: that something happened, and where to read what; nothing that is confidential itself."""
    kind = _KNOWN[entry.case_kind]
    return {
        "type": f"{kind.name}.{entry.step}",
        "timestamp": entry.at.isoformat(),
        "data": {
            "sequence": entry.sequence,
            "reference": entry.case_reference,
            "from_stage": entry.from_stage,
            "to_stage": entry.to_stage,
            "clause": entry.clause,
            "url": settings.PUBLIC_URL + kind.path.format(entry.case_reference),
        },
    }
