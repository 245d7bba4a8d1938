"""A certificate as it is printed (ใบรับรอง)."""

from django.conf import settings

from saduak.certification.models import Attendance, Certificate
from saduak.directory.models import Office
from saduak.documents.certificates import CertificateSheet


def sheet_of(certificate: Certificate) -> CertificateSheet:
    """The certificate as a sheet: in the words of the day of issue, whatever the centre is called since then."""
    body = certificate.resolution.meeting.body
    level = certificate.round.criteria.library.level(certificate.level)
    assert level is not None  # noqa: S101  The resolution names a level of the round's criteria, or nothing moves.
    agency = certificate.centre.agency
    return CertificateSheet(
        number=certificate.reference,
        centre_th=certificate.centre_name_th,
        centre_en=certificate.centre_name_en,
        agency_th=agency.name_th,
        agency_en=agency.name_en,
        level=certificate.level,  # type: ignore[arg-type]  # As above.
        level_th=level.th.removeprefix("ระดับ"),
        level_en=level.en,
        year_be=certificate.round.cycle_be,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        signatory_name=_chair_of(certificate),
        signatory_office_th=f"ประธาน{body.name_th}",
        signatory_office_en=f"Chair of the {body.name_en}" if body.name_en else "",
        awarded_by_th=body.name_th,
        awarded_by_en=body.name_en,
        verify_url=verification_address(certificate.reference),
        example=certificate.is_example,
    )


def verification_address(number: str) -> str:
    """Where everybody can check a certificate; its QR code opens this."""
    return f"{settings.PUBLIC_URL}/register/c/{number}/"


def _chair_of(certificate: Certificate) -> str:
    """Who chaired the committee on the day of the resolution; "" where no seat says so."""
    seats = Attendance.objects.filter(meeting=certificate.resolution.meeting, office=Office.CHAIR)
    return str(seat) if (seat := seats.select_related("person").first()) else ""
