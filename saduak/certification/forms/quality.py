"""Which cases lie behind a figure of the quality of assessment."""

from typing import Any

from django import forms

from saduak.certification.queries.quality import Quality
from saduak.design.forms import Form


class CasesForm(Form):
    """One line of the criteria, one sub-committee, one assessor or a pair of them; what does not exist is refused."""

    code = forms.ChoiceField(required=False)
    panel = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    assessor = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, data: Any = None, *, quality: Quality, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, known in (("code", quality.library.leaves), ("panel", quality.panels), ("assessor", quality.people)):
            self.fields[name].choices = [("", ""), *((key, key) for key in known)]  # type: ignore[attr-defined]
