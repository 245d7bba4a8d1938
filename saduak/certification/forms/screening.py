"""What the secretariat writes when it looks through a dossier."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.screening import Finding
from saduak.design.forms import Form


class FindingForm(Form):
    """The finding on one criterion, chosen by its button, and what the centre has to know."""

    finding = forms.ChoiceField(choices=Finding.choices, widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark to the centre"), widget=forms.Textarea(attrs={"rows": 1}), max_length=2000, required=False
    )

    def __init__(self, data: Any = None, *, anchor: str, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{anchor}-%s", **kwargs)


class NoteForm(Form):
    """A word to the centre with a decision, or the reasons for it."""

    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False)

    def __init__(self, data: Any = None, *, label: object, required: bool, help_text: object, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        note = self.fields["note"]
        note.label, note.required, note.help_text = str(label), required, str(help_text)
        note.error_messages["required"] = str(_("Write the reason."))
