"""Forms about centres that stand in the directory twice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import Form
from saduak.directory.models import Centre

APART = "apart"


class TwoCodesForm(Form):
    """Two centres by their codes, to be compared by hand."""

    one = forms.CharField(label=_("Code of one centre"), max_length=20)
    other = forms.CharField(label=_("Code of the other"), max_length=20)

    def clean(self) -> dict[str, Any]:
        """Both have to be there, and to be two."""
        said = super().clean() or {}
        for name in ("one", "other"):
            if said.get(name) and not Centre.objects.filter(code=said[name], merged_into=None).exists():
                self.add_error(name, _("No centre has this code."))
        if said.get("one") and said.get("one") == said.get("other"):
            self.add_error("other", _("This is one and the same record."))
        return said


class VerdictForm(Form):
    """What two records are: one centre, whose record stays, or two."""

    verdict = forms.ChoiceField(label=_("What they are"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the history of both records."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, one: Centre, other: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = _("One and the same; the record %(code)s stays: %(name)s")
        choice: Any = self.fields["verdict"]
        choice.choices = [
            *((centre.code, kept % {"code": centre.code, "name": centre.name}) for centre in (one, other)),
            (APART, _("Two different centres")),
        ]
        self.fields["seen"].initial = f"{one.version}-{other.version}"

    def clean_seen(self) -> tuple[int, int]:
        """The versions of both that were compared."""
        one, _dash, other = self.cleaned_data["seen"].partition("-")
        if not (one.isdecimal() and other.isdecimal() and len(one) < 10 and len(other) < 10):
            raise forms.ValidationError(_("Open the page again."))
        return int(one), int(other)
