"""Machines carry no cookies, and read no pages: what fails before an operation is told as a problem too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request, override

from saduak.machines.problems import MEDIA_TYPE, answer_of_status

PREFIX = "/api/v1/"
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class Machines:
    """Takes the cookies from requests to the API; answers of 400 and more that nobody worded become problems."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if "Vary" in response:  # Whatever asked who has signed in, found nobody.
            response["Vary"] = ", ".join(name for name in response["Vary"].split(", ") if name != "Cookie")
        if response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        language = get_language_from_request(request)
        with override(language):
            headers = {name: response[name] for name in KEPT if name in response}
            worded = answer_of_status(request, response.status_code, headers)
        worded["Content-Language"] = language
        return worded
