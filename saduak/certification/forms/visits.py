"""When, how and where a visit is made, and by whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Visit
from saduak.certification.models.visits import Mode
from saduak.certification.operations.visits import VisitPlan
from saduak.design.forms import Form, ThaiDateField, ThaiTimeField


class VisitForm(Form):
    """The plan of a visit; `people` are those who may be chosen to assess, by their keys."""

    mode = forms.ChoiceField(label=_("How the visit is made"), choices=Mode.choices, widget=forms.RadioSelect)
    day = ThaiDateField(label=_("Day"))
    begins = ThaiTimeField(label=_("Begins at"), help_text=_("For example 09.30"))
    ends = ThaiTimeField(label=_("Ends at"))
    place = forms.CharField(
        label=_("Place or meeting link"),
        max_length=300,
        required=False,
        help_text=_("By video: the link, beginning with https://. It stands in the notice to the centre."),
    )
    note = forms.CharField(
        label=_("Note for the sub-committee"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    assessors = forms.MultipleChoiceField(
        label=_("Who assesses"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("At least two members assess a unit.")},
    )
    reason = forms.CharField(
        label=_("Why is the visit changed?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("It stands in the notice to the centre."),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, data: Any = None, *, people: Sequence[Any], is_change: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["assessors"].choices = [(key, str(one)) for key, one in self.people.items()]  # type: ignore[attr-defined]
        if not is_change:
            del self.fields["reason"]

    @staticmethod
    def initial_of(visit: Visit) -> dict[str, Any]:
        """A planned visit as it would be typed."""
        begins, ends = localtime(visit.starts_at), localtime(visit.ends_at)
        return {
            "mode": visit.mode,
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
            "place": visit.place,
            "note": visit.note,
            "assessors": [str(seat.person_id) for seat in visit.assessors.all()],
        }

    def clean(self) -> dict[str, Any]:
        """The link of a video visit, and the order of the hours."""
        given = super().clean() or {}
        if given.get("mode") == Mode.VIDEO and "place" not in self.errors:
            try:
                check_link(given.get("place", ""))
            except ValidationError as refused:
                self.add_error("place", refused)
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The visit must end after it begins."))
        return given

    @property
    def plan(self) -> VisitPlan:
        """The visit, once the form is valid."""
        given = self.cleaned_data
        zone = get_current_timezone()
        return VisitPlan(
            mode=given["mode"],
            starts_at=datetime.combine(given["day"], given["begins"], zone),
            ends_at=datetime.combine(given["day"], given["ends"], zone),
            place=given["place"].strip(),
            note=given["note"].strip(),
            assessors=tuple(self.people[key] for key in given["assessors"]),
        )


def check_link(place: str) -> None:
    """Raise ValidationError unless it is the link of a video meeting."""
    try:
        URLValidator(schemes=["https"])(place.strip())
    except ValidationError:
        raise ValidationError(_("Give the link of the video meeting. It begins with https://.")) from None
