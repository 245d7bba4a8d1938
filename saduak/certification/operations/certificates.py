"""Certificates are issued by a resolution, printed, and end by the clock."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Application, Attendance, Certificate, Resolution, Round
from saduak.certification.operations import credentials
from saduak.certification.procedure.certificates import ALIVE, CERTIFICATE, CertificateStage
from saduak.certification.procedure.roles import Role
from saduak.certification.procedure.standing import EFFECTIVE_ON
from saduak.certification.queries.credentials import credential_of
from saduak.certification.rules import certificate_number, expires_on
from saduak.directory.models import Office
from saduak.documents.certificates import CertificateSheet
from saduak.journal.models import Entry
from saduak.journal.steps import Taking, entry_about, take_step, take_steps
from saduak.procedure.kit import CLOCK


@transaction.atomic
def issue(
    applications: Sequence[Application],
    resolution: Resolution,
    *,
    by: Any,
    at: datetime,
    until: date | None = None,
) -> list[Certificate]:
    """Issue the certificates of the units that the resolution certifies, numbered in the order given.

    All are of the resolution's round. A certificate of their centres that is still alive is replaced. `until` is their
    last day where that is not the round's whole term.
    """
    round_ = resolution.meeting.round
    _end_what_is_over([unit.centre_id for unit in applications], resolution.resolved_on, at=at)
    roles = frozenset({Role.STEERING_SECRETARY})
    told = {EFFECTIVE_ON: resolution.resolved_on.isoformat(), "resolution": resolution.number}
    older = Certificate.objects.filter(centre__in=[unit.centre_id for unit in applications], stage__in=ALIVE)
    take_steps(
        CERTIFICATE,
        [Taking(one, "renew", facts=told, changes={"suspended_until": None}) for one in older.order_by("pk")],
        Certificate.objects.all(),
        by=by,
        roles=lambda _certificate: roles,
        at=at,
    )
    issued_on = resolution.resolved_on
    made = Certificate.objects.bulk_create(
        Certificate(
            reference=certificate_number(round_.cycle_be, running),
            stage=CertificateStage.VALID,
            stage_since=at,
            application=unit,
            centre=unit.centre,
            round=round_,
            resolution=resolution,
            centre_name_th=unit.centre.name_th,
            centre_name_en=unit.centre.name_en,
            level=unit.level,
            issued_on=issued_on,
            expires_on=until or expires_on(issued_on, years=round_.validity_years),
            is_example=unit.is_example,
        )
        for running, unit in enumerate(applications, take_numbers(round_, len(applications)))
    )
    Entry.objects.bulk_create(
        entry_about(
            one,
            step="issue",
            clause="8.0",
            to_stage=one.stage,
            by=by,
            at=at,
            role=Role.STEERING_SECRETARY,
            facts={"level": one.level, "expires_on": one.expires_on.isoformat(), "resolution": resolution.number},
        )
        for one in made
    )
    credentials.sign(made, at=at)
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
            expired.append(_expire(certificate, at))
    return expired


def _end_what_is_over(centres: Sequence[int], day: date, *, at: datetime) -> None:
    """Whatever ended before the day of a resolution has expired, and is not replaced by it, also when the clock has
    not been here yet."""
    for certificate in Certificate.objects.due_to_expire(day).filter(centre__in=centres).order_by("pk"):
        _expire(certificate, at)


def _expire(certificate: Certificate, at: datetime) -> Certificate:
    return take_step(
        CERTIFICATE,
        "expire",
        certificate,
        by=None,
        roles=frozenset({CLOCK}),
        at=at,
        facts={"expires_on": certificate.expires_on.isoformat()},
        suspended_until=None,
    )


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
        credential=issued.document if (issued := credential_of(certificate)) else "",
    )


def verification_address(number: str) -> str:
    """Where everybody can check a certificate; its QR code opens this."""
    return f"{settings.PUBLIC_URL}{reverse('check_certificate_number', args=[number])}"


def _chair_of(certificate: Certificate) -> str:
    """Who chaired the committee on the day of the resolution; "" where no seat says so."""
    seats = Attendance.objects.filter(meeting=certificate.resolution.meeting, office=Office.CHAIR)
    return str(seat) if (seat := seats.select_related("person").first()) else ""
