"""Every certificate has its credential, signed in the transaction that issues it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from saduak.certification.models import Certificate
from saduak.certification.operations.badges import badge, issuer_of
from saduak.certification.queries.credentials import unsigned
from saduak.credentials.issuers import Issuer
from saduak.credentials.models import Issued
from saduak.credentials.operations import issuing
from saduak.credentials.statuses import one_and_one_in_full

AT_ONCE = 500


@transaction.atomic
def sign(certificates: Sequence[Certificate], *, at: datetime | None = None) -> list[Issued]:
    """Issue the credentials of these certificates; examples are signed by an issuer whose word counts nowhere.

    A certificate that has a credential already gets a new edition, which replaces it.
    """
    at = at or timezone.now()
    wanted = Certificate.objects.for_credential().in_bulk([certificate.pk for certificate in certificates])
    made = []
    for issuer, is_example in ((Issuer.PROGRAMME, False), (Issuer.EXAMPLE, True)):
        drafts = [
            issuing.Draft(each.case_kind, each.reference, badge(each), issuer_of(each), one_and_one_in_full)
            for pk in sorted(wanted)
            if (each := wanted[pk]).is_example == is_example
        ]
        if drafts:
            made += issuing.issue(drafts, issuer=issuer, at=at)
    return made


def sign_missing(*, at: datetime | None = None) -> int:
    """Issue the credentials that certificates lack, and those that a key signed after its theft; returns how many.

    Each portion is a transaction of its own, so that it can be stopped and started again.
    """
    signed = 0
    while portion := list(unsigned()[:AT_ONCE]):
        sign(portion, at=at)
        signed += len(portion)
    return signed


def sign_anew(*, at: datetime | None = None) -> int:
    """Give every certificate a new edition in the issuer's present name, as after a move of the site; returns how many.

    Each portion is a transaction of its own.
    """
    everything = list(Certificate.objects.order_by("pk"))
    for first in range(0, len(everything), AT_ONCE):
        sign(everything[first : first + AT_ONCE], at=at)
    return len(everything)
