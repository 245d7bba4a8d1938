"""A credential is verified with what this platform itself knows; nothing is fetched from elsewhere."""

from datetime import datetime
from functools import cache

from django.utils import timezone

from saduak.credentials import sources
from saduak.credentials.issuers import Issuer
from saduak.credentials.models import StatusList
from saduak.credentials.operations import listing
from saduak.credentials.operations.issuing import list_address
from saduak.credentials.papers import with_seal
from saduak.credentials.queries import names_of, own_issuer, standing_of
from saduak.credentials.reading import Document, read
from saduak.credentials.reports import Report
from saduak.credentials.sources import Found, How, Look, Sources
from saduak.credentials.status_lists import StatusPurpose
from saduak.credentials.verifying import verify


def verify_here(document: Document, *, pdf: bytes = b"", at: datetime | None = None) -> Report:
    """The report on one credential now, and on the seal of the PDF in which it came, if it did.

    Never raises for what they hold.
    """
    at = at or timezone.now()
    known = sources_here(at=at)
    report = verify(document, known, at=at)
    return with_seal(report, document, pdf, known) if pdf else report


def sources_here(*, at: datetime) -> Sources:
    """Our own issuers, lists and register; keys that are their own names are read, but trusted by nobody."""
    return Sources(
        issuers=sources.one_after_another(own_issuer, sources.itself),
        lists=own_lists(at=at),
        trusted=names_of(Issuer.PROGRAMME),
        examples=names_of(Issuer.EXAMPLE),
        register=standing_of,
    )


def own_lists(*, at: datetime) -> Look:
    """Finds our own status lists as they stand at that moment."""

    @cache
    def look(address: str) -> Found | None:
        for purpose in StatusPurpose:
            number = address.rpartition("/")[2]
            if number.isdecimal() and len(number) < 8 and address == list_address(purpose, int(number)):
                list_ = StatusList.objects.filter(number=int(number)).first()
                return Found(read(listing.published(list_, purpose, at=at)), How.OWN, at) if list_ else None
        return None

    return look
