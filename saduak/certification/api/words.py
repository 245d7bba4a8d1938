"""What several operations tell alike."""

from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from ninja import Field, Schema

from saduak.certification.models import Certificate

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
"""A day that can be asked for."""


class PlaceTold(Schema):
    """A centre with the codes of its agency and province."""

    code: str
    name_th: str
    name_en: str
    agency: str
    province: str


class CertificateTold(Schema):
    """A certificate as the register has it."""

    number: str
    level: str = Field(..., description="basic, advanced or excellent")
    status: str = Field(..., description="valid, suspended, expired, revoked, returned, or renewed by a newer one")
    issued_on: date
    expires_on: date
    cycle_be: int = Field(..., description="The year of its round, Buddhist era.")
    is_example: bool = Field(..., description="Made up for practice: it certifies nothing.")
    url: str = Field(..., description="Where anybody checks it; its QR code leads there.")


class EntryTold(Schema):
    """One entry of the journal about a case."""

    sequence: int
    at: datetime
    step: str
    clause: str
    from_stage: str
    to_stage: str
    what: str = Field(..., description="The step in words.")


def place_of(centre: Any) -> dict[str, Any]:
    """A centre; bring its agency and province along."""
    return {
        "code": centre.code,
        "name_th": centre.name_th,
        "name_en": centre.name_en,
        "agency": centre.agency.code,
        "province": centre.province.code,
    }


def certificate_told(certificate: Certificate, day: date, status: str = "") -> dict[str, Any]:
    """A certificate with its status of a day; bring its round along."""
    return {
        "number": certificate.reference,
        "level": certificate.level,
        "status": status or certificate.standing_on(day).value,
        "issued_on": certificate.issued_on,
        "expires_on": certificate.expires_on,
        "cycle_be": certificate.round.cycle_be,
        "is_example": certificate.is_example,
        "url": f"{settings.PUBLIC_URL}{certificate.get_absolute_url()}",
    }
