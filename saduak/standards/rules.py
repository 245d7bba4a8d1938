"""Scores, levels and the consolidation of several score sheets (การคิดคะแนน).

Points go in and come out as Decimal; between them they are whole hundredths, added up by the version's own plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from saduak.standards.criteria import Leaf, Level, Library, hundredths
from saduak.standards.plan import Outcome, evaluate, problem_with

ZERO = Decimal(0)


class Verdict(StrEnum):
    """The answers that are not points; a fixed item is met with all of its points or not met with none."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


Answer = Verdict | Decimal
Answers = Mapping[str, Answer | None]
"""Answers by code of the leaf; None or a missing code is unanswered.

Gates and fixed criteria take MET or NOT_MET; graded criteria without parts, and parts, take points. Where the library
allows it, NOT_APPLICABLE stands under the code of the whole criterion.
"""


class WrongAnswer(NamedTuple):
    """An answer that the library does not allow: whose, and why."""

    leaf: str
    code: str


class AnswersRefused(ValueError):
    """Some answers do not fit the library; `problems` names all of them."""

    def __init__(self, problems: tuple[WrongAnswer, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.leaf}: {problem.code}" for problem in problems))


@dataclass(frozen=True)
class Missing:
    """What keeps an application from `level`: points still to gain, and gates still to meet."""

    level: Level
    points: Decimal
    gates: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """A score, in points; codes are those of the library.

    `by_criterion` and `by_group` are points awarded; `by_strand` are those points after redistribution and rounding,
    and `total` is their sum. `level` is None below the lowest level and whenever a gate is missing.
    """

    total: Decimal
    by_strand: Mapping[str, Decimal]
    by_group: Mapping[str, Decimal]
    by_criterion: Mapping[str, Decimal]
    gates_met: bool
    failed_gates: tuple[str, ...]
    unanswered: tuple[str, ...]
    not_applicable: tuple[str, ...]
    level: Level | None
    missing_for_next_level: Missing | None

    @property
    def is_complete(self) -> bool:
        """Whether everything was answered."""
        return not self.unanswered


def read_answer(leaf: Leaf, text: str) -> Answer | None:
    """What a person typed or a table holds, as an answer; an empty text is unanswered. Raises AnswersRefused."""
    if not text.strip():
        return None
    try:
        return Verdict(text) if text in set(Verdict) else Decimal(text.strip())
    except InvalidOperation:
        raise AnswersRefused((WrongAnswer(leaf.code, "not_a_number"),)) from None


def problems_with(library: Library, answers: Answers) -> tuple[WrongAnswer, ...]:
    """Every answer that the library does not allow, in the order given."""
    found = ((code, _problem_with(library, code, answer)) for code, answer in answers.items() if answer is not None)
    return tuple(WrongAnswer(code, problem) for code, problem in found if problem)


def score(library: Library, answers: Answers) -> Result:
    """The score of one sheet. Raises AnswersRefused.

    Gates fail closed: an unanswered gate is not met. Where a criterion does not apply and the version redistributes,
    the points of its strand are scaled up to the strand's maximum and rounded half up to the version's step.
    """
    if problems := problems_with(library, answers):
        raise AnswersRefused(problems)
    reached = evaluate(library.plan, {code: _planned(answer) for code, answer in answers.items()})
    return Result(
        total=_points(reached.total),
        by_strand={code: _points(points) for code, points in reached.by_strand.items()},
        by_group={code: _points(points) for code, points in reached.by_group.items()},
        by_criterion={code: _points(points) for code, points in reached.by_item.items()},
        gates_met=not reached.failed_gates,
        failed_gates=reached.failed_gates,
        unanswered=reached.unanswered,
        not_applicable=reached.waived,
        level=library.level(reached.level),
        missing_for_next_level=_missing(library, reached),
    )


def _missing(library: Library, reached: Outcome) -> Missing | None:
    """What is missing for the next level up, or for the level that the points alone would give; None at the top."""
    aim = library.level(reached.aim)
    return Missing(aim, _points(reached.missing), reached.failed_gates) if aim else None


class Line(NamedTuple):
    """One leaf on several sheets: every answer in the order of the sheets, and the answer to propose."""

    leaf: Leaf
    answers: tuple[Answer | None, ...]
    equal: bool
    proposal: Answer | None

    @property
    def lowest(self) -> Decimal | None:
        """The lowest points given; None when nobody gave points."""
        return min(self._given, default=None)

    @property
    def highest(self) -> Decimal | None:
        """The highest points given; None when nobody gave points."""
        return max(self._given, default=None)

    @property
    def spread(self) -> Decimal:
        """Highest less lowest, in points."""
        given = self._given
        return max(given) - min(given) if given else ZERO

    @property
    def _given(self) -> list[Decimal]:
        worth = {Verdict.MET: self.leaf.max_score, Verdict.NOT_MET: ZERO}
        values = (worth.get(answer) if isinstance(answer, Verdict) else answer for answer in self.answers)
        return [value for value in values if value is not None]


def consolidate(library: Library, sheets: Sequence[Answers]) -> tuple[Line, ...]:
    """All sheets of one visit beside each other, one line per leaf in the order of the library.

    Where the sheets are equal the proposal is what they say. Where they differ: met only by a majority of all sheets,
    not applicable only by such a majority, points by the median of those given, and of two middle values the lower.
    A leaf that somebody left unanswered is not equal; one that everybody left has no proposal.
    """
    lines = []
    for code, leaf in library.leaves.items():
        answers = tuple([sheet.get(code) for sheet in sheets])
        if leaf.criterion.may_not_apply:
            whole = leaf.criterion.code
            answers = tuple(
                Verdict.NOT_APPLICABLE if sheet.get(whole) is Verdict.NOT_APPLICABLE else sheet.get(code)
                for sheet in sheets
            )
        first = answers[0] if answers else None
        equal = first is not None and answers.count(first) == len(answers)
        lines.append(Line(leaf, answers, equal, first if equal else _proposal(leaf, answers)))
    return tuple(lines)


def proposed_answers(lines: Iterable[Line]) -> dict[str, Answer]:
    """The proposals as a sheet that can be scored."""
    proposed: dict[str, Answer] = {}
    for leaf, _answers, _equal, proposal in lines:
        if proposal is not None:
            proposed[leaf.criterion.code if proposal is Verdict.NOT_APPLICABLE else leaf.code] = proposal
    return proposed


class Place(NamedTuple):
    """A place in a ranking; equal totals share a place, and the place after them is skipped."""

    place: int
    reference: str
    total: Decimal


def ranked(totals: Mapping[str, Decimal]) -> list[Place]:
    """References by total, highest first; equal totals in the order of their references."""
    places: list[Place] = []
    for position, (reference, total) in enumerate(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])), 1):
        shared = bool(places) and places[-1].total == total
        places.append(Place(places[-1].place if shared else position, reference, total))
    return places


def _problem_with(library: Library, code: str, answer: object) -> str:
    if not isinstance(answer, Verdict | Decimal):
        return "wrong_type"
    if isinstance(answer, Decimal) and not answer.is_finite():
        return "out_of_range" if code in library.leaves else "unknown_code"
    return problem_with(library.plan, code, answer if isinstance(answer, Verdict) else answer.scaleb(2))


def _planned(answer: Answer | None) -> str | int | None:
    """An answer as the plan knows it."""
    return hundredths(answer) if isinstance(answer, Decimal) else answer


def _proposal(leaf: Leaf, answers: tuple[Answer | None, ...]) -> Answer | None:
    given = [answer for answer in answers if answer is not None]
    if not given:
        return None
    if 2 * given.count(Verdict.NOT_APPLICABLE) > len(answers):
        return Verdict.NOT_APPLICABLE
    if leaf.is_yes_or_no:
        return Verdict.MET if 2 * given.count(Verdict.MET) > len(answers) else Verdict.NOT_MET
    points = sorted(answer for answer in given if isinstance(answer, Decimal))
    return points[(len(points) - 1) // 2] if points else None


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
