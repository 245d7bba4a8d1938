"""Giving a unit to a sub-committee beside a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import AllotmentProposal, Panel
from saduak.design.forms import Form


class DecideForm(Form):
    """The sub-committee that gets the unit, with the reason when it is not the proposed one."""

    panel = forms.ModelChoiceField(
        Panel.objects.none(), label=_("Sub-committee"), error_messages={"required": _("Choose a sub-committee.")}
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Needed when it is not the proposed sub-committee. It is kept in the history of the case."),
    )

    def __init__(self, data: Any = None, *, proposal: AllotmentProposal, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["panel"].queryset = proposal.round.panels.select_related("body")  # type: ignore[attr-defined]
