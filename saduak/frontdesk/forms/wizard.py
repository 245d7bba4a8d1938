"""The few questions that take a new centre to its first ticket."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from saduak.catalogue.library import beginnings
from saduak.catalogue.models import LONGEST_SERVICE, Service
from saduak.design.forms import Form, ThaiTimeField
from saduak.frontdesk.forms.setting_up import LABELS_OF_LANGUAGES
from saduak.frontdesk.models import Desk

MOST_COUNTERS = 60
WEEKS = {"weekdays": [1, 2, 3, 4, 5], "saturdays": [1, 2, 3, 4, 5, 6], "daily": [1, 2, 3, 4, 5, 6, 7]}
NOON, ONE = "12:00", "13:00"


class KindForm(Form):
    """What kind of office it is."""

    kind = forms.ChoiceField(
        label=_("Kind of office"),
        widget=forms.RadioSelect,
        help_text=_("You get its usual services to begin with. You can change every one of them."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 – declared above.
        field.choices = [(one.code, getattr(one.name, language)) for one in beginnings().values()]


class ServicesForm(Form):
    """Which services there are, and how long each takes."""

    def __init__(self, *args: Any, services: Sequence[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services
        for service in services:
            self.fields[f"keep-{service.pk}"] = forms.BooleanField(
                label=service.name, required=False, initial=service.is_offered
            )
            self.fields[f"minutes-{service.pk}"] = forms.IntegerField(
                label=pgettext("unit", "minutes"),
                min_value=1,
                max_value=LONGEST_SERVICE,
                initial=service.expected_minutes,
                widget=forms.NumberInput(attrs={"data-width": "6"}),
            )
        self.lines = [(one, self[f"keep-{one.pk}"], self[f"minutes-{one.pk}"]) for one in services]

    def clean(self) -> dict[str, Any]:
        """At least one service stays."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"keep-{one.pk}") for one in self.services):
            raise ValidationError(_("Keep at least one service."))
        return cleaned

    def answers(self) -> list[tuple[Service, bool, int]]:
        """Each service, whether it stays, and its minutes."""
        said = self.cleaned_data
        return [(one, said[f"keep-{one.pk}"], said[f"minutes-{one.pk}"]) for one in self.services]


class CountersForm(Form):
    """How many counters there are."""

    number = forms.IntegerField(
        label=_("How many counters do you have?"),
        min_value=1,
        max_value=MOST_COUNTERS,
        widget=forms.NumberInput(attrs={"data-width": "6"}),
        help_text=_("They are named 1, 2, 3 and do everything. Later you can name them and say who does what."),
    )


class WeekForm(Form):
    """The hours of a week in four answers."""

    days = forms.ChoiceField(
        label=_("Opening days"),
        widget=forms.RadioSelect,
        choices=[
            ("weekdays", _("Monday to Friday")),
            ("saturdays", _("Monday to Saturday")),
            ("daily", _("Every day")),
        ],
    )
    opens = ThaiTimeField(label=_("Opens at"))
    closes = ThaiTimeField(label=_("Closes at"))
    midday = forms.BooleanField(label=_("Closed from 12.00 to 13.00"), required=False)
    keeps_holidays = forms.BooleanField(label=_("Closed on the holidays of government offices"), required=False)

    def clean(self) -> dict[str, Any]:
        """It closes after it opens, and midday lies between."""
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes:
            if opens >= closes:
                self.add_error("closes", _("It closes before it opens."))
            elif cleaned.get("midday") and not (opens.strftime("%H:%M") < NOON and closes.strftime("%H:%M") > ONE):
                self.add_error("midday", _("Midday does not lie between opening and closing."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The hours as a desk keeps them."""
        said = self.cleaned_data
        opens, closes = (said[end].strftime("%H:%M") for end in ("opens", "closes"))
        spans = [(opens, NOON), (ONE, closes)] if said["midday"] else [(opens, closes)]
        hours = [{"days": WEEKS[said["days"]], "opens": first, "closes": last} for first, last in spans]
        return {"hours": hours, "keeps_holidays": said["keeps_holidays"]}


class WelcomeForm(Form):
    """The languages of visitors, and the first words they read."""

    languages = forms.MultipleChoiceField(
        label=_("Languages at the kiosk"),
        choices=[(code, label) for code, label in LABELS_OF_LANGUAGES.items() if code != "th"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Thai is always there."),
    )
    welcome = forms.CharField(label=_("Welcome in Thai"), max_length=200)

    def facts(self, desk: Desk) -> dict[str, Any]:
        """The languages and texts as the desk keeps them."""
        chosen = {"th", *self.cleaned_data["languages"]}
        welcome = {**desk.texts.get("welcome", {}), "th": self.cleaned_data["welcome"]}
        return {
            "languages": [code for code in LABELS_OF_LANGUAGES if code in chosen],
            "texts": {**desk.texts, "welcome": welcome},
        }
