"""Programs come in by a token of theirs; which tokens there are, another package knows (การเข้าใช้ของโปรแกรม)."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from saduak.access.doors import View
from saduak.credentials.answers import problem


class Errand(StrEnum):
    """What a program comes for."""

    ISSUE = "issue"
    VERIFY = "verify"


class Refused(Exception):
    """The program may not come in, or did not say what is needed; `response` tells it."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        super().__init__()


Guard = Callable[[HttpRequest, Errand], str]
"""The name of the program that comes for an errand. Raises Refused."""


def nobody_passes(request: HttpRequest, errand: Errand) -> str:
    """The guard where no package has tokens."""
    raise Refused(problem(401, "A bearer token is needed.", headers={"WWW-Authenticate": "Bearer"}))


_GUARDS: list[Guard] = [nobody_passes]


def guarded_by(guard: Guard) -> None:
    """Let this guard decide who comes in."""
    _GUARDS[:] = [guard]


def open_to_programs(errand: Errand) -> Callable[[View], View]:
    """Only programs with a token for the errand; the view is told their name as `program`.

    No cookie opens it, so no form of another site can forge a request.
    """

    def guard(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, program=_GUARDS[0](request, errand), **kwargs)
            except Refused as refused:
                return refused.response

        guarded.open_to = "machines"  # type: ignore[attr-defined]
        return guarded

    return guard
