"""Forms about boards and the voice of a desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.design.forms import Form, ModelForm
from saduak.frontdesk.models import Board, Desk
from saduak.frontdesk.voice import ENDINGS, OPENINGS, clips

THEMES = (
    ("light", pgettext_lazy("board", "Light: for bright rooms")),
    ("dark", pgettext_lazy("board", "Dark: for dim rooms and at night")),
    ("contrast", pgettext_lazy("board", "Highest contrast")),
)
ORIENTATIONS = (
    ("landscape", _("Lying (16:9), as a television")),
    ("portrait", _("Standing (9:16), as a poster")),
)


class BoardForm(ModelForm):
    """A board: where it hangs, what it shows, and how."""

    zones = forms.MultipleChoiceField(
        label=_("Only counters of these zones"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all counters. Zones are named at the counters."),
    )
    theme = forms.ChoiceField(
        label=pgettext_lazy("board", "Colours"), choices=THEMES, initial="light", widget=forms.RadioSelect
    )
    orientation = forms.ChoiceField(
        label=pgettext_lazy("board", "Screen"), choices=ORIENTATIONS, initial="landscape", widget=forms.RadioSelect
    )

    class Meta:
        model = Board
        fields = ("name", "zones", "theme", "orientation", "speaks", "is_active")
        help_texts = {
            "name": _("Where it hangs, for example: waiting room, 1st floor."),
            "speaks": _("With several boards in one room, let one of them speak."),
            "is_active": _("Untick this to take the board down; its address shows nothing then."),
        }

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = desk.counters.exclude(zone="").values_list("zone", flat=True)
        zones = sorted({*named, *self.instance.zones})
        field = self.fields["zones"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 – declared above.
        field.choices = [(zone, zone) for zone in zones]
        if not zones:
            del self.fields["zones"]
        if not self.instance.pk:
            del self.fields["is_active"]


class MannerForm(Form):
    """How calls begin and end."""

    opening = forms.ChoiceField(
        label=_("A call begins with"),
        choices=[(code, clips()[code].said) for code in OPENINGS],
        widget=forms.RadioSelect,
    )
    ending = forms.ChoiceField(
        label=_("A call ends with"), choices=[(code, clips()[code].said) for code in ENDINGS], widget=forms.RadioSelect
    )


class BringVoiceForm(Form):
    """Whose recorded words to take for those that are missing."""

    giver = forms.ModelChoiceField(Desk.objects.none(), label=_("Take the missing words from"))

    def __init__(self, *args: Any, givers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["giver"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 – declared above.
        field.queryset = givers
        field.label_from_instance = _giver  # type: ignore[method-assign, assignment]


def _giver(desk: Any) -> str:
    return _("%(centre)s (%(number)s words)") % {"centre": desk.centre.name, "number": desk.recorded}
