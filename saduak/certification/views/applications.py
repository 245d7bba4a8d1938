"""The case page of an application, and the steps that ask for nothing but a reason."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.certification import policies
from saduak.certification.forms.steps import ReasonForm
from saduak.certification.models import Application
from saduak.certification.operations import applications, consensus, screening, visits
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, cases, history
from saduak.certification.presenters.decisions import CONSEQUENCES
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.views.fetching import application_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused

DEEDS: dict[str, Callable[..., Application]] = {
    "withdraw": applications.withdraw,
    "correct_screening": screening.correct_screening,
    "cancel_visit": visits.cancel,
    "hold_visit": visits.hold,
    "correct_visit": visits.correct,
    "reopen_consensus": consensus.reopen,
    "propose": consensus.propose,
    "take_back_proposal": consensus.take_back,
}
"""Step → the operation that takes it, with `by`, `seen` and mostly a `reason`."""


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_application_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the case stands, what can be done next, and its facts."""
    application = application_for(request, reference)
    if policies.must_declare_first(request.user, application):
        return redirect("declare_interest", application.reference)
    page = cases.page_of(application, request.user, at=timezone.now(), tab="show_application")
    return render(
        request,
        "certification/show_application.html",
        {
            "application": application,
            "page": page,
            "facts": cases.facts_of(application, request.user),
            "latest": history.history_of(application, request.user, page.entries)[:3],
        },
    )


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_history_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that happened to the case."""
    application = application_for(request, reference)
    if policies.must_declare_first(request.user, application):
        return redirect("declare_interest", application.reference)
    page = cases.page_of(application, request.user, at=timezone.now(), tab="show_history")
    return render(
        request,
        "certification/show_history.html",
        {
            "application": application,
            "page": page,
            "moments": history.history_of(application, request.user, page.entries),
        },
    )


@needs(Permission.SEE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_step_view(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """What a step brings about, the reason, and one button that says it."""
    application = application_for(request, reference)
    if step not in DEEDS:
        raise Http404
    consequence = CONSEQUENCES[step]
    roles = policies.roles_of(request.user, application)
    form = ReasonForm(request.POST or None, label=consequence.reason_label)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                DEEDS[step](application, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed(step))
                return redirect("show_application", application.reference)
    return render(
        request,
        "certification/take_step.html",
        {
            "application": application,
            "consequence": consequence,
            "decision": APPLICATION.consider(step, application, roles=roles, at=timezone.now()),
            "form": form,
            "trail": actions.trail_of(application, consequence.title),
        },
        status=status,
    )
