"""Members of a sub-committee declare their interests before anything confidential opens."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.certification import policies
from saduak.certification.forms.assignments import DeclarationForm
from saduak.certification.operations import assignments
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, cases
from saduak.certification.presenters.conflicts import worded
from saduak.certification.procedure.roles import Role
from saduak.certification.queries.conflicts import conflicts_of, standings
from saduak.certification.queries.interests import interests_in
from saduak.certification.queries.rounds import rounds_for
from saduak.certification.views.assignments import chosen_round
from saduak.certification.views.fetching import application_for
from saduak.design.pages import render
from saduak.directory.models import Office
from saduak.journal.steps import StepRefused


@needs(Permission.DECLARE)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_interest_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The public facts of the unit, and the declaration."""
    application = application_for(request, reference)
    if Role.PANEL_MEMBER not in policies.roles_of(request.user, application):
        raise PermissionDenied
    is_free = application.declared_by(request.user)
    form = DeclarationForm(request.POST or None, only_conflict=is_free is True)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                assignments.declare(
                    application,
                    by=request.user,
                    has_conflict=form.has_conflict,
                    statement=form.cleaned_data["statement"] if form.has_conflict else "",
                )
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                return _declared(request, application.reference, has_conflict=form.has_conflict)
    (known,) = conflicts_of(application, [request.user], on=timezone.localdate()).values()
    return render(
        request,
        "certification/interests/declare.html",
        {
            "application": application,
            "centre": application.centre,
            "form": form,
            "is_free": is_free,
            "conflicts": worded(known),
            "trail": actions.trail_of(application, _("Declare interests")),
        },
        status=status,
    )


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_interests_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Every member of the unit's sub-committee, with conflicts and declaration."""
    application = application_for(request, reference)
    if not policies.may_read_interests(request.user, application):
        raise PermissionDenied
    now = timezone.now()
    found = standings(application, application.assignment.panel.body, on=timezone.localdate(now))
    return render(
        request,
        "certification/interests/show.html",
        {
            "application": application,
            "page": cases.page_of(application, request.user, at=now, tab="show_interests"),
            "reads_statements": bool(policies.roles_of(request.user, application) & {Role.SECRETARIAT, Role.AUDITOR}),
            "standings": [(one, Office(one.office).label, worded(one.conflicts)) for one in found],
        },
    )


@needs(Permission.ASSIGN)
@require_safe
def list_interests_view(request: HttpRequest) -> HttpResponse:
    """Which declarations a round still waits for."""
    rounds = list(rounds_for(request.user))
    round_ = chosen_round(request, rounds)
    found = interests_in(round_, on=timezone.localdate()) if round_ else []
    return render(request, "certification/interests/list.html", {"round": round_, "rounds": rounds, "interests": found})


def _declared(request: HttpRequest, reference: str, *, has_conflict: bool) -> HttpResponse:
    if has_conflict:
        messages.success(request, _("Your conflict of interest is on record. The unit no longer opens for you."))
        return redirect("list_applications")
    messages.success(request, _("You have declared to be free of conflict. The dossier opens for you now."))
    return redirect("show_application", reference)
