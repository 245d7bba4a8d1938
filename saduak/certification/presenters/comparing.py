"""The sheets of a visit beside each other, a row for each leaf, with what is agreed (เปรียบเทียบคะแนน)."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification.forms.agreeing import AgreedForm
from saduak.certification.models import AgreedMark, Application, FieldPhoto, ScoreSheet, Visit
from saduak.certification.models.marking import VERDICTS, answers_of
from saduak.certification.presenters.answers import words_of
from saduak.certification.presenters.checklist import to_next
from saduak.design.components import Tab
from saduak.directory.models import Office
from saduak.standards.criteria import Group, Leaf, Level, Named, Strand
from saduak.standards.presenters import points
from saduak.standards.rules import Answer, Line, Result, Verdict, score

SHOWN: dict[str, tuple[object, Callable[["Row"], bool]]] = {
    "": (gettext_lazy("All"), lambda row: True),
    "differences": (gettext_lazy("Only differences"), lambda row: not row.line.equal),
    "unsettled": (gettext_lazy("Only unsettled"), lambda row: not row.is_settled),
}
"""The filter in the address → its words, and the rows that it shows."""


@dataclass(frozen=True)
class Column:
    """One assessor: the office, the name, and the total of the own sheet."""

    office: str
    name: str
    total: str


@dataclass(frozen=True)
class Given:
    """What one assessor says of one leaf; `answer` is the bare answer, for its colour and shape."""

    office: str
    answer: str
    words: str
    note: str
    photographs: tuple[FieldPhoto, ...]


@dataclass(frozen=True)
class Row:
    """One leaf on every sheet, and what is agreed on it."""

    line: Line
    titled: Named
    given: tuple[Given, ...]
    agreed: AgreedMark | None
    is_settled: bool
    spread: str
    proposal: str

    @property
    def leaf(self) -> Leaf:
        """The leaf."""
        return self.line.leaf

    @property
    def said(self) -> str:
        """The bare agreed answer."""
        return self.agreed.answer if self.agreed else ""

    @property
    def words(self) -> str:
        """The agreed answer in words."""
        return words_of(self.leaf, self.said)

    @property
    def needs_a_reason(self) -> bool:
        """Whether a value is agreed that wants a reason and has none."""
        return bool(self.said) and not self.is_settled

    @property
    def is_provisional(self) -> bool:
        """Whether its wording or points are not from the official booklet."""
        return self.leaf.criterion.provisional or bool(getattr(self.titled, "provisional", False))

    @property
    def stamp(self) -> str:
        """Which saying of the agreed value this is."""
        return self.agreed.stamp if self.agreed else ""


@dataclass(frozen=True)
class Section:
    """A strand, or a group of it, with those of its rows that are shown."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Standing:
    """The agreed values as a whole, and what is still open."""

    total: str
    most: str
    gates_met: int
    gates: int
    level: Level | None
    to_next: str
    unsettled: tuple[Row, ...]
    adoptable: int
    differences: int
    reasons: int


@dataclass(frozen=True)
class Comparison:
    """Everything on the page."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    standing: Standing
    result: Result

    def row(self, code: str) -> Row:
        """The row of one leaf. Raises KeyError."""
        return {row.leaf.code: row for row in self.rows}[code]

    def counted(self, shown: str) -> int:
        """How many rows a filter shows."""
        return sum(SHOWN[shown][1](row) for row in self.rows)


def comparison_of(visit: Visit, *, shown: str = "") -> Comparison:
    """The sheets of a visit and what is agreed; `shown` is a key of SHOWN."""
    offices = offices_of(visit)
    rows = tuple(_row(visit, line, offices) for line in visit.lines)
    library, language = visit.application.library, get_language() or "th"
    wanted = [row for row in rows if SHOWN[shown][1](row)]
    sections = []
    for strand in library.strands:
        for part in strand.groups or (strand,):
            inside = _rows_in(part, wanted)
            heading = part.title(language)
            if isinstance(part, Group):
                heading = f"{strand.title(language)} · {heading}"
            if inside:
                sections.append(Section(heading, inside))
    result = score(library, answers_of(visit.agreed.values()))
    columns = tuple(
        Column(office, str(sheet.assessor), f"{sheet.result.total:.2f}")
        for office, sheet in zip(offices, visit.submitted_sheets, strict=True)
    )
    return Comparison(columns, tuple(sections), rows, _standing(visit, rows, result), result)


def filters_of(comparison: Comparison, application: Application, current: str) -> list[Tab]:
    """The filters as tabs, each with how many rows it shows."""
    address = reverse("compare_sheets", args=[application.reference])
    return [
        Tab(words, f"{address}?only={name}" if name else address, name == current, comparison.counted(name))
        for name, (words, _shows) in SHOWN.items()
    ]


def offices_of(visit: Visit) -> list[str]:
    """The office of each submitted sheet's assessor; equal offices are numbered."""
    seats = {seat.person_id: str(Office(seat.office).label) for seat in visit.assessors.all()}
    named = [seats.get(sheet.assessor_id, str(sheet.assessor)) for sheet in visit.submitted_sheets]
    many, counted = Counter(named), Counter[str]()
    numbered = []
    for office in named:
        counted[office] += 1
        numbered.append(f"{office} {counted[office]}" if many[office] > 1 else office)
    return numbered


