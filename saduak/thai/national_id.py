"""National identity numbers (เลขประจำตัวประชาชน): thirteen digits, of which the last checks the others."""

import re

from saduak.thai.numerals import from_thai_digits

DIGITS = 13
_GROUPS = re.compile(r"(\d)(\d{4})(\d{5})(\d{2})(\d)", re.ASCII)


def digits_of(number: str) -> str:
    """The digits of a number as typed: Thai digits are Arabic, spaces and hyphens gone. A number may begin with 0."""
    return re.sub(r"[\s\-]", "", from_thai_digits(number))


def check_digit(first_twelve: str) -> int:
    """The thirteenth digit: 11 less the weighted sum (weights 13 to 2) modulo 11, modulo 10.

    Raises ValueError when it is not given twelve digits. Source: Department of Provincial Administration; unchecked
    against the text.
    """
    if not re.fullmatch(r"\d{12}", first_twelve, re.ASCII):
        raise ValueError("A check digit is made of twelve digits.")
    weighted = sum(int(digit) * weight for digit, weight in zip(first_twelve, range(DIGITS, 1, -1), strict=True))
    return (11 - weighted % 11) % 10


def is_valid(number: str) -> bool:
    """Whether a number as typed has thirteen digits and the last one fits. It need not belong to anybody."""
    digits = digits_of(number)
    return bool(_GROUPS.fullmatch(digits)) and int(digits[-1]) == check_digit(digits[:-1])


def grouped(number: str) -> str:
    """As cards print it: 1-2345-67890-12-1. Raises ValueError when it has not thirteen digits."""
    if not (groups := _GROUPS.fullmatch(digits_of(number))):
        raise ValueError("An identity number has thirteen digits.")
    return "-".join(groups.groups())


def masked(number: str) -> str:
    """As pages show it to those who need not know it: x-xxxx-xxxxx-12-1. Raises ValueError as `grouped` does."""
    return re.sub(r"\d", "x", grouped(number)[:-5]) + grouped(number)[-5:]
