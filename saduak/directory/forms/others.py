"""Forms about agencies, bodies, offices, holidays and regions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form, ModelForm, ThaiDateField
from saduak.directory.models import Agency, Body, Holiday, Ministry, Office, Province
from saduak.directory.operations.memberships import offices_of
from saduak.people.models import User

UNCHECKED = "unchecked against the text"
"""Where the number of a quorum comes from as long as nobody has read it in the order; the pages translate it."""


class MinistryForm(ModelForm):
    """A ministry."""

    class Meta:
        model = Ministry
        fields = ("code", "letter_code", "name_th", "name_en")


class AgencyForm(ModelForm):
    """An agency and its place in the tree."""

    class Meta:
        model = Agency
        fields = ("code", "name_th", "name_en", "kind", "ministry", "parent", "is_active")
        help_texts = {"ministry": _("Leave it empty for an agency outside every ministry.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Agency.objects.order_by("name_th")  # type: ignore[attr-defined]


class BodyForm(ModelForm):
    """A committee or office with its order, term, quorum and provinces."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    jurisdiction = forms.ModelMultipleChoiceField(
        Province.objects.order_by("name_th"),
        label=_("Provinces in its charge"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: the whole country"),
    )

    class Meta:
        model = Body
        fields = (
            "kind",
            "number",
            "name_th",
            "name_en",
            "order_no",
            "ordered_on",
            "term_from",
            "term_until",
            "quorum_rule",
            "quorum_number",
            "quorum_source",
            "jurisdiction",
        )
        help_texts = {"number": _("Of a sub-committee or an inspection region")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version
        if self.initial.get("quorum_source", UNCHECKED) == UNCHECKED:
            self.initial["quorum_source"] = _(UNCHECKED)

    def clean_quorum_source(self) -> str:
        """As it was typed; the words of the reader's language that nobody has checked it are kept as one mark."""
        typed = str(self.cleaned_data["quorum_source"])
        return UNCHECKED if typed == _(UNCHECKED) else typed

    def facts(self) -> dict[str, Any]:
        """What was typed, without the version that was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class AppointForm(Form):
    """Who gets which office, from when until when."""

    who = forms.CharField(label=_("Person"), help_text=_("User name or e-mail of the account"))
    office = forms.ChoiceField(label=_("Office"))
    from_day = ThaiDateField(label=_("From"))
    until_day = ThaiDateField(label=_("Until"), required=False, help_text=_("Leave it empty for an open end"))
    order_no = forms.CharField(label=_("Order number"), required=False, max_length=80)
    represents = forms.CharField(
        label=_("Represents"),
        required=False,
        max_length=200,
        help_text=_("For example the Office of the Civil Service"),
    )

    def __init__(self, *args: Any, place: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("from_day", timezone.localdate())
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(office.value, office.label) for office in offices_of(place)]  # type: ignore[attr-defined]
        if not isinstance(place, Body):
            del self.fields["represents"]

    def clean_who(self) -> User:
        """The person. Raises ValidationError when no open account has this user name or e-mail."""
        typed = self.cleaned_data["who"].strip()
        person = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed), is_active=True).first()
        if person is None:
            raise ValidationError(_("No account has this user name or e-mail. Make one first."), code="unknown")
        return person

    def clean_office(self) -> Office:
        """The office."""
        return Office(self.cleaned_data["office"])


class EndForm(Form):
    """When somebody's time in an office ends."""

    last_day = ThaiDateField(label=_("Last day in the office"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("last_day", timezone.localdate())
        super().__init__(*args, **kwargs)


class HolidayForm(ModelForm):
    """A day on which offices close, or do not."""

    provinces = forms.ModelMultipleChoiceField(
        Province.objects.order_by("name_th"),
        label=_("Provinces"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a day of some provinces"),
    )
    region_th = forms.ChoiceField(label=_("Region"), required=False, help_text=_("Only for a day of one region"))

    class Meta:
        model = Holiday
        fields = (
            "day",
            "name",
            "kind",
            "scope",
            "region_th",
            "provinces",
            "offices_close",
            "confidence",
            "source",
        )
        help_texts = {"source": _("The resolution or announcement, with its date")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Province.objects.exclude(region_th="").order_by("region_th").values_list("region_th", flat=True)
        self.fields["region_th"].choices = [("", "–"), *((one, one) for one in regions.distinct())]  # type: ignore[attr-defined]


class MoveProvinceForm(Form):
    """Which province joins a region, from when, by which order."""

    province = forms.ModelChoiceField(Province.objects.order_by("name_th"), label=_("Province"))
    from_day = ThaiDateField(label=_("From"))
    source = forms.CharField(label=_("Order"), max_length=300, help_text=_("Number and date"))


class PeopleFilter(Form):
    """What the list of people is narrowed to."""

    q = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    office = forms.ChoiceField(label=_("Office"), required=False, choices=[("", _("All")), *Office.choices])
