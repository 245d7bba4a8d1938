"""Forms about services and queue groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import QueueGroup, Service
from saduak.design.forms import ModelForm

NAMES = ("name_th", "name_en", "name_my", "name_zh")


class NamedForm(ModelForm):
    """What has a name in the languages of visitors; only the Thai one is demanded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in ("my", "zh"):
            self.fields[f"name_{language}"].widget.attrs["lang"] = language


class QueueGroupForm(NamedForm):
    """One line of waiting people."""

    class Meta:
        model = QueueGroup
        fields = NAMES


class ServiceForm(NamedForm):
    """Something a centre does for people."""

    class Meta:
        model = Service
        fields = (*NAMES, "group", "prefix", "expected_minutes", "daily_limit", "is_offered")
        widgets = {
            "prefix": forms.TextInput(attrs={"data-width": "6", "maxlength": 1, "autocapitalize": "characters"}),
            "expected_minutes": forms.NumberInput(attrs={"data-width": "6", "min": 1}),
            "daily_limit": forms.NumberInput(attrs={"data-width": "6", "min": 1}),
        }
        help_texts = {
            "group": _("Services of one queue group are called from the same line."),
            "expected_minutes": _(
                "Of one visit to a counter. The wait is estimated from it until enough visits have been measured."
            ),
            "daily_limit": _("Empty: no limit."),
            "is_offered": _("Untick this instead of removing a service: what was done stays countable."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.fields["group"]
        assert isinstance(group, forms.ModelChoiceField)  # noqa: S101 – a foreign key.
        group.queryset = QueueGroup.objects.filter(centre=self.instance.centre_id)
        group.empty_label = None

    def clean_prefix(self) -> str:
        """The letter, as a capital."""
        return str(self.cleaned_data["prefix"]).upper()
