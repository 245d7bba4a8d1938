"""Thai digits (เลขไทย) for letters and certificates, and back for whatever a person types."""

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"

_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_FROM_THAI = str.maketrans(THAI_DIGITS, "0123456789")


def to_thai_digits(text: object) -> str:
    """The text with every Arabic digit as a Thai one: 2569 → ๒๕๖๙. Everything else stays as it is."""
    return str(text).translate(_TO_THAI)


def from_thai_digits(text: object) -> str:
    """The text with every Thai digit as an Arabic one: ๒๕๖๙ → 2569. Everything else stays as it is."""
    return str(text).translate(_FROM_THAI)
