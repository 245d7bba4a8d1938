"""What is said of disputed items: by one reviewer alone, and then by all together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from saduak.certification.forms.answering import answer_field, clean_answers
from saduak.certification.models.marking import VERDICTS, AbstractMark
from saduak.certification.operations.reviewing import Said
from saduak.design.forms import Form
from saduak.standards.criteria import Criterion, Leaf, Library, Named, Waiving
from saduak.standards.rules import Verdict


@dataclass(frozen=True)
class Asked:
    """The fields of one leaf."""

    leaf: Leaf
    titled: Named
    said: BoundField
    words: BoundField


class ItemsForm(Form):
    """A value and words for every leaf of the disputed criteria; that one does not apply is said of all of it."""

    def __init__(
        self,
        *args: Any,
        library: Library,
        criteria: Sequence[Criterion],
        known: Mapping[str, AbstractMark],
        words: str,
        label: object,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", **kwargs})
        self.library, self.criteria = library, criteria
        for criterion in criteria:
            for leaf in criterion.leaves:
                mark = known.get(leaf.code)
                said = mark.answer if mark is not None and mark.value is not Verdict.NOT_APPLICABLE else ""
                self.fields[f"said-{leaf.code}"] = answer_field(leaf, said)
                self.fields[f"words-{leaf.code}"] = forms.CharField(
                    label=str(label),
                    required=False,
                    max_length=2000,
                    initial=getattr(mark, words, "") if mark is not None else "",
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
            if self.may_be_waived(criterion):
                whole = known.get(criterion.code)
                self.fields[f"waived-{criterion.code}"] = forms.BooleanField(
                    label=str(VERDICTS[Verdict.NOT_APPLICABLE]),
                    required=False,
                    initial=whole is not None and whole.value is Verdict.NOT_APPLICABLE,
                )

    def may_be_waived(self, criterion: Criterion) -> bool:
        """Whether the criterion need not apply."""
        return criterion.may_not_apply and self.library.waiving is not Waiving.NOT_ALLOWED

    def lines_of(self, criterion: Criterion) -> list[Asked]:
        """The fields of one criterion, leaf by leaf."""
        titles: dict[str, Named] = {part.code: part for part in criterion.parts}
        return [
            Asked(leaf, titles.get(leaf.code, criterion), self[f"said-{leaf.code}"], self[f"words-{leaf.code}"])
            for leaf in criterion.leaves
        ]

    def waiver_of(self, criterion: Criterion) -> BoundField | None:
        """The tick that the criterion does not apply, where that can be said."""
        return self[f"waived-{criterion.code}"] if self.may_be_waived(criterion) else None

    def clean(self) -> dict[str, Any]:
        """Every value must fit the criteria."""
        cleaned = super().clean() or {}
        leaves = (leaf for criterion in self.criteria for leaf in criterion.leaves)
        clean_answers(self, self.library, leaves, cleaned)
        return cleaned

    def items(self) -> list[Said]:
        """What was said."""
        said = []
        for criterion in self.criteria:
            waived = bool(self.cleaned_data.get(f"waived-{criterion.code}"))
            for leaf in criterion.leaves:
                whole = waived and leaf.code == criterion.code
                answer = Verdict.NOT_APPLICABLE.value if whole else self.cleaned_data[f"said-{leaf.code}"]
                said.append(Said(leaf.code, answer, self.cleaned_data[f"words-{leaf.code}"]))
            if self.may_be_waived(criterion) and criterion.parts:
                said.append(Said(criterion.code, Verdict.NOT_APPLICABLE.value if waived else ""))
        return said


def opinion_form(library: Library, criteria: Sequence[Criterion], known: Mapping[str, AbstractMark], data: Any) -> Any:
    """One reviewer's own opinion."""
    return ItemsForm(data, library=library, criteria=criteria, known=known, words="note", label=_("Why"))


def agreed_form(library: Library, criteria: Sequence[Criterion], known: Mapping[str, AbstractMark], data: Any) -> Any:
    """The values on which the reviewers agree."""
    return ItemsForm(data, library=library, criteria=criteria, known=known, words="reason", label=_("Reason"))
