"""Refuses addresses that hold what no text holds (อักขระที่ไม่ใช่ข้อความ)."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"


class RequestText:
    """Raises BadRequest, whose page answers 400, for an address with a NUL character in its path or its query.

    PostgreSQL keeps no text with it, no keyboard types it, and no link of ours holds it. In what a form sends, the
    form says so at its field instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path or NUL in unquote_plus(request.META.get("QUERY_STRING", "")):
            raise BadRequest("A NUL character in the address.")
        return self.get_response(request)
