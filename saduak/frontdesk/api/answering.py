"""What a device's request goes through before and after its operation: its token, its pace, its tag."""

import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_request, override
from ninja.operation import Operation

from saduak.frontdesk.api.doors import identify
from saduak.frontdesk.operations.devices import heard
from saduak.machines.callers import Caller
from saduak.machines.problems import Kind, Problem

View = Callable[..., HttpResponseBase]

A_SECOND = 50
"""Requests a second that one device may ask for on average; counted in this process, so that asking costs no query."""

SPAN = 10
_counts: dict[int, tuple[int, int]] = {}


def answered_to_devices(view: View, operations: Sequence[Operation]) -> View:
    """The view of some operations for paired devices: in their language, with problems in words."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = get_language_from_request(request)
        with override(language):
            try:
                response = _answer(view, request, *args, **kwargs)
            except Problem as problem:
                response = problem.answer(request)
        response.headers.setdefault("Content-Language", language)
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response

    answering.open_to = "machines"  # type: ignore[attr-defined]
    # A token is no cookie: no other site can send it.
    answering.csrf_exempt = True  # type: ignore[attr-defined]
    return answering


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    request.caller = Caller()  # type: ignore[attr-defined]
    device = identify(request)
    request.device = device  # type: ignore[attr-defined]
    if _is_too_often(device.pk):
        raise Problem(Kind.TOO_MANY, headers={"Retry-After": str(SPAN)})
    heard(device)
    response = view(request, *args, **kwargs)
    tag = response.get("ETag")
    if tag and request.method == "GET" and tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": tag})
    return response


def _is_too_often(device: int) -> bool:
    span = int(time.monotonic()) // SPAN
    before, count = _counts.get(device, (span, 0))
    count = count + 1 if before == span else 1
    _counts[device] = span, count
    return count > A_SECOND * SPAN
