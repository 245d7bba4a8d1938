"""What keys of every kind go through: made when first needed, they follow one another, and are given up when stolen."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import Key
from saduak.credentials.procedure import KEEPER, SIGNING_KEY, KeyStage
from saduak.credentials.vault import seal
from saduak.journal.steps import record, take_step

ROLES = frozenset({KEEPER})

K = TypeVar("K", bound=Key)


def in_use(kind: type[K], issuer: Issuer, *, make: Callable[[], K]) -> K:
    """The key of this kind that the issuer uses under its present name; made when there is none yet."""
    keys = kind._default_manager.filter(issuer=issuer, did=did_of(issuer), stage=KeyStage.ACTIVE)
    if (key := keys.first()) is not None:
        return key
    try:
        return make()
    except IntegrityError:  # Somebody else was faster.
        return keys.get()


@transaction.atomic
def begin(
    kind: type[K], issuer: Issuer, *, reference: str, private: bytes, at: datetime, step: str = "make", **facts: Any
) -> K:
    """Keep a new key, its private half encrypted. `facts` are what only keys of this kind have."""
    key = kind(
        reference=reference,
        stage=KeyStage.ACTIVE,
        stage_since=at,
        issuer=issuer,
        did=did_of(issuer),
        made_at=at,
        **facts,
    )
    key.sealed = seal(private, about=key.address)
    key.save(force_insert=True)
    record(key, step=step, to_stage=key.stage, by=None, at=at, role=KEEPER, facts={"issuer": issuer.value})
    return key


def retire(kind: type[K], issuer: Issuer, *, at: datetime) -> None:
    """Use the issuer's key of this kind no more. What came from it stays verifiable."""
    for key in kind._default_manager.filter(issuer=issuer, stage=KeyStage.ACTIVE):
        take_step(SIGNING_KEY, "retire", key, by=None, roles=ROLES, at=at, retired_at=at)


@transaction.atomic
def declare_stolen(key: K, *, since: datetime, at: datetime | None = None, note: str = "") -> K:
    """Give up a key: what came from it from `since` on is believed no more, unless the register has it.

    Raises StepRefused for a key already given up, and ValueError for a moment that has not come.
    """
    at = at or timezone.now()
    if since > at:
        raise ValueError("A key cannot have been stolen in the future.")
    facts = {"since": since.isoformat()}
    return take_step(
        SIGNING_KEY, "declare_stolen", key, by=None, roles=ROLES, at=at, note=note, facts=facts, stolen_at=since
    )
