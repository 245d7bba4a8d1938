"""Telephone numbers of Thailand (หมายเลขโทรศัพท์), as typed and as printed.

Source of the lengths: the numbering plan of the telecommunications commission (กสทช.); unchecked against the text.
"""

import re

from saduak.thai.numerals import from_thai_digits


class PhoneRefused(ValueError):
    """The text is no Thai telephone number."""

    code = "not_a_phone"


def digits_of(number: str) -> str:
    """The digits to dial within the country: 0812345678, 053511000, 021234567, 1111.

    Understands Thai digits, spaces, hyphens, brackets, dots, and +66 for the leading 0. Raises PhoneRefused.
    """
    digits = re.sub(r"[\s\-().]", "", from_thai_digits(number))
    digits = re.sub(r"^\+660?", "0", digits)
    if not re.fullmatch(r"0[689]\d{8}|0[2-57]\d{7}|1\d{3}", digits, re.ASCII):
        raise PhoneRefused(number)
    return digits


def printed(number: str) -> str:
    """As letters print it: 08 1234 5678, 0 5351 1000, 0 2123 4567, 1111. Raises PhoneRefused."""
    digits = digits_of(number)
    if len(digits) == 4:
        return digits
    return f"{digits[:-8]} {digits[-8:-4]} {digits[-4:]}"


def dialled(number: str) -> str:
    """As a link dials it from anywhere: +66812345678; short numbers as they are. Raises PhoneRefused."""
    digits = digits_of(number)
    return digits if len(digits) == 4 else f"+66{digits[1:]}"
