"""How dates and digits are written on paper."""

import re
from datetime import date

from saduak.thai import dates
from saduak.thai.numerals import to_thai_digits

_TO_BE_TYPED = re.compile(r"\S*(?:@|://|www\.)\S*|(?<![A-Za-z])[A-Z]+(?:-[0-9]+)+")


def thai_digits(text: str) -> str:
    """Thai digits everywhere but in what a person has to type: e-mail and web addresses, and GECC-2569-0001."""
    kept = _TO_BE_TYPED.findall(text)
    pieces = _TO_BE_TYPED.split(text)
    together = to_thai_digits(pieces[0])
    for address, piece in zip(kept, pieces[1:], strict=True):
        together += address + to_thai_digits(piece)
    return together


def letter_date(day: date) -> str:
    """The date at the head of a letter, without "พ.ศ.": ๑๕ มกราคม ๒๕๖๙."""
    return to_thai_digits(dates.full(day).replace("พ.ศ. ", ""))
