"""Units go to sub-committees."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from saduak.access.doors import needs
from saduak.certification import policies
from saduak.certification.forms.assignments import AssignForm, AssignSeveralForm
from saduak.certification.models import Application, Round
from saduak.certification.operations import assignments
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, history
from saduak.certification.presenters import board as shown
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.certification.queries.allotting import latest_proposal
from saduak.certification.queries.board import board, columns_of, fits_of
from saduak.certification.queries.rounds import rounds_for
from saduak.certification.views.fetching import application_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused


@needs(Permission.ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def assign_applications_view(request: HttpRequest) -> HttpResponse:
    """The board of a round: what waits, and which sub-committee has what."""
    rounds = list(rounds_for(request.user))
    round_ = chosen_round(request, rounds)
    if round_ is None:
        return render(request, "certification/assignments/board.html", {"round": None, "rounds": rounds})
    found = board(round_, on=timezone.localdate())
    form = AssignSeveralForm(request.POST or None, round_=round_, references=[unit.reference for unit in found.waiting])
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = set(form.cleaned_data["units"])
            units = [unit for unit in found.waiting if unit.reference in chosen]
            try:
                made = assignments.assign_several(
                    units, form.cleaned_data["panel"], by=request.user, seen=_versions(request, units)
                )
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                _say(request, made, form.cleaned_data["panel"])
                return redirect(f"{reverse('assign_applications')}?round={round_.reference}")
    return render(
        request,
        "certification/assignments/board.html",
        {
            "round": round_,
            "rounds": rounds,
            "proposal": latest_proposal(round_),
            "form": form,
            "chosen": set(form["units"].value() or []),
            "cards": shown.cards_of(found),
            "loads": shown.loads_of(found.columns),
        },
        status=status,
    )


@needs(Permission.ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def assign_application_view(request: HttpRequest, reference: str) -> HttpResponse:
    """One unit beside every sub-committee of its round: assigned, or assigned anew with the reason."""
    application = application_for(request, reference)
    step = "reassign" if hasattr(application, "assignment") else "assign"
    form = AssignForm(request.POST or None, round_=application.round, needs_reason=step == "reassign")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            deed = assignments.reassign if step == "reassign" else assignments.assign
            try:
                deed(application, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed(step))
                return redirect("show_application", application.reference)
    today = timezone.localdate()
    columns = columns_of(application.round, on=today)
    roles = policies.roles_of(request.user, application)
    title = _("Assign to another sub-committee") if step == "reassign" else _("Assign to a sub-committee")
    return render(
        request,
        "certification/assignments/assign.html",
        {
            "application": application,
            "title": title,
            "decision": APPLICATION.consider(step, application, roles=roles, at=timezone.now()),
            "form": form,
            "beside": shown.besides_of(fits_of([application], columns, on=today)[application.pk]),
            "was_planned": application.stage != Stage.SCREENED,
            "trail": actions.trail_of(application, title),
        },
        status=status,
    )


def chosen_round(request: HttpRequest, rounds: list[Round]) -> Round | None:
    """The round that the address names, else the latest that is open, else the latest; None without rounds.

    Raises Http404 for a round that does not exist for the person.
    """
    if named := request.GET.get("round"):
        return get_object_or_404(rounds_for(request.user), reference=named)
    return next((one for one in rounds if one.is_open), rounds[0] if rounds else None)


def _versions(request: HttpRequest, units: list[Application]) -> dict[str, int]:
    return {unit.reference: seen_version(request, f"seen-{unit.reference}") for unit in units}


def _say(request: HttpRequest, made: list[Application], panel: object) -> None:
    words = ngettext(
        "%(number)s unit now belongs to %(panel)s.", "%(number)s units now belong to %(panel)s.", len(made)
    )
    messages.success(request, words % {"number": len(made), "panel": panel})
