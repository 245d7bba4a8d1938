"""The form that takes a spreadsheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form
from saduak.directory.models import SheetKind


class UploadForm(Form):
    """Which spreadsheet, and what it holds."""

    kind = forms.ChoiceField(label=_("What the spreadsheet holds"), choices=SheetKind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, at most 20 MB and 50,000 rows. You see what it does before it is written."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
