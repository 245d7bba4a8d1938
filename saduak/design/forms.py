"""One way to ask: a label, a hint, the answer as typed, and what is wrong with it in words (แบบฟอร์ม)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import ModelChoiceIterator, ModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.utils.timezone import get_current_timezone, is_aware, localtime, make_aware
from django.utils.translation import gettext_lazy as _

from saduak.design import widgets
from saduak.thai import dates, numerals


class Renderer(TemplatesSetting):
    """Draws every form of the platform with our templates, allauth's too."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """What the template says; Django's own widgets are drawn by functions."""
        if draw := widgets.DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)


class Choices(ModelChoiceIterator):
    """The rows to choose from in one answer; Django fetches them through a cursor of the server, in four."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from map(self.choice, self.queryset.all())


@dataclass(frozen=True)
class Problem:
    """One line of the summary above a form: what is wrong, and the id of the field that it leads to."""

    message: str
    anchor: str = ""
    label: object = ""


def in_one_line(text: str) -> None:
    """Names stand in subjects and lists. No browser sends a line break from such a box. Raises ValidationError."""
    if "\n" in text or "\r" in text:
        raise ValidationError(_("Write it in one line."), code="several_lines")


class _Kindly:
    """What all our forms share: the browser checks nothing in its own words, and the summary leads to the fields."""

    use_required_attribute = False
    label_suffix = ""

    def _word_choices(self) -> None:
        """Nobody fills in a dot or a box: say what to do with it when it is left open."""
        for field in self.fields.values():  # type: ignore[attr-defined]
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                if isinstance(field, forms.BooleanField):
                    field.error_messages["required"] = _("Tick this to go on.")
                elif isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
                    field.error_messages["required"] = _("Choose one.")
            if isinstance(field, forms.ModelChoiceField) and field.iterator is ModelChoiceIterator:
                field.iterator = Choices
                field.widget.choices = field.choices
            if isinstance(field, forms.CharField) and type(field.widget) is forms.TextInput:
                field.validators = [*field.validators, in_one_line]

    @property
    def problems(self) -> list[Problem]:
        """Every complaint in the order of the fields, those about the whole form first."""
        form: Any = self
        found = [Problem(str(message)) for message in form.errors.get(NON_FIELD_ERRORS, ())]
        for field in form:
            anchor = field.id_for_label or f"{field.auto_id}_0"
            found += [Problem(str(message), anchor, field.label) for message in field.errors]
        return found

    def refuse(self, reasons: Sequence[object]) -> None:
        """Add the reasons for which an operation was refused, above the form."""
        for reason in reasons:
            self.add_error(None, str(reason))  # type: ignore[attr-defined]


class Form(_Kindly, forms.Form):
    """A form of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._word_choices()


class _WithThaiFields(ModelFormMetaclass):
    """Dates of models become Thai dates in forms, without a word in each form."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and getattr(meta, "formfield_callback", None) is None:
            meta.formfield_callback = staticmethod(form_field)
        return super().__new__(mcs, name, bases, attrs)


