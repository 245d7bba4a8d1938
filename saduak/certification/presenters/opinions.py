"""The opinions of the reviewers beside each other, with the value on which they agree (ความเห็นเปรียบเทียบ)."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from saduak.certification.models import Reconsideration, ReviewedValue, Reviewer
from saduak.certification.models.marking import AbstractMark
from saduak.certification.presenters.answers import words_of
from saduak.certification.presenters.contested import first_of
from saduak.directory.models import Office
from saduak.standards.criteria import Criterion, Leaf, Named
from saduak.standards.rules import Line, Verdict


@dataclass(frozen=True)
class Given:
    """One reviewer's opinion on one leaf."""

    words: str
    note: str


@dataclass(frozen=True)
class Row:
    """One disputed leaf: the first value, every opinion, and the fields or words of the agreed value."""

    criterion: Criterion
    leaf: Leaf
    titled: Named
    first: str
    given: list[Given]
    differs: bool
    is_settled: bool
    words: str
    reason: str
    said: BoundField | None
    why: BoundField | None
    waiver: BoundField | None


@dataclass(frozen=True)
class OpinionTable:
    """The columns and rows of the comparison."""

    reviewers: list[tuple[Reviewer, object]]
    rows: list[Row]


def table_of(request: Reconsideration, form: Any | None) -> OpinionTable:
    """Every disputed leaf; with a form, the agreed value can be written down."""
    handed_in = [one for one in request.named_reviewers if one.submitted_at]
    sheets = [{opinion.code: opinion for opinion in one.opinions.all()} for one in handed_in]
    first = {
        judged.leaf.code: judged.words for each in request.contested_criteria for judged in first_of(request, each)
    }
    rows = [_row(request, line, sheets, first.get(line.leaf.code, ""), form) for line in request.lines]
    return OpinionTable([(one, Office(one.office).label) for one in handed_in], rows)


def starting_from(request: Reconsideration) -> dict[str, AbstractMark]:
    """The agreed values as they stand; where there is none and all opinions are equal, what all of them say."""
    known: dict[str, AbstractMark] = dict(request.reviewed)
    for line in request.lines:
        if line.equal and request.reviewed_on(line.leaf) is None:
            waived = line.proposal is Verdict.NOT_APPLICABLE
            code = line.leaf.criterion.code if waived else line.leaf.code
            known[code] = ReviewedValue(code=code, answer=str(line.proposal))
    return known


def _row(request: Reconsideration, line: Line, sheets: list[dict[str, Any]], first: str, form: Any | None) -> Row:
    leaf, criterion = line.leaf, line.leaf.criterion
    titles: dict[str, Named] = {part.code: part for part in criterion.parts}
    value = request.reviewed_on(leaf)
    fields = next((one for one in form.lines_of(criterion) if one.leaf.code == leaf.code), None) if form else None
    is_first = criterion.leaves[0].code == leaf.code
    return Row(
        criterion=criterion,
        leaf=leaf,
        titled=titles.get(leaf.code, criterion),
        first=first,
        given=[_given(leaf, sheet) for sheet in sheets],
        differs=not line.equal,
        is_settled=request.is_settled(line),
        words=words_of(leaf, value.answer) if value is not None else "",
        reason=value.reason if value is not None else "",
        said=fields.said if fields else None,
        why=fields.words if fields else None,
        waiver=form.waiver_of(criterion) if form and is_first else None,
    )


def _given(leaf: Leaf, sheet: dict[str, Any]) -> Given:
    whole, own = sheet.get(leaf.criterion.code), sheet.get(leaf.code)
    said = whole if whole is not None and whole.value is Verdict.NOT_APPLICABLE else own
    return Given(words_of(leaf, said.answer) if said else "", own.note if own else "")
