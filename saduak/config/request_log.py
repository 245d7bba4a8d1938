"""One log line for each request, and an id by which its other lines are found (บันทึกคำขอ)."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

log = structlog.get_logger("saduak.requests")

SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
SECRETS = re.compile(r"(/queue/(?:t|b|board|appointments)/)[^/.]+")
"""What stands in an address after these words opens it to whoever has it; a log is read by others."""

QUIET = ("/static/", "/health/")


class RequestLog:
    """Binds `request_id` for every line that is logged meanwhile, answers with it, and logs the request at its end.

    An id that a proxy gave in `X-Request-ID` is kept. The query is left out: people search for names.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        request_id = given if SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        clear_contextvars()
        bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            if not request.path.startswith(QUIET) or response.status_code >= 500:
                self._log(request, response, time.perf_counter() - began)
            return response
        finally:
            clear_contextvars()

    def _log(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        write = log.error if response.status_code >= 500 else log.info
        write(
            "request",
            method=request.method,
            path=SECRETS.sub(r"\1…", request.path),
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
            ip=request.META.get("REMOTE_ADDR", ""),
            # Only when the page learnt who it is: the log must not cost a query, nor fail with the database.
            user_id=getattr(getattr(request, "_cached_user", None), "pk", None),
        )
