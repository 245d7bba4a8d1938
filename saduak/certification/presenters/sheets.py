"""One assessor's sheet as an outline with marks, and where it stands as a whole (แบบให้คะแนน)."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from saduak.certification.models import ScoreSheet, Visit
from saduak.certification.presenters.answers import words_of
from saduak.certification.presenters.checklist import Mark, Part, Section, State, lines_of, to_next
from saduak.standards.criteria import Criterion, Kind, Leaf, Level, Named, Strand
from saduak.standards.presenters import points
from saduak.standards.rules import Verdict

WORDS: dict[State, object] = {
    State.EMPTY: gettext_lazy("Not marked"),
    State.PARTLY: gettext_lazy("Partly marked"),
    State.DONE: gettext_lazy("Marked"),
    State.NOT_MET: gettext_lazy("Marked as not met"),
}


@dataclass(frozen=True)
class Marked:
    """What the assessor says of one leaf, for reading."""

    leaf: Leaf
    titled: Named
    answer: str
    words: str
    note: str


@dataclass(frozen=True)
class SheetMark(Mark):
    """One line of the outline of a sheet, with what it says leaf by leaf."""

    said: tuple[Marked, ...]

    @property
    def words(self) -> object:
        """The state in words."""
        return WORDS[self.state]


@dataclass(frozen=True)
class Standing:
    """The whole: points, gates, level, and what has no mark yet. `answered` counts criteria."""

    total: str
    most: str
    gates_met: int
    gates: int
    level: Level | None
    to_next: str
    unmarked: tuple[Mark, ...]
    failed_gates: tuple[Mark, ...]
    answered: int
    criteria: int


@dataclass(frozen=True)
class Outline:
    """The outline, the whole, and the lines in the order in which they are worked through."""

    parts: tuple[Part, ...]
    standing: Standing
    way: tuple[Mark, ...]

    def mark(self, code: str) -> Mark:
        """The line of one criterion. Raises KeyError."""
        return {mark.criterion.code: mark for mark in self.way}[code]

    def beside(self, code: str) -> tuple[Mark | None, Mark | None]:
        """The lines before and after one."""
        place = [mark.criterion.code for mark in self.way].index(code)
        before = self.way[place - 1] if place else None
        return before, self.way[place + 1] if place + 1 < len(self.way) else None

    @property
    def first_to_do(self) -> Mark:
        """Where the work goes on: the first line without a mark, else the first."""
        return self.standing.unmarked[0] if self.standing.unmarked else self.way[0]


def outline_of(sheet: ScoreSheet) -> Outline:
    """The sheet as it stands."""
    library = sheet.application.library
    marks: dict[str, Mark] = {criterion.code: _mark(sheet, criterion) for criterion in library.criteria()}
    parts = tuple(_part(sheet, strand, marks) for strand in library.strands)
    return Outline(parts, _standing(sheet, marks), tuple(marks.values()))


def _mark(sheet: ScoreSheet, criterion: Criterion) -> SheetMark:
    url = reverse("mark_criterion", args=[sheet.reference, criterion.code])
    given = sheet.result.by_criterion[criterion.code]
    reached = "" if criterion.kind is Kind.GATE else f"{points(given)}/{points(criterion.max_score)}"
    said = tuple(_said(sheet, criterion, leaf) for leaf in criterion.leaves)
    return SheetMark(criterion, url, _state(sheet, criterion), reached, is_open=not sheet.is_submitted, said=said)


def _said(sheet: ScoreSheet, criterion: Criterion, leaf: Leaf) -> Marked:
    titles: dict[str, Named] = {part.code: part for part in criterion.parts}
    own = sheet.marks_by_code.get(leaf.code)
    whole = sheet.marks_by_code.get(criterion.code)
    answer = whole.answer if whole and whole.value is Verdict.NOT_APPLICABLE else own.answer if own else ""
    titled = titles.get(leaf.code, criterion)
    return Marked(leaf, titled, answer, words_of(leaf, answer), own.note if own else "")


def _state(sheet: ScoreSheet, criterion: Criterion) -> State:
    unmarked = [leaf for leaf in criterion.leaves if leaf.code in sheet.unmarked]
    if unmarked:
        return State.EMPTY if len(unmarked) == len(criterion.leaves) else State.PARTLY
    if any(sheet.answers.get(leaf.code) is Verdict.NOT_MET for leaf in criterion.leaves):
        return State.NOT_MET
    return State.DONE


def _part(sheet: ScoreSheet, strand: Strand, marks: dict[str, Mark]) -> Part:
    language = get_language() or "th"
    sections = [Section(g.title(language), tuple(marks[c.code] for c in g.criteria)) for g in strand.groups]
    if strand.own_criteria:
        sections.append(Section("", tuple(marks[c.code] for c in strand.own_criteria)))
    result = sheet.result
    if strand.code in result.by_strand:
        reached = f"{points(result.by_strand[strand.code])}/{points(strand.max_score)}"
    else:
        met = sum(criterion.code not in result.failed_gates for criterion in strand.criteria)
        reached = f"{met}/{len(strand.criteria)}"
    return Part(strand, tuple(sections), reached)


def _standing(sheet: ScoreSheet, marks: dict[str, Mark]) -> Standing:
    result, library = sheet.result, sheet.application.library
    unmarked = lines_of(marks, (library.leaves[code].criterion.code for code in result.unanswered))
    return Standing(
        total=f"{result.total:.2f}",
        most=points(library.max_score),
        gates_met=len(library.gates) - len(result.failed_gates),
        gates=len(library.gates),
        level=result.level,
        to_next=to_next(result),
        unmarked=unmarked,
        failed_gates=lines_of(marks, result.failed_gates),
        answered=len(marks) - len(unmarked),
        criteria=len(marks),
    )


@dataclass(frozen=True)
class MyVisit:
    """One visit in the list of an assessor, with the own sheet and nobody else's."""

    visit: Visit
    sheet: ScoreSheet | None
    has_begun: bool
    marked: int
    criteria: int

    @property
    def is_submitted(self) -> bool:
        """Whether the own sheet is handed in."""
        return self.sheet is not None and self.sheet.is_submitted


def my_visit(visit: Visit, sheet: ScoreSheet | None, now: datetime) -> MyVisit:
    """One visit as a line."""
    criteria = sum(1 for _criterion in visit.application.library.criteria())
    marked = outline_of(sheet).standing.answered if sheet is not None else 0
    return MyVisit(visit, sheet, visit.starts_at <= now, marked, criteria)
