"""How one leaf of the criteria is answered, by whoever answers it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.marking import VERDICTS, as_value
from saduak.standards.criteria import Leaf, Library
from saduak.standards.presenters import points
from saduak.standards.rules import AnswersRefused, Verdict, problems_with
from saduak.thai.numerals import from_thai_digits

REFUSALS: dict[str, object] = {
    "not_a_number": _("Write the points as a number, like 8 or 7.5."),
    "wants_points": _("Write the points as a number, like 8 or 7.5."),
    "wants_a_verdict": _("Choose whether the criterion is met."),
    "out_of_range": _("The points are below zero or above the highest points of the criterion."),
    "finer_than_the_step": _("The points have too many decimals."),
    "must_apply": _("This criterion applies to every centre."),
    "unknown_code": _("These criteria have no item of this code."),
    "wrong_type": _("This is no answer to this criterion."),
}
"""Code of a refused answer → what the person reads."""


def answer_field(leaf: Leaf, said: str) -> forms.Field:
    """Met or not met, or points; nothing has to be said."""
    if leaf.is_yes_or_no:
        return forms.ChoiceField(
            label=_("Answer"),
            choices=[(v.value, VERDICTS[v]) for v in (Verdict.MET, Verdict.NOT_MET)],
            widget=forms.RadioSelect,
            required=False,
            initial=said,
        )
    return forms.CharField(
        label=_("Points"),
        required=False,
        initial=said,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "data-width": "6"}),
    )


def written(library: Library, code: str, typed: str) -> str:
    """An answer as it is kept; points are written in one way. Raises ValidationError in words."""
    said = from_thai_digits(str(typed)).strip().replace(",", ".")
    try:
        value = as_value(said)
    except AnswersRefused as refused:
        raise ValidationError(str(REFUSALS[refused.problems[0].code])) from None
    if problems := problems_with(library, {code: value}):
        raise ValidationError(str(REFUSALS[problems[0].code]))
    return points(value) if isinstance(value, Decimal) else said


def clean_answers(form: forms.Form, library: Library, leaves: Iterable[Leaf], cleaned: dict[str, Any]) -> None:
    """Write every answer, under `said-` and its leaf's code, as it is kept; what does not fit is told at its field."""
    for leaf in leaves:
        name = f"said-{leaf.code}"
        try:
            cleaned[name] = written(library, leaf.code, cleaned.get(name) or "")
        except ValidationError as wrong:
            form.add_error(name, wrong)
