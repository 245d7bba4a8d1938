"""What a centre says of one criterion, and the evidence that it adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from saduak.certification.forms.answering import answer_field, clean_answers
from saduak.certification.models import Answer
from saduak.certification.operations.applications import Said
from saduak.design.forms import FilesField, Form, ThaiDateField
from saduak.standards.criteria import Criterion, Leaf, Library, Named, Waiving
from saduak.standards.rules import Verdict


@dataclass(frozen=True)
class Line:
    """The fields of one leaf."""

    leaf: Leaf
    titled: Named
    said: BoundField
    why: BoundField
    seen: BoundField


class CriterionForm(Form):
    """The answers to one criterion: one for each of its leaves, with the version of each that the person saw."""

    def __init__(
        self, *args: Any, criterion: Criterion, library: Library, answers: Mapping[str, Answer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criterion, self.library, self.answers = criterion, library, answers
        for leaf in criterion.leaves:
            self._add(leaf)
        self.may_be_waived = criterion.may_not_apply and library.waiving is not Waiving.NOT_ALLOWED
        if self.may_be_waived:
            whole = answers.get(criterion.code)
            self.fields["waived"] = forms.BooleanField(
                label=_("This criterion does not apply to our centre"),
                required=False,
                initial=whole is not None and whole.value is Verdict.NOT_APPLICABLE,
            )
            if criterion.parts:
                self.fields[f"seen-{criterion.code}"] = self._seen(criterion.code)

    def _add(self, leaf: Leaf) -> None:
        known = self.answers.get(leaf.code)
        said = known.answer if known is not None and known.value is not Verdict.NOT_APPLICABLE else ""
        self.fields[f"said-{leaf.code}"] = answer_field(leaf, said)
        self.fields[f"why-{leaf.code}"] = forms.CharField(
            label=_("Explanation"),
            required=False,
            initial=known.explanation if known is not None else "",
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields[f"seen-{leaf.code}"] = self._seen(leaf.code)

    def _seen(self, code: str) -> forms.Field:
        known = self.answers.get(code)
        hidden = forms.HiddenInput(attrs={"data-autosave-version": ""})
        return forms.IntegerField(required=False, initial=known.version if known is not None else 0, widget=hidden)

    @property
    def lines(self) -> list[Line]:
        """The fields, leaf by leaf."""
        titles: dict[str, Named] = {part.code: part for part in self.criterion.parts}
        return [
            Line(
                leaf,
                titles.get(leaf.code, self.criterion),
                self[f"said-{leaf.code}"],
                self[f"why-{leaf.code}"],
                self[f"seen-{leaf.code}"],
            )
            for leaf in self.criterion.leaves
        ]

    @property
    def versions(self) -> list[BoundField]:
        """The versions of answers that stand under the criterion itself and not under a leaf."""
        own = f"seen-{self.criterion.code}"
        return [self[own]] if self.may_be_waived and self.criterion.parts else []

    def clean(self) -> dict[str, Any]:
        """Every answer must fit the criteria; points are written in one way."""
        cleaned = super().clean() or {}
        clean_answers(self, self.library, self.criterion.leaves, cleaned)
        return cleaned

    def said(self, *, insist: tuple[str, int] | None = None) -> list[Said]:
        """What was said; `insist` is the code of an answer that is kept against another, and the version seen."""
        waived = bool(self.cleaned_data.get("waived"))
        said = [self._said(leaf.code, waived and not self.criterion.parts) for leaf in self.criterion.leaves]
        if self.may_be_waived and self.criterion.parts:
            answer = Verdict.NOT_APPLICABLE.value if waived else ""
            said.append(Said(self.criterion.code, answer, seen=self.cleaned_data[f"seen-{self.criterion.code}"]))
        if insist is None:
            return said
        return [Said(s.code, s.answer, s.explanation, insist[1]) if s.code == insist[0] else s for s in said]

    def _said(self, code: str, waived: bool) -> Said:
        answer = Verdict.NOT_APPLICABLE.value if waived else self.cleaned_data[f"said-{code}"]
        return Said(code, answer, self.cleaned_data[f"why-{code}"], self.cleaned_data[f"seen-{code}"])


class DescribeEvidenceForm(Form):
    """What a file shows, and of which time."""

    caption = forms.CharField(label=_("What it shows"), required=False, max_length=300)
    period_from = ThaiDateField(label=_("Period from"), required=False)
    period_until = ThaiDateField(label=_("Period until"), required=False)

    def clean(self) -> dict[str, Any]:
        """A period runs forward."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("period_from"), cleaned.get("period_until")
        if first and last and last < first:
            self.add_error("period_until", _("The period ends before it begins."))
        return cleaned


class EvidenceForm(DescribeEvidenceForm):
    """Files that show something, what they show, and of which time."""

    files = FilesField(  # type: ignore[assignment]  # Django takes fields out of the class; `self.files` stays.
        label=_("Files"),
        help_text=_("Pictures, PDF, Word or Excel, each at most 20 MB"),
        error_messages={"required": _("Choose at least one file.")},
    )
    field_order = ["files"]
