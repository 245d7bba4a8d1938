"""Thai digits (เลขไทย) for letters and certificates, and back for whatever a person types."""

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"

_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_FROM_THAI = str.maketrans(THAI_DIGITS, "0123456789")


def to_thai_digits(text: object) -> str:
    """The text with every Arabic digit as a Thai one: 2569 → ๒๕๖๙. Everything else stays as it is."""
    return str(text).translate(_TO_THAI)


def whole_number(text: object) -> int | None:
    """The number that a form or an address says, in either digits; None for nothing, and for what none of ours is.

    Ours have no sign and at most nine digits, so that every one fits a column.
    """
    digits = from_thai_digits(text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 9 else None


def from_thai_digits(text: object) -> str:
    """The text with every Thai digit as an Arabic one: ๒๕๖๙ → 2569. Everything else stays as it is."""
    return str(text).translate(_FROM_THAI)
