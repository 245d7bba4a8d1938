"""What a person reads when something could not be done, and what to do then (หน้าแจ้งข้อขัดข้อง)."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from saduak.access.doors import open_to_everyone
from saduak.attachments.storage import ContentLost
from saduak.design.components import Moment
from saduak.design.preferences import CONTRAST, LANGUAGE, TEXT
from saduak.journal.steps import StepOvertaken, StepRefused

log = structlog.get_logger("saduak.refusals")

Telling = Callable[[Any, Any, Sequence[Any]], Sequence[Moment]]
"""(case, person, entries) → what the person may know of them, in words."""

_TELLINGS: dict[str, Telling] = {}


def tell_changes_by(case_kind: str, telling: Telling) -> None:
    """Let a package word what happened to its cases, for the page that says somebody was faster."""
    _TELLINGS[case_kind] = telling


def changes(case: Any, person: Any, since: Sequence[Any]) -> Sequence[Moment]:
    """What the person may know of the entries; of a kind of case that nobody words, only when it changed."""
    telling = _TELLINGS.get(case.case_kind)
    return telling(case, person, since) if telling else [Moment(entry.at, "") for entry in since]


class RefusalMiddleware:
    """Words what views left unworded: refused and overtaken steps, and answers that would otherwise be empty."""

    WORDED = frozenset({405, 413, 429})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in self.WORDED and not response.streaming and not response.content:
            worded = _page(request, f"errors/{response.status_code}.html", response.status_code)
            for header in ("Allow", "Retry-After"):
                if header in response:
                    worded[header] = response[header]
            return worded
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A 422 page with the reasons, or a 409 page with what changed; for htmx only its notice, at the page's top.

        A 410 page for a stored file whose bytes are gone, and a 400 page for a value that the database cannot hold.
        """
        match exception:
            case StepRefused(decision=decision):
                return self._answer(request, "errors/422.html", {"decision": decision}, 422)
            case StepOvertaken(case=case, since=since):
                told = changes(case, request.user, since)
                return self._answer(request, "errors/409.html", {"case": case, "moments": told}, 409)
            case ContentLost():
                # For those who run the platform: the backup has it still. Evidence of somebody is never shown altered.
                log.error("stored file lost", path=request.path, reason=str(exception))
                return _page(request, "errors/410.html", 410)
            case DataError():
                # PostgreSQL knows no such text or number: no form of ours sends it, and nothing was stored.
                log.warning("unstorable", path=request.path, reason=type(exception.__cause__).__name__)
                return _bare(request, 400)
        return None

    def _answer(self, request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        part = bool(getattr(request, "htmx", None)) and not request.htmx.boosted  # type: ignore[attr-defined]
        response = _page(request, f"{template}#notice" if part else template, status, **context)
        patch_vary_headers(response, ["HX-Request"])
        if part:
            response["HX-Retarget"] = "#messages"
            response["HX-Reswap"] = "innerHTML show:top"
        return response


@open_to_everyone
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when more was sent than a page takes."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _bare(request, status)


@open_to_everyone
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is not for this person."""
    return _page(request, "errors/403.html", 403)


@open_to_everyone
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or somebody else's case."""
    return _page(request, "errors/404.html", 404)


@open_to_everyone
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away: works without it, the session and the context processors."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        away = _bare(request, 503)
        away["Retry-After"] = "30"
        return away
    return _bare(request, 500)


@open_to_everyone
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the protection against forged forms: mostly a page that lay open since before signing in or out."""
    return _page(request, "errors/form_expired.html", 403)


def came_from(request: HttpRequest) -> str:
    """The page of this site from which the person came, to lead back to it; empty when the browser does not tell."""
    there = request.headers.get("Referer", "")
    try:
        is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    except DisallowedHost:
        return ""
    return there if is_ours else ""


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    return render(request, template, {"came_from": came_from(request), **context}, status=status)


def _bare(request: HttpRequest, status: int) -> HttpResponse:
    """A page that asks nothing of the database; only the reader's cookies are read."""
    with translation.override(LANGUAGE.chosen(request)):
        page = render_to_string(
            f"errors/{status}.html",
            {
                "text_size": TEXT.chosen(request),
                "contrast": CONTRAST.chosen(request),
                "LANGUAGE_CODE": LANGUAGE.chosen(request),
                "came_from": came_from(request),
            },
        )
    return HttpResponse(page, status=status)
