"""Dismissing a remark, and from when on something is remarked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form

_NUMBER = {"inputmode": "numeric", "data-width": "6"}


class DismissForm(Form):
    """Why there is nothing in a remark."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("It is kept, and shown to the assessors instead of the remark."),
        error_messages={"required": _("Write the reason.")},
    )


class RemarkTermsForm(Form):
    """What a round remarks on."""

    evidence_months = forms.IntegerField(
        label=_("Months before the application window in which photographs may have been taken"),
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    same_text_percent = forms.IntegerField(
        label=_("Per cent of a text that must be the same"),
        min_value=50,
        max_value=100,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    like_picture_bits = forms.IntegerField(
        label=_("Shades of 64 in which pictures may differ and still look alike"),
        min_value=0,
        max_value=12,
        widget=forms.TextInput(attrs=_NUMBER),
    )
