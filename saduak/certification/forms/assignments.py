"""Who gets a unit, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Panel, Round
from saduak.design.forms import Form


class AssignSeveralForm(Form):
    """The chosen units and the sub-committee that gets them."""

    units = forms.MultipleChoiceField(error_messages={"required": _("Choose at least one unit.")}, label=_("Units"))
    panel = forms.ModelChoiceField(
        Panel.objects.none(),
        label=_("Sub-committee"),
        empty_label=_("Choose a sub-committee"),
        error_messages={"required": _("Choose a sub-committee.")},
    )

    def __init__(self, data: Any = None, *, round_: Round, references: list[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["units"].choices = [(one, one) for one in references]  # type: ignore[attr-defined]
        self.fields["panel"].queryset = round_.panels.select_related("body")  # type: ignore[attr-defined]


class AssignForm(Form):
    """The sub-committee that gets one unit, with the reason when it changes."""

    panel = forms.ModelChoiceField(
        Panel.objects.none(), label=_("Sub-committee"), error_messages={"required": _("Choose a sub-committee.")}
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("It is kept in the history of the case."),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, data: Any = None, *, round_: Round, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["panel"].queryset = round_.panels.select_related("body")  # type: ignore[attr-defined]
        self.fields["reason"].required = needs_reason


class DeclarationForm(Form):
    """Whether the member is free of conflict, and if not, what it is."""

    FREE, CONFLICT = "free", "conflict"
    interest = forms.ChoiceField(
        label=_("What do you declare?"),
        widget=forms.RadioSelect,
        choices=[
            (FREE, _("I have no interest in this unit, and nobody close to me has any.")),
            (CONFLICT, _("I have a conflict of interest and will not take part.")),
        ],
        error_messages={"required": _("Choose what you declare.")},
    )
    statement = forms.CharField(
        label=_("What the conflict is"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Only with a conflict. The secretariat reads it; the centre does not."),
    )

    def __init__(self, data: Any = None, *, only_conflict: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if only_conflict:
            del self.fields["interest"]
            self.fields["statement"].required = True
            self.fields["statement"].help_text = str(_("The secretariat reads it; the centre does not."))
            self.fields["statement"].error_messages["required"] = str(_("Write what the conflict of interest is."))

    @property
    def has_conflict(self) -> bool:
        """What was declared, once the form is valid."""
        return self.cleaned_data.get("interest", self.CONFLICT) == self.CONFLICT
