"""Programs come in with a token in the header `Authorization: Bearer …` (การเข้าใช้ของโปรแกรม)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from saduak.access.doors import View, open_to_everyone
from saduak.access.pace import is_too_often
from saduak.credentials.answers import problem
from saduak.credentials.issuers import Issuer
from saduak.credentials.operations.tokens import issuer_behind

Knows = Callable[[str], Issuer | None]
"""In whose name the bearer of a token issues; None for a token that it does not know."""

WRONG, IN_SECONDS = 30, 300
"""As many wrong tokens may be tried from one address in so many seconds."""

_DOORS: list[Knows] = [issuer_behind]


def let_in_by(knows: Knows) -> None:
    """Let in whoever else's tokens `knows` knows."""
    _DOORS.append(knows)


def open_to_programs(view: View) -> View:
    """Only programs with a token; `issuer` is in whose name they issue. No cookie opens it, so no form can forge it."""

    @open_to_everyone
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        issuer = None
        if scheme.lower() == "bearer" and token.strip():
            issuer = next((found for knows in _DOORS if (found := knows(token.strip())) is not None), None)
            if issuer is None and is_too_often(request, "credential_token", times=WRONG, seconds=IN_SECONDS):
                return problem(429, "Too many wrong tokens.", headers={"Retry-After": str(IN_SECONDS)})
        if issuer is None:
            return problem(401, "A bearer token is needed.", headers={"WWW-Authenticate": "Bearer"})
        return view(request, *args, issuer=issuer, **kwargs)

    return guarded
