"""Keys are made when they are first needed, follow one another, and are given up when they are stolen."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.utils import timezone

from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import SigningKey
from saduak.credentials.multikey import public_text
from saduak.credentials.procedure import KEEPER, SIGNING_KEY, KeyStage
from saduak.credentials.vault import seal
from saduak.journal.steps import record, take_step

ROLES = frozenset({KEEPER})


def current(issuer: Issuer, *, at: datetime | None = None) -> SigningKey:
    """The key that signs for the issuer under its present name; made when there is none yet."""
    keys = SigningKey.objects.filter(issuer=issuer, did=did_of(issuer), stage=KeyStage.ACTIVE)
    if (key := keys.first()) is not None:
        return key
    try:
        return _make(issuer, at=at or timezone.now())
    except IntegrityError:  # Somebody else was faster.
        return keys.get()


@transaction.atomic
def rotate(issuer: Issuer, *, at: datetime | None = None) -> SigningKey:
    """Retire the key that signs, and make the next one. What the old one signed stays verifiable."""
    at = at or timezone.now()
    for key in SigningKey.objects.filter(issuer=issuer, stage=KeyStage.ACTIVE):
        take_step(SIGNING_KEY, "retire", key, by=None, roles=ROLES, at=at, retired_at=at)
    return _make(issuer, at=at)


@transaction.atomic
def declare_stolen(key: SigningKey, *, since: datetime, at: datetime | None = None, note: str = "") -> SigningKey:
    """Give up a key: what it signed from `since` on is believed no more, unless the register has it.

    Raises StepRefused for a key already given up, and ValueError for a moment that has not come.
    """
    at = at or timezone.now()
    if since > at:
        raise ValueError("A key cannot have been stolen in the future.")
    facts = {"since": since.isoformat()}
    return take_step(
        SIGNING_KEY, "declare_stolen", key, by=None, roles=ROLES, at=at, note=note, facts=facts, stolen_at=since
    )


@transaction.atomic
def _make(issuer: Issuer, *, at: datetime) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    key = SigningKey(
        reference=public_text(private),
        stage=KeyStage.ACTIVE,
        stage_since=at,
        issuer=issuer,
        did=did_of(issuer),
        made_at=at,
    )
    key.sealed = seal(private.private_bytes_raw(), about=key.address)
    key.save(force_insert=True)
    record(key, step="make", to_stage=key.stage, by=None, at=at, role=KEEPER, facts={"issuer": issuer.value})
    return key
