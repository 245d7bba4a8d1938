"""Status lists as they stand now, signed (การออกบัญชีสถานะ)."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from saduak.credentials import proofs, queries, status_lists
from saduak.credentials.models import StatusList
from saduak.credentials.operations import signing_keys
from saduak.credentials.operations.issuing import list_address
from saduak.credentials.proofs import moment
from saduak.credentials.reading import Document, canonical
from saduak.credentials.shape import CONTEXT, CREDENTIAL
from saduak.credentials.status_lists import StatusPurpose
from saduak.credentials.verifying import LIST_TYPE

SIGNED_ANEW_AFTER = timedelta(hours=1)
HOLDS_FOR = timedelta(days=1)
"""How long whoever is without a connection may rely on a list."""


def published(list_: StatusList, purpose: StatusPurpose, *, at: datetime | None = None) -> bytes:
    """The signed list in its canonical form; the same bytes until a bit changes, for an hour at most.

    Raises VaultLocked.
    """
    at = at or timezone.now()
    key = signing_keys.current(list_.issuer_of, at=at)
    encoded = status_lists.encode(queries.places_set(list_, purpose))
    kept_under = f"credentials.list:{list_.number}:{purpose}:{key.pk}"
    kept = cache.get(kept_under)
    if kept and kept[0] == encoded and timedelta() <= at - kept[1] < SIGNED_ANEW_AFTER:
        return bytes(kept[2])
    unsigned = _unsigned(list_address(purpose, list_.number), key.did, purpose, encoded, at)
    made = canonical(proofs.sign(unsigned, key.open(), method=key.address, created=at))
    cache.set(kept_under, (encoded, at, made), timeout=int(SIGNED_ANEW_AFTER.total_seconds()))
    return made


def _unsigned(address: str, issuer: str, purpose: StatusPurpose, encoded: str, at: datetime) -> Document:
    return {
        "@context": [CONTEXT],
        "id": address,
        "type": [CREDENTIAL, LIST_TYPE],
        "issuer": issuer,
        "validFrom": moment(at),
        "validUntil": moment(at + HOLDS_FOR),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": encoded,
        },
    }
