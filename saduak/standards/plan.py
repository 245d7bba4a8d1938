"""How a version of the criteria is added up, as plain data and a few lines of arithmetic (แผนการคิดคะแนน).

A library compiles itself into a `Plan`. The server scores by `evaluate`; an assessor's device without signal takes the
same plan along as JSON and scores it by `static/standards/score.js`, which is this file in another language. Whatever
is particular to a version (what is a gate, what may be waived, maxima, steps, minima) stands in the plan and in neither
program. All numbers are whole hundredths of a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

MET, NOT_MET, NOT_APPLICABLE = "met", "not_met", "not_applicable"


@dataclass(frozen=True)
class PlannedLeaf:
    """One answer: a verdict, or points from 0 to `most`."""

    code: str
    most: int
    is_verdict: bool


@dataclass(frozen=True)
class PlannedItem:
    """One criterion; its leaves add up to `most` at the most."""

    code: str
    most: int
    is_gate: bool
    may_be_waived: bool
    leaves: tuple[PlannedLeaf, ...]


@dataclass(frozen=True)
class PlannedStrand:
    """A strand; only a scored one gives points. `groups` names the criteria of each group."""

    code: str
    is_scored: bool
    items: tuple[PlannedItem, ...]
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Plan:
    """A whole version: strands are rounded half up to `step`; `levels` are codes with their minima, lowest first."""

    step: int
    strands: tuple[PlannedStrand, ...]
    levels: tuple[tuple[str, int], ...]

    @cached_property
    def items(self) -> tuple[PlannedItem, ...]:
        """Every criterion in the order of the source."""
        return tuple(item for strand in self.strands for item in strand.items)

    @cached_property
    def leaves(self) -> Mapping[str, PlannedLeaf]:
        """Everything that is answered, by code."""
        return {leaf.code: leaf for item in self.items for leaf in item.leaves}

    @cached_property
    def waivable(self) -> frozenset[str]:
        """Codes of criteria that need not apply."""
        return frozenset(item.code for item in self.items if item.may_be_waived)

    def as_json(self) -> dict[str, Any]:
        """The plan as it is taken along: only lists, words, whole numbers and truth values."""
        return {
            "format": "saduak-scoring-plan/1",
            "step": self.step,
            "levels": [{"code": code, "min": least} for code, least in self.levels],
            "strands": [
                {
                    "code": strand.code,
                    "scored": strand.is_scored,
                    "groups": [{"code": code, "items": list(items)} for code, items in strand.groups.items()],
                    "items": [
                        {
                            "code": item.code,
                            "most": item.most,
                            "gate": item.is_gate,
                            "waivable": item.may_be_waived,
                            "leaves": [
                                {"code": leaf.code, "most": leaf.most, "verdict": leaf.is_verdict}
                                for leaf in item.leaves
                            ],
                        }
                        for item in strand.items
                    ],
                }
                for strand in self.strands
            ],
        }


class Outcome(NamedTuple):
    """A score in hundredths; `level` and `aim` are codes, empty for none, and `missing` is what `aim` still needs."""

    total: int
    by_strand: Mapping[str, int]
    by_group: Mapping[str, int]
    by_item: Mapping[str, int]
    failed_gates: tuple[str, ...]
    unanswered: tuple[str, ...]
    waived: tuple[str, ...]
    level: str
    aim: str
    missing: int


def evaluate(plan: Plan, answers: Mapping[str, Any]) -> Outcome:
    """The score of answers that fit the plan: words, or hundredths, by code; None or a missing code is unanswered."""
    waived = tuple(code for code in (item.code for item in plan.items) if answers.get(code) == NOT_APPLICABLE)
    by_item = {item.code: 0 if item.code in waived else _awarded(item, answers) for item in plan.items}
    by_group: dict[str, int] = {}
    by_strand: dict[str, int] = {}
    for strand in plan.strands:
        for code, items in strand.groups.items():
            by_group[code] = sum(by_item[item] for item in items)
        if strand.is_scored:
            by_strand[strand.code] = _share(strand, by_item, waived, plan.step)
    total = sum(by_strand.values())
    failed = tuple(item.code for item in plan.items if item.is_gate and answers.get(item.code) != MET)
    reached = [code for code, least in plan.levels if total >= least]
    above = [(code, least) for code, least in plan.levels if least > total]
    aim, least = "", total
    if failed:
        aim, least = (reached[-1], total) if reached else plan.levels[0]
    elif above:
        aim, least = above[0]
    return Outcome(
        total=total,
        by_strand=by_strand,
        by_group=by_group,
        by_item=by_item,
        failed_gates=failed,
        unanswered=tuple(
            leaf.code
            for item in plan.items
            if item.code not in waived
            for leaf in item.leaves
            if answers.get(leaf.code) is None
        ),
        waived=waived,
        level=reached[-1] if reached and not failed else "",
        aim=aim,
        missing=max(least - total, 0),
    )


def problem_with(plan: Plan, code: str, answer: Any) -> str:
    """Why the plan does not allow an answer; "" when it does."""
    if answer == NOT_APPLICABLE:
        return "" if code in plan.waivable else "must_apply"
    leaf = plan.leaves.get(code)
    if leaf is None:
        return "unknown_code"
    if leaf.is_verdict != isinstance(answer, str):
        return "wants_a_verdict" if leaf.is_verdict else "wants_points"
    if isinstance(answer, str):
        return ""
    if answer < 0 or answer > leaf.most:
        return "out_of_range"
    return "finer_than_the_step" if answer % plan.step else ""


def _awarded(item: PlannedItem, answers: Mapping[str, Any]) -> int:
    """Points of one criterion; nothing for what is unanswered."""
    total = 0
    for leaf in item.leaves:
        answer = answers.get(leaf.code)
        if answer == MET:
            total += leaf.most
        elif answer is not None and answer != NOT_MET:
            total += answer
    return min(total, item.most)


def _share(strand: PlannedStrand, by_item: Mapping[str, int], waived: tuple[str, ...], step: int) -> int:
    """A strand's points, scaled by its maximum over the maximum of what applies, rounded half up to `step`."""
    given = sum(by_item[item.code] for item in strand.items)
    whole = sum(item.most for item in strand.items)
    applies = sum(item.most for item in strand.items if item.code not in waived)
    # The library has made sure that something always applies. Half up, in whole numbers: (2a + b) // 2b.
    return (2 * given * whole + applies * step) // (2 * applies * step) * step
