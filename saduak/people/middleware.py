"""Officers have a second factor, do not stay signed in at an empty desk, and leave no page behind in its browser."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from saduak.people.queries import has_second_factor, officer_since, second_factor_due_for
from saduak.people.rules import is_idle

LAST_SEEN = "last_seen_at"
HAS_SECOND_FACTOR = "has_second_factor"
TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}
OPEN_WITHOUT = ("account_", "mfa_", "socialaccount_", "openid_connect_", "show_own_account", "choose_preference")
"""Names of addresses that a person without the second factor may still open: those that set one up, or sign out."""


def officers_are_careful(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Signs an idle officer out, and leads one without a second factor to its set-up once the grace is over."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # The person, in place of the stand-in that finds them when first asked: a page asks hundreds of times.
        request.user = get_user(request)
        if not request.user.is_authenticated or officer_since(request.user) is None:
            return get_response(request)
        if _has_slept(request):
            logout(request)
            messages.info(request, _("You were signed out because nothing happened for a while. Please sign in again."))
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        return get_response(request)

    def view_is_open(request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if not request.user.is_authenticated or str(name).startswith(OPEN_WITHOUT) or not _lacks_factor(request):
            return None
        messages.warning(request, _("Before you go on, please set up a second factor for your account."))
        return redirect("mfa_index")

    middleware.process_view = view_is_open  # type: ignore[attr-defined]
    return middleware


def personal_pages_are_not_kept(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Whatever a signed-in person is shown is kept neither by the browser nor on the way to it.

    The next person at a desk in a centre reads nothing by going back. A file says itself how it is kept.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "private" not in response.get("Cache-Control", "") and request.user.is_authenticated:
            del response["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


class RefusedFormsSaySo:
    """A refused form of the account pages answers 422 as ours do, and 429 to who tries too often; allauth says 200."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Looks at the form of the page before it is drawn."""
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
            codes = {error.code for errors in form.errors.as_data().values() for error in errors}
            response.status_code = 429 if codes & TOO_OFTEN else 422
        return response


def _has_slept(request: HttpRequest) -> bool:
    """Whether too long has passed since the last page; otherwise remembers this one, at most once a minute."""
    now = timezone.now()
    last = request.session.get(LAST_SEEN)
    if last and is_idle(datetime.fromisoformat(last), now, minutes=settings.OFFICER_IDLE_MINUTES):
        return True
    if not last or is_idle(datetime.fromisoformat(last), now, minutes=1):
        request.session[LAST_SEEN] = now.isoformat()
    return False


def _lacks_factor(request: HttpRequest) -> bool:
    if request.session.get(HAS_SECOND_FACTOR):
        return False
    due = second_factor_due_for(request.user)  # type: ignore[arg-type]
    if due is None or timezone.localdate() < due:
        return False
    if has_second_factor(request.user):  # type: ignore[arg-type]
        request.session[HAS_SECOND_FACTOR] = True
        return False
    return True
