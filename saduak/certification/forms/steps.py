"""The one question of a step that asks for nothing but a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form


class ReasonForm(Form):
    """Why the step is taken; it is kept in the history of the case."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("It is kept in the history of the case."),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, *args: object, label: object = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = str(label)
        else:
            del self.fields["reason"]
