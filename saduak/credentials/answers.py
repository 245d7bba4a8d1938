"""Answers that any program on the web may read and keep (คำตอบสำหรับโปรแกรม)."""

import hashlib
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import parse_etags

CREDENTIAL_TYPE = "application/vc+ld+json"
"""The media type of signed credentials in Open Badges 3.0; the W3C's `application/vc` is asked for by Accept."""


def media_type(request: HttpRequest) -> str:
    """What a signed credential is called to whoever asks."""
    return "application/vc" if "application/vc" in request.headers.get("Accept", "").split(",") else CREDENTIAL_TYPE


def public_answer(
    request: HttpRequest, body: bytes, content_type: str, *, seconds: int, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The body, to be kept for so many seconds; whoever holds it already gets 304. Pages of any site may read it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type=content_type, headers=headers)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Vary"] = "Accept"
    return response


def problem(
    status: int, title: str, *, kind: str = "about:blank", detail: str = "", headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """A refusal that programs read (RFC 9457)."""
    body = {"type": kind, "title": title, "status": status, **({"detail": detail} if detail else {})}
    return JsonResponse(body, status=status, content_type="application/problem+json", headers=headers)
