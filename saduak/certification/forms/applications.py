"""Beginning an application, and who answers for it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Round
from saduak.design.forms import Form, PhoneField
from saduak.directory.models import Centre


class StartForm(Form):
    """Which centre applies in which round."""

    centre = forms.ModelChoiceField(
        Centre.objects.none(),
        label=_("Centre"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the centre that applies.")},
    )
    round = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("Round"),
        to_field_name="reference",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the round.")},
    )

    def __init__(self, *args: Any, centres: QuerySet[Centre], rounds: QuerySet[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in {"centre": centres, "round": rounds}.items():
            field = self.fields[name]
            field.queryset = choices  # type: ignore[attr-defined]
            if len(choices) == 1:
                field.initial = getattr(choices[0], field.to_field_name)  # type: ignore[attr-defined]


class AboutForm(Form):
    """Who answers for the application, and what the assessors should know of the centre."""

    contact_name = forms.CharField(
        label=_("Contact person"),
        max_length=200,
        error_messages={"required": _("Write the name of the contact person.")},
    )
    contact_phone = PhoneField(
        label=_("Telephone"),
        max_length=40,
        error_messages={"required": _("Write the telephone number of the contact person.")},
    )
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    overview = forms.CharField(
        label=_("Overview of the centre"),
        required=False,
        max_length=6000,
        help_text=_("Services, people served in a year, staff, and what the centre is proud of. It opens the visit."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
