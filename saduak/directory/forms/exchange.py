"""The form that takes a spreadsheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form
from saduak.directory.models import SheetKind
from saduak.directory.operations.exchange.writing import why_refused
from saduak.directory.sheets import SheetRefused, look_at


class UploadForm(Form):
    """Which spreadsheet, and what it holds."""

    kind = forms.ChoiceField(label=_("What the spreadsheet holds"), choices=SheetKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, at most 20 MB and 50,000 rows. You see what it does before it is written."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        """What is no spreadsheet is told at the field, before anything is kept."""
        file = self.cleaned_data["file"]
        try:
            look_at(file.read())
        except SheetRefused as refused:
            raise forms.ValidationError(why_refused(refused.code, refused.params), code=refused.code) from None
        file.seek(0)
        return file
