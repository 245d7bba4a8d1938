"""Refuses a request that is too large before anything reads it (ขนาดคำขอ)."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse


class RequestSize:
    """Raises RequestDataTooBig, whose page answers 413, for a request of more than UPLOAD_LIMIT bytes.

    A request that does not say how large it is has no body for Django.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.UPLOAD_LIMIT:
            raise RequestDataTooBig(f"{length} bytes")
        return self.get_response(request)
