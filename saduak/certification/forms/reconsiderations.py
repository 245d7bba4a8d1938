"""What a centre writes when it asks for reconsideration, and who reviews."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Ground, Reconsideration
from saduak.design.forms import Form
from saduak.directory.models import Body
from saduak.standards.criteria import Criterion


class GroundsForm(Form):
    """What the centre asks for, and for each criterion why the decision is wrong, with a file."""

    statement = forms.CharField(
        label=_("What the centre asks for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a few sentences. The reasons for each criterion follow below."),
    )

    def __init__(
        self,
        *args: Any,
        request: Reconsideration,
        criteria: Sequence[Criterion],
        known: Mapping[str, Ground],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **{"initial": {"statement": request.statement}, "auto_id": "id_%s", **kw})
        self.criteria = criteria
        for criterion in criteria:
            ground = known.get(criterion.code)
            self.fields[f"ground-{criterion.code}"] = forms.CharField(
                label=_("Why the decision on this criterion is wrong"),
                required=False,
                max_length=4000,
                initial=ground.text if ground else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"file-{criterion.code}"] = forms.FileField(
                label=_("Add a file that shows it"), required=False, widget=forms.FileInput
            )

    def pair(self, code: str) -> tuple[BoundField, BoundField]:
        """The reason and the file of one criterion."""
        return self[f"ground-{code}"], self[f"file-{code}"]

    def grounds(self) -> dict[str, str]:
        """The reasons by criterion."""
        return {one.code: self.cleaned_data[f"ground-{one.code}"] for one in self.criteria}

    def added(self) -> list[tuple[str, Any]]:
        """The files that were added, each with its criterion."""
        found = ((one.code, self.cleaned_data[f"file-{one.code}"]) for one in self.criteria)
        return [(code, file) for code, file in found if file]


class HearingForm(Form):
    """The sub-committee that reviews, with the reason when it changes."""

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Sub-committee that reviews"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a sub-committee.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("It is kept in the history of the case."),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, data: Any = None, *, bodies: Iterable[Body], needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies]).order_by("number")
        self.fields["reason"].required = needs_reason


class ReviewersForm(Form):
    """Who reviews."""

    people = forms.MultipleChoiceField(
        label=_("Reviewers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("At least two members review a request.")},
    )

    def __init__(self, data: Any = None, *, people: Sequence[Any], chosen: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(data, initial={"people": [str(key) for key in chosen]}, **kwargs)
        self.fields["people"].choices = [(str(one.pk), str(one)) for one in people]  # type: ignore[attr-defined]


class FindingOfReviewForm(Form):
    """What the chair writes before signing; the committee and the centre read it."""

    summary = forms.CharField(
        label=_("Finding and its reasons"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The steering committee reads it with the proposal, and the centre with the answer."),
        error_messages={"required": _("Write the finding and its reasons.")},
    )
