"""The agreed scores as they are read by those who did not make them (ผลคะแนน)."""

from dataclasses import dataclass

from django.utils.translation import get_language

from saduak.certification.models import Application, Consensus, Visit
from saduak.certification.models.marking import answers_of
from saduak.certification.presenters.answers import words_of
from saduak.standards.criteria import Criterion, Leaf, Level, Named
from saduak.standards.presenters import points
from saduak.standards.rules import Result, score


@dataclass(frozen=True)
class Agreed:
    """The agreed value of one leaf, with its reason."""

    leaf: Leaf
    titled: Named
    is_first: bool
    answer: str
    words: str
    reason: str

    @property
    def criterion(self) -> Criterion:
        """The criterion to which it belongs."""
        return self.leaf.criterion


@dataclass(frozen=True)
class Chapter:
    """A strand with what was reached in it."""

    heading: str
    reached: str
    lines: tuple[Agreed, ...]


@dataclass(frozen=True)
class ResultPage:
    """The agreed scores as a whole and line by line."""

    consensus: Consensus
    result: Result
    total: str
    most: str
    gates_met: int
    gates: int
    level: Level | None
    chapters: tuple[Chapter, ...]


def result_of(application: Application, visit: Visit) -> ResultPage:
    """The agreed scores of a visit that were signed."""
    library, language = application.library, get_language() or "th"
    result = score(library, answers_of(visit.agreed.values()))
    chapters = []
    for strand in library.strands:
        if strand.code in result.by_strand:
            reached = f"{points(result.by_strand[strand.code])}/{points(strand.max_score)}"
        else:
            met = sum(criterion.code not in result.failed_gates for criterion in strand.criteria)
            reached = f"{met}/{len(strand.criteria)}"
        lines = tuple(_line(visit, criterion, leaf) for criterion in strand.criteria for leaf in criterion.leaves)
        chapters.append(Chapter(strand.title(language), reached, lines))
    return ResultPage(
        consensus=visit.consensus,
        result=result,
        total=f"{result.total:.2f}",
        most=points(library.max_score),
        gates_met=len(library.gates) - len(result.failed_gates),
        gates=len(library.gates),
        level=library.level(application.level) if application.level else None,
        chapters=tuple(chapters),
    )


def _line(visit: Visit, criterion: Criterion, leaf: Leaf) -> Agreed:
    titles: dict[str, Named] = {part.code: part for part in criterion.parts}
    mark = visit.agreed_on(leaf)
    answer = mark.answer if mark else ""
    titled = titles.get(leaf.code, criterion)
    first = leaf is criterion.leaves[0]
    return Agreed(leaf, titled, first, answer, words_of(leaf, answer), mark.reason if mark else "")
