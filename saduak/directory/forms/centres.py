"""Forms about centres."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form, ModelForm, PhoneField
from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations.centres import FACTS_OF_ITS_HEAD
from saduak.directory.rules import HoursRefused, hours_in_words, read_hours


class HoursField(forms.CharField):
    """Opening hours in words; gives them as the database keeps them."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """As they would be typed, a line for each part."""
        return hours_in_words(value).replace("; ", "\n") if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[dict[str, object]]:  # type: ignore[override]
        """The hours. Raises ValidationError with the part that was not understood."""
        try:
            return [hours.stored() for hours in read_hours(str(value or ""))]
        except HoursRefused as refused:
            raise ValidationError(
                _("“%(part)s” was not understood, or overlaps. Write it like จ.-ศ. 08.30-16.30."),
                params={"part": str(refused)},
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other hours were typed."""
        return bool(initial != self.to_python(data))


class CentreFactsForm(ModelForm):
    """What the head of a centre keeps true."""

    opening_hours = HoursField(
        label=_("Opening hours"), required=False, help_text=_("A line for each part, like จ.-ศ. 08.30-16.30")
    )
    phone = PhoneField(label=_("Telephone"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Centre
        fields: tuple[str, ...] = FACTS_OF_ITS_HEAD
        widgets = {"address": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "district": _("District and sub-district"),
            "latitude": _("In degrees, for example 18.58072"),
            "longitude": _("In degrees, for example 99.00886"),
            "line_id": _("For example @lamphun"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    def facts(self) -> dict[str, Any]:
        """What was typed, without the version that was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class CentreForm(CentreFactsForm):
    """Everything about a centre, for the secretariat."""

    agency = forms.ModelChoiceField(Agency.objects.filter(is_active=True).order_by("name_th"), label=_("Agency"))
    province = forms.ModelChoiceField(Province.objects.order_by("name_th"), label=_("Province"))

    class Meta(CentreFactsForm.Meta):
        fields: tuple[str, ...] = ("name_th", "name_en", "agency", "province", *FACTS_OF_ITS_HEAD)


class ReasonForm(Form):
    """Why something is done."""

    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class CentreFilter(Form):
    """What the list of centres is narrowed to."""

    q = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    province = forms.ModelChoiceField(
        Province.objects.order_by("name_th"), label=_("Province"), required=False, empty_label=_("All provinces")
    )
    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name_th"), label=_("Agency"), required=False, empty_label=_("All agencies")
    )
    service = forms.ChoiceField(
        label=_("Service"),
        required=False,
        choices=[("", _("Open and closed")), ("open", _("In service")), ("closed", _("Closed"))],
    )
