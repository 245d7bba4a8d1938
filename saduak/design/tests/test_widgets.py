"""What functions draw is what Django's templates say, and rows to choose from come in one answer."""

import re
from itertools import product

import pytest
from django import forms
from django.db import connection
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from saduak.design.forms import FilesInput, Form, Renderer
from saduak.design.widgets import DRAWN
from saduak.directory.models import Province
from saduak.directory.tests.factories import ProvinceFactory

NASTY = '<b> "และ" \' & </b>'
CHOICES = [("", "---"), ("1", NASTY), (2, 2569), (None, gettext_lazy("Language")), ("3", mark_safe("<i>ok</i>"))]
GROUPS = [(NASTY, [("a", "ก"), ("b", NASTY)]), ("", [("c", "ค")]), ("d", 1.5)]
VALUES = (None, "", "ก", NASTY, mark_safe("&amp;"), 0, 7, 1.5, True, False, "\n\nสองบรรทัด\n")
ATTRS = ({}, {"id": "id_x", "class": "a b", "data-is": True, "hidden": False, "title": NASTY, "size": 3})
BOXES = [
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.DateInput,
    forms.DateTimeInput,
    forms.TimeInput,
    forms.CheckboxInput,
    forms.Textarea,
    forms.SearchInput,
    forms.TelInput,
    forms.ColorInput,
]
LISTS = [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect, forms.RadioSelect, forms.CheckboxSelectMultiple]


def agree(widget, value, attrs):
    """Both ways of drawing; the field's name and the value need care as well."""
    theirs, ours = (widget.render(f"x{NASTY}", value, attrs, renderer) for renderer in (DjangoTemplates(), Renderer()))
    assert _close(ours) == _close(theirs)


def _close(drawn):
    """With no blanks between elements and one where a label begins; what was typed into a box is kept as it is."""
    return drawn if "<textarea" in drawn else re.sub(r">\s+", "> ", re.sub(r">\s+<", "><", drawn))


@pytest.mark.parametrize("kind", BOXES)
def test_a_box_is_drawn_as_djangos(kind):
    for value, attrs in product(VALUES, ATTRS):
        agree(kind(), value, attrs)


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_drawn_as_djangos(kind):
    several = () if kind is forms.NullBooleanSelect else (["1", "2"],)
    for choices, attrs, value in product(([], CHOICES, GROUPS), ATTRS, (None, "1", "a", NASTY, *several)):
        widget = kind(attrs={"data-width": "12"})
        if kind is not forms.NullBooleanSelect:
            widget.choices = choices
        agree(widget, value, attrs)


def test_what_is_not_drawn_by_a_function_is_left_to_its_template():
    for widget in (FilesInput(), forms.SplitDateTimeWidget()):
        assert widget.template_name not in DRAWN
        assert "<input" in widget.render("x", None, renderer=Renderer())


def test_every_function_stands_for_a_template_of_djangos():
    for name in DRAWN:
        assert get_template(name).origin.name.endswith(f"django/forms/templates/{name}")


class Choosing(Form):
    province = forms.ModelChoiceField(Province.objects.order_by("code"), empty_label="ทุกจังหวัด")
    provinces = forms.ModelMultipleChoiceField(Province.objects.order_by("code"))


@pytest.mark.django_db
def test_rows_to_choose_from_come_in_one_answer_and_anew_each_time(monkeypatch, django_assert_num_queries):
    ProvinceFactory(code="51", name_th="ลำพูน")
    form = Choosing()

    monkeypatch.setattr(connection, "chunked_cursor", None)
    with django_assert_num_queries(2):
        drawn = str(form)
    assert drawn.count(">ลำพูน</option>") == 2
    assert "ทุกจังหวัด</option>" in drawn

    ProvinceFactory(code="50", name_th="เชียงใหม่")
    form.fields["provinces"].queryset = Province.objects.filter(code="50")
    drawn = str(form)
    assert drawn.count(">เชียงใหม่</option>") == 2
    assert drawn.count(">ลำพูน</option>") == 1
