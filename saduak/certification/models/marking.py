"""What somebody says of one leaf of the criteria, as `standards.rules` reads it."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.standards.criteria import Library
from saduak.standards.rules import Answer, AnswersRefused, Verdict, WrongAnswer

ANSWER = r"^(met|not_met|not_applicable|[0-9]{1,3}(\.[0-9]{1,2})?)?$"

VERDICTS: dict[str, object] = {
    Verdict.MET: _("Met"),
    Verdict.NOT_MET: _("Not met"),
    Verdict.NOT_APPLICABLE: _("Does not apply"),
}
"""The answers that are words, as a person reads them."""


def as_value(text: str) -> Answer | None:
    """A stored or typed answer as the rules know it; None for nothing. Raises AnswersRefused for what is no answer."""
    if not text:
        return None
    try:
        return Verdict(text) if text in set(Verdict) else Decimal(text)
    except InvalidOperation:
        raise AnswersRefused((WrongAnswer("", "not_a_number"),)) from None


class AbstractMark(models.Model):
    """One answer under one code: `met`, `not_met`, `not_applicable`, points, or nothing yet."""

    code = models.CharField(_("code"), max_length=20)
    answer = models.CharField(_("answer"), max_length=20, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"

    @property
    def value(self) -> Answer | None:
        """The answer as the rules know it; None when nothing is said."""
        return as_value(self.answer)

    @property
    def is_marked(self) -> bool:
        """Whether anything is said."""
        return bool(self.answer)

    @property
    def claims_something(self) -> bool:
        """Whether it says that the leaf is met or worth points."""
        value = self.value
        return value is Verdict.MET or (isinstance(value, Decimal) and value > 0)


def known_code(library: Library, code: str) -> bool:
    """Whether something can be said under the code: of a leaf, or of a whole criterion that need not apply."""
    return code in library.leaves or any(c.code == code and c.may_not_apply for c in library.criteria())


def answers_of(marks: Iterable[AbstractMark]) -> dict[str, Answer]:
    """The marks as a sheet that can be scored."""
    return {mark.code: value for mark in marks if (value := mark.value) is not None}


def it_says_one_known_thing(name: str) -> models.CheckConstraint:
    """The constraint that an answer is one of the known words, or points with at most two decimals."""
    return models.CheckConstraint(name=name, condition=Q(answer__regex=ANSWER))
