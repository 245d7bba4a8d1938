"""What is typed about plaques and emblems: lists, orders, hand-overs, and reports of misuse (แบบกรอกป้ายและตรา)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Asset, Certificate
from saduak.certification.procedure.assets import AssetKind, AssetStage
from saduak.certification.procedure.misuse import MisuseStage, Settlement
from saduak.certification.rules import read_certificate_number
from saduak.design.forms import Form, ThaiDateField


class AssetFilters(Form):
    """Which plaques and emblems are listed."""

    q = forms.CharField(label=_("Number or name of the centre"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *AssetKind.choices])
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", _("All stages")), *AssetStage.choices])

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that make sense; what does not is passed over."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class MisuseFilters(Form):
    """Which reports are listed."""

    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", _("All stages")), *MisuseStage.choices])

    @property
    def chosen(self) -> dict[str, Any]:
        """The filter, if it makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class OrderForm(Form):
    """What is ordered, from whom, by when, and for which centres."""

    maker = forms.CharField(label=_("Maker"), max_length=200)
    ordered_on = ThaiDateField(label=_("Ordered on"))
    due_on = ThaiDateField(label=_("To arrive by"))
    note = forms.CharField(
        label=_("Note for the maker"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    certificates = forms.MultipleChoiceField(label=_("For these centres"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, certificates: Iterable[Certificate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = {one.reference: one for one in certificates}
        self.fields["certificates"].choices = [  # type: ignore[attr-defined]
            (number, f"{number} {one.centre_name_th}") for number, one in self.by_number.items()
        ]
        self.fields["certificates"].error_messages["required"] = _("Choose at least one centre.")

    @property
    def chosen(self) -> list[Certificate]:
        """The certificates."""
        return [self.by_number[number] for number in self.cleaned_data["certificates"]]


class ArrivalForm(Form):
    """Which pieces have arrived, and when."""

    on = ThaiDateField(label=_("Arrived on"))
    serials = forms.MultipleChoiceField(label=_("These pieces have arrived"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, awaited: Iterable[Asset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serials"].choices = [  # type: ignore[attr-defined]
            (one.reference, f"{one.reference} {one.certificate.centre_name_th}") for one in awaited
        ]
        self.fields["serials"].error_messages["required"] = _("Choose at least one piece.")


class DeliverForm(Form):
    """When and how a piece is handed to the centre."""

    on = ThaiDateField(label=_("Handed over on"))
    how = forms.CharField(
        label=_("How"),
        max_length=300,
        help_text=_("For example at the ceremony, or by registered post with its number"),
    )


class AcknowledgeForm(Form):
    """Who received a piece, and when."""

    on = ThaiDateField(label=_("Received on"))
    received_by = forms.CharField(
        label=_("Who received it"), max_length=200, help_text=_("First name, surname, office")
    )
    receipt = forms.FileField(
        label=_("Signed receipt"), required=False, help_text=_("A photograph or a PDF, if there is one")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class TakeBackForm(Form):
    """When a piece came back, and in what condition."""

    on = ThaiDateField(label=_("Came back on"))
    note = forms.CharField(label=_("In what condition"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class WhyForm(Form):
    """Why, in a few words."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept in the history of the case."),
        error_messages={"required": _("Write the reason.")},
    )


class AcceptForm(Form):
    """The head of the centre accepts the terms."""

    accepted = forms.BooleanField(label=_("I have read the terms and accept them for the centre"))


class ReportForm(Form):
    """What somebody saw. The certificate's number may stand on the emblem, or be unknown."""

    where = forms.CharField(
        label=_("Where was it?"), max_length=500, help_text=_("The place, or the address of the page")
    )
    what = forms.CharField(label=_("What did you see?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    seen_on = ThaiDateField(label=_("When did you see it?"))
    number = forms.CharField(
        label=_("Certificate number"), required=False, max_length=60, help_text=_("If it stands on the emblem")
    )
    contact = forms.CharField(
        label=_("How can we answer you?"),
        required=False,
        max_length=200,
        help_text=_("A telephone number or an e-mail address, if you like. Only the secretariat reads it."),
    )

    def clean_seen_on(self) -> Any:
        """A day that has been."""
        day = self.cleaned_data["seen_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead."))
        return day

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of that number, if there is one."""
        number = read_certificate_number(self.cleaned_data.get("number", ""))
        return Certificate.objects.filter(reference=number).first() if number else None


class SettleForm(Form):
    """What came out."""

    settlement = forms.ChoiceField(label=_("Outcome"), choices=Settlement.choices, widget=forms.RadioSelect)
    finding = forms.CharField(label=_("What came out"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
