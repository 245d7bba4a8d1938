"""What is typed in a surveillance: which are listed, who checks, what was found, answered and verified, and a draw."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.surveillance import Severity, Verified
from saduak.certification.operations.draws import Announcement
from saduak.certification.operations.surveillance import Check
from saduak.certification.procedure.draws import Strata
from saduak.certification.procedure.surveillance import CheckMode, Origin, SurveillanceStage
from saduak.certification.queries.surveillance import RUNNING
from saduak.design.forms import FilesField, Form, ThaiDateField
from saduak.directory.models import Province


class SurveillanceFilters(Form):
    """Which surveillances are listed; every filter is optional."""

    q = forms.CharField(label=_("Number or name of the centre"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[("", _("All stages")), (RUNNING, _("All that run")), *SurveillanceStage.choices],
    )
    origin = forms.ChoiceField(
        label=_("What opened it"), required=False, choices=[("", _("Everything")), *Origin.choices]
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that make sense; what does not is passed over."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class OpenForm(Form):
    """Why a centre is followed up, and by when it is checked."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What gives rise to it. It is kept in the history; the centre does not read it."),
        error_messages={"required": _("Write the reason.")},
    )
    due_on = ThaiDateField(label=_("To be checked by"))


class SendForm(Form):
    """Who checks the centre."""

    person = forms.ChoiceField(label=_("Who checks"))

    def __init__(self, *args: Any, people: Iterable[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(people)
        self.people = {str(person.pk): person for person, _words in people}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a person")),
            *((str(person.pk), words) for person, words in people),
        ]

    @property
    def chosen(self) -> Any:
        """The person."""
        return self.people[self.cleaned_data["person"]]


class CheckForm(Form):
    """How and when the centre was checked, and what the check says as a whole."""

    mode = forms.ChoiceField(label=_("How it was checked"), choices=CheckMode.choices, widget=forms.RadioSelect)
    checked_on = ThaiDateField(label=_("Day of the check"))
    summary = forms.CharField(
        label=_("Summary"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was looked at and whom you met. The centre reads it when the surveillance is closed."),
        error_messages={"required": _("Write the summary.")},
    )

    @property
    def check(self) -> Check:
        """What was typed, as the operation takes it."""
        return Check(**self.cleaned_data)


class FindingForm(Form):
    """What was found of one criterion."""

    code = forms.ChoiceField(label=_("Criterion"))
    severity = forms.ChoiceField(label=_("How much it weighs"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What was found"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was found.")},
    )

    def __init__(
        self, *args: Any, criteria: Iterable[tuple[str, str]], weights: Iterable[tuple[Severity, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose a criterion")), *criteria]  # type: ignore[attr-defined]
        self.fields["severity"].choices = list(weights)  # type: ignore[attr-defined]


class AnswerForm(Form):
    """What the centre has done about a finding, with its evidence."""

    answer = forms.CharField(
        label=_("What the centre has done"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what the centre has done.")},
    )
    files = FilesField(  # type: ignore[assignment]  # Django takes fields out of the class; `self.files` stays.
        label=_("Evidence"), required=False, help_text=_("Pictures, PDF, Word or Excel, each at most 20 MB")
    )


class VerdictForm(Form):
    """Whether an answer mends the finding."""

    verdict = forms.ChoiceField(label=_("Is it mended?"), choices=Verified.choices, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is not mended: say what is still missing. The centre reads it."),
    )


class AnnounceForm(Form):
    """A draw before its seed is known."""

    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.CharField(label=_("What it is for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    provinces = forms.ModelMultipleChoiceField(
        Province.objects.order_by("name_th"),
        label=_("Provinces"),
        required=False,
        to_field_name="code",
        help_text=_("Left empty, the frame is every certificate in force in the whole country."),
    )
    strata = forms.ChoiceField(label=_("How the frame is divided"), choices=Strata.choices, widget=forms.RadioSelect)
    size = forms.IntegerField(label=_("How many are drawn"), min_value=1, max_value=100_000)
    seed_source = forms.CharField(
        label=_("Where the seed comes from"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "A public figure that nobody can know yet, such as the first prize of a named draw of the state lottery."
        ),
    )
    seed_day = ThaiDateField(label=_("Day on which the seed is published"))
    due_on = ThaiDateField(label=_("The centres are checked by"))
    is_example = forms.BooleanField(label=_("An example, drawn among example certificates"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["size"].widget.attrs["data-width"] = "6"

    @property
    def announcement(self) -> Announcement:
        """What was typed, as the operation takes it."""
        said = dict(self.cleaned_data)
        return Announcement(**{**said, "provinces": tuple(said["provinces"])})


class SeedForm(Form):
    """The seed as its source published it."""

    seed = forms.CharField(
        label=_("The seed"),
        max_length=200,
        help_text=_("Exactly as it was published; the draw can be done once."),
    )
