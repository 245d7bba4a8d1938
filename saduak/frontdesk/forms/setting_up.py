"""Forms about a desk as a whole: hours, limits, texts, supervisors, closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import LANGUAGES
from saduak.design.forms import Form, ModelForm
from saduak.directory.forms.centres import HoursField
from saduak.frontdesk.beginnings import TEXTS
from saduak.frontdesk.models import Desk
from saduak.people.models import User

LABELS_OF_LANGUAGES = {"th": _("Thai"), "en": _("English"), "my": _("Burmese"), "zh": _("Chinese")}
LABELS_OF_TEXTS = {
    "welcome": (_("Welcome"), _("At the start of the kiosk.")),
    "ticket": (_("On the ticket"), _("Below the number, on paper and on the phone.")),
    "board": (_("On the board"), _("At the foot of the board.")),
}


class HoursForm(ModelForm):
    """The hours of every week."""

    hours = HoursField(
        label=_("Hours of the counters"),
        required=False,
        help_text=_(
            "A line for each part, like จ.-ศ. 08.30-12.00 and จ.-ศ. 13.00-16.30 when midday is closed. "
            "Empty: the opening hours of the centre."
        ),
    )

    class Meta:
        model = Desk
        fields = ("hours", "keeps_holidays")


class LimitsForm(ModelForm):
    """How many tickets, until when, and how people are called."""

    class Meta:
        model = Desk
        fields = (
            "daily_limit",
            "stops_by_estimate",
            "alarm_minutes",
            "calls_before_no_show",
            "hold_off_minutes",
            "come_early_minutes",
            "grace_minutes",
            "number_digits",
            "board_seconds",
            "least_ratings",
        )
        help_texts = {
            "daily_limit": _("Of the whole desk. Empty: no limit. A service can have a limit of its own."),
            "stops_by_estimate": _("Nobody waits who could not be served before closing time."),
            "alarm_minutes": _("The supervisor is asked to open a counter. The order stays as it is."),
            "hold_off_minutes": _("Minutes until somebody who comes back after a missed call is called again."),
            "come_early_minutes": _("With an appointment; the counter gives out tickets this early too."),
            "grace_minutes": _("Minutes after the booked time; later the visitor takes an ordinary ticket."),
            "number_digits": _(
                "Two are enough for 70 tickets of a letter a day; with more people, numbers grow longer."
            ),
            "least_ratings": _("Fewer ratings are not shown, so that nobody is recognised."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField):
                field.widget.attrs["data-width"] = "6"


class TextsForm(Form):
    """What the centre says itself, in the languages that it speaks. Thai is always among them."""

    languages = forms.MultipleChoiceField(
        label=_("Languages at the kiosk"),
        choices=[(code, label) for code, label in LABELS_OF_LANGUAGES.items() if code != "th"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Thai is always there."),
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].initial = desk.languages
        for key in LABELS_OF_TEXTS:
            for language in LANGUAGES:
                self.fields[f"{key}_{language}"] = forms.CharField(
                    label=LABELS_OF_LANGUAGES[language],
                    required=False,
                    max_length=200,
                    initial=desk.texts.get(key, {}).get(language, ""),
                    widget=forms.TextInput(attrs={"lang": language}),
                )
        self.groups = [
            (label, help_text, [self[f"{key}_{language}"] for language in LANGUAGES])
            for key, (label, help_text) in LABELS_OF_TEXTS.items()
        ]

    def facts(self) -> dict[str, Any]:
        """The languages and texts as a desk keeps them."""
        chosen = {"th", *self.cleaned_data["languages"]}
        texts = {
            key: {language: said for language in LANGUAGES if (said := self.cleaned_data[f"{key}_{language}"].strip())}
            for key in TEXTS
        }
        return {"languages": [code for code in LANGUAGES if code in chosen], "texts": texts}


class SupervisorsForm(Form):
    """Who supervises the desk beside the head of the centre."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Supervisors"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, desk: Desk, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 – declared above.
        field.queryset = people
        field.initial = list(desk.supervisors.all())


class ClosingForm(Form):
    """Why a desk stops giving out tickets."""

    reason = forms.CharField(
        label=_("Why does it close?"), max_length=200, help_text=_("It stands in the history of the desk.")
    )
