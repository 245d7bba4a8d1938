"""Writing down who saw, took away, or was given what.

Each function writes one `Record` and returns it. `user` may be anonymous for looks and exports. Pass the `request`
where there is one: its network address, browser and request number are kept. Cases' own steps belong to the journal.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from structlog.contextvars import get_contextvars

from saduak.audit.models import Act, Record


def looked_at(user: Any, *, kind: str, reference: str, what: str = "", request: HttpRequest | None = None) -> Record:
    """Somebody opened a thing that not everybody may see: a dossier, a file, a score sheet."""
    return _write(Act.LOOKED_AT, user, kind=kind, reference=reference, what=what, request=request)


def exported(
    user: Any,
    *,
    kind: str,
    reference: str = "",
    what: str = "",
    request: HttpRequest | None = None,
    detail: dict[str, Any] | None = None,
) -> Record:
    """Somebody took data away as a file; `detail` holds the filters and the number of rows."""
    return _write(Act.EXPORTED, user, kind=kind, reference=reference, what=what, request=request, detail=detail)


def searched_personal_data(
    user: Any, *, kind: str, what: str, request: HttpRequest | None = None, detail: dict[str, Any] | None = None
) -> Record:
    """Somebody searched for a person; `what` is the search without identity numbers."""
    return _write(Act.SEARCHED_PERSONAL_DATA, user, kind=kind, what=what, request=request, detail=detail)


def signed_in(user: Any, *, request: HttpRequest | None = None, detail: dict[str, Any] | None = None) -> Record:
    """A person signed in; `detail` holds the methods, e.g. `{"methods": ["password", "totp"]}`."""
    return _write(Act.SIGNED_IN, user, request=request, detail=detail)


def sign_in_failed(
    user: Any | None, *, request: HttpRequest | None = None, detail: dict[str, Any] | None = None
) -> Record:
    """A sign-in failed; `user` is the account of the name that was typed, or None.

    A name that belongs to no account is not kept: it is too often a password typed into the wrong field.
    """
    return _write(Act.SIGN_IN_FAILED, user, request=request, detail=detail)


def signed_out(user: Any, *, request: HttpRequest | None = None) -> Record:
    """A person signed out."""
    return _write(Act.SIGNED_OUT, user, request=request)


def granted(
    user: Any,
    *,
    to: Any,
    what: str,
    kind: str = "",
    reference: str = "",
    request: HttpRequest | None = None,
    detail: dict[str, Any] | None = None,
) -> Record:
    """`user` gave the person `to` an office or a right, worded in `what`."""
    return _write(
        Act.GRANTED, user, concerns=to, kind=kind, reference=reference, what=what, request=request, detail=detail
    )


def revoked(
    user: Any,
    *,
    of: Any,
    what: str,
    kind: str = "",
    reference: str = "",
    request: HttpRequest | None = None,
    detail: dict[str, Any] | None = None,
) -> Record:
    """`user` took an office or a right from the person `of`."""
    return _write(
        Act.REVOKED, user, concerns=of, kind=kind, reference=reference, what=what, request=request, detail=detail
    )


def _write(
    act: Act,
    user: Any | None,
    *,
    concerns: Any | None = None,
    kind: str = "",
    reference: str = "",
    what: str = "",
    request: HttpRequest | None = None,
    detail: dict[str, Any] | None = None,
) -> Record:
    person = user if user is not None and user.is_authenticated else None
    seen = request.META if request is not None else {}
    return Record.objects.create(
        at=timezone.now(),
        act=act,
        person=person,
        person_name=str(person) if person else "",
        concerns=concerns,
        concerns_name=str(concerns) if concerns else "",
        kind=kind,
        reference=reference,
        what=what[:300],
        detail=detail or {},
        address=seen.get("REMOTE_ADDR") or None,
        user_agent=seen.get("HTTP_USER_AGENT", "")[:300],
        request_id=str(get_contextvars().get("request_id", ""))[:60],
    )
