"""Forms about results of earlier years."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Outcome, PastResult
from saduak.certification.presenters.past import source_of
from saduak.certification.queries.past import DISPUTED, SETTLED, UNMATCHED, Suggestion
from saduak.design.forms import Form
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations.exchange.writing import why_refused
from saduak.directory.sheets import SheetRefused, look_at

OTHER, HISTORIC, ALONE = "other", "historic", "alone"


class PastUploadForm(Form):
    """A spreadsheet of past results."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, at most 5,000 rows. You see what it does before it is written."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    is_example = forms.BooleanField(
        label=_("This is example data"),
        required=False,
        help_text=_("For practice: it is marked as an example wherever it stands."),
    )

    def clean_file(self) -> Any:
        """What is no spreadsheet is told at the field, before anything is kept."""
        return check_sheet(self.cleaned_data["file"])


def check_sheet(file: Any) -> Any:
    """The file, if it is a spreadsheet. Raises ValidationError in words."""
    file.seek(0)
    try:
        look_at(file.read())
    except SheetRefused as refused:
        raise forms.ValidationError(why_refused(refused.code, refused.params), code=refused.code) from None
    file.seek(0)
    return file


class PastFilter(Form):
    """Which lines a list shows."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    province = forms.ModelChoiceField(
        Province.objects.order_by("name_th"),
        label=_("Province"),
        required=False,
        to_field_name="code",
        empty_label=_("All provinces"),
    )
    outcome = forms.ChoiceField(label=_("Result"), required=False, choices=[("", _("All results")), *Outcome.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All lines")),
            (UNMATCHED, _("To be matched")),
            (DISPUTED, _("Sources contradict each other")),
            (SETTLED, _("Settled by a person")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = PastResult.objects.order_by("-cycle_be").values_list("cycle_be", flat=True).distinct()
        choice: Any = self.fields["year"]
        choice.choices = [("", _("All years")), *((str(year), str(year)) for year in years)]

    @property
    def said(self) -> dict[str, Any]:
        """What is asked for; what makes no sense is passed over."""
        self.is_valid()
        return self.cleaned_data


class MatchForm(Form):
    """Which centre a line is about."""

    centre = forms.ChoiceField(label=_("The centre"), widget=forms.RadioSelect)
    code = forms.CharField(label=_("Centre code"), required=False, max_length=20)
    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name_th"), label=_("Agency"), required=False, to_field_name="code"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, line: PastResult, suggestions: Sequence[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["centre"]
        choice.choices = [
            *(
                (one.centre.code, f"{one.centre.name} ({one.centre.code}), {one.centre.agency.name}")
                for one in suggestions
            ),
            (OTHER, _("Another centre, by the code below")),
            (HISTORIC, _("A centre of the past: enter it as closed, with the agency below")),
            (ALONE, _("No centre of the directory; leave it alone")),
        ]
        self.fields["seen"].initial = line.version
        self.fields["agency"].initial = line.agency and line.agency.code

    def clean(self) -> dict[str, Any]:
        """The centre that is meant, or what has to be typed beside the choice."""
        said = super().clean() or {}
        chosen = said.get("centre")
        if chosen == HISTORIC and not said.get("agency"):
            self.add_error("agency", _("Choose the agency to which the centre belonged."))
        if chosen in (None, HISTORIC, ALONE):
            return said
        code = said.get("code", "") if chosen == OTHER else chosen
        said["found"] = Centre.objects.filter(code=code, merged_into=None).first()
        if said["found"] is None:
            self.add_error("code", _("No centre has this code."))
        return said


class SettleForm(Form):
    """Which of several lines holds."""

    holds = forms.ChoiceField(label=_("Which one holds?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The public reads it beside the result."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, lines: Sequence[PastResult], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["holds"]
        choice.choices = [(str(line.pk), f"{line.says} · {source_of(line)}") for line in lines]
        self.fields["seen"].initial = seen


class TakeBackForm(Form):
    """Why a match or a verdict is taken back."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))
