"""What signing in and out leaves behind in the audit; connected in `config/wiring.py`."""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest

from saduak.audit import operations as audit
from saduak.people.models import User


def note_sign_in(sender: Any, request: HttpRequest, user: User, **facts: Any) -> None:
    """Somebody signed in."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    methods = [record.get("type") or record.get("method") for record in records]
    audit.signed_in(user, request=request, detail={"methods": methods})


def note_failed_sign_in(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A password did not fit."""
    typed = credentials.get("username") or credentials.get("email") or ""
    user = User.objects.filter(username__iexact=typed).first() or (
        User.objects.filter(email__iexact=typed).first() if typed else None
    )
    audit.sign_in_failed(user, request=request, detail={"method": "password"})


def note_failed_second_factor(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """A code or a key did not fit."""
    audit.sign_in_failed(user, request=request, detail={"method": authenticator.type})


def note_sign_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Somebody signed out, or was signed out."""
    if user is not None and user.is_authenticated:
        audit.signed_out(user, request=request)
