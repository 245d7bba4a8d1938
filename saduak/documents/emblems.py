"""The emblem that a certified centre shows on paper and screens (ตรารับรองมาตรฐาน).

It is this platform's own drawing, around its own mark. It imitates no official emblem.
"""

import hashlib
from dataclasses import asdict, astuple, dataclass
from datetime import date
from functools import cache
from typing import Literal

from saduak.documents.certificates import qr_code
from saduak.documents.typesetting import TEMPLATES, draw
from saduak.documents.wording import thai_digits
from saduak.thai import dates

Form = Literal["svg", "png"]


@dataclass(frozen=True)
class EmblemSheet:
    """One emblem: whose certificate, of which level and year, and the address that its QR code opens.

    `level` chooses the colour of the ring; the words of the level stand within it, so that grey print tells as much.
    `year_be` is the round's Buddhist-era year. With `example` the word ตัวอย่าง stands across it.
    """

    number: str
    level: Literal["basic", "advanced", "excellent"]
    level_th: str
    level_en: str
    year_be: int
    expires_on: date
    verify_url: str
    example: bool = False


def render_emblem(sheet: EmblemSheet, form: Form) -> bytes:
    """The emblem as SVG, or as PNG of 1181 dots' width."""
    facts = asdict(sheet) | {
        "year_th": thai_digits(str(sheet.year_be)),
        "expires_th": thai_digits(dates.short(sheet.expires_on)),
        "qr": qr_code(sheet.verify_url),
        "expires_on": None,
    }
    return draw("emblem", facts, form)


def fingerprint(sheet: EmblemSheet, form: Form) -> str:
    """A short word that is another one as soon as anything of the emblem's words or of its design is."""
    said = "\x1f".join(str(value) for value in (*astuple(sheet), form))
    return hashlib.sha256((_design() + said).encode()).hexdigest()[:32]


@cache
def _design() -> str:
    """The templates as they are in this release."""
    return "".join((TEMPLATES / name).read_text() for name in ("house.typ", "emblem.typ"))
