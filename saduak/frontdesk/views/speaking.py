"""The door of devices: a kiosk, a board or a tablet speaks by its token, not as a person (ประตูสำหรับอุปกรณ์)."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from saduak.access.doors import open_to_everyone
from saduak.frontdesk.operations import devices
from saduak.frontdesk.queries.devices import device_with

TOKEN, CLOCK, UNSENT = "X-Device-Token", "X-Device-Clock", "X-Device-Unsent"
LARGEST_BODY = 20_000


def open_to_devices(*kinds: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Only paired devices of these kinds: the view gets the device after the request; others get 401 or 403.

    There is no cookie to be abused, so no form token is needed. Along with its token a device tells its clock, which is
    compared with ours, and how much it has not sent yet: while anything is unsent, the moment of its last word before
    that stays, because nothing that it issued in between can be older.
    """

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @open_to_everyone
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            device = device_with(request.headers.get(TOKEN, ""))
            if device is None:
                return problem(_("This device is not paired with a desk."), status=401)
            if kinds and device.kind not in kinds:
                return problem(_("This is not for devices of this kind."), status=403)
            devices.heard(device, clock=_clock(request), is_merging=_unsent(request) > 0)
            response = view(request, device, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    return guard


def problem(sentence: object, *, status: int = 422) -> JsonResponse:
    """Something that a device cannot do, with the sentence that it shows."""
    return JsonResponse({"problem": str(sentence)}, status=status)


def said(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that a device sent; empty for anything else."""
    if len(request.body) > LARGEST_BODY:
        return {}
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _clock(request: HttpRequest) -> datetime | None:
    try:
        told = parse_datetime(request.headers.get(CLOCK, ""))
    except ValueError:
        return None
    return told if told is not None and told.tzinfo is not None else None


def _unsent(request: HttpRequest) -> int:
    told = request.headers.get(UNSENT, "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
