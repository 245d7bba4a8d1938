"""Which certificates are signed, and what the status lists tell of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from saduak.certification.models import Certificate
from saduak.certification.procedure.certificates import ALIVE, CertificateStage
from saduak.credentials.models import Issued
from saduak.credentials.queries import credential_about
from saduak.credentials.reading import Document, digest
from saduak.credentials.reports import Report
from saduak.credentials.status_lists import StatusPurpose


def credential_of(certificate: Certificate) -> Issued | None:
    """The credential of a certificate as it was signed last; None when it waits for its signature."""
    return credential_about(certificate)


def signed_among(certificates: Iterable[Certificate]) -> set[str]:
    """The numbers of those whose credential can be fetched."""
    issued = Issued.objects.filter(
        case_kind=Certificate.case_kind, case_reference__in=[each.reference for each in certificates]
    )
    return set(issued.values_list("case_reference", flat=True))


def certificate_behind(document: Document, report: Report) -> Certificate | None:
    """The certificate of which the register has this very document, if its signature holds."""
    if not report.signature_holds:
        return None
    issued = Issued.objects.filter(sha256=digest(document), case_kind=Certificate.case_kind)
    numbers = issued.values("case_reference")
    return (
        Certificate.objects.select_related("centre__agency", "centre__province").filter(reference__in=numbers).first()
    )


def unsigned() -> QuerySet[Certificate]:
    """Certificates that need a signature, the oldest first: that have none, or only one by a key after its theft."""
    believed = Issued.objects.believed().filter(case_kind=Certificate.case_kind, case_reference=OuterRef("reference"))
    return Certificate.objects.filter(~Exists(believed)).order_by("pk")


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
