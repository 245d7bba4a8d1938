"""Forms ask kindly, say what is wrong in Thai, and lose nothing that was typed."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.db import models

from saduak.design import forms
from saduak.thai.dates import BANGKOK


class Visit(forms.Form):
    """A form as packages write them."""

    place = django_forms.CharField(label="สถานที่", help_text="อาคารและชั้น", max_length=20)
    day = forms.ThaiDateField(label="วันที่")
    phone = forms.PhoneField(label="โทรศัพท์", required=False)
    kind = django_forms.ChoiceField(
        label="รูปแบบ", choices=[("a", "ลงพื้นที่"), ("b", "ทางไกล")], widget=django_forms.RadioSelect
    )


def test_an_unanswered_field_is_named_in_the_summary_and_beside_the_field():
    drawn = str(Visit({"place": "", "day": "15/1/2569", "kind": "a"}))

    assert '<a href="#id_place">สถานที่: โปรดกรอกข้อมูลในช่องนี้</a>' in drawn
    assert 'id="id_place_error"' in drawn
    assert 'aria-describedby="id_place_helptext id_place_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_the_summary_leads_to_the_first_of_several_dots():
    drawn = str(Visit({"place": "x", "day": "15/1/2569"}))

    assert 'href="#id_kind_0"' in drawn
    assert 'id="id_kind_0"' in drawn


def test_what_was_typed_stays():
    drawn = str(Visit({"place": "ที่ว่าการอำเภอเมืองลำพูน ชั้น 2", "day": "ไม่ทราบ", "kind": "b", "phone": "53"}))

    assert 'value="ที่ว่าการอำเภอเมืองลำพูน ชั้น 2"' in drawn
    assert 'value="ไม่ทราบ"' in drawn
    assert 'value="53"' in drawn
    assert "โปรดกรอกวันที่แบบ 15/1/2569" in drawn


def test_the_browser_is_not_left_to_complain_in_its_own_words():
    drawn = str(Visit())

    assert " required" not in drawn
    assert "error-summary" not in drawn
    assert "(ไม่บังคับ)" in drawn


def test_the_reasons_of_a_refusal_stand_above_the_form():
    form = Visit({"place": "x", "day": "15/1/2569", "kind": "a"})

    form.refuse(["รอบนี้ปิดรับแล้ว"])

    assert [problem.message for problem in form.problems] == ["รอบนี้ปิดรับแล้ว"]
    assert "<li>รอบนี้ปิดรับแล้ว</li>" in str(form)


def test_problems_tell_where_they_are():
    problems = Visit({"place": "x", "day": "15/1/2569"}).problems

    assert [(problem.anchor, problem.label) for problem in problems] == [("id_kind_0", "รูปแบบ")]


@pytest.mark.parametrize(
    "typed", ["15/1/2569", "15 ม.ค. 2569", "๑๕ มกราคม ๒๕๖๙", "15 มกราคม พ.ศ. 2569", date(2026, 1, 15)]
)
def test_a_day_is_read_however_it_is_written(typed):
    assert forms.ThaiDateField().clean(typed) == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("พรุ่งนี้", "not_a_date", id="no date"),
        pytest.param("31/2/2569", "no_such_day", id="no such day"),
        pytest.param("15/1/69", "two_digit_year", id="two digits"),
        pytest.param("15/1/2026", "gregorian_year", id="Gregorian"),
        pytest.param("2569-01-15", "buddhist_year_in_iso", id="Buddhist in ISO"),
        pytest.param("15/1/2900", "year_out_of_range", id="far away"),
        pytest.param("วันศุกร์ที่ 15 มกราคม 2569", "wrong_weekday", id="wrong weekday"),
        pytest.param("", "required", id="nothing"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_reason(typed, code):
    with pytest.raises(ValidationError) as refused:
        forms.ThaiDateField().clean(typed)

    assert refused.value.code == code


def test_a_day_is_shown_as_it_would_be_typed():
    field = forms.ThaiDateField(required=False)

    assert field.prepare_value(date(2026, 1, 15)) == "15/1/2569"
    assert field.prepare_value(datetime(2026, 1, 15, 20, 0, tzinfo=UTC)) == "16/1/2569"
    assert field.prepare_value("15/13") == "15/13"
    assert field.clean("") is None


def test_another_way_of_writing_the_same_day_is_no_change():
    field = forms.ThaiDateField()

    assert not field.has_changed(date(2026, 1, 15), "15 ม.ค. 2569")
    assert field.has_changed(date(2026, 1, 15), "16/1/2569")
    assert field.has_changed(date(2026, 1, 15), "?")


@pytest.mark.parametrize("typed", ["09.30", "9:30", "๐๙.๓๐ น.", time(9, 30)])
def test_a_time_is_read_however_it_is_written(typed):
    assert forms.ThaiTimeField().clean(typed) == time(9, 30)


def test_a_time_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        forms.ThaiTimeField().clean("25.00")

    assert forms.ThaiTimeField(required=False).clean("") is None
    assert forms.ThaiTimeField().prepare_value("25.00") == "25.00"


def test_a_day_and_a_time_make_a_moment_on_thai_clocks():
    class Opening(forms.Form):
        at = forms.ThaiDateTimeField(label="เปิด", required=False)

    form = Opening({"at_day": "15/1/2569", "at_time": "09.30"}, initial={"at": datetime(2026, 1, 1, tzinfo=UTC)})

    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 1, 15, 9, 30, tzinfo=BANGKOK)
    assert 'value="1/1/2569"' in str(Opening(initial={"at": datetime(2026, 1, 1, tzinfo=UTC)}))
    assert 'value="07.00"' in str(Opening(initial={"at": datetime(2026, 1, 1, tzinfo=UTC)}))
    assert Opening({}).is_valid()
    assert "เช่น 15/1/2569 เวลา 09.30" in str(Opening())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("053511000", "0 5351 1000"),
        ("0-5351-1000 ต่อ 12", "0 5351 1000 ต่อ 12"),
        ("๐๘๑ ๒๓๔ ๕๖๗๘", "08 1234 5678"),
        ("+66 2 141 4096", "0 2141 4096"),
        ("1111", "1111"),
        ("", ""),
    ],
)
def test_telephone_numbers_are_kept_in_one_form(typed, kept):
    assert forms.PhoneField(required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["511000", "โทร", "0 5351 1000 ต่อ ห้องทะเบียน"])
def test_a_number_that_cannot_be_dialled_is_refused(typed):
    with pytest.raises(ValidationError):
        forms.PhoneField().clean(typed)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (models.DateTimeField(), forms.ThaiDateTimeField),
        (models.DateField(), forms.ThaiDateField),
        (models.TimeField(), forms.ThaiTimeField),
        (models.CharField(max_length=5), django_forms.CharField),
    ],
)
def test_dates_of_models_become_thai_dates(field, expected):
    field.set_attributes_from_name("field")

    assert type(forms.form_field(field)) is expected


def test_a_form_over_a_model_has_thai_dates_without_a_word(db):
    from saduak.journal.models import Entry

    class EntryForm(forms.ModelForm):
        class Meta:
            model = Entry
            fields = ["at"]

    assert isinstance(EntryForm().fields["at"], forms.ThaiDateTimeField)


def test_a_name_is_written_in_one_line():
    class Name(forms.Form):
        name = django_forms.CharField()

    form = Name({"name": "ก\nBcc: x@example.org"})

    assert form.errors["name"] == ["โปรดพิมพ์ให้อยู่ในบรรทัดเดียว"]
    assert "Bcc: x@example.org" in str(form["name"])
