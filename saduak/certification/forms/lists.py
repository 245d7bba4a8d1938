"""The filters of the work list; they stand in the address, so that a list can be kept and sent on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Round
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.rounds import RoundStage
from saduak.design.forms import Form
from saduak.directory.models import Agency, Province


class ApplicationFilters(Form):
    """Which applications are listed; every filter is optional."""

    q = forms.CharField(label=_("Reference or name of the centre"), required=False, max_length=100)
    round = forms.ModelChoiceField(
        Round.objects.all(), label=_("Round"), required=False, to_field_name="reference", empty_label=_("All rounds")
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", _("All stages")), *Stage.choices])
    province = forms.ModelChoiceField(
        Province.objects.order_by("name_th"),
        label=_("Province"),
        required=False,
        to_field_name="code",
        empty_label=_("All provinces"),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name_th"),
        label=_("Agency"),
        required=False,
        to_field_name="code",
        empty_label=_("All agencies"),
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that make sense; what does not is passed over."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AgencyFilters(Form):
    """Which round an agency's coordinator looks at."""

    round = forms.ModelChoiceField(
        Round.objects.exclude(stage=RoundStage.PREPARED),
        label=_("Round"),
        required=False,
        to_field_name="reference",
        empty_label=_("The round that runs"),
    )

    @property
    def chosen(self) -> Round | None:
        """The round asked for, if there is one."""
        self.is_valid()
        return self.cleaned_data.get("round")
