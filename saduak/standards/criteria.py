"""A criteria library as a value: strands, groups, criteria, parts and levels (ชุดเกณฑ์).

`library.load` makes these from a source and has checked them; nothing here can be unsound by then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from saduak.standards.plan import Plan, PlannedItem, PlannedLeaf, PlannedStrand


class Kind(StrEnum):
    """How a criterion is answered: met or not without points, met or not with points, points, or features added up."""

    GATE = "gate"
    FIXED = "fixed"
    GRADED = "graded"
    ADDITIVE = "additive"


class StrandKind(StrEnum):
    """Whether a strand (ด้าน) lets an application through, or gives points."""

    GATE = "gate"
    SCORED = "scored"


class Evidence(StrEnum):
    """What can show that a criterion is met."""

    DOCUMENT = "document"
    PHOTO = "photo"
    MEASURE = "measure"
    VISIT = "visit"


class Waiving(StrEnum):
    """What a version says about criteria that do not apply to a centre."""

    NOT_ALLOWED = "not_allowed"
    REDISTRIBUTE = "redistribute"


@dataclass(frozen=True)
class Named:
    """Anything with a code and a title; the English title falls back to the Thai one."""

    code: str
    th: str
    en: str

    def title(self, language: str) -> str:
        """The title in `language`, Thai where there is no other."""
        return self.en if language == "en" and self.en else self.th

    def __str__(self) -> str:
        return f"{self.code} {self.th}"


@dataclass(frozen=True)
class Level(Named):
    """A level of certification (ระดับ), reached from `min` points on."""

    min: Decimal
    colour: str


@dataclass(frozen=True)
class Aspect(Named):
    """A cross-cutting view of the criteria: place, service, people, technology (มิติ)."""


@dataclass(frozen=True)
class Part(Named):
    """A part of a criterion with points of its own (ข้อย่อย)."""

    max_score: Decimal
    provisional: bool
    measured_by: str


@dataclass(frozen=True)
class Criterion(Named):
    """One criterion (ข้อเกณฑ์); `max_score` is 0 for a gate, `strand` and `group` are codes (group may be empty).

    `asks_th` and `asks_en` say what is asked in plain words; either may be empty. `measured_by` names a figure that the
    platform counts itself, as `package.figure`.
    """

    kind: Kind
    strand: str
    group: str
    aspect: str
    max_score: Decimal
    asks_th: str
    asks_en: str
    evidence: tuple[Evidence, ...]
    measured_by: str
    provisional: bool
    may_not_apply: bool
    parts: tuple[Part, ...]

    @cached_property
    def leaves(self) -> tuple["Leaf", ...]:
        """What is answered: the parts, or the criterion itself."""
        if self.parts:
            return tuple(Leaf(part.code, self, part.max_score) for part in self.parts)
        return (Leaf(self.code, self, self.max_score),)

    @property
    def is_provisional(self) -> bool:
        """Whether any of it, wording or points, is not from the official booklet."""
        return self.provisional or any(part.provisional for part in self.parts)

    def asks(self, language: str) -> str:
        """What is asked, in `language` where the library has it, else in the other one."""
        first, other = (self.asks_en, self.asks_th) if language == "en" else (self.asks_th, self.asks_en)
        return first or other


@dataclass(frozen=True)
class Leaf:
    """One answer to give: a criterion without parts, or a part."""

    code: str
    criterion: Criterion
    max_score: Decimal

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it is answered met or not met, and not with points."""
        return self.criterion.kind in (Kind.GATE, Kind.FIXED)


@dataclass(frozen=True)
class Group(Named):
    """Criteria under one heading (กลุ่ม); `max_score` is their sum."""

    max_score: Decimal
    provisional: bool
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Strand(Named):
    """A main part of the criteria (ด้าน): all gates, or all scored; either `groups` or `own_criteria` is empty."""

    kind: StrandKind
    max_score: Decimal
    groups: tuple[Group, ...]
    own_criteria: tuple[Criterion, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All of its criteria in order, whether grouped or not."""
        return self.own_criteria or tuple(criterion for group in self.groups for criterion in group.criteria)


@dataclass(frozen=True)
class Library(Named):
    """One version of the criteria; `code` is its id, points are Decimal, `cycle_be` a Buddhist-era year.

    `score_step` is the smallest difference between two scores; strand scores are rounded half up to it. A level begins
    exactly at its minimum: nothing is rounded before the comparison.
    """

    cycle_be: int
    max_score: Decimal
    score_step: Decimal
    waiving: Waiving
    levels: tuple[Level, ...]
    aspects: tuple[Aspect, ...]
    strands: tuple[Strand, ...]

    def criteria(self) -> Iterator[Criterion]:
        """Every criterion in the order of the source."""
        for strand in self.strands:
            yield from strand.criteria

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code. Raises KeyError."""
        return self._by_code[code]

    def aspect(self, code: str) -> Aspect | None:
        """The aspect of that code, if the library has it."""
        return next((aspect for aspect in self.aspects if aspect.code == code), None)

    def level(self, code: str) -> Level | None:
        """The level of that code, if the library has it."""
        return next((level for level in self.levels if level.code == code), None)

    def has(self, code: str) -> bool:
        """Whether `code` names a criterion or a part of one."""
        return code in self._by_code or code in self.leaves

    @cached_property
    def leaves(self) -> Mapping[str, Leaf]:
        """Everything that is answered, by code, in the order of the source."""
        return {leaf.code: leaf for criterion in self.criteria() for leaf in criterion.leaves}

    @cached_property
    def gates(self) -> tuple[Criterion, ...]:
        """The criteria that must be met before points count."""
        return tuple(criterion for criterion in self.criteria() if criterion.kind is Kind.GATE)

    def level_for(self, total: Decimal, gates_met: bool) -> Level | None:
        """The highest level whose minimum `total` reaches; none at all while a gate is missing."""
        reached = [level for level in self.levels if total >= level.min]
        return reached[-1] if gates_met and reached else None

    @cached_property
    def plan(self) -> Plan:
        """How this version is added up, in hundredths: what the server and a device without signal both score by."""
        return Plan(
            step=hundredths(self.score_step),
            strands=tuple(_planned(strand, self.waiving) for strand in self.strands),
            levels=tuple((level.code, hundredths(level.min)) for level in self.levels),
        )

    @cached_property
    def _by_code(self) -> Mapping[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria()}


def hundredths(points: Decimal) -> int:
    """Points as whole hundredths; no source says them finer."""
    return int(points.scaleb(2))


def _planned(strand: Strand, waiving: Waiving) -> PlannedStrand:
    return PlannedStrand(
        code=strand.code,
        is_scored=strand.kind is StrandKind.SCORED,
        items=tuple(
            PlannedItem(
                code=criterion.code,
                most=hundredths(criterion.max_score),
                is_gate=criterion.kind is Kind.GATE,
                may_be_waived=criterion.may_not_apply and waiving is not Waiving.NOT_ALLOWED,
                leaves=tuple(
                    PlannedLeaf(leaf.code, hundredths(leaf.max_score), leaf.is_yes_or_no) for leaf in criterion.leaves
                ),
            )
            for criterion in strand.criteria
        ),
        groups={group.code: tuple(criterion.code for criterion in group.criteria) for group in strand.groups},
    )
