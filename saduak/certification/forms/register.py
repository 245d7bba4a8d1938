"""What a visitor of the public register looks for; it stands in the address, so that a list can be sent on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.queries import register
from saduak.certification.queries.register import Wish
from saduak.certification.rules import read_certificate_number
from saduak.design.forms import Form, ThaiDateField
from saduak.design.levels import LEVELS
from saduak.directory.models import Agency, Province
from saduak.thai.text import sort_key


def _cycles() -> list[tuple[str, Any]]:
    return [("", _("All years")), *((str(year), str(year)) for year in register.certified_cycles())]


class _InThaiOrder(ModelChoiceIterator):
    """Names as a dictionary has them, which the database does not know of Thai."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        yield from (self.choice(one) for one in sorted(self.queryset, key=lambda one: sort_key(one.name)))


class _NameField(forms.ModelChoiceField):
    iterator = _InThaiOrder


class PastDayField(ThaiDateField):
    """A day that is not still to come."""

    default_error_messages = {"still_to_come": _("This day is still to come.")}

    def validate(self, value: date | None) -> None:
        """Refuse days after today."""
        super().validate(value)
        if value is not None and value > timezone.localdate():
            raise forms.ValidationError(self.error_messages["still_to_come"], code="still_to_come")


class DayForm(Form):
    """The day whose register is asked for."""

    on = PastDayField(label=_("Status as of the day"))

    @property
    def day(self) -> date | None:
        """The day, or None when none is asked for or it is none."""
        return self.cleaned_data.get("on") if self.is_valid() else None


class RegisterFilters(Form):
    """Words, place, agency, level, year and status; each may be left out."""

    q = forms.CharField(
        label=_("Name of a centre, agency or province"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    province = _NameField(
        Province.objects.all(),
        label=_("Province"),
        required=False,
        to_field_name="code",
        empty_label=_("All provinces"),
    )
    agency = _NameField(
        Agency.objects.all(),
        label=_("Agency"),
        required=False,
        to_field_name="code",
        empty_label=_("All agencies"),
    )
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("All levels")), *LEVELS.items()])
    year = forms.ChoiceField(label=_("Round of the year"), required=False, choices=_cycles)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("In force or not")), ("valid", _("Valid")), ("ended", _("Not in force"))],
    )
    on = PastDayField(label=_("As of the day"), required=False)
    sort = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[
            ("", _("Best fit first")),
            (register.NAME, _("By name")),
            (register.NEWEST, _("Newest certificate first")),
            (register.ENDING, _("Ending soonest first")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies: Any = self.fields["agency"]
        agencies.queryset = register.certified_agencies()

    @cached_property
    def wish(self) -> Wish:
        """What is looked for; what makes no sense is passed over."""
        self.is_valid()
        said = self.cleaned_data
        return Wish(
            text=said.get("q", ""),
            province=said.get("province"),
            agency=said.get("agency"),
            level=said.get("level", ""),
            cycle=int(said["year"]) if said.get("year") else None,
            is_valid={"valid": True, "ended": False}.get(said.get("status", "")),
            as_of=said.get("on"),
            order=said.get("sort", ""),
        )

    @property
    def choices(self) -> list[forms.BoundField]:
        """Everything but the words."""
        return [field for field in self if field.name != "q"]

    @property
    def narrows_by_choice(self) -> bool:
        """Whether anything but the words is chosen."""
        return replace(self.wish, text="") != Wish()

    @property
    def narrows(self) -> bool:
        """Whether anything but the order is chosen."""
        return self.wish != Wish(order=self.wish.order)


class NumberForm(Form):
    """The number of a certificate, typed in any way that can be understood."""

    number = forms.CharField(
        label=_("Certificate number"),
        help_text=_("It stands on the certificate, like GECC-2563-0007. Thai digits and spaces will do."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "data-width": "18"}),
        error_messages={"required": _("Type the number that stands on the certificate.")},
    )

    def clean_number(self) -> str:
        """The number as it is kept."""
        number = read_certificate_number(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(_("This is not the number of a certificate. It looks like GECC-2563-0007."))
        return number
