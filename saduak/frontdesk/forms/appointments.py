"""What people type to book, move and cancel an appointment, and officers to plan slots."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import QueueGroup
from saduak.design.forms import Form, ModelForm, ThaiTimeField
from saduak.directory.models import Centre
from saduak.frontdesk.models import BookingTerms, Desk, PriorityClass
from saduak.procedure.kit import Reason
from saduak.thai.dates import WEEKDAYS_EN, WEEKDAYS_TH

FIELD_OF = {"no_name": "name", "no_contact": "phone", "not_a_phone": "phone", "not_an_email": "email"}
"""Code of a refusal → the field that it is about."""


class PersonForm(Form):
    """Whom an appointment is for."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As you want to be called at the counter."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        required=False,
        help_text=_("For one appointment a day, and if the centre must reach you. No text message is sent."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-width": "18", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Reminders come here the day before and in the morning."),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "inputmode": "email"}),
    )

    def refuse_with(self, reasons: Iterable[Reason]) -> None:
        """Put each reason beside the field that it is about."""
        for reason in reasons:
            self.add_error(FIELD_OF.get(reason.code), str(reason))


class ClassForm(Form):
    """What a visitor says of themselves at check-in; nothing of it is kept before."""

    priority = forms.ModelChoiceField(
        label=_("I am"), queryset=PriorityClass.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = PriorityClass.objects.filter(desk=desk, is_offered=True)
        field: Any = self.fields["priority"]
        field.queryset = offered
        self.initial.setdefault("priority", offered.filter(is_priority=False).first())


class TermsForm(ModelForm):
    """On what terms visitors may book."""

    class Meta:
        model = BookingTerms
        fields = ("is_offered", "days_ahead", "notice_minutes", "keep_days")
        labels = {
            "is_offered": _("Visitors can book on the web"),
            "days_ahead": _("How many days ahead can be booked"),
            "notice_minutes": _("Minutes before a slot until which it can be booked"),
            "keep_days": _("Days after the appointment on which name and contact are erased"),
        }
        help_texts = {
            "keep_days": _("What stays says when somebody came for which service, and nothing of the person."),
        }
        widgets = {
            name: forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"})
            for name in ("days_ahead", "notice_minutes", "keep_days")
        }


class SlotsForm(Form):
    """One line of the plan."""

    group = forms.ModelChoiceField(label=_("Queue group"), queryset=QueueGroup.objects.none(), empty_label=None)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), coerce=int, widget=forms.CheckboxSelectMultiple, initial=[1, 2, 3, 4, 5]
    )
    opens = ThaiTimeField(label=_("First slot begins"), help_text=_("For example 08.30"))
    closes = ThaiTimeField(label=_("Last slot ends"), help_text=_("For example 12.00; slots over midday are left out"))
    minutes = forms.IntegerField(
        label=_("Minutes of a slot"),
        min_value=5,
        max_value=240,
        initial=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"}),
    )
    places = forms.IntegerField(
        label=_("People in a slot"),
        min_value=1,
        max_value=200,
        initial=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"}),
    )

    def __init__(self, *args: Any, centre: Centre, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = QueueGroup.objects.filter(centre=centre)
        names = WEEKDAYS_TH if language == "th" else WEEKDAYS_EN
        weekdays: Any = self.fields["weekdays"]
        weekdays.choices = list(enumerate(names, start=1))


class CancelForm(Form):
    """Why an officer cancels; the person is told."""

    reason = forms.CharField(label=_("Why it is cancelled"), max_length=200)
