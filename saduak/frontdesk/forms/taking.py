"""Taking a ticket: which service, and who goes sooner."""

from typing import Any

from django import forms

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Desk, PriorityClass
from saduak.frontdesk.presenters.taking import Offer
from saduak.frontdesk.presenters.ticket_page import VisitorPage


class TakeForm(forms.Form):
    """Only what the desk gives tickets for now; `key` makes a second press give the same ticket."""

    service = forms.ModelChoiceField(Service.objects.none())
    priority = forms.ModelChoiceField(PriorityClass.objects.none(), to_field_name="code")
    key = forms.UUIDField()

    def __init__(self, *args: Any, desk: Desk, offer: Offer, page: VisitorPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [one.service.pk for one in offer.choices if not one.refusals]
        services: Any = self.fields["service"]
        services.queryset = Service.objects.filter(pk__in=given).select_related("group")
        classes: Any = self.fields["priority"]
        classes.queryset = desk.classes.filter(is_offered=True)
        for field in self.fields.values():
            field.error_messages = dict.fromkeys(("required", "invalid_choice", "invalid"), page.words["choose_one"])
