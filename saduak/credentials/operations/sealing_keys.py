"""Keys that seal papers, of our own making or brought in from an authority (กุญแจประทับตรา)."""

from datetime import datetime
from functools import partial

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.db import transaction
from django.utils import timezone

from saduak.credentials import sealing
from saduak.credentials.issuers import Issuer
from saduak.credentials.models import SealingKey
from saduak.credentials.operations import keys

NAMES = {
    Issuer.PROGRAMME: "GECC ศูนย์ราชการสะดวก",
    Issuer.EXAMPLE: "EXAMPLE ตัวอย่าง",
}
"""In whose name papers are sealed when no authority has certified the key."""


class NoSuchKey(ValueError):
    """The file holds no key that can seal: an ECDSA key on P-256 with its certificate is needed."""


def current(issuer: Issuer, *, at: datetime | None = None) -> SealingKey:
    """The key that seals for the issuer under its present name; made when there is none yet."""
    return keys.in_use(SealingKey, issuer, make=partial(_make, issuer, at=at or timezone.now()))


@transaction.atomic
def rotate(issuer: Issuer, *, at: datetime | None = None) -> SealingKey:
    """Retire the key that seals, and make the next one. What the old one sealed stays verifiable."""
    at = at or timezone.now()
    keys.retire(SealingKey, issuer, at=at)
    return _make(issuer, at=at)


@transaction.atomic
def bring_in(issuer: Issuer, file: bytes, password: bytes | None, *, at: datetime | None = None) -> SealingKey:
    """Seal from now on with a key that an authority has certified, as PKCS #12. Raises NoSuchKey."""
    at = at or timezone.now()
    try:
        private, certificate, _others = pkcs12.load_key_and_certificates(file, password)
    except ValueError as error:
        raise NoSuchKey(str(error)) from None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or certificate is None:
        raise NoSuchKey("The file holds no ECDSA key with its certificate.")
    if not isinstance(private.curve, ec.SECP256R1):
        raise NoSuchKey("The key is on another curve than P-256.")
    keys.retire(SealingKey, issuer, at=at)
    return _keep(issuer, private, certificate.public_bytes(Encoding.DER), "bring_in", at)


def _make(issuer: Issuer, *, at: datetime) -> SealingKey:
    private = ec.generate_private_key(ec.SECP256R1())
    return _keep(issuer, private, sealing.certificate_for(private, name=NAMES[issuer], at=at), "make", at)


def _keep(
    issuer: Issuer, private: ec.EllipticCurvePrivateKey, certificate: bytes, step: str, at: datetime
) -> SealingKey:
    return keys.begin(
        SealingKey,
        issuer,
        reference=sealing.reference_of(certificate),
        private=sealing.as_der(private),
        at=at,
        step=step,
        certificate=certificate,
    )
