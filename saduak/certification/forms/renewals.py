"""What a centre confirms of its earlier application, and in which round it renews."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Round
from saduak.certification.operations.renewals import Shown, StillTrue
from saduak.certification.queries.renewals import Carried
from saduak.design.forms import Form, ThaiDateField


class RenewForm(Form):
    """The round in which the centre renews."""

    round = forms.ModelChoiceField(
        Round.objects.none(), label=_("Round"), to_field_name="reference", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["round"]
        field.queryset = Round.objects.filter(pk__in=[one.pk for one in rounds]).order_by("-cycle_be")
        if len(rounds) == 1:
            field.initial = rounds[0].reference


class StillTrueForm(Form):
    """A tick for every criterion whose answer is still true, and for every file that still shows it, with its period.

    Nothing is ticked from the start: what counts is what somebody has looked at.
    """

    def __init__(self, *args: Any, carried: Sequence[Carried], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", **kwargs})
        self.carried = [one for one in carried if one.can_be_confirmed]
        for one in self.carried:
            code = one.criterion.code
            self.fields[f"true-{code}"] = forms.BooleanField(label=_("Still true"), required=False)
            for file in one.evidence:
                self.fields[f"use-{code}-{file.pk}"] = forms.BooleanField(
                    label=_("Use this file again"), required=False
                )
                self.fields[f"from-{code}-{file.pk}"] = ThaiDateField(label=_("Holds from"), required=False)
                self.fields[f"until-{code}-{file.pk}"] = ThaiDateField(label=_("Holds until"), required=False)

    def tick_of(self, one: Carried) -> BoundField:
        """The tick of one criterion."""
        return self[f"true-{one.criterion.code}"]

    def files_of(self, one: Carried) -> list[tuple[Any, BoundField, BoundField, BoundField]]:
        """Every file of one criterion with its tick and its two days."""
        code = one.criterion.code
        return [
            (file, self[f"use-{code}-{file.pk}"], self[f"from-{code}-{file.pk}"], self[f"until-{code}-{file.pk}"])
            for file in one.evidence
        ]

    def clean(self) -> dict[str, Any]:
        """A file is used again only with its period, and with the answer that it shows."""
        cleaned = super().clean() or {}
        for one in self.carried:
            code = one.criterion.code
            for file in one.evidence:
                if not cleaned.get(f"use-{code}-{file.pk}"):
                    continue
                if not cleaned.get(f"true-{code}"):
                    self.add_error(f"true-{code}", _("Confirm the answer too, or take the file off."))
                first, last = cleaned.get(f"from-{code}-{file.pk}"), cleaned.get(f"until-{code}-{file.pk}")
                if first is None or last is None:
                    self.add_error(f"from-{code}-{file.pk}", _("Say from when to when the file holds now."))
                elif last < first:
                    self.add_error(f"until-{code}-{file.pk}", _("The last day lies before the first."))
        return cleaned

    def still_true(self) -> list[StillTrue]:
        """What was confirmed."""
        said = self.cleaned_data
        confirmed = []
        for one in self.carried:
            code = one.criterion.code
            if said[f"true-{code}"]:
                files = tuple(
                    Shown(file.pk, said[f"from-{code}-{file.pk}"], said[f"until-{code}-{file.pk}"])
                    for file in one.evidence
                    if said[f"use-{code}-{file.pk}"]
                )
                confirmed.append(StillTrue(code, files))
        return confirmed
