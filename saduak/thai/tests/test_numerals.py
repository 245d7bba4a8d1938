import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.thai.numerals import from_thai_digits, to_thai_digits, whole_number


def test_digits_change_and_nothing_else_does():
    assert to_thai_digits("เลขที่ 0123456789/2569") == "เลขที่ ๐๑๒๓๔๕๖๗๘๙/๒๕๖๙"
    assert from_thai_digits("เลขที่ ๐๑๒๓๔๕๖๗๘๙/๒๕๖๙") == "เลขที่ 0123456789/2569"
    assert to_thai_digits(2569) == "๒๕๖๙"


@given(st.text())
def test_thai_digits_lead_back_to_the_number(text):
    assert from_thai_digits(to_thai_digits(text)) == from_thai_digits(text)


@given(st.integers(min_value=0))
def test_every_number_survives_the_way_there_and_back(number):
    assert int(from_thai_digits(to_thai_digits(number))) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("๒๕๖๙", 2569), ("0", 0), ("", None), ("-1", None), ("9" * 5000, None), ("²", None), ("x", None)],
)
def test_a_whole_number_is_read_from_a_form(text, number):
    assert whole_number(text) == number
