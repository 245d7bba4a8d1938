import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.thai import national_id, phone
from saduak.thai.numerals import to_thai_digits
from saduak.thai.titles import TITLES, split_title

twelve_digits = st.text(alphabet="0123456789", min_size=12, max_size=12)


@given(twelve_digits)
def test_a_number_with_its_check_digit_is_valid_in_every_notation(twelve):
    number = f"{twelve}{national_id.check_digit(twelve)}"

    assert national_id.is_valid(number)
    assert national_id.is_valid(national_id.grouped(number))
    assert national_id.is_valid(to_thai_digits(national_id.grouped(number)))
    assert national_id.digits_of(national_id.grouped(number)) == number


@given(twelve_digits, st.integers(0, 9))
def test_no_other_last_digit_is_valid(twelve, last):
    assert national_id.is_valid(f"{twelve}{last}") == (last == national_id.check_digit(twelve))


@pytest.mark.parametrize("number", ["1234567890121", "1-2345-67890-12-1", "๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑"])
def test_a_number_by_hand(number):
    # 13 + 24 + 33 + 40 + 45 + 48 + 49 + 48 + 45 + 0 + 3 + 4 = 352 = 32·11; 11 − 0 = 11, of which the last digit is 1.
    assert national_id.is_valid(number)


def test_a_number_may_begin_with_0():
    assert national_id.is_valid(f"012345678901{national_id.check_digit('012345678901')}")


@pytest.mark.parametrize("number", ["", "123456789012", "12345678901211", "123456789012x", "1234567890122"])
def test_what_is_no_number_is_not_valid(number):
    assert not national_id.is_valid(number)


def test_a_number_is_printed_in_groups_or_hidden():
    assert national_id.grouped("1234567890121") == "1-2345-67890-12-1"
    assert national_id.masked("1234567890121") == "x-xxxx-xxxxx-12-1"
    with pytest.raises(ValueError, match="thirteen"):
        national_id.grouped("123456789012")
    with pytest.raises(ValueError, match="twelve"):
        national_id.check_digit("1")


@pytest.mark.parametrize(
    ("typed", "digits", "printed", "dialled"),
    [
        ("0812345678", "0812345678", "08 1234 5678", "+66812345678"),
        ("+66 81 234 5678", "0812345678", "08 1234 5678", "+66812345678"),
        ("+66 (0)2 123 4567", "021234567", "0 2123 4567", "+6621234567"),
        ("๐-๕๓๕๑-๑๐๐๐", "053511000", "0 5351 1000", "+6653511000"),
        ("1111", "1111", "1111", "1111"),
    ],
)
def test_a_telephone_number_is_understood_and_printed(typed, digits, printed, dialled):
    assert phone.digits_of(typed) == digits
    assert phone.printed(typed) == printed
    assert phone.dialled(typed) == dialled
    assert phone.digits_of(phone.printed(typed)) == digits


@pytest.mark.parametrize("typed", ["", "12", "08123456", "9812345678", "081234567890", "โทร"])
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(phone.PhoneRefused):
        phone.printed(typed)


@pytest.mark.parametrize(
    ("typed", "title", "name"),
    [
        ("นางสาวสมหญิง ใจดี", "นางสาว", "สมหญิง ใจดี"),
        ("น.ส. สมหญิง ใจดี", "นางสาว", "สมหญิง ใจดี"),
        ("น.ส.สมหญิง", "นางสาว", "สมหญิง"),
        ("นาย สมชาย", "นาย", "สมชาย"),
        ("นายสมชาย ใจดี", "นาย", "สมชาย ใจดี"),
        ("ว่าที่ ร.ต.หญิง สมหญิง ใจดี", "ว่าที่ร้อยตรีหญิง", "สมหญิง ใจดี"),
        ("นางพญา", "", "นางพญา"),
        ("นาย", "", "นาย"),
        ("สมชาย ใจดี", "", "สมชาย ใจดี"),
        ("", "", ""),
    ],
)
def test_a_title_is_told_from_the_name(typed, title, name):
    assert split_title(typed) == (title, name)


@given(st.sampled_from(sorted(TITLES)), st.text(alphabet="กขคงจ", min_size=1), st.text(alphabet="กขคงจ", min_size=1))
def test_every_known_title_is_told_from_any_name(title, first, family):
    assert split_title(f"{title} {first} {family}") == (title, f"{first} {family}")
