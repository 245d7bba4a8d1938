"""Programs come in by a token of theirs; which tokens there are, another package knows (การเข้าใช้ของโปรแกรม)."""

from collections.abc import Callable
from dataclasses import dataclass
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


Answer = Callable[[], HttpResponseBase]


@dataclass(frozen=True)
class Program:
    """A program that came in. `once` answers it, and a request that it has sent before as it was answered then."""

    name: str
    once: Callable[[Answer], HttpResponseBase] = lambda answer: answer()


Guard = Callable[[HttpRequest, Errand], Program]
"""The program that comes for an errand. Raises Refused; what `once` gives back may raise it too."""


def nobody_passes(request: HttpRequest, errand: Errand) -> Program:
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
                program = _GUARDS[0](request, errand)
                return program.once(lambda: view(request, *args, program=program.name, **kwargs))
            except Refused as refused:
                return refused.response

        guarded.open_to = "machines"  # type: ignore[attr-defined]
        return guarded

    return guard
