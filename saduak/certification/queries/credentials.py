"""Which certificates are signed, and what the status lists tell of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from saduak.certification.models import Certificate
from saduak.certification.procedure.certificates import ALIVE, CertificateStage
from saduak.credentials.models import Issued
from saduak.credentials.queries import credential_about
from saduak.credentials.status_lists import StatusPurpose


def credential_of(certificate: Certificate) -> Issued | None:
    """The credential of a certificate as it was signed last; None when it waits for its signature."""
    return credential_about(certificate)


def unsigned() -> QuerySet[Certificate]:
    """Certificates that have no credential yet, the oldest first."""
    has_one = Exists(Issued.objects.filter(case_kind=Certificate.case_kind, case_reference=OuterRef("reference")))
    return Certificate.objects.filter(~has_one).order_by("pk")


def told_by_the_register() -> Mapping[StatusPurpose, QuerySet[Certificate, Any]]:
    """The references whose bit is set now.

    Revocation: ended for good before the term was over, be it revoked, given back or replaced. Suspension: not in
    force now, be it suspended until a day to come or ended so. A term that is over stands in the credential itself.
    """
    ended = ~Q(stage__in=[*ALIVE, CertificateStage.EXPIRED])
    suspended = Q(stage=CertificateStage.SUSPENDED) & (
        Q(suspended_until=None) | Q(suspended_until__gte=timezone.localdate())
    )
    return {
        StatusPurpose.REVOCATION: Certificate.objects.filter(ended).values("reference"),
        StatusPurpose.SUSPENSION: Certificate.objects.filter(ended | suspended).values("reference"),
    }
