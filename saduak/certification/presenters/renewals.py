"""What is carried over, and what has to be answered anew, in words (การต่ออายุ)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.forms.renewals import StillTrueForm
from saduak.certification.models import Application
from saduak.certification.models.marking import VERDICTS
from saduak.certification.presenters.answers import words_of
from saduak.certification.queries.renewals import Carried
from saduak.standards.criteria import Criterion
from saduak.standards.mapping import LineKind

KINDS: dict[LineKind, object] = {
    LineKind.SAME: _("Not answered last time"),
    LineKind.CHANGED: _("Asks something else than last time"),
    LineKind.SPLIT: _("One criterion of last time became several"),
    LineKind.MERGED: _("Several criteria of last time became one"),
    LineKind.NEW: _("New in this round"),
}
"""Kind of a line → why it has to be answered anew."""


@dataclass(frozen=True)
class Before:
    """What was said of one criterion last time."""

    criterion: Criterion
    said: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Line:
    """One criterion of the round with what was said before; `tick` and `files` where it can be confirmed."""

    carried: Carried
    before: list[Before]
    why: object
    url: str
    tick: Any
    files: list[Any]

    @property
    def criterion(self) -> Criterion:
        """The criterion of this round."""
        return self.carried.criterion


@dataclass(frozen=True)
class CarryPage:
    """What can be confirmed, what has to be answered anew, and what is done."""

    to_confirm: list[Line]
    anew: list[Line]
    confirmed: int
    answered: int
    all: int

    @property
    def done(self) -> int:
        """How many criteria have an answer."""
        return self.confirmed + self.answered


def page_of(application: Application, carried: list[Carried], form: StillTrueForm) -> CarryPage:
    """The carrying over as a whole."""
    lines = [_line(application, one, form) for one in carried if not one.is_answered]
    confirmed = sum(one.is_confirmed for one in carried)
    return CarryPage(
        to_confirm=[line for line in lines if line.carried.can_be_confirmed],
        anew=[line for line in lines if not line.carried.can_be_confirmed],
        confirmed=confirmed,
        answered=sum(one.is_answered for one in carried) - confirmed,
        all=len(carried),
    )


def _line(application: Application, one: Carried, form: StillTrueForm) -> Line:
    can = one.can_be_confirmed
    why = KINDS.get(one.kind, "")
    if one.kind is LineKind.SAME and one.before and one.before[0][1] and not can:
        why = _("People have not confirmed the mapping to the criteria of last time")
    return Line(
        carried=one,
        before=[_before(criterion, answers) for criterion, answers in one.before],
        why=why,
        url=reverse("assess_criterion", args=[application.reference, one.criterion.code]),
        tick=form.tick_of(one) if can else None,
        files=form.files_of(one) if can else [],
    )


def _before(criterion: Criterion, answers: Any) -> Before:
    leaves = {leaf.code: leaf for leaf in criterion.leaves}
    said = [
        (
            answer.code if criterion.parts else "",
            words_of(leaves[answer.code], answer.answer)
            if answer.code in leaves
            else str(VERDICTS.get(answer.value, "")),
            answer.explanation,
        )
        for answer in answers
    ]
    return Before(criterion, said)
