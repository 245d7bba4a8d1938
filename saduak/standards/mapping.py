"""How the criteria of one version go on in the next: suggested by code and by text, settled by a person (การเทียบเกณฑ์).

A mapping is a set of links, for each newer criterion the older ones that it comes from. Lines with their kinds are
always worked out from the links, so the two cannot contradict each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from saduak.standards.criteria import Criterion, Library
from saduak.thai.text import letter_pairs, overlap

Links = Mapping[str, tuple[str, ...]]
"""Codes of the older criteria by code of the newer one; a newer one that is missing or has none is new."""

ALIKE = 0.6
"""From this likeness on two criteria are taken for one; likeness is that of the texts, 0 to 1, and `KEPT_CODE` more."""
KEPT_CODE = 0.25
"""What an equal code adds: codes are often kept when the wording changes, and sometimes given to something else."""


class LineKind(StrEnum):
    """What became of a criterion; `changed` asks something else or for other points than before."""

    SAME = "same"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"


class Ground(StrEnum):
    """Why two criteria are suggested to belong together."""

    CODE_AND_TEXT = "code_and_text"
    TEXT = "text"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Line:
    """What belongs together, as codes of criteria: `older` is empty for what is new, `newer` for what is dropped.

    `split` is one older and several newer; `merged` is several older and one newer, rarely several.
    `leaves` are pairs of codes (older, newer) of what is answered alike: the same kind of answer to the same question,
    though perhaps for other points. They exist only where one criterion goes on as one.
    """

    kind: LineKind
    older: tuple[str, ...]
    newer: tuple[str, ...]
    leaves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CriteriaMap:
    """All lines between two versions: every criterion of both stands in exactly one.

    Lines stand in the order of the newer version, dropped ones last. `is_confirmed` tells whether people confirmed it;
    otherwise it is a suggestion. `references` are the confirmed mappings it was made of, oldest first.
    """

    lines: tuple[Line, ...]
    is_confirmed: bool
    references: tuple[str, ...] = ()

    def of_newer(self, code: str) -> Line:
        """The line of a newer criterion. Raises KeyError."""
        return self._by_newer[code]

    def of_older(self, code: str) -> Line:
        """The line of an older criterion. Raises KeyError."""
        return self._by_older[code]

    @cached_property
    def _by_newer(self) -> Mapping[str, Line]:
        return {code: line for line in self.lines for code in line.newer}

    @cached_property
    def _by_older(self) -> Mapping[str, Line]:
        return {code: line for line in self.lines for code in line.older}


@dataclass(frozen=True)
class Suggestion:
    """What a newer criterion may come from, and why; `similarity` is from 0 to 1.

    With the ground `nothing`, `older` is the nearest criterion that was left over, which was not alike enough.
    """

    newer: str
    older: str
    ground: Ground
    similarity: float

    @property
    def links(self) -> tuple[str, ...]:
        """The link that it suggests, if any."""
        return () if self.ground is Ground.NOTHING else (self.older,)


def identity(library: Library) -> Links:
    """Every criterion goes on as itself."""
    return {criterion.code: (criterion.code,) for criterion in library.criteria()}


def suggestions(older: Library, newer: Library) -> dict[str, Suggestion]:
    """One suggestion for each newer criterion, in its order; no older criterion is suggested twice.

    The likest pair goes first. A split or a merger is never suggested, because a text alone does not show it.
    """
    old, new = {c.code: _text(c) for c in older.criteria()}, {c.code: _text(c) for c in newer.criteria()}
    likest, pairs = _likest(old, new)
    taken = {before for before, _ in likest.values()}
    for _, alike, before, code in pairs:
        if before not in taken:
            likest.setdefault(code, (before, alike))
    found = {}
    for code in new:
        before, alike = likest.get(code, ("", 0.0))
        ground = Ground.NOTHING if before not in taken else Ground.CODE_AND_TEXT if before == code else Ground.TEXT
        found[code] = Suggestion(code, before, ground, alike)
    return found


def suggested_links(older: Library, newer: Library) -> Links:
    """The links that the suggestions make."""
    return {code: suggestion.links for code, suggestion in suggestions(older, newer).items()}


def composed(first: Links, second: Links) -> Links:
    """The links from before `first` to after `second`."""
    return {
        code: tuple(dict.fromkeys(before for between in links for before in first.get(between, ())))
        for code, links in second.items()
    }


def strangers(older: Library, newer: Library, links: Links) -> tuple[str, ...]:
    """Codes in the links that the versions do not have, once each; a sound mapping has none."""
    old, new = _by_code(older), _by_code(newer)
    unknown = [code for code in links if code not in new]
    unknown += [code for codes in links.values() for code in codes if code not in old]
    return tuple(dict.fromkeys(unknown))


def lines_between(older: Library, newer: Library, links: Links) -> tuple[Line, ...]:
    """Every criterion of both versions in exactly one line. Raises KeyError for codes that are strangers."""
    if unknown := strangers(older, newer, links):
        raise KeyError(*unknown)
    old, new = _by_code(older), _by_code(newer)
    lines, done = [], set[str]()
    for code in new:
        if code not in done:
            before, after = _together(code, links)
            done |= after
            lines.append(_line(old, new, tuple(c for c in old if c in before), tuple(c for c in new if c in after)))
    linked = {code for line in lines for code in line.older}
    return (*lines, *(Line(LineKind.DROPPED, (code,), ()) for code in old if code not in linked))


def asks_the_same(one: Criterion, other: Criterion) -> bool:
    """Whether an answer to one is an answer to the other; codes, headings and English words do not matter."""
    return _substance(one) == _substance(other)


def _line(
    old: Mapping[str, Criterion], new: Mapping[str, Criterion], before: tuple[str, ...], after: tuple[str, ...]
) -> Line:
    if not before:
        return Line(LineKind.NEW, (), after)
    if len(before) > 1:
        return Line(LineKind.MERGED, before, after)
    if len(after) > 1:
        return Line(LineKind.SPLIT, before, after)
    one, other = old[before[0]], new[after[0]]
    kind = LineKind.SAME if asks_the_same(one, other) else LineKind.CHANGED
    return Line(kind, before, after, tuple(_leaves(one, other)))


def _together(code: str, links: Links) -> tuple[set[str], set[str]]:
    """The older and the newer codes that hang together with a newer one."""
    before, after = set(links.get(code, ())), {code}
    while grown := {c for c, froms in links.items() if c not in after and before.intersection(froms)}:
        after |= grown
        before.update(*(links[c] for c in grown))
    return before, after


def _leaves(one: Criterion, other: Criterion) -> Iterator[tuple[str, str]]:
    if not one.parts and not other.parts:
        if one.leaves[0].is_yes_or_no == other.leaves[0].is_yes_or_no:
            yield one.code, other.code
        return
    likest, _ = _likest({p.code: p.th for p in one.parts}, {p.code: p.th for p in other.parts})
    yield from ((likest[part.code][0], part.code) for part in other.parts if part.code in likest)


def _likest(
    old: Mapping[str, str], new: Mapping[str, str]
) -> tuple[dict[str, tuple[str, float]], list[tuple[float, float, str, str]]]:
    """Older code and similarity by newer code, for what is alike; and all pairs, the likest first.

    A pair is likeness, similarity, older and newer code. Pairs of one likeness stand in the order of the newer texts.
    """
    older = {before: letter_pairs(text) for before, text in old.items()}
    pairs = []
    for code, text in new.items():
        letters = letter_pairs(text)
        for before, others in older.items():
            alike = overlap(others, letters)
            pairs.append((alike + KEPT_CODE * (before == code), alike, before, code))
    pairs.sort(key=lambda pair: -pair[0])
    found: dict[str, tuple[str, float]] = {}
    taken: set[str] = set()
    for likeness, alike, before, code in pairs:
        if likeness >= ALIKE and code not in found and before not in taken:
            found[code] = (before, alike)
            taken.add(before)
    return found, pairs


def _substance(criterion: Criterion) -> object:
    parts = [(part.th, part.max_score) for part in criterion.parts]
    return (
        criterion.th,
        criterion.asks_th,
        criterion.kind,
        criterion.max_score,
        criterion.may_not_apply,
        set(criterion.evidence),
        parts,
    )


def _text(criterion: Criterion) -> str:
    return f"{criterion.th} {criterion.asks_th}"


def _by_code(library: Library) -> Mapping[str, Criterion]:
    return {criterion.code: criterion for criterion in library.criteria()}
