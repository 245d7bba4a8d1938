"""A certificate as a file, or as text, to be verified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.credentials.reading import LARGEST, Document, Unreadable, read
from saduak.credentials.wording import FAULTS
from saduak.design.forms import Form


class CredentialForm(Form):
    """The file that was downloaded from the register, or what stands in it. `document` is what was read."""

    file = forms.FileField(
        label=_("File of the certificate (JSON)"),
        help_text=_("The file that the centre gave you, or that was downloaded from the register. It is not kept."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json,application/vc+ld+json"}),
    )
    text = forms.CharField(
        label=_("Or paste what stands in it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    document: Document

    def clean(self) -> dict[str, Any]:
        """Read the file, else the text."""
        said = super().clean() or self.cleaned_data
        file, text = said.get("file"), said.get("text", "")
        if not file and not text.strip():
            if "file" not in self.errors:
                raise forms.ValidationError(_("Choose the file, or paste what stands in it."))
            return said
        try:
            self.document = read(file.read(LARGEST + 1) if file else text)
        except Unreadable as unreadable:
            self.add_error("file" if file else "text", FAULTS[unreadable.fault])
        return said
