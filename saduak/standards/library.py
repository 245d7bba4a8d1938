"""The one way to read a criteria library from its YAML source (การอ่านชุดเกณฑ์).

The format is `saduak-criteria/1`; docs/criteria-format.md explains every key. A source that is not sound is refused
with every problem at its line and column, not with the first one only. Anchors, aliases and tags are refused, so a
source is as long as it looks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from ruamel.yaml.nodes import MappingNode, Node

from saduak.standards.criteria import (
    Aspect,
    Criterion,
    Evidence,
    Group,
    Kind,
    Leaf,
    Level,
    Library,
    Named,
    Part,
    Strand,
    StrandKind,
    Waiving,
)
from saduak.standards.source import LibraryRefused, Problem, Reader

__all__ = [
    "FORMAT",
    "Aspect",
    "Criterion",
    "Evidence",
    "Group",
    "Kind",
    "Leaf",
    "Level",
    "Library",
    "LibraryRefused",
    "Named",
    "Part",
    "Problem",
    "Strand",
    "StrandKind",
    "Waiving",
    "load",
]

FORMAT = "saduak-criteria/1"
COLOURS = ("blue", "silver", "gold", "bronze")
SUM_UP_TO_MAX = "sum_up_to_max"
ID = r"[a-z0-9][a-z0-9-]{1,39}"
CODE = r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}"
FIGURE = r"[a-z_]+\.[a-z0-9_]+"
ZERO = Decimal(0)

TITLED = {"code": True, "th": True, "en": False}
LIBRARY_KEYS = {
    "format": True,
    "id": True,
    "cycle_be": True,
    "title": True,
    "max_score": True,
    "rounding": True,
    "not_applicable": False,
    "levels": True,
    "aspects": False,
    "strands": True,
}
LEVEL_KEYS = TITLED | {"min": True, "colour": True}
STRAND_KEYS = TITLED | {"kind": True, "max_score": False, "criteria": False, "groups": False}
INHERITED = {"points_each": False, "provisional": False, "may_not_apply": False}
GROUP_KEYS = TITLED | INHERITED | {"max_score": False, "criteria": True}
CRITERION_KEYS = TITLED | {
    "aspect": False,
    "asks": False,
    "evidence": False,
    "measured_by": False,
    "points": False,
    "max_score": False,
    "combine": False,
    "parts": False,
    "provisional": False,
    "may_not_apply": False,
}
PART_KEYS = TITLED | {"max_score": True, "provisional": False, "measured_by": False}

T = TypeVar("T")


def load(text: str) -> Library:
    """Read a library from its YAML source. Raises LibraryRefused with all problems at once."""
    reader = Reader(text)
    library = _Walk(reader).library(reader.root) if reader.root is not None else None
    if reader.problems or library is None:
        raise LibraryRefused(tuple(sorted(reader.problems, key=lambda problem: (problem.line, problem.column))))
    return library


@dataclass(frozen=True)
class _Inherited:
    """What a criterion takes over from its strand and its group."""

    strand: str
    kind: StrandKind
    group: str = ""
    points: Decimal | None = None
    provisional: bool = False
    may_not_apply: bool = False


class _Walk:
    """One walk over the tree of the source; every method returns what it could read and notes what it could not."""

    def __init__(self, reader: Reader) -> None:
        self.read = reader
        self.codes: dict[str, int] = {}
        self.aspects: tuple[Aspect, ...] = ()
        self.waiving = Waiving.NOT_ALLOWED
        self.step = Decimal("0.01")

    def library(self, node: Node) -> Library:
        keys = self.read.mapping(node, LIBRARY_KEYS)
        self.read.choice(keys.get("format"), (FORMAT,), "unknown_format")
        th, en = self._languages(keys.get("title"))
        cycle = self.read.whole(keys.get("cycle_be"), 2500, 2700)
        self.step = self._rounding(keys.get("rounding"))
        maximum = self._max(keys.get("max_score"))
        if "not_applicable" in keys:
            self.waiving = Waiving(self.read.choice(keys["not_applicable"], tuple(Waiving)) or Waiving.NOT_ALLOWED)
        self.aspects = self._each(keys.get("aspects"), self._aspect, {})
        levels = self._levels(keys.get("levels"), maximum)
        strands = self._each(keys.get("strands"), self._strand, self.codes)
        scored = [strand for strand in strands if strand.kind is StrandKind.SCORED]
        self._adds_up(keys.get("max_score"), maximum, (strand.max_score for strand in scored))
        return Library(
            code=self.read.text(keys.get("id"), pattern=ID),
            th=th,
            en=en,
            cycle_be=cycle,
            max_score=maximum,
            score_step=self.step,
            waiving=self.waiving,
            levels=levels,
            aspects=self.aspects,
            strands=strands,
        )

    def _max(self, node: Node | None) -> Decimal:
        """Points that a score can reach; finer than the rounding they would be lost in it."""
        points = self.read.points(node)
        if node is not None and points % self.step:
            self.read.problem(node, "finer_than_the_step", value=points, step=self.step)
        return points

    def _rounding(self, node: Node | None) -> Decimal:
        keys = self.read.mapping(node, {"score": True, "level": True})
        self.read.choice(keys.get("level"), ("none",))
        return Decimal(self.read.choice(keys.get("score"), ("0.01", "0.1", "1")) or "0.01")

    def _levels(self, node: Node | None, maximum: Decimal) -> tuple[Level, ...]:
        minima: list[tuple[Node, Decimal]] = []

        def level(node: Node) -> Level:
            keys = self.read.mapping(node, LEVEL_KEYS)
            least = self._max(keys.get("min"))
            if least:
                minima.append((keys["min"], least))
            return Level(**self._titled(keys), min=least, colour=self.read.choice(keys.get("colour"), COLOURS))

        levels = self._each(node, level, {})
        for (_, lower), (place, higher) in pairwise(minima):
            if higher <= lower:
                self.read.problem(place, "levels_out_of_order", lower=lower, higher=higher)
        for place, least in minima:
            if maximum and least > maximum:
                self.read.problem(place, "level_out_of_reach", min=least, max=maximum)
        return levels

    def _aspect(self, node: Node) -> Aspect:
        return Aspect(**self._titled(self.read.mapping(node, TITLED)))

    def _strand(self, node: Node) -> Strand:
        keys = self.read.mapping(node, STRAND_KEYS)
        titled = self._titled(keys)
        kind = StrandKind(self.read.choice(keys.get("kind"), tuple(StrandKind)) or StrandKind.SCORED)
        inherited = _Inherited(titled["code"], kind)
        if ("criteria" in keys) == ("groups" in keys):
            self.read.problem(node, "criteria_or_groups", code=titled["code"])
        groups = self._each(keys["groups"], self._group(inherited), self.codes) if "groups" in keys else ()
        own = self._each(keys["criteria"], self._criterion(inherited), self.codes) if "criteria" in keys else ()
        strand = Strand(**titled, kind=kind, max_score=ZERO, groups=groups, own_criteria=own)
        maximum = self._strand_maximum(node, keys, strand)
        if kind is StrandKind.SCORED and strand.criteria and all(c.may_not_apply for c in strand.criteria):
            self.read.problem(node, "everything_may_not_apply", code=titled["code"])
        return Strand(**titled, kind=kind, max_score=maximum, groups=groups, own_criteria=own)

    def _strand_maximum(self, node: Node, keys: dict[str, Node], strand: Strand) -> Decimal:
        if strand.kind is StrandKind.GATE:
            self._no_points(keys, strand.code, "max_score")
            return ZERO
        if "max_score" not in keys:
            self.read.problem(node, "missing_key", key="max_score")
            return ZERO
        maximum = self._max(keys["max_score"])
        self._adds_up(keys["max_score"], maximum, (criterion.max_score for criterion in strand.criteria))
        return maximum

    def _group(self, above: _Inherited) -> Callable[[Node], Group]:
        def group(node: Node) -> Group:
            keys = self.read.mapping(node, GROUP_KEYS)
            titled = self._titled(keys)
            provisional = self.read.flag(keys.get("provisional"))
            points = None
            if above.kind is StrandKind.GATE:
                self._no_points(keys, titled["code"], "points_each", "max_score")
            elif "points_each" in keys:
                points = self._max(keys["points_each"])
            inherited = _Inherited(
                strand=above.strand,
                kind=above.kind,
                group=titled["code"],
                points=points,
                provisional=provisional,
                may_not_apply=self._may_not_apply(keys, above.kind),
            )
            criteria = self._each(keys.get("criteria"), self._criterion(inherited), self.codes)
            total = sum((criterion.max_score for criterion in criteria), ZERO)
            if "max_score" in keys and above.kind is StrandKind.SCORED:
                self._adds_up(keys["max_score"], self._max(keys["max_score"]), [total])
            return Group(**titled, max_score=total, provisional=provisional, criteria=criteria)

        return group

    def _criterion(self, above: _Inherited) -> Callable[[Node], Criterion]:
        def criterion(node: Node) -> Criterion:
            keys = self.read.mapping(node, CRITERION_KEYS)
            titled = self._titled(keys)
            parts = self._each(keys["parts"], self._part, self.codes) if "parts" in keys else ()
            kind, maximum = self._points(node, keys, above, parts)
            asks_th, asks_en = self._asks(keys.get("asks"))
            return Criterion(
                **titled,
                kind=kind,
                strand=above.strand,
                group=above.group,
                aspect=self._aspect_of(keys.get("aspect")),
                max_score=maximum,
                asks_th=asks_th,
                asks_en=asks_en,
                evidence=self._evidence(keys.get("evidence")),
                measured_by=self._figure(keys),
                provisional=self.read.flag(keys["provisional"]) if "provisional" in keys else above.provisional,
                may_not_apply=self._may_not_apply(keys, above.kind, above.may_not_apply),
                parts=parts,
            )

        return criterion

    def _points(
        self, node: Node, keys: dict[str, Node], above: _Inherited, parts: tuple[Part, ...]
    ) -> tuple[Kind, Decimal]:
        """How a criterion is answered, and its most points, from the keys it has."""
        code = self.read.quietly(keys.get("code"))
        if above.kind is StrandKind.GATE:
            self._no_points(keys, code, "points", "max_score", "parts", "combine")
            return Kind.GATE, ZERO
        if "max_score" not in keys:
            for key in ("parts", "combine"):
                if key in keys:
                    self.read.problem(keys[key], "needs_max_score", key=key, code=code)
            if "points" in keys:
                return Kind.FIXED, self._max(keys["points"])
            if above.points is None:
                self.read.problem(node, "missing_points", code=code)
            return Kind.FIXED, above.points or ZERO
        if "points" in keys:
            self.read.problem(keys["points"], "points_and_max_score", code=code)
        maximum = self._max(keys["max_score"])
        if "combine" not in keys:
            if "parts" in keys:
                self._adds_up(keys["max_score"], maximum, (part.max_score for part in parts))
            return Kind.GRADED, maximum
        self.read.choice(keys["combine"], (SUM_UP_TO_MAX,))
        if "parts" not in keys:
            self.read.problem(node, "missing_key", key="parts")
        reachable = sum((part.max_score for part in parts), ZERO)
        if parts and all(part.max_score for part in parts) and reachable < maximum:
            self.read.problem(keys["max_score"], "maximum_out_of_reach", max=maximum, sum=reachable)
        return Kind.ADDITIVE, maximum

    def _part(self, node: Node) -> Part:
        keys = self.read.mapping(node, PART_KEYS)
        return Part(
            **self._titled(keys),
            max_score=self._max(keys.get("max_score")),
            provisional=self.read.flag(keys.get("provisional")),
            measured_by=self._figure(keys),
        )

    def _titled(self, keys: dict[str, Node]) -> dict[str, str]:
        return {
            "code": self.read.text(keys.get("code"), pattern=CODE),
            "th": self.read.thai(keys.get("th")),
            "en": self.read.text(keys["en"]) if "en" in keys else "",
        }

    def _languages(self, node: Node | None) -> tuple[str, str]:
        keys = self.read.mapping(node, {"th": True, "en": False})
        return self.read.thai(keys.get("th")), self.read.text(keys["en"]) if "en" in keys else ""

    def _asks(self, node: Node | None) -> tuple[str, str]:
        """A mapping of both languages, or a bare text, which is English."""
        return self._languages(node) if isinstance(node, MappingNode) else ("", self.read.text(node))

    def _aspect_of(self, node: Node | None) -> str:
        if node is None:
            return ""
        code = self.read.text(node)
        if code and code not in {aspect.code for aspect in self.aspects}:
            self.read.problem(node, "unknown_aspect", value=code)
        return code

    def _evidence(self, node: Node | None) -> tuple[Evidence, ...]:
        chosen = []
        for item in self.read.sequence(node) if node is not None else ():
            kind = self.read.choice(item, tuple(Evidence))
            if kind in chosen:
                self.read.problem(item, "duplicate_value", value=kind)
            elif kind:
                chosen.append(Evidence(kind))
        return tuple(chosen)

    def _figure(self, keys: dict[str, Node]) -> str:
        return self.read.text(keys["measured_by"], pattern=FIGURE) if "measured_by" in keys else ""

    def _may_not_apply(self, keys: dict[str, Node], kind: StrandKind, inherited: bool = False) -> bool:
        if "may_not_apply" not in keys:
            return inherited
        may = self.read.flag(keys["may_not_apply"])
        if may and kind is StrandKind.GATE:
            self.read.problem(keys["may_not_apply"], "gate_must_apply")
        elif may and self.waiving is Waiving.NOT_ALLOWED:
            self.read.problem(keys["may_not_apply"], "waiving_not_allowed")
        return may

    def _no_points(self, keys: dict[str, Node], code: str, *names: str) -> None:
        for name in names:
            if name in keys:
                self.read.problem(keys[name], "gate_with_points", key=name, code=code)

    def _adds_up(self, node: Node | None, stated: Decimal, below: Iterable[Decimal]) -> None:
        """Note a stated maximum that is not the sum of what is below it; what could not be read is noted already."""
        points = list(below)
        total = sum(points, ZERO)
        if node is not None and stated and all(points) and total != stated:
            self.read.problem(node, "points_do_not_add_up", stated=stated, sum=total)

    def _each(self, node: Node | None, make: Callable[[Node], T], taken: dict[str, int]) -> tuple[T, ...]:
        """Make every item of a list that must not be empty, and note codes that were taken before, with their line."""
        if node is None:
            return ()
        made = []
        for item in self.read.sequence(node):
            place = self.read.value_of(item, "code")
            code = self.read.quietly(place)
            if code and code in taken:
                self.read.problem(place or item, "duplicate_code", code=code, first_line=taken[code])
            elif code:
                taken[code] = item.start_mark.line + 1
            if isinstance(item, MappingNode):
                made.append(make(item))
            else:
                self.read.mapping(item, {})
        return tuple(made)
