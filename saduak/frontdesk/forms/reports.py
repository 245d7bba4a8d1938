"""Which day, and which days, a report is about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form, ThaiDateField


class DayForm(Form):
    """One day."""

    day = ThaiDateField(label=_("Day"), required=False)


class PeriodForm(Form):
    """From one day to another."""

    since = ThaiDateField(label=_("From the day"), required=False)
    until = ThaiDateField(label=_("Until the day"), required=False)

    def clean(self) -> dict[str, object]:
        """The days in their order."""
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            raise forms.ValidationError(_("The period ends before it begins."))
        return found
