"""Systems are let in and kept out; each token is told to the audit, and its words to nobody but who made it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.audit import operations as audit
from saduak.machines.minting import Minted, mint
from saduak.machines.models import Client, Token
from saduak.machines.scopes import FOR_SOMEBODY, Scope

KIND = "machines.client"
TOKEN = "machines.token"  # noqa: S105  The kind of thing that the audit tells of.


@transaction.atomic
def add(*, by: Any, request: HttpRequest | None = None, **facts: Any) -> Client:
    """Enter a system; `facts` are its fields. Raises ValidationError."""
    client = Client(added_at=timezone.now(), **facts)
    client.full_clean()
    client.save()
    _told(client, by=by, request=request, what=_("connected system"))
    return client


@transaction.atomic
def correct(client: Client, *, by: Any, request: HttpRequest | None = None, **facts: Any) -> Client:
    """Change what is known of a system, its person and its pace included. Raises ValidationError."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    acted_for = client.acts_for_id
    for name, value in facts.items():
        setattr(client, name, value)
    if client.acts_for is None and _needs_somebody(client):
        raise ValidationError({"acts_for": _("Tokens are in use with which the system acts for somebody.")})
    client.version += 1
    client.full_clean()
    client.save()
    if client.acts_for_id != acted_for:
        _told(client, by=by, request=request, what=_("connected system, now for another person"))
    return client


@transaction.atomic
def turn(client: Client, *, on: bool, by: Any, request: HttpRequest | None = None) -> Client:
    """Switch a system on or off; while it is off, none of its tokens is heard."""
    client = Client.objects.select_for_update().get(pk=client.pk)
    if client.is_active != on:
        client.is_active = on
        client.version += 1
        client.save(update_fields=["is_active", "version"])
        what: Any = {"kind": KIND, "reference": str(client.pk), "what": client.name, "request": request}
        if on:
            audit.granted(by, to=client.owner, **what)
        else:
            audit.revoked(by, of=client.owner, **what)
    return client


@transaction.atomic
def give_token(
    client: Client,
    *,
    scopes: Collection[str],
    by: Any,
    label: str = "",
    expires_at: datetime | None = None,
    at: datetime | None = None,
    request: HttpRequest | None = None,
) -> tuple[Token, Minted]:
    """A new token, and its words, which are kept nowhere. Raises ValidationError."""
    at = at or timezone.now()
    chosen = sorted(Scope(scope).value for scope in scopes)
    if FOR_SOMEBODY & set(chosen) and client.acts_for is None:
        raise ValidationError({"scopes": _("For cases, the system must act for somebody. Say first for whom.")})
    if expires_at is not None and expires_at <= at:
        raise ValidationError({"expires_at": _("This is past already.")})
    minted = mint()
    token = Token.objects.create(
        client=client,
        label=label,
        prefix=minted.prefix,
        digest=minted.digest,
        scopes=chosen,
        made_at=at,
        made_by=by,
        expires_at=expires_at,
    )
    audit.granted(
        by, to=client.owner, kind=TOKEN, reference=str(token.pk), what=f"{client.name}: {' '.join(chosen)}",
        request=request, detail={"client": client.pk, "prefix": token.prefix, "scopes": chosen},
    )  # fmt: skip
    return token, minted


@transaction.atomic
def revoke(token: Token, *, by: Any, at: datetime | None = None, request: HttpRequest | None = None) -> Token:
    """Hear a token no more; a second time changes nothing."""
    token = Token.objects.select_for_update(of=("self",)).select_related("client__owner").get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = at or timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.revoked(
            by, of=token.client.owner, kind=TOKEN, reference=str(token.pk), what=f"{token.client.name}: {token}",
            request=request, detail={"client": token.client_id, "prefix": token.prefix},
        )  # fmt: skip
    return token


def _needs_somebody(client: Client) -> bool:
    wide = client.tokens.in_use(timezone.now()).filter(scopes__overlap=sorted(FOR_SOMEBODY))
    return wide.exists()


def _told(client: Client, *, by: Any, request: HttpRequest | None, what: Any) -> None:
    acts_for = str(client.acts_for) if client.acts_for else ""
    audit.granted(
        by, to=client.owner, kind=KIND, reference=str(client.pk), what=f"{client.name} ({what})",
        request=request, detail={"acts_for": acts_for, "until": str(client.expires_on or "")},
    )  # fmt: skip
