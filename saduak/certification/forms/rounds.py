"""Preparing a round and moving its calendar."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Panel, Round
from saduak.certification.operations.renewals import LONGEST
from saduak.certification.presenters.defaults import DEFAULTS
from saduak.certification.rules import (
    ADMISSION_WORKING_DAYS,
    ANSWER_DAYS,
    MENDING_WORKING_DAYS,
    RECONSIDERATION_DAYS,
    REMINDER_MONTHS,
    RENEWAL_MONTHS,
    SURVEILLANCE_MONTHS,
    VALIDITY_YEARS,
    Phase,
    Window,
)
from saduak.design.forms import Form, ThaiDateField
from saduak.directory.models import Body
from saduak.standards.models import CriteriaSet
from saduak.thai.numerals import from_thai_digits

PHASES = {
    Phase.APPLICATION: ("application_opens_on", "application_closes_on"),
    Phase.SCREENING: ("screening_opens_on", "screening_closes_on"),
    Phase.VISITS: ("visits_open_on", "visits_close_on"),
    Phase.RESOLUTION: ("resolution_opens_on", "resolution_closes_on"),
}
"""Phase → the fields of its first and last day."""


class CalendarForm(Form):
    """The four phases; each runs forward, and none begins before the one before it has ended."""

    application_opens_on = ThaiDateField(label=_("Applications open on"))
    application_closes_on = ThaiDateField(label=_("Applications close on"))
    screening_opens_on = ThaiDateField(label=_("Screening begins on"))
    screening_closes_on = ThaiDateField(label=_("Screening ends on"))
    visits_open_on = ThaiDateField(label=_("Visits begin on"))
    visits_close_on = ThaiDateField(label=_("Visits end on"))
    resolution_opens_on = ThaiDateField(label=_("Resolutions begin on"))
    resolution_closes_on = ThaiDateField(label=_("Resolutions end on"))

    def clean(self) -> dict[str, Any]:
        """Says at the field which day lies wrong."""
        cleaned = super().clean() or {}
        ended: date | None = None
        for opens, closes in PHASES.values():
            first, last = cleaned.get(opens), cleaned.get(closes)
            if first and last and last < first:
                self.add_error(closes, str(_("This day lies before the first day of the phase.")))
            if first and ended and first <= ended:
                self.add_error(opens, str(_("The phase before this one has not ended by that day.")))
            ended = last or ended
        return cleaned

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields, phase by phase."""
        return [(self[opens], self[closes]) for opens, closes in PHASES.values()]

    @property
    def calendar(self) -> tuple[Window, ...]:
        """The phases as they were typed."""
        given = self.cleaned_data
        return tuple(Window(phase, given[opens], given[closes]) for phase, (opens, closes) in PHASES.items())


class ChangeCalendarForm(CalendarForm):
    """The calendar of a round that exists, and why it is moved."""

    reason = forms.CharField(
        label=_("Why is the calendar changed?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the history of the round."),
        error_messages={"required": _("Write the reason.")},
    )


def _number(label: object, initial: int, most: int, *, least: int = 1) -> forms.IntegerField:
    """A number that counts as the platform's default when it is left empty."""
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]  # Translated when it is read.
        min_value=least,
        max_value=most,
        initial=initial,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"}),
    )


class MonthsField(forms.CharField):
    """Numbers of months as a person lists them, "6, 3, 1". Gives them as numbers, the largest first; "0" is none."""

    def prepare_value(self, value: Any) -> Any:
        """The numbers as they would be typed."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """The numbers. Raises ValidationError when they are none, or none of a calendar."""
        typed = from_thai_digits(super().to_python(value)).replace(",", " ").split()
        if not typed:
            return list(REMINDER_MONTHS)
        if not all(one.isdecimal() and len(one) < 3 and int(one) <= LONGEST for one in typed):
            raise forms.ValidationError(_("Write numbers of months up to 24, like 6, 3, 1."), code="no_months")
        return sorted({int(one) for one in typed} - {0}, reverse=True)


class TermsForm(Form):
    """What a round is called, what it asks and how long things last in it; open until the round is."""

    title_th = forms.CharField(label=_("Title in Thai"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    criteria = forms.ModelChoiceField(
        CriteriaSet.objects.all(),
        label=_("Criteria"),
        to_field_name="reference",
        empty_label=_("Choose the criteria"),
        help_text=_("A round opens only with published criteria. It keeps this version for good."),
        error_messages={"required": _("Choose the criteria.")},
    )
    validity_years = forms.IntegerField(
        label=_("Validity of certificates in years"),
        min_value=1,
        max_value=10,
        initial=VALIDITY_YEARS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"}),
    )
    mending_working_days = forms.IntegerField(
        label=_("Working days for mending a returned dossier"),
        min_value=1,
        max_value=90,
        initial=MENDING_WORKING_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"}),
    )
    reconsideration_days = _number(_("Days for asking for reconsideration"), RECONSIDERATION_DAYS, 365)
    admission_working_days = _number(
        _("Working days for saying whether a request is admitted"), ADMISSION_WORKING_DAYS, 365
    )
    answer_days = _number(_("Days for answering a request"), ANSWER_DAYS, 730)
    renewal_months = _number(_("Months before its last day in which a certificate can be renewed"), RENEWAL_MONTHS, 36)
    surveillance_months = _number(
        _("Months between surveillances of a certified centre; 0 for none"), SURVEILLANCE_MONTHS, 60, least=0
    )
    reminder_months = MonthsField(
        label=_("Reminders, in months before the last day"),
        required=False,
        max_length=40,
        initial=list(REMINDER_MONTHS),
        help_text=_("For example 6, 3, 1. Write 0 for none."),
        widget=forms.TextInput(attrs={"data-width": "12"}),
    )
    defaults = forms.MultipleChoiceField(
        label=_("When the authority misses a date of its own"),
        required=False,
        choices=[(default.value, words) for default, words in DEFAULTS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Nothing happens by itself but what is ticked. No default gives a certificate without a resolution."
        ),
    )

    ITS_OWN = ("reconsideration_days", "admission_working_days", "answer_days", "renewal_months", "surveillance_months")

    def clean(self) -> dict[str, Any]:
        """What is left empty is the platform's default."""
        cleaned = super().clean() or {}
        for name in self.ITS_OWN:
            if name in cleaned and cleaned[name] is None:
                cleaned[name] = self.base_fields[name].initial
        return cleaned


class RoundForm(CalendarForm, TermsForm):
    """A new round: its cycle, its title, its criteria, its calendar and its terms."""

    cycle_be = forms.IntegerField(
        label=_("Cycle (B.E.)"),
        min_value=2560,
        max_value=2700,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"}),
        error_messages={"required": _("Write the year of the cycle, like 2569.")},
    )

    @property
    def terms(self) -> dict[str, Any]:
        """Everything but the calendar."""
        days = {field for pair in PHASES.values() for field in pair}
        return {name: value for name, value in self.cleaned_data.items() if name not in days}


class PanelForm(Form):
    """A sub-committee that takes part, and the last unit number that it gave out before the platform."""

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Sub-committee"),
        empty_label=_("Choose a sub-committee"),
        error_messages={"required": _("Choose a sub-committee.")},
    )
    last_unit_number = forms.IntegerField(
        label=_("Last unit number given out so far"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("The next unit receives the number after it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "6"}),
    )

    def __init__(self, *args: Any, round_: Round, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = Panel.objects.filter(round=round_).values("body")
        bodies = Body.objects.sub_committees().on(day).exclude(pk__in=taken).order_by("number")
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
