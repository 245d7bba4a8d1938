"""Keys that sign documents (กุญแจลงนาม)."""

from datetime import datetime
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils import timezone

from saduak.credentials.issuers import Issuer
from saduak.credentials.models import SigningKey
from saduak.credentials.multikey import public_text
from saduak.credentials.operations import keys


def current(issuer: Issuer, *, at: datetime | None = None) -> SigningKey:
    """The key that signs for the issuer under its present name; made when there is none yet."""
    return keys.in_use(SigningKey, issuer, make=partial(_make, issuer, at=at or timezone.now()))


@transaction.atomic
def rotate(issuer: Issuer, *, at: datetime | None = None) -> SigningKey:
    """Retire the key that signs, and make the next one. What the old one signed stays verifiable."""
    at = at or timezone.now()
    keys.retire(SigningKey, issuer, at=at)
    return _make(issuer, at=at)


def _make(issuer: Issuer, *, at: datetime) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    return keys.begin(SigningKey, issuer, reference=public_text(private), private=private.private_bytes_raw(), at=at)
