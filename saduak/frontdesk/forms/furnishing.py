"""Forms about what a desk consists of: services, counters, classes of visitors, special days."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.catalogue.forms import NAMES, NamedForm, ServiceForm
from saduak.catalogue.models import Service
from saduak.design.forms import Form, ModelForm, ThaiDateField
from saduak.directory.rules import HoursRefused, read_hours
from saduak.frontdesk.beginnings import GENERAL
from saduak.frontdesk.models import Counter, Desk, PriorityClass


class CountersField(forms.ModelMultipleChoiceField):
    """Counters, each with its zone."""

    def label_from_instance(self, obj: Counter) -> str:
        """Its label, and where it stands."""
        return f"{obj.label} ({obj.zone})" if obj.zone else obj.label


class DeskServiceForm(ServiceForm):
    """A service, with the counters that do it."""

    counters = CountersField(
        Counter.objects.none(),
        label=_("Counters that do it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["counters"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 – declared above.
        field.queryset = desk.counters.filter(is_active=True)
        field.initial = list(self.instance.counters.all() if self.instance.pk else field.queryset)


class CounterForm(ModelForm):
    """A counter, with what it can do."""

    skills = forms.ModelMultipleChoiceField(
        Service.objects.none(),
        label=_("Services done here"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Next calls only people who wait for one of these."),
    )

    class Meta:
        model = Counter
        fields = ("label", "zone", "skills", "is_active")
        widgets = {"label": forms.TextInput(attrs={"data-width": "12"})}
        help_texts = {
            "label": _("For example 1, or A1. It stands on the board and is called out."),
            "zone": _("A part of the house with a board of its own, for example 2nd floor. May stay empty."),
            "is_active": _("Untick this instead of removing a counter that was used."),
        }

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["skills"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 – declared above.
        field.queryset = Service.objects.filter(centre=desk.centre_id).order_by("position", "pk")
        if not self.instance.pk:
            field.initial = list(field.queryset.filter(is_offered=True))


class VisitorClassForm(NamedForm):
    """Whom a desk lets go sooner, and by how much."""

    class Meta:
        model = PriorityClass
        fields = (*NAMES, "b", "credit_minutes", "is_priority", "is_offered")
        widgets = {
            "b": forms.NumberInput(attrs={"data-width": "6", "min": "0.5", "max": "10", "step": "0.5"}),
            "credit_minutes": forms.NumberInput(attrs={"data-width": "6", "min": 0, "max": 120}),
        }
        help_texts = {
            "b": _("3 means: one minute of waiting counts as three. The rule page shows what that means."),
            "credit_minutes": _("0 to 120. As if the visitor had come so many minutes earlier."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.code == GENERAL:  # Somebody belongs to no other class.
            del self.fields["is_priority"], self.fields["is_offered"]


class SpansField(forms.CharField):
    """Hours of one day as 08.30-12.00, 13.00-16.00. Gives them as a special day keeps them; empty: closed."""

    def to_python(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        """The spans. Raises ValidationError with the part that was not understood."""
        typed = str(value or "").replace(",", ";").replace("\n", ";")
        parts = [part.strip() for part in typed.split(";") if part.strip()]
        try:
            read = read_hours(";".join(f"ทุกวัน {part}" for part in parts))
        except HoursRefused as refused:
            raise ValidationError(
                _("“%(part)s” was not understood, or overlaps. Write it like 08.30-12.00, 13.00-16.00."),
                params={"part": str(refused).removeprefix("ทุกวัน ")},
            ) from None
        return [{"opens": one.opens, "closes": one.closes} for one in read]


class SpecialDayForm(Form):
    """A day with hours of its own."""

    day = ThaiDateField(label=_("Day"))
    spans = SpansField(
        label=_("Hours on that day"),
        required=False,
        help_text=_("For example 08.30-12.00, 13.00-15.00. Empty: closed all day."),
    )
    reason = forms.CharField(
        label=pgettext_lazy("a day is unlike others", "Why"),
        max_length=200,
        help_text=_("Visitors read this, for example: staff training."),
    )
