"""Who asks: the token that a request shows, its client, and the person for whom that acts (ผู้เรียก)."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from structlog.contextvars import bind_contextvars

from saduak.machines.minting import digest_of
from saduak.machines.models import Client, Token
from saduak.machines.problems import Kind, Problem
from saduak.postgres.standing import Standing

REALM = 'Bearer realm="saduak"'

_WITH_DIGEST = Standing(
    lambda digest: Token.objects.with_client().filter(digest=digest).order_by(), digest=b"an example"
)
"""Asked anew for each request: a token ends at once."""


@dataclass
class Caller:
    """Who asks; nobody in particular without a token. `links` go into the header Link of the answer."""

    token: Token | None = None
    links: dict[str, str] = field(default_factory=dict)

    @property
    def client(self) -> Client | None:
        """The system that asks."""
        return self.token.client if self.token else None

    @property
    def person(self) -> Any:
        """The person for whom it acts; anonymous without one."""
        return (self.client and self.client.acts_for) or AnonymousUser()


def identify(request: HttpRequest) -> Caller:
    """The caller by the header Authorization. Raises Problem (401) for a token that is not, or no longer, good."""
    said = request.headers.get("Authorization", "")
    if not said:
        return Caller()
    scheme, _space, words = said.partition(" ")
    token = _WITH_DIGEST.first(digest=digest_of(words.strip()))
    now = timezone.now()
    if scheme.lower() != "bearer" or token is None:
        raise _unheard(_("The token is unknown."))
    if token.revoked_at is not None:
        raise _unheard(_("The token was revoked."))
    if not token.is_in_use(now):
        raise _unheard(_("The token has expired."))
    if not token.client.works_on(timezone.localdate(now)):
        raise _unheard(_("The system that the token belongs to is switched off."))
    _note_use(token)
    bind_contextvars(client_id=token.client_id, token_prefix=token.prefix)
    return Caller(token)


def nobody() -> Problem:
    """What a request without a token is told where one is needed."""
    return Problem(
        Kind.UNAUTHENTICATED,
        _("Send a token in the header Authorization: Bearer …"),
        headers={"WWW-Authenticate": REALM},
    )


def caller_of(request: HttpRequest) -> Caller:
    """Who was identified for this request."""
    return request.caller  # type: ignore[attr-defined]


def client_of(request: HttpRequest) -> Client:
    """The system that asks, behind a door that needs a token."""
    client = caller_of(request).client
    if client is None:
        raise nobody()
    return client


def person_of(request: HttpRequest) -> Any:
    """The person for whom the caller acts; anonymous without one."""
    return caller_of(request).person


def _unheard(why: Any) -> Problem:
    return Problem(Kind.UNAUTHENTICATED, why, headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'})


def _note_use(token: Token) -> None:
    """Remember the day; a moment for each request would be a write for each request."""
    today = timezone.localdate()
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
