"""Speaks to an operator before Django is there, in Thai or English by the locale (ถ้อยคำถึงผู้ดูแลระบบ)."""

import gettext
import os
from functools import cache
from pathlib import Path


def language() -> str:
    """`th` when the locale of the terminal is Thai, else `en`."""
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "th" if spoken.startswith("th") else "en"


@cache
def _catalogue() -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("django", folder, languages=[language()], fallback=True)


def _(message: str) -> str:
    """The message in the operator's language."""
    return _catalogue().gettext(message)
