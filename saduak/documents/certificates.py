"""The certificate of a certified centre (ใบรับรองมาตรฐานการให้บริการของศูนย์ราชการสะดวก)."""

import hashlib
import io
from dataclasses import asdict, astuple, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Literal

from saduak.documents.typesetting import TEMPLATES, typeset
from saduak.documents.wording import thai_digits
from saduak.thai import dates


@dataclass(frozen=True)
class CertificateSheet:
    """One certificate, in the words in which it is printed.

    `level` chooses the colour of the ring; the words of the level are printed too, so that grey print tells as much.
    `year_be` is the round's Buddhist-era year. The QR code opens `verify_url`. With `example` the page says so.
    `credential` is the signed document that the file carries inside as credential.json; without it, nothing is inside.
    """

    number: str
    centre_th: str
    agency_th: str
    level: Literal["basic", "advanced", "excellent"]
    level_th: str
    level_en: str
    year_be: int
    issued_on: date
    expires_on: date
    signatory_office_th: str
    verify_url: str
    centre_en: str = ""
    agency_en: str = ""
    signatory_name: str = ""
    signatory_office_en: str = ""
    awarded_by_th: str = "คณะกรรมการอำนวยการศูนย์ราชการสะดวก"
    awarded_by_en: str = "The Steering Committee of the Government Easy Contact Center"
    programme_th: str = "ศูนย์ราชการสะดวก"
    programme_en: str = "Government Easy Contact Center"
    example: bool = False
    credential: str = ""


def render_certificate(sheet: CertificateSheet) -> bytes:
    """The certificate as PDF, one A4 page lying; its moment is the beginning of the day of issue."""
    facts = asdict(sheet) | {
        "year_th": thai_digits(str(sheet.year_be)),
        "year_en": str(sheet.year_be - 543),
        "issued_th": thai_digits(dates.full(sheet.issued_on)),
        "issued_en": _english(sheet.issued_on),
        "expires_th": thai_digits(dates.full(sheet.expires_on)),
        "expires_en": _english(sheet.expires_on),
        "qr": qr_code(sheet.verify_url),
    }
    facts |= {"issued_on": None, "expires_on": None}
    at = datetime.combine(sheet.issued_on, time(), UTC)
    return typeset("certificate", facts, at=at, carries_files=bool(sheet.credential))


def fingerprint(sheet: CertificateSheet, *beside: str) -> str:
    """A short word that is another one as soon as anything of the certificate's words, its design or `beside` is."""
    said = "\x1f".join(str(value) for value in (*astuple(sheet), *beside))
    return hashlib.sha256((_design() + said).encode()).hexdigest()[:32]


@cache
def _design() -> str:
    """The templates as they are in this release."""
    sources = (TEMPLATES / name for name in ("house.typ", "certificate.typ"))
    return "".join(source.read_text() for source in sources)


def _english(day: date) -> str:
    """The day for readers abroad, in the year of the common era: 20 August 2026."""
    return dates.full(day, lang="en").replace(f"{dates.be_year(day)} BE", str(day.year))


def qr_code(address: str) -> str:
    """The QR code as SVG, readable when up to 15 % of it is dirty."""
    import segno  # Takes long to load, and not every process needs it.

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()
