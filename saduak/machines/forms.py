"""What is typed about a connected system."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.design.forms import Form, ThaiDateField
from saduak.machines.models import Client
from saduak.machines.models.clients import PER_MINUTE
from saduak.machines.scopes import Scope
from saduak.people.models import User

A_YEAR = timedelta(days=365)


class PersonField(forms.CharField):
    """An open account, by its user name or e-mail."""

    def clean(self, value: Any) -> User | None:
        """The person. Raises ValidationError when no open account has this user name or e-mail."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        person = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed), is_active=True).first()
        if person is None:
            raise ValidationError(_("No account has this user name or e-mail. Make one first."), code="unknown")
        return person


class ClientForm(Form):
    """A system, who answers for it, and for whom it acts."""

    name = forms.CharField(label=_("Name of the system"), max_length=120)
    purpose = forms.CharField(label=_("What it is for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    owner = PersonField(label=_("Owner"), help_text=_("User name or e-mail of the account"))
    contact = forms.EmailField(label=_("E-mail in case of trouble"))
    acts_for = PersonField(
        label=_("Acts for"),
        required=False,
        help_text=_(
            "User name or e-mail. With the scopes for cases, the system sees and does what this person may. "
            "Leave it empty when it needs no cases."
        ),
    )
    per_minute = forms.IntegerField(label=_("Requests a minute"), min_value=1, max_value=60_000, initial=PER_MINUTE)
    expires_on = ThaiDateField(label=_("Until"), required=False, help_text=_("Leave it empty for an open end"))

    @classmethod
    def of(cls, client: Client, data: Any = None) -> "ClientForm":
        """The form with what is known of a system."""
        known = {name: getattr(client, name) for name in cls.base_fields}
        people = {name: getattr(known[name], "username", "") for name in ("owner", "acts_for")}
        return cls(data, initial={**known, **people})


class TokenForm(Form):
    """What a new token may do, and until when."""

    label = forms.CharField(
        label=_("What it is used for"),
        max_length=120,
        required=False,
        help_text=_("For example: the server in Lamphun"),
    )
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("token", "May"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What everybody may read needs none of these. Choose none for a token that only raises the pace."),
    )
    until = ThaiDateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty: as long as the system may ask")
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("until", client.expires_on or timezone.localdate() + A_YEAR)
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.value, f"{scope.label} ({scope.value})") for scope in Scope
        ]

    @property
    def expires_at(self) -> datetime | None:
        """The moment after the last day."""
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None


class ReplayForm(Form):
    """From which day events are sent again."""

    since = ThaiDateField(label=_("From the day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("since", timezone.localdate())
        super().__init__(*args, **kwargs)

    @property
    def moment(self) -> datetime:
        """The beginning of the day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["since"], time.min))
