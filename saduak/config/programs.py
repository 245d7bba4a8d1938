"""Connected systems come to the endpoints of credentials with the tokens that they have (ระบบที่เชื่อมต่อกับหนังสือรับรอง)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from saduak.access.pace import pace_of
from saduak.credentials.doors import Errand, Program, Refused
from saduak.machines.callers import Caller, identify, nobody
from saduak.machines.keeping import KEY, answered_once
from saduak.machines.models import Token
from saduak.machines.problems import Kind, Problem
from saduak.machines.scopes import Scope

SCOPES = {Errand.ISSUE: Scope.CREDENTIALS_ISSUE, Errand.VERIFY: Scope.CREDENTIALS_VERIFY}
MINUTE = 60
UNKNOWN_PER_MINUTE = 30
"""Wrong tokens a minute from one network address."""


def passing(request: HttpRequest, errand: Errand) -> Program:
    """The system that comes for an errand; what it asks with an idempotency key is done once. Raises Refused."""

    def once(answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        if KEY not in request.headers:
            return answer()
        try:
            return answered_once(request, answer)
        except Problem as problem:
            raise Refused(problem.answer(request)) from None

    try:
        token = _system(request, errand)
    except Problem as problem:
        raise Refused(problem.answer(request)) from None
    request.caller = Caller(token)  # type: ignore[attr-defined]
    return Program(token.client.name, once)


def _system(request: HttpRequest, errand: Errand) -> Token:
    try:
        token = identify(request).token
    except Problem:
        _slow_down(request.META.get("REMOTE_ADDR", ""), UNKNOWN_PER_MINUTE)
        raise
    if token is None:
        raise nobody()
    if SCOPES[errand] not in token.scopes:
        raise Problem(Kind.FORBIDDEN, _("The token is not meant for this errand."))
    _slow_down(f"token-{token.pk}", token.client.per_minute)
    return token


def _slow_down(who: str, times: int) -> None:
    pace = pace_of(who, "credentials", times=times, seconds=MINUTE)
    if pace.is_exceeded:
        raise Problem(Kind.TOO_MANY, _("Please ask more slowly."), headers={"Retry-After": str(pace.seconds_left)})
