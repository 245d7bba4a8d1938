"""What is typed about a certificate: which are listed, why something is done to it, and what the committee decides."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.proposals import NOTHING
from saduak.certification.operations.acts import FOR_A_TIME, GROUNDS
from saduak.certification.procedure.certificates import ActKind, CertificateStage, Ground
from saduak.design.forms import Form, ThaiDateField


class CertificateFilters(Form):
    """Which certificates are listed; every filter is optional."""

    q = forms.CharField(label=_("Number or name of the centre"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Every status")), *CertificateStage.choices]
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that make sense; what does not is passed over."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ActForm(Form):
    """Why an act is taken or proposed, and until when where it can have an end."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was found, and on what it rests. The centre reads it in its letter."),
        error_messages={"required": _("Write the reason.")},
    )
    until = ThaiDateField(label=_("Last day of the suspension"), required=False)

    def __init__(
        self, *args: Any, grounds: Iterable[Ground] = (), until: object = "", may_end: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if grounds:
            self.fields["ground"].choices = [(one.value, one.label) for one in grounds]  # type: ignore[attr-defined]
        else:
            del self.fields["ground"]
            self.fields["reason"].help_text = str(_("It stays in the history of the certificate."))
        if until:
            self.fields["until"].help_text = str(until)
        if not may_end:
            del self.fields["until"]


class StatementForm(Form):
    """What the centre has to say about a proposal."""

    statement = forms.CharField(
        label=_("Statement of the centre"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The committee reads it before it resolves. You may change it until then."),
        error_messages={"required": _("Write what the centre has to say.")},
    )


class MatterForm(Form):
    """What the committee decides on a certificate: an act with its ground, or nothing; each with its reason."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("Ground"), required=False, help_text=_("Not needed when nothing is done."))
    until = ThaiDateField(
        label=_("Last day of the suspension"),
        required=False,
        help_text=_("Left empty, it lasts until the committee resolves otherwise. For example 15/1/2569"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when the committee departs from the proposal, also when it does nothing."),
    )

    def __init__(self, *args: Any, kinds: Iterable[ActKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(kinds)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            *((kind.value, kind.label) for kind in kinds),
            (NOTHING, _("Nothing is done")),
        ]
        fitting = dict.fromkeys(ground for kind in kinds for ground in GROUNDS[kind])
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a ground")),
            *((ground.value, ground.label) for ground in fitting),
        ]

    def decided(self) -> dict[str, Any]:
        """The decision as the operation takes it."""
        said = dict(self.cleaned_data)
        if said["decision"] not in FOR_A_TIME:
            said["until"] = None
        return said
