"""Answers to criteria in words (คำตอบ)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from saduak.certification.models import Answer, Application, ScreeningMark
from saduak.certification.models.marking import VERDICTS, as_value
from saduak.certification.procedure.applications import Stage
from saduak.standards.criteria import Criterion, Leaf, Named
from saduak.standards.presenters import points
from saduak.standards.rules import Verdict


def words_of(leaf: Leaf, answer: str) -> str:
    """An answer as it is printed: Met, 8 of 10 points; "" when there is none."""
    value = as_value(answer)
    if value is None:
        return ""
    if isinstance(value, Verdict):
        return str(VERDICTS[value])
    return ngettext("%(given)s of %(most)s point", "%(given)s of %(most)s points", int(leaf.max_score)) % {
        "given": points(value),
        "most": points(leaf.max_score),
    }


@dataclass(frozen=True)
class Spoken:
    """What the centre says of one leaf; `words` is empty where it says nothing, `is_carried` where it confirmed what it
    had said in an earlier round."""

    leaf: Leaf
    titled: Named
    is_part: bool
    words: str
    explanation: str
    is_carried: bool = False


def said_of(application: Application, criterion: Criterion) -> list[Spoken]:
    """What the centre says of a criterion, leaf by leaf; that all of it does not apply counts for each."""
    titles: dict[str, Named] = {part.code: part for part in criterion.parts}
    given = application.answers_by_code
    whole = given.get(criterion.code)
    waived = whole is not None and whole.value is Verdict.NOT_APPLICABLE
    spoken = []
    for leaf in criterion.leaves:
        answer = whole if waived else given.get(leaf.code)
        titled = titles.get(leaf.code, criterion)
        words = words_of(leaf, answer.answer) if answer else ""
        why, carried = (answer.explanation, answer.carried_from_id is not None) if answer else ("", False)
        spoken.append(Spoken(leaf, titled, bool(criterion.parts), words, why, carried))
    return spoken


@dataclass(frozen=True)
class Earlier:
    """What the centre said of a leaf in an earlier round."""

    leaf: Leaf
    words: str
    answer: Answer


def earlier_of(criterion: Criterion, found: Mapping[str, Answer]) -> list[Earlier]:
    """The earlier answers to a criterion, leaf by leaf, where there are any."""
    return [
        Earlier(leaf, words_of(leaf, found[leaf.code].answer), found[leaf.code])
        for leaf in criterion.leaves
        if leaf.code in found
    ]


def remark_on(application: Application, code: str) -> ScreeningMark | None:
    """What the reviewer asks to be mended; None when nothing is, or the dossier was not returned."""
    mark = application.screening_by_code.get(code)
    return mark if application.stage == Stage.RETURNED and mark is not None and mark.is_to_mend else None
