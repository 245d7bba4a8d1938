"""The self-assessment as an outline with marks, and where it stands as a whole (แบบประเมินตนเอง)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from saduak.certification.models import Application
from saduak.certification.procedure.applications import Stage
from saduak.standards.criteria import Criterion, Kind, Level, Strand
from saduak.standards.presenters import points
from saduak.standards.rules import Result, Verdict


class State(StrEnum):
    """How far a criterion is."""

    EMPTY = "empty"
    PARTLY = "partly"
    UNPROVEN = "unproven"
    DONE = "done"
    NOT_MET = "not_met"
    TO_MEND = "to_mend"
    MENDED = "mended"


WORDS: dict[State, object] = {
    State.EMPTY: gettext_lazy("Not answered"),
    State.PARTLY: gettext_lazy("Partly answered"),
    State.UNPROVEN: gettext_lazy("Evidence is missing"),
    State.DONE: gettext_lazy("Done"),
    State.NOT_MET: gettext_lazy("Answered as not met"),
    State.TO_MEND: gettext_lazy("To be mended"),
    State.MENDED: gettext_lazy("Mended"),
}
ICONS = {
    State.PARTLY: "edit",
    State.UNPROVEN: "file",
    State.DONE: "check",
    State.NOT_MET: "cross",
    State.TO_MEND: "edit",
    State.MENDED: "check",
}


@dataclass(frozen=True)
class Mark:
    """One line of the outline."""

    criterion: Criterion
    url: str
    state: State
    points: str
    is_open: bool

    @property
    def words(self) -> object:
        """The state in words."""
        return WORDS[self.state]

    @property
    def icon(self) -> str:
        """The sign of the state; "" for an empty circle."""
        return ICONS.get(self.state, "")


@dataclass(frozen=True)
class Section:
    """Criteria under one heading; the heading is empty where the strand has no groups."""

    heading: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Part:
    """A strand of the outline with what was reached in it."""

    strand: Strand
    sections: tuple[Section, ...]
    reached: str

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every line of the strand."""
        return tuple(mark for section in self.sections for mark in section.marks)


@dataclass(frozen=True)
class Standing:
    """The whole: points, gates, level, and everything that is still missing."""

    total: str
    most: str
    gates_met: int
    gates: int
    level: Level | None
    to_next: str
    unanswered: tuple[Mark, ...]
    unproven: tuple[Mark, ...]
    unmended: tuple[Mark, ...]
    failed_gates: tuple[Mark, ...]
    answered: int
    criteria: int

    @property
    def missing(self) -> int:
        """How many criteria stand in the way of handing in."""
        return len({mark.criterion.code for mark in (*self.unanswered, *self.unproven, *self.unmended)})


@dataclass(frozen=True)
class Checklist:
    """The outline, the whole, and the lines in the order in which they are worked through."""

    parts: tuple[Part, ...]
    standing: Standing
    way: tuple[Mark, ...]

    def mark(self, code: str) -> Mark:
        """The line of one criterion. Raises KeyError."""
        for part in self.parts:
            for mark in part.marks:
                if mark.criterion.code == code:
                    return mark
        raise KeyError(code)

    def beside(self, code: str) -> tuple[Mark | None, Mark | None]:
        """The lines before and after one on the way."""
        codes = [mark.criterion.code for mark in self.way]
        if code not in codes:
            return None, self.way[0] if self.way else None
        place = codes.index(code)
        before = self.way[place - 1] if place else None
        after = self.way[place + 1] if place + 1 < len(codes) else None
        return before, after

    @property
    def first_to_do(self) -> Mark | None:
        """Where the work goes on: the first line that is not finished, else the first."""
        waits = {State.EMPTY, State.PARTLY, State.UNPROVEN, State.TO_MEND}
        return next((mark for mark in self.way if mark.state in waits), self.way[0] if self.way else None)


