"""What every request to the API goes through before and after its operation (การตอบคำขอ)."""

import hashlib
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _
from ninja.operation import Operation

from saduak.access.pace import Pace, pace_of
from saduak.machines.callers import Caller, caller_of, identify
from saduak.machines.doors import Door
from saduak.machines.keeping import KEY, answered_once
from saduak.machines.problems import Kind, Problem

View = Callable[..., HttpResponseBase]

UNKNOWN_PER_MINUTE = 120
"""Requests a minute without a token from one network address, behind which many people may stand."""

MINUTE = 60
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
BODIES = {"body": "application/json", "form": "multipart/form-data", "file": "multipart/form-data"}
"""Where an operation's parameters stand → the kind of body that it reads."""


def answered(view: View, operations: Sequence[Operation]) -> View:
    """The view of some operations: in the asker's language, at a bearable pace, each deed once, with its tag."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = get_language_from_request(request)
        asked = request.method
        if asked == "HEAD":  # As a GET, whose body is left out in the end.
            request.method = "GET"
        with override(language):
            try:
                response = _answer(view, _chosen(operations, request), request, *args, **kwargs)
            except Problem as problem:
                response = problem.answer(request)
        request.method = asked
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return _without_body(response) if asked == "HEAD" else response

    answering.open_to = "machines"  # type: ignore[attr-defined]
    # A token is no cookie: no other site can send it.
    answering.csrf_exempt = True  # type: ignore[attr-defined]
    return answering


def door_of(operation: Operation) -> Door | None:
    """The door before an operation; None when it is silent."""
    return next((each for each in operation.auth_callbacks if isinstance(each, Door)), None)


def body_of(operation: Operation) -> str:
    """The kind of body that an operation reads; "" for none."""
    sources = {model.__ninja_param_source__ for model in operation.models}
    return next((kind for source, kind in reversed(BODIES.items()) if source in sources), "")


def _without_body(response: HttpResponseBase) -> HttpResponse:
    """The status and the headers alone, as they would stand above the body."""
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
    bare = HttpResponse(status=response.status_code)
    bare.headers = response.headers
    response.close()
    return bare


def _answer(view: View, operation: Operation | None, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    request.caller = Caller()  # type: ignore[attr-defined]
    request.caller = identify(request)  # type: ignore[attr-defined]
    pace = _pace(request)
    if pace.is_exceeded:
        return _paced(_slower(pace).answer(request), pace)
    if operation is not None:
        _refuse_other_bodies(operation, request)
    if request.method in WRITING and KEY in request.headers and caller_of(request).client is not None:
        response = answered_once(request, lambda: view(request, *args, **kwargs))
    else:
        response = view(request, *args, **kwargs)
    return _paced(_tagged(request, operation, response), pace)


def _chosen(operations: Sequence[Operation], request: HttpRequest) -> Operation | None:
    return next((each for each in operations if request.method in each.methods), None)


def _pace(request: HttpRequest) -> Pace:
    token = caller_of(request).token
    if token is None:
        return pace_of(request.META.get("REMOTE_ADDR", ""), "api", times=UNKNOWN_PER_MINUTE, seconds=MINUTE)
    return pace_of(f"token-{token.pk}", "api", times=token.client.per_minute, seconds=MINUTE)


def _slower(pace: Pace) -> Problem:
    return Problem(
        Kind.TOO_MANY,
        _("At most %(times)d requests a minute are answered.") % {"times": pace.times},
        headers={"Retry-After": str(pace.seconds_left)},
    )


def _paced(response: HttpResponseBase, pace: Pace) -> HttpResponseBase:
    """With what the caller may still ask, as the draft `ratelimit-headers` of the IETF writes it."""
    response["RateLimit-Policy"] = f'"minute";q={pace.times};w={MINUTE}'
    response["RateLimit"] = f'"minute";r={pace.left};t={pace.seconds_left}'
    return response


def _refuse_other_bodies(operation: Operation, request: HttpRequest) -> None:
    wanted = body_of(operation)
    if wanted and request.content_type != wanted:
        raise Problem(Kind.UNSUPPORTED_MEDIA_TYPE, _("This reads a body of %(type)s.") % {"type": wanted})


def _tagged(request: HttpRequest, operation: Operation | None, response: HttpResponseBase) -> HttpResponseBase:
    """With links to the other pages of a list; an answer that the caller holds already is not sent again."""
    if links := caller_of(request).links:
        response["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
    door = door_of(operation) if operation is not None else None
    is_open = door is not None and door.scope is None
    if is_open and request.method == "GET":
        response["Access-Control-Allow-Origin"] = "*"
        response.headers.setdefault("Cache-Control", "no-cache")
    else:
        response["Cache-Control"] = "private, no-store"
    if request.method != "GET" or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    tag = response.get("ETag") or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = tag
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        unchanged = HttpResponse(status=304)
        del unchanged["Content-Type"]
        for name in ("ETag", "Link", "Cache-Control", "Access-Control-Allow-Origin"):
            if name in response:
                unchanged[name] = response[name]
        return unchanged
    return response
