"""What an assessor says of one criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from saduak.certification.forms.answering import answer_field, clean_answers
from saduak.certification.models import Mark
from saduak.certification.operations.sheets import Said
from saduak.design.forms import Form
from saduak.standards.criteria import Criterion, Leaf, Library, Named, Waiving
from saduak.standards.presenters import points
from saduak.standards.rules import Verdict


@dataclass(frozen=True)
class Line:
    """The fields of one leaf; `step` is by how much its buttons change the points."""

    leaf: Leaf
    titled: Named
    said: BoundField
    note: BoundField
    step: str


class MarkForm(Form):
    """The marks of one criterion: one for each of its leaves, with a note."""

    def __init__(
        self, *args: Any, criterion: Criterion, library: Library, marks: Mapping[str, Mark], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", **kwargs})
        self.criterion, self.library = criterion, library
        for leaf in criterion.leaves:
            self._add(leaf, marks.get(leaf.code))
        self.may_be_waived = criterion.may_not_apply and library.waiving is not Waiving.NOT_ALLOWED
        if self.may_be_waived:
            whole = marks.get(criterion.code)
            self.fields["waived"] = forms.BooleanField(
                label=_("This criterion does not apply to the centre"),
                required=False,
                initial=whole is not None and whole.value is Verdict.NOT_APPLICABLE,
            )

    def _add(self, leaf: Leaf, known: Mark | None) -> None:
        said = known.answer if known is not None and known.value is not Verdict.NOT_APPLICABLE else ""
        self.fields[f"said-{leaf.code}"] = answer_field(leaf, said)
        self.fields[f"note-{leaf.code}"] = forms.CharField(
            label=_("Note"),
            required=False,
            initial=known.note if known is not None else "",
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def lines(self) -> list[Line]:
        """The fields, leaf by leaf."""
        titles: dict[str, Named] = {part.code: part for part in self.criterion.parts}
        return [
            Line(
                leaf,
                titles.get(leaf.code, self.criterion),
                self[f"said-{leaf.code}"],
                self[f"note-{leaf.code}"],
                points(self._step(leaf)),
            )
            for leaf in self.criterion.leaves
        ]

    def _step(self, leaf: Leaf) -> Decimal:
        fine = Decimal("0.5") if leaf.max_score <= 10 else Decimal(1)
        return max(fine, self.library.score_step)

    def clean(self) -> dict[str, Any]:
        """Every mark must fit the criteria."""
        cleaned = super().clean() or {}
        clean_answers(self, self.library, self.criterion.leaves, cleaned)
        return cleaned

    def said(self) -> list[Said]:
        """What was said; that the whole does not apply stands under the criterion itself."""
        waived = bool(self.cleaned_data.get("waived"))
        said = []
        for leaf in self.criterion.leaves:
            whole = waived and leaf.code == self.criterion.code
            answer = Verdict.NOT_APPLICABLE.value if whole else self.cleaned_data[f"said-{leaf.code}"]
            said.append(Said(leaf.code, answer, self.cleaned_data[f"note-{leaf.code}"]))
        if self.may_be_waived and self.criterion.parts:
            said.append(Said(self.criterion.code, Verdict.NOT_APPLICABLE.value if waived else ""))
        return said
