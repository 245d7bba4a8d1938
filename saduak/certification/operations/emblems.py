"""The emblem of a certificate, drawn at the moment somebody asks for it (ตรารับรองมาตรฐาน)."""

from saduak.certification.models import Certificate
from saduak.certification.operations.certificates import verification_address
from saduak.documents.emblems import EmblemSheet


def emblem_of(certificate: Certificate) -> EmblemSheet:
    """The emblem as a sheet. Whether the certificate is valid is for the caller to ask."""
    level = certificate.round.criteria.library.level(certificate.level)
    assert level is not None  # noqa: S101  The resolution names a level of the round's criteria, or nothing moves.
    return EmblemSheet(
        number=certificate.reference,
        level=certificate.level,  # type: ignore[arg-type]  # As above.
        level_th=level.th.removeprefix("ระดับ"),
        level_en=level.en,
        year_be=certificate.round.cycle_be,
        expires_on=certificate.expires_on,
        verify_url=verification_address(certificate.reference),
        example=certificate.is_example,
    )
