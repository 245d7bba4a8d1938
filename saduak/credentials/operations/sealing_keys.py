"""Keys that seal papers are made when they are first needed, brought in from an authority, and follow one another."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.db import IntegrityError, transaction
from django.utils import timezone

from saduak.credentials import sealing
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import SealingKey
from saduak.credentials.operations.signing_keys import ROLES
from saduak.credentials.procedure import KEEPER, SIGNING_KEY, KeyStage
from saduak.credentials.vault import seal
from saduak.journal.steps import record, take_step

NAMES = {
    Issuer.PROGRAMME: "GECC ศูนย์ราชการสะดวก",
    Issuer.EXAMPLE: "EXAMPLE ตัวอย่าง",
}
"""In whose name papers are sealed when no authority has certified the key."""


class NoSuchKey(ValueError):
    """The file holds no key that can seal: an ECDSA key on P-256 with its certificate is needed."""


def current(issuer: Issuer, *, at: datetime | None = None) -> SealingKey:
    """The key that seals for the issuer under its present name; made when there is none yet."""
    keys = SealingKey.objects.filter(issuer=issuer, did=did_of(issuer), stage=KeyStage.ACTIVE)
    if (key := keys.first()) is not None:
        return key
    try:
        return _make(issuer, at=at or timezone.now())
    except IntegrityError:  # Somebody else was faster.
        return keys.get()


@transaction.atomic
def rotate(issuer: Issuer, *, at: datetime | None = None) -> SealingKey:
    """Retire the key that seals, and make the next one. What the old one sealed stays verifiable."""
    at = at or timezone.now()
    _retire(issuer, at)
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
    _retire(issuer, at)
    return _keep(issuer, private, certificate.public_bytes(Encoding.DER), "bring_in", at)


@transaction.atomic
def declare_stolen(key: SealingKey, *, since: datetime, at: datetime | None = None, note: str = "") -> SealingKey:
    """Give up a key: what it sealed from `since` on is believed no more.

    Raises StepRefused for a key already given up, and ValueError for a moment that has not come.
    """
    at = at or timezone.now()
    if since > at:
        raise ValueError("A key cannot have been stolen in the future.")
    facts = {"since": since.isoformat()}
    return take_step(
        SIGNING_KEY, "declare_stolen", key, by=None, roles=ROLES, at=at, note=note, facts=facts, stolen_at=since
    )


def _retire(issuer: Issuer, at: datetime) -> None:
    for key in SealingKey.objects.filter(issuer=issuer, stage=KeyStage.ACTIVE):
        take_step(SIGNING_KEY, "retire", key, by=None, roles=ROLES, at=at, retired_at=at)


@transaction.atomic
def _make(issuer: Issuer, *, at: datetime) -> SealingKey:
    private = ec.generate_private_key(ec.SECP256R1())
    name = NAMES[issuer]
    return _keep(issuer, private, sealing.certificate_for(private, name=name, at=at), "make", at)


def _keep(
    issuer: Issuer, private: ec.EllipticCurvePrivateKey, certificate: bytes, step: str, at: datetime
) -> SealingKey:
    key = SealingKey(
        reference=sealing.reference_of(certificate),
        stage=KeyStage.ACTIVE,
        stage_since=at,
        issuer=issuer,
        did=did_of(issuer),
        made_at=at,
        certificate=certificate,
    )
    key.sealed = seal(sealing.as_der(private), about=key.address)
    key.save(force_insert=True)
    record(key, step=step, to_stage=key.stage, by=None, at=at, role=KEEPER, facts={"issuer": issuer.value})
    return key
