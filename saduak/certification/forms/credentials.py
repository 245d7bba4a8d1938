"""A certificate as a file (PDF or JSON), or as text, to be verified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.credentials.papers import LARGEST_PAPER, inside, is_paper
from saduak.credentials.reading import Document, Unreadable, read
from saduak.credentials.wording import FAULTS
from saduak.design.forms import Form


class CredentialForm(Form):
    """The file that was downloaded from the register, or what stands in it.

    `document` is what was read; `pdf` are the bytes around it, when it came inside a PDF.
    """

    file = forms.FileField(
        label=_("File of the certificate (PDF or JSON)"),
        help_text=_("The file that the centre gave you, or that was downloaded from the register. It is not kept."),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.json,application/pdf,application/json,application/vc+ld+json"}
        ),
    )
    text = forms.CharField(
        label=_("Or paste what stands in it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    document: Document
    pdf: bytes = b""

    def clean(self) -> dict[str, Any]:
        """Read the file, else the text."""
        said = super().clean() or self.cleaned_data
        file, text = said.get("file"), said.get("text", "")
        if not file and not text.strip():
            if "file" not in self.errors:
                raise forms.ValidationError(_("Choose the file, or paste what stands in it."))
            return said
        try:
            self.document = self._read_file(file.read(LARGEST_PAPER + 1)) if file else read(text)
        except Unreadable as unreadable:
            self.add_error("file" if file else "text", FAULTS[unreadable.fault])
        return said

    def _read_file(self, raw: bytes) -> Document:
        if not is_paper(raw):
            return read(raw)
        self.pdf = raw
        return inside(raw)
