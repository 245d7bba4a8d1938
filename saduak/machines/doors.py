"""Every operation of the API says which scope it needs; a test fails on a silent one (ประตูของส่วนต่อประสาน)."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from saduak.machines.callers import Caller, caller_of, nobody
from saduak.machines.problems import Kind, Problem
from saduak.machines.scopes import FOR_SOMEBODY, Scope


@dataclass(frozen=True)
class Door:
    """What stands before an operation, as its `auth`; without a scope it is open to everyone."""

    scope: Scope | None = None

    def __call__(self, request: HttpRequest) -> Caller:
        """The caller who may pass. Raises Problem: 401 without a token, 403 when it does not reach so far."""
        caller = caller_of(request)
        if self.scope is None:
            return caller
        if caller.token is None:
            raise nobody()
        if self.scope not in caller.token.scopes:
            raise Problem(
                Kind.FORBIDDEN,
                _("This needs a token with the scope %(scope)s.") % {"scope": self.scope.value},
                headers={
                    "WWW-Authenticate": f'Bearer realm="saduak", error="insufficient_scope", scope="{self.scope.value}"'
                },
            )
        if self.scope in FOR_SOMEBODY and not caller.person.is_active:
            raise Problem(Kind.FORBIDDEN, _("The system acts for nobody whose account is open."))
        return caller


anyone = Door()
"""Open to everyone, with or without a token."""


def needs(scope: Scope) -> Door:
    """Only callers whose token has the scope."""
    return Door(scope)
