"""What an officer may type at the console, beside pressing buttons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.catalogue.models import Service
from saduak.design.forms import Form
from saduak.frontdesk.models import Counter, Desk, PriorityClass
from saduak.frontdesk.procedure import Outcome

LANGUAGE_NAMES = [("th", "ไทย"), ("en", "English"), ("my", "မြန်မာ"), ("zh", "中文")]
"""The languages of visitors, each in its own."""


class ServiceOfCentreField(forms.ModelChoiceField):
    """A service together with its centre."""

    def label_from_instance(self, obj: Any) -> str:
        """The centre first, for there are several."""
        return f"{obj.centre.name} – {obj.name}"


class PressForm(forms.Form):
    """What comes along with every button."""

    key = forms.UUIDField(required=False)
    seen = forms.IntegerField(min_value=0, required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class DeedForm(PressForm):
    """All that comes along with any of the buttons; each deed takes what is its own."""

    service = forms.ModelChoiceField(Service.objects.none(), required=False)
    counter = forms.ModelChoiceField(Counter.objects.none(), required=False)
    outcome = forms.ChoiceField(choices=Outcome.choices, required=False)
    reason = forms.CharField(max_length=300, required=False)
    note = forms.CharField(max_length=1000, required=False)
    number = forms.CharField(max_length=8, required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, desk=desk, **kwargs)
        self.fields["service"].queryset = Service.objects.filter(centre=desk.pk)  # type: ignore[attr-defined]
        self.fields["counter"].queryset = Counter.objects.filter(desk=desk, is_active=True)  # type: ignore[attr-defined]


class GiveForm(Form):
    """A ticket that an officer gives out."""

    service = forms.ModelChoiceField(
        Service.objects.none(), label=pgettext_lazy("ticket", "Service"), empty_label=None, widget=forms.RadioSelect
    )
    priority = forms.ModelChoiceField(
        PriorityClass.objects.none(), label=_("Visitor"), empty_label=None, widget=forms.RadioSelect
    )
    visitor_name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Officers see it only after the call.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_NAMES, initial="th")
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = Service.objects.of(desk.centre).offered()
        classes = PriorityClass.objects.filter(desk=desk, is_offered=True).order_by("position", "pk")
        for name, found in (("service", services), ("priority", classes)):
            field: Any = self.fields[name]
            field.queryset = found
            first = found.first()
            field.initial = first.pk if first else None

    @property
    def facts(self) -> dict[str, Any]:
        """What the operation is told."""
        return self.cleaned_data


class StepForm(forms.Form):
    """A step with a ticket that is at no counter."""

    step = forms.ChoiceField(choices=[("cancel", "cancel"), ("bring_back", "bring_back")])
    reason = forms.CharField(max_length=300, required=False)
    key = forms.UUIDField(required=False)


class SendOnForm(Form):
    """To which service of which other centre of the province a visitor is sent on."""

    service = ServiceOfCentreField(Service.objects.none(), label=_("Centre and service"), empty_label=None)
    reason = forms.CharField(label=pgettext_lazy("ticket", "Why"), max_length=300, required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["service"]
        field.queryset = (
            Service.objects.offered()
            .filter(centre__desk__is_open=True, centre__is_open=True, centre__province=desk.centre.province)
            .exclude(centre=desk.pk)
            .select_related("centre")
            .order_by("centre__sort_key", "position", "pk")
        )
