"""Tokens with which programs come to the endpoints of credentials."""

import hashlib
import secrets
from datetime import datetime

from django.utils import timezone

from saduak.credentials.issuers import Issuer
from saduak.credentials.models import Token

BYTES = 32


def make(name: str, *, issuer: Issuer, at: datetime | None = None) -> str:
    """Make a token for a program; its text is returned, and kept nowhere. Raises IntegrityError for a name in use."""
    text = secrets.token_urlsafe(BYTES)
    Token.objects.create(name=name, sha256=digest(text), issuer=issuer, made_at=at or timezone.now())
    return text


def end(name: str, *, at: datetime | None = None) -> bool:
    """Let the token open nothing from now on; whether it still did."""
    return Token.objects.filter(name=name, ended_at=None).update(ended_at=at or timezone.now()) > 0


def issuer_behind(text: str) -> Issuer | None:
    """In whose name the token issues; None for one that opens nothing."""
    token = Token.objects.filter(sha256=digest(text), ended_at=None).first()
    return Issuer(token.issuer) if token else None


def digest(text: str) -> str:
    """What is kept of a token. It is random enough to need no slow digest."""
    return hashlib.sha256(text.encode()).hexdigest()
