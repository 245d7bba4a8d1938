"""Certificates are issued by a resolution, printed, and end by the clock."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Application, Attendance, Certificate, Resolution, Round
from saduak.certification.procedure.certificates import ALIVE, CERTIFICATE, CertificateStage
from saduak.certification.procedure.roles import Role
from saduak.certification.procedure.standing import EFFECTIVE_ON
from saduak.certification.rules import certificate_number, expires_on
from saduak.directory.models import Office
from saduak.documents.certificates import CertificateSheet
from saduak.journal.steps import record, take_step
from saduak.procedure.kit import CLOCK


@transaction.atomic
def issue(
    application: Application, resolution: Resolution, *, by: Any, at: datetime | None = None, running: int | None = None
) -> Certificate:
    """Issue the certificate of a unit that the resolution certifies; one still alive is replaced by it.

    `running` is a number that `take_numbers` gave; without it the next one is taken.
    """
    at = at or timezone.now()
    centre, round_ = application.centre, application.round
    for older in centre.certificates.filter(stage__in=ALIVE):
        take_step(
            CERTIFICATE,
            "renew",
            older,
            by=by,
            roles=frozenset({Role.STEERING_SECRETARY}),
            at=at,
            facts={EFFECTIVE_ON: resolution.resolved_on.isoformat(), "resolution": resolution.number},
            suspended_until=None,
        )
    running = take_numbers(round_, 1) if running is None else running
    issued_on = resolution.resolved_on
    made = Certificate.objects.create(
        reference=certificate_number(round_.cycle_be, running),
        stage=CertificateStage.VALID,
        stage_since=at,
        application=application,
        centre=centre,
        round=round_,
        resolution=resolution,
        centre_name_th=centre.name_th,
        centre_name_en=centre.name_en,
        level=application.level,
        issued_on=issued_on,
        expires_on=expires_on(issued_on, years=round_.validity_years),
        is_example=application.is_example,
    )
    record(
        made,
        step="issue",
        clause="8.0",
        to_stage=made.stage,
        by=by,
        at=at,
        role=Role.STEERING_SECRETARY,
        facts={"level": made.level, "expires_on": made.expires_on.isoformat(), "resolution": resolution.number},
    )
    return made


def take_numbers(round_: Round, count: int) -> int:
    """Take `count` running numbers of the round at once; returns the first. Whoever else asks waits for the commit."""
    Round.objects.filter(pk=round_.pk).update(last_certificate_number=F("last_certificate_number") + count)
    return Round.objects.values_list("last_certificate_number", flat=True).get(pk=round_.pk) - count + 1


def expire_due(*, at: datetime | None = None) -> list[Certificate]:
    """End every certificate whose term is over; each in a transaction of its own."""
    at = at or timezone.now()
    expired = []
    for certificate in Certificate.objects.due_to_expire(timezone.localdate(at)):
        with transaction.atomic():
            expired.append(
                take_step(
                    CERTIFICATE,
                    "expire",
                    certificate,
                    by=None,
                    roles=frozenset({CLOCK}),
                    at=at,
                    facts={"expires_on": certificate.expires_on.isoformat()},
                    suspended_until=None,
                )
            )
    return expired


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
    return f"{settings.PUBLIC_URL}{reverse('check_certificate_number', args=[number])}"


def _chair_of(certificate: Certificate) -> str:
    """Who chaired the committee on the day of the resolution; "" where no seat says so."""
    seats = Attendance.objects.filter(meeting=certificate.resolution.meeting, office=Office.CHAIR)
    return str(seat) if (seat := seats.select_related("person").first()) else ""
