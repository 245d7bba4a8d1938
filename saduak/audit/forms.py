"""How records are looked for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.audit.models import Act
from saduak.audit.presenters import kind_in_words
from saduak.audit.queries import USUAL_DAYS, Search, kinds
from saduak.design.forms import Form, ThaiDateField


class SearchForm(Form):
    """Filters over the records; without any, the last thirty days."""

    first_day = ThaiDateField(label=_("From day"), required=False, help_text="")
    last_day = ThaiDateField(label=_("To day"), required=False, help_text="")
    person = forms.CharField(label=_("Person"), required=False, max_length=200, strip=True)
    act = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("All")), *Act.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    reference = forms.CharField(label=_("Reference"), required=False, max_length=60)

    def __init__(self, asked: QueryDict) -> None:
        nothing_asked = not any(name in asked for name in self.base_fields)
        super().__init__({"first_day": usual_first_day()} if nothing_asked else asked)
        known = sorted((kind_in_words(kind), kind) for kind in kinds())
        self.fields["kind"].choices = [("", _("All")), *((kind, words) for words, kind in known)]  # type: ignore[attr-defined]

    @property
    def search(self) -> Search:
        """What is looked for; fields that were refused are left out."""
        self.full_clean()
        asked: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        return Search(**asked)


def usual_first_day() -> Any:
    """The first day of the usual time."""
    return timezone.localdate() - timedelta(days=USUAL_DAYS)
