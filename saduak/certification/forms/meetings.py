"""What the secretary of the steering committee types: a meeting, its agenda, decisions, and the resolution."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import AgendaItem, Attendance, Meeting, Round
from saduak.certification.models.meetings import Decision
from saduak.certification.operations.meetings import Act
from saduak.certification.queries.meetings import BY_PANEL, BY_PROVINCE, BY_TOTAL, panels_of, provinces_of
from saduak.design.forms import Form, ThaiDateField
from saduak.directory.models import Body, Province

ORDERS = [
    (BY_PANEL, _("by sub-committee and unit number")),
    (BY_PROVINCE, _("by province")),
    (BY_TOTAL, _("by total, the highest first")),
]

FOLLOW = "follow"


class CallForm(Form):
    """A meeting to be called."""

    round = forms.ModelChoiceField(
        Round.objects.open(), label=_("Round"), to_field_name="reference", empty_label=None, widget=forms.RadioSelect
    )
    number = forms.CharField(
        label=_("Number of the meeting"), max_length=20, help_text=_("For example 1/2569"), widget=forms.TextInput
    )
    held_on = ThaiDateField(label=_("Day of the meeting"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["data-width"] = "12"


class _UnitFilters(Form):
    """Which units are shown; every filter is optional."""

    q = forms.CharField(label=_("Reference or name of the centre"), required=False, max_length=100)
    panel = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Sub-committee"),
        required=False,
        to_field_name="number",
        empty_label=_("All sub-committees"),
    )
    province = forms.ModelChoiceField(
        Province.objects.none(),
        label=_("Province"),
        required=False,
        to_field_name="code",
        empty_label=_("All provinces"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["panel"].queryset = panels_of(meeting)  # type: ignore[attr-defined]
        self.fields["province"].queryset = provinces_of(meeting)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that make sense; what does not is passed over."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AgendaFilters(_UnitFilters):
    """Which items of an agenda are shown."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[
            ("", _("All decisions")),
            ("open", _("Not decided yet")),
            ("certify", _("To be certified")),
            ("decline", _("Not to be certified")),
            ("departs", _("Departs from the proposal")),
            ("aside", _("A member steps aside")),
        ],
    )


class UnitsToChoose(_UnitFilters):
    """Which proposed units are shown, and in which order they are put on."""

    level = forms.ChoiceField(label=_("Proposed level"), required=False)
    order = forms.ChoiceField(label=_("Sorted"), required=False, choices=ORDERS)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        language = get_language() or "th"
        levels = [(level.code, level.title(language)) for level in meeting.round.criteria.library.levels]
        self.fields["level"].choices = [("", _("All levels")), *levels]  # type: ignore[attr-defined]

    @property
    def filters(self) -> dict[str, Any]:
        """What is filtered, the order left out."""
        return {name: value for name, value in self.chosen.items() if name != "order"}


class ArrangeForm(Form):
    """How the agenda is to be numbered."""

    order = forms.ChoiceField(label=_("Number the agenda"), choices=ORDERS)


class DecisionForm(Form):
    """What the committee decides on one unit."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the committee departs from the proposal. The centre reads it in its letter."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]

    def decided(self, item: AgendaItem) -> dict[str, str]:
        """The decision as the operation takes it."""
        said, reason = self.cleaned_data["decision"], self.cleaned_data["reason"]
        if said == FOLLOW:
            return {"decision": item.proposed, "level": item.proposed_level, "reason": reason}
        if said in {Decision.DECLINE, Decision.CONTINUE}:
            return {"decision": said, "level": "", "reason": reason}
        return {"decision": Decision.CERTIFY, "level": said, "reason": reason}


class RecusalForm(Form):
    """Who steps aside from a unit, and why."""

    seat = forms.ModelChoiceField(
        Attendance.objects.none(), label=_("Member who steps aside"), empty_label=_("Choose a member")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "aside-%s", **kwargs})  # The page asks for another reason too.
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]


class ResolutionForm(Form):
    """The resolution: its number and text, the vote, and the minutes."""

    number = forms.CharField(label=_("Number of the resolution"), max_length=40)
    text = forms.CharField(
        label=_("Text of the resolution"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Drafted from the agenda. Change it to what was resolved; it is kept as it stands here."),
    )
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=999)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=999)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=999)
    minutes = forms.FileField(
        label=_("Signed minutes"),
        required=False,
        help_text=_("A PDF file. Whoever may see the meeting may open it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    VOTES = ("votes_for", "votes_against", "abstentions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["data-width"] = "18"
        for name in self.VOTES:
            self.fields[name].widget.attrs["data-width"] = "6"

    def clean_text(self) -> str:
        """Lines end in one way, whatever the browser sends."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_minutes(self) -> Any:
        """Only a PDF counts as minutes."""
        return check_minutes(self.cleaned_data["minutes"])

    def act(self, minutes: Any) -> Act:
        """What was typed, as the operation takes it; `minutes` is the stored file or None."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "minutes"}
        return Act(**said, minutes=minutes)


def check_minutes(file: Any) -> Any:
    """The file, a PDF by its first bytes; what else is in it is looked at when it is stored. Raises ValidationError."""
    if not file:
        return file
    file.seek(0)
    if file.read(5) != b"%PDF-":
        raise forms.ValidationError(_("Attach the minutes as a PDF file."), code="not_a_pdf")
    return file