def form_of(row: Row, visit: Visit, data: object = None) -> AgreedForm:
    """The form of one row, filled with what is agreed."""
    waived = row.said == Verdict.NOT_APPLICABLE
    initial = {
        "said": "" if waived and not row.leaf.is_yes_or_no else row.said,
        "waived": waived,
        "reason": row.agreed.reason if row.agreed else "",
        "seen": row.stamp,
    }
    return AgreedForm(data, leaf=row.leaf, library=visit.application.library, initial=initial)


def short_words(leaf: Leaf, answer: Answer | None) -> str:
    """An answer as it stands in a column: Met, 8; a dash for nothing."""
    if answer is None:
        return "–"
    return str(VERDICTS[answer]) if isinstance(answer, Verdict) else points(answer)


def _row(visit: Visit, line: Line, offices: Iterable[str]) -> Row:
    leaf = line.leaf
    titles: dict[str, Named] = {part.code: part for part in leaf.criterion.parts}
    given = tuple(
        Given(office, _bare(answer), short_words(leaf, answer), _note(sheet, leaf), _photographs(sheet, leaf))
        for office, answer, sheet in zip(offices, line.answers, visit.submitted_sheets, strict=True)
    )
    return Row(
        line=line,
        titled=titles.get(leaf.code, leaf.criterion),
        given=given,
        agreed=visit.agreed_on(leaf),
        is_settled=leaf.code not in visit.unsettled,
        spread=_spread(line),
        proposal=short_words(leaf, line.proposal),
    )


def _bare(answer: Answer | None) -> str:
    return "" if answer is None else answer.value if isinstance(answer, Verdict) else "points"


def _note(sheet: ScoreSheet, leaf: Leaf) -> str:
    own = sheet.marks_by_code.get(leaf.code)
    return own.note if own else ""


def _photographs(sheet: ScoreSheet, leaf: Leaf) -> tuple[FieldPhoto, ...]:
    """The photographs of a criterion; where it has parts they stand at the first."""
    if leaf.code != leaf.criterion.leaves[0].code:
        return ()
    kept = (photo for photo in sheet.photos.all() if not photo.is_dropped and photo.attachment_id)
    return tuple(photo for photo in kept if photo.code == leaf.criterion.code)


def _spread(line: Line) -> str:
    """How far the sheets are apart, in a few words; "" where they are equal."""
    if line.equal:
        return ""
    if line.leaf.is_yes_or_no or line.spread == Decimal(0):
        met = sum(answer is Verdict.MET for answer in line.answers)
        return _("%(met)s of %(all)s met") % {"met": met, "all": len(line.answers)}
    return _("%(points)s points apart") % {"points": points(line.spread)}


def _rows_in(part: Strand | Group, rows: Iterable[Row]) -> tuple[Row, ...]:
    codes = {criterion.code for criterion in part.criteria}
    return tuple(row for row in rows if row.leaf.criterion.code in codes)


def _standing(visit: Visit, rows: tuple[Row, ...], result: Result) -> Standing:
    library = visit.application.library
    return Standing(
        total=f"{result.total:.2f}",
        most=points(library.max_score),
        gates_met=len(library.gates) - len(result.failed_gates),
        gates=len(library.gates),
        level=result.level,
        to_next=to_next(result),
        unsettled=tuple(row for row in rows if not row.is_settled),
        adoptable=sum(row.line.equal and row.agreed is None for row in rows),
        differences=sum(not row.line.equal for row in rows),
        reasons=sum(bool(row.agreed and row.agreed.reason) for row in rows),
    )