def checklist_of(application: Application) -> Checklist:
    """The self-assessment of an application as it stands."""
    marks = {criterion.code: _mark(application, criterion) for criterion in application.library.criteria()}
    parts = tuple(_part(application, strand, marks) for strand in application.library.strands)
    way = tuple(mark for mark in marks.values() if mark.is_open) or tuple(marks.values())
    return Checklist(parts, _standing(application, marks), way)


def _mark(application: Application, criterion: Criterion) -> Mark:
    claim = application.claim
    url = reverse("assess_criterion", args=[application.reference, criterion.code])
    if criterion.kind is Kind.GATE:
        reached = ""
    else:
        reached = f"{points(claim.by_criterion[criterion.code])}/{points(criterion.max_score)}"
    is_open = application.stage != Stage.RETURNED or criterion.code in application.named_items
    return Mark(criterion, url, _state(application, criterion), reached, is_open)


def _state(application: Application, criterion: Criterion) -> State:
    if application.stage == Stage.RETURNED and criterion.code in application.named_items:
        return State.TO_MEND if criterion.code in application.unmended else State.MENDED
    open_leaves = [leaf for leaf in criterion.leaves if leaf.code in application.unanswered]
    if open_leaves:
        return State.EMPTY if len(open_leaves) == len(criterion.leaves) else State.PARTLY
    if criterion.code in application.unproven:
        return State.UNPROVEN
    answers = (application.answers_by_code.get(leaf.code) for leaf in criterion.leaves)
    if any(answer is not None and answer.value is Verdict.NOT_MET for answer in answers):
        return State.NOT_MET
    return State.DONE


def _part(application: Application, strand: Strand, marks: dict[str, Mark]) -> Part:
    language = get_language() or "th"
    sections = [
        Section(group.title(language), tuple(marks[criterion.code] for criterion in group.criteria))
        for group in strand.groups
    ]
    if strand.own_criteria:
        sections.append(Section("", tuple(marks[criterion.code] for criterion in strand.own_criteria)))
    claim = application.claim
    if strand.code in claim.by_strand:
        reached = f"{points(claim.by_strand[strand.code])}/{points(strand.max_score)}"
    else:
        met = sum(criterion.code not in claim.failed_gates for criterion in strand.criteria)
        reached = f"{met}/{len(strand.criteria)}"
    return Part(strand, tuple(sections), reached)


def _standing(application: Application, marks: dict[str, Mark]) -> Standing:
    claim, library = application.claim, application.library
    empty = lines_of(marks, (library.leaves[code].criterion.code for code in claim.unanswered))
    return Standing(
        total=f"{claim.total:.2f}",
        most=points(library.max_score),
        gates_met=len(library.gates) - len(claim.failed_gates),
        gates=len(library.gates),
        level=claim.level,
        to_next=to_next(claim),
        unanswered=empty,
        unproven=lines_of(marks, application.unproven),
        unmended=lines_of(marks, application.unmended if application.stage == Stage.RETURNED else ()),
        failed_gates=lines_of(marks, claim.failed_gates),
        answered=len(marks) - len(empty),
        criteria=len(marks),
    )


def lines_of(marks: Mapping[str, Mark], codes: Iterable[str]) -> tuple[Mark, ...]:
    """The lines of these criteria, each once."""
    return tuple(marks[code] for code in dict.fromkeys(codes))


def to_next(result: Result) -> str:
    """What is missing for the next level, in a few words; "" at the top."""
    missing = result.missing_for_next_level
    if missing is None:
        return ""
    level = missing.level.title(get_language() or "th")
    if missing.gates and missing.points == Decimal(0):
        return ngettext(
            "%(gates)s physical criterion missing for %(level)s",
            "%(gates)s physical criteria missing for %(level)s",
            len(missing.gates),
        ) % {"gates": len(missing.gates), "level": level}
    return _("%(points)s points to %(level)s") % {"points": points(missing.points), "level": level}