class ModelForm(_Kindly, forms.ModelForm, metaclass=_WithThaiFields):
    """A form over a model; its date fields are Thai."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._word_choices()


class ThaiDateField(forms.Field):
    """A day as Thai people write it: 15/1/2569, 15 ม.ค. 2569, ๑๕ มกราคม ๒๕๖๙. Gives a `date`."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "data-width": "12"})
    default_error_messages = {
        "not_a_date": _("Write the day like 15/1/2569."),
        "no_such_day": _("There is no such day. Check the day and the month."),
        "two_digit_year": _("Write the year with four digits, like 2569."),
        "gregorian_year": _("Write the year of the Buddhist era, like 2569."),
        "buddhist_year_in_iso": _("Write the day like 15/1/2569."),
        "year_out_of_range": _("This year is too far away. Check the year."),
        "wrong_weekday": _("The weekday does not fit the day. Check both."),
    }

    def __init__(self, *, help_text: object = _("For example 15/1/2569"), **kwargs: Any) -> None:
        super().__init__(help_text=help_text, **kwargs)  # type: ignore[arg-type]

    def prepare_value(self, value: Any) -> Any:
        """A day as it would be typed."""
        if not isinstance(value, date):
            return value
        day = dates.day_of(value)
        return f"{day.day}/{day.month}/{dates.be_year(day)}"

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError when it is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return dates.parse(str(value))
        except dates.DateRefused as refused:
            raise ValidationError(self.error_messages[refused.code], code=refused.code) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another day was typed; another way of writing the same day is no change."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class ThaiTimeField(forms.Field):
    """A time of day as 09.30, 9:30 or 0930. Gives a `time`."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "data-width": "6", "inputmode": "decimal"})
    default_error_messages = {"invalid": _("Write the time like 09.30.")}

    def prepare_value(self, value: Any) -> Any:
        """A time as it would be typed."""
        return value.strftime("%H.%M") if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        """The time. Raises ValidationError when it is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        try:
            return dates.parse_clock(str(value))
        except dates.DateRefused:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class _DayAndTime(forms.MultiWidget):
    template_name = "forms/day_and_time.html"
    use_fieldset = True

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"day": ThaiDateField.widget, "time": ThaiTimeField.widget}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [None, None]
        here = localtime(value) if is_aware(value) else value
        return [ThaiDateField().prepare_value(here.date()), ThaiTimeField().prepare_value(here.time())]


class ThaiDateTimeField(forms.MultiValueField):
    """A day and a time on Thai clocks. Gives an aware `datetime`."""

    widget = _DayAndTime

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 15/1/2569 at 09.30"))
        required = kwargs.get("required", True)
        fields = (ThaiDateField(required=required), ThaiTimeField(required=required))
        super().__init__(fields=fields, require_all_fields=True, **kwargs)

    def compress(self, data_list: Sequence[Any]) -> datetime | None:
        """The moment; None when nothing was typed."""
        if not data_list:
            return None
        day, at = data_list
        return make_aware(datetime.combine(day, at), get_current_timezone())


class PhoneField(forms.CharField):
    """A Thai telephone number, a short number such as 1111, or either with an extension; kept as 0 5351 1000 ต่อ 12."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-width": "18"})
    default_error_messages = {"invalid": _("Write the telephone number with its area code, like 0 5351 1000.")}

    def to_python(self, value: Any) -> str:
        """The number with its usual spaces. Raises ValidationError when it cannot be dialled."""
        typed = numerals.from_thai_digits(super().to_python(value) or "")
        if not typed:
            return ""
        number, _word, extension = re.sub(r"\s*(ต่อ|ext\.?|#)\s*", "#", typed, count=1).partition("#")
        digits = re.sub(r"[\s().-]", "", re.sub(r"^\s*\+66[\s-]*", "0", number))
        if not re.fullmatch(r"0\d{8,9}|1\d{2,3}", digits) or (extension and not re.fullmatch(r"[\d\s,-]+", extension)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return f"{_spaced(digits)} ต่อ {extension}" if extension else _spaced(digits)


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. Gives a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file by itself. Raises ValidationError for the first that is refused."""
        several = (data or [None]) if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(FilesField, self).clean(one, initial) for one in several]
        return [one for one in cleaned if one]


def form_field(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The form field for a model's field: ours for days and moments, Django's for the rest."""
    if isinstance(field, models.DateTimeField):
        return field.formfield(**{**kwargs, "form_class": ThaiDateTimeField})
    if isinstance(field, models.DateField):
        return field.formfield(**{**kwargs, "form_class": ThaiDateField})
    if isinstance(field, models.TimeField):
        return field.formfield(**{**kwargs, "form_class": ThaiTimeField})
    if isinstance(field, models.URLField):
        return field.formfield(**{"assume_scheme": "https", **kwargs})
    return field.formfield(**kwargs)


def _spaced(digits: str) -> str:
    """0 5351 1000 for a fixed line, 08 1234 5678 for a mobile one, 0 2141 4096 in Bangkok."""
    if len(digits) == 9:
        return f"{digits[0]} {digits[1:5]} {digits[5:]}"
    if len(digits) == 10:
        return f"{digits[:2]} {digits[2:6]} {digits[6:]}"
    return digits
