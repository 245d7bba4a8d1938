"""What the assessors agree on for one leaf, and what the chair writes before signing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.forms.answering import written
from saduak.certification.models.marking import VERDICTS
from saduak.design.forms import Form
from saduak.standards.criteria import Leaf, Library, Waiving
from saduak.standards.rules import Verdict


class AgreedForm(Form):
    """The agreed value of one leaf with its reason; `seen` is the stamp of the value that the person looked at."""

    said = forms.CharField(label=_("Agreed value"), required=False, max_length=20)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, leaf: Leaf, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"agreed-{leaf.code}-%s", **kwargs})
        self.leaf, self.library = leaf, library
        if leaf.is_yes_or_no:
            chosen = [Verdict.MET, Verdict.NOT_MET]
            if self.may_be_waived:
                chosen.append(Verdict.NOT_APPLICABLE)
            self.fields["said"] = forms.ChoiceField(
                label=_("Agreed value"),
                choices=[(verdict.value, VERDICTS[verdict]) for verdict in chosen],
                widget=forms.RadioSelect,
                required=False,
            )
        else:
            self.fields["said"].widget = forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "data-width": "6"}
            )
            if self.may_be_waived:
                self.fields["waived"] = forms.BooleanField(label=str(VERDICTS[Verdict.NOT_APPLICABLE]), required=False)

    @property
    def may_be_waived(self) -> bool:
        """Whether the criterion need not apply."""
        return self.leaf.criterion.may_not_apply and self.library.waiving is not Waiving.NOT_ALLOWED

    def clean_said(self) -> str:
        """The value must fit the criteria."""
        said = self.cleaned_data["said"]
        if said == Verdict.NOT_APPLICABLE:
            return str(said)
        return written(self.library, self.leaf.code, said)

    def agreed(self) -> tuple[str, str]:
        """The code under which it stands, and what is said; what does not apply stands under the whole criterion."""
        said = self.cleaned_data["said"]
        if said == Verdict.NOT_APPLICABLE or self.cleaned_data.get("waived"):
            return self.leaf.criterion.code, Verdict.NOT_APPLICABLE.value
        return self.leaf.code, said


class SignatureForm(Form):
    """What the steering committee reads first, and the hash of what the chair has read."""

    summary = forms.CharField(
        label=_("Summary for the steering committee"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Strong points, what has to become better, and anything the committee should know."),
    )
    read = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_summary(self) -> str:
        """Without blanks around it."""
        return str(self.cleaned_data["summary"]).strip()
