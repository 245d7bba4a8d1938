"""Every view says who it is open to; a test fails on a silent one."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from saduak.access.grants import holds

View = Callable[..., HttpResponseBase]


def open_to_everyone(view: View) -> View:
    """Anybody may open the page, signed in or not."""
    view.open_to = "everyone"  # type: ignore[attr-defined]
    return view


def open_to_signed_in(view: View) -> View:
    """Anybody with an account; others are sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.open_to = "signed in"  # type: ignore[attr-defined]
    return guarded


def needs(permission: StrEnum) -> Callable[[View], View]:
    """Only people to whom a grants table gives `permission`; others get 403, strangers are sent to sign in."""

    def guard(view: View) -> View:
        @open_to_signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not holds(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.open_to = permission  # type: ignore[attr-defined]
        return guarded

    return guard
