"""Pages of the own account; signing in and the second factor are allauth's views in our templates."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from saduak.access.doors import open_to_signed_in
from saduak.design.pages import render
from saduak.people import operations, queries
from saduak.people.forms import OwnDetailsForm

SOON = timedelta(days=60)
"""So long before the day on which a second factor is needed the account page speaks of it."""


@open_to_signed_in
def show_own_account_view(request: HttpRequest) -> HttpResponse:
    """The own details, second factor, open sessions and latest sign-ins."""
    return _own_account(request, OwnDetailsForm(instance=request.user))


@open_to_signed_in
@require_POST
def correct_own_details_view(request: HttpRequest) -> HttpResponse:
    """Correct the own name, position and telephone."""
    form = OwnDetailsForm(request.POST, instance=request.user)
    if not form.is_valid():
        return _own_account(request, form, status=422)
    operations.correct_details(request.user, **form.cleaned_data)  # type: ignore[arg-type]
    messages.success(request, _("Your details are saved."))
    return redirect("show_own_account")


@open_to_signed_in
@require_POST
def sign_out_elsewhere_view(request: HttpRequest) -> HttpResponse:
    """End every other session of the own account."""
    ended = operations.sign_out_everywhere(request.user, but=request.session.session_key)  # type: ignore[arg-type]
    messages.success(
        request,
        ngettext("%(count)d other device was signed out.", "%(count)d other devices were signed out.", ended)
        % {"count": ended},
    )
    return redirect("show_own_account")


def _own_account(request: HttpRequest, form: OwnDetailsForm, *, status: int = 200) -> HttpResponse:
    user = request.user
    due = queries.second_factor_due_for(user)  # type: ignore[arg-type]
    context = {
        "form": form,
        "has_second_factor": queries.has_second_factor(user),  # type: ignore[arg-type]
        "second_factor_due": due if due and due - timezone.localdate() <= SOON else None,
        "sessions": queries.open_sessions(user, current=request.session.session_key),  # type: ignore[arg-type]
        "sign_ins": queries.own_sign_ins(user),  # type: ignore[arg-type]
    }
    return render(request, "people/own_account.html", context, status=status)
