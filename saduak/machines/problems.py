"""Whatever went wrong, as a problem document of RFC 9457, in the asker's language (รายละเอียดข้อขัดข้อง)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"


class Kind(Enum):
    """A kind of problem: its name in the address of its type, its status, and its title."""

    MALFORMED = "malformed", 400, _("The request cannot be read")
    UNAUTHENTICATED = "unauthenticated", 401, _("A valid token is needed")
    FORBIDDEN = "forbidden", 403, _("The token does not reach so far")
    NOT_FOUND = "not-found", 404, _("There is no such thing here")
    METHOD_NOT_ALLOWED = "method-not-allowed", 405, _("This cannot be done here")
    OVERTAKEN = "overtaken", 409, _("Somebody was faster")
    IN_FLIGHT = "in-flight", 409, _("The same request is being worked on")
    GONE = "gone", 410, _("The file is lost")
    TOO_LARGE = "too-large", 413, _("The request is too large")
    UNSUPPORTED_MEDIA_TYPE = "unsupported-media-type", 415, _("The body is of another kind")
    INVALID = "invalid", 422, _("Some values are not right")
    REFUSED = "refused", 422, _("The procedure does not allow this now")
    KEY_REUSED = "key-reused", 422, _("The idempotency key belongs to another request")
    TOO_MANY = "too-many-requests", 429, _("Too many requests")
    FAILED = "failed", 500, _("Something is broken on our side")
    UNAVAILABLE = "unavailable", 503, _("The database is away for a moment")

    def __init__(self, slug: str, status: int, title: Any) -> None:
        self.slug = slug
        self.status = status
        self.title = title

    @property
    def type(self) -> str:
        """The address that names the kind, and explains it to people."""
        return f"{settings.PUBLIC_URL}/api/#problem-{self.slug}"


OF_STATUS = {kind.status: kind for kind in reversed(Kind)}
"""The kind that a bare status means, for answers that nobody worded."""


@dataclass
class Problem(Exception):
    """Stops a request, and is what it is answered. `errors` are dicts with `detail`, and `pointer` or `parameter`."""

    kind: Kind
    detail: Any = ""
    errors: Sequence[Mapping[str, Any]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def document(self, request: HttpRequest) -> dict[str, Any]:
        """The members of the document."""
        told: dict[str, Any] = {
            "type": self.kind.type,
            "title": str(self.kind.title),
            "status": self.kind.status,
            "instance": request.path,
        }
        if self.detail:
            told["detail"] = str(self.detail)
        if self.errors:
            told["errors"] = [{name: str(value) for name, value in error.items()} for error in self.errors]
        return told | dict(self.more)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The document as an answer."""
        body = json.dumps(self.document(request), ensure_ascii=False)
        response = HttpResponse(body, content_type=MEDIA_TYPE, status=self.kind.status)
        for name, value in self.headers.items():
            response[name] = value
        return response


def wrong(detail: Any, **where: str) -> Problem:
    """One value that is not right: `parameter="…"` in the address, `pointer="/…"` in the body, or `header="…"`."""
    return Problem(Kind.INVALID, errors=[{"detail": detail, **where}])


def answer_of_status(request: HttpRequest, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """A bare status in words; one that nobody named stays what its hundred means."""
    kind = OF_STATUS.get(status) or (Kind.FAILED if status >= 500 else Kind.MALFORMED)
    return Problem(kind, headers=headers).answer(request)
