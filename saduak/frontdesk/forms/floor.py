"""What a supervisor may type on the floor, beside pressing buttons."""

from typing import Any

from django import forms

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Counter, Desk, Sitting, WantedCounter


class FloorForm(forms.Form):
    """All that comes along with any of the buttons; each deed takes what is its own."""

    counter = forms.ModelChoiceField(Counter.objects.none(), required=False)
    wanted = forms.ModelChoiceField(WantedCounter.objects.none(), required=False)
    sitting = forms.ModelChoiceField(Sitting.objects.none(), required=False)
    service = forms.ModelChoiceField(Service.objects.none(), required=False)
    number = forms.CharField(max_length=8, required=False)
    reason = forms.CharField(max_length=200, required=False)
    key = forms.UUIDField(required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "counter": Counter.objects.filter(desk=desk, is_active=True),
            "wanted": WantedCounter.objects.filter(centre=desk.pk),
            "sitting": Sitting.objects.filter(centre=desk.pk).with_places(),
            "service": Service.objects.filter(centre=desk.pk),
        }
        for name, found in choices.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]
