"""The platform proposes which sub-committee gets which unit, and a person decides."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.certification.forms.allotting import DecideForm
from saduak.certification.models import AllotmentProposal, Application
from saduak.certification.operations import allotting
from saduak.certification.policies import Permission
from saduak.certification.presenters import allotting as shown
from saduak.certification.presenters import history
from saduak.certification.queries.rounds import rounds_for
from saduak.certification.views.fetching import application_for
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused


@needs(Permission.ASSIGN)
@require_POST
def propose_assignments_view(request: HttpRequest) -> HttpResponse:
    """Begin a proposal for the waiting units of a round."""
    round_ = get_object_or_404(rounds_for(request.user), reference=request.POST.get("round", ""))
    return redirect(allotting.begin(round_, by=request.user))


@needs(Permission.ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def show_allotment_view(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a proposal is; then its places with their reasons, to be accepted as a whole or in part."""
    proposal = _proposal(pk)
    if request.htmx and not proposal.goes_on:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    refusals: tuple[object, ...] = ()
    if request.method == "POST":
        whole = request.POST.get("accept") == "all"
        try:
            made = allotting.accept(proposal, None if whole else request.POST.getlist("units"), by=request.user)
        except StepRefused as refused:
            refusals = refused.decision.reasons
        else:
            _say(request, made)
            return redirect(request.get_full_path())
    context = {
        "proposal": proposal,
        "progress": shown.progress_of(proposal),
        "shown": _shown(proposal, request.GET.get("panel", "")) if proposal.is_finished else None,
        "refusals": refusals,
        "chosen": set(request.POST.getlist("units")),
        "trail": _trail(proposal, Crumb(proposal.reference)),
    }
    status = 422 if refusals else 200
    return render(request, "certification/allotting/show.html", context, part="allotment-progress", status=status)


@needs(Permission.ASSIGN)
@require_POST
def stop_allotment_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a calculation."""
    proposal = _proposal(pk)
    allotting.stop(proposal)
    return redirect(proposal)


@needs(Permission.ASSIGN)
@require_safe
def allotment_record_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What a proposal was made from and what came out, as a file from which it can be made again."""
    proposal = _proposal(pk)
    if not proposal.is_finished:
        raise Http404
    record = {
        "reference": proposal.reference,
        "seed": proposal.seed,
        "sha256": proposal.sha256,
        "task": proposal.task,
        "given": proposal.given,
    }
    answer = JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{proposal.reference}.json"'
    return answer


@needs(Permission.ASSIGN)
@require_POST
def check_allotment_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a proposal again from its record, and tell whether the same comes out."""
    proposal = _proposal(pk)
    if allotting.is_repeatable(proposal):
        messages.success(request, _("Calculated again from its record: the same proposal comes out."))
    else:
        messages.error(request, _("The record does not give this proposal. Make another one."))
    return redirect(proposal)


@needs(Permission.ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_allotment_view(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """One unit with all its alternatives; given to any of them, with a reason where it is not the proposed one."""
    proposal, application = _proposal(pk), application_for(request, reference)
    if not proposal.is_finished or reference not in proposal.versions:
        raise Http404
    form = DecideForm(request.POST or None, proposal=proposal)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                allotting.decide_otherwise(
                    proposal, application, by=request.user, seen=seen_version(request), **form.cleaned_data
                )
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed("assign"))
                return redirect(proposal)
    page = _shown(proposal, proposal.panel_of(reference))
    line = page.line_of(reference)
    panels = {panel.body.reference: panel for panel in proposal.round.panels.select_related("body")}
    context = {
        "proposal": proposal,
        "application": application,
        "line": line,
        "own": panels.get(line.panel),
        "others": [(one, panels[one.key]) for one in line.alternatives if one.key in panels],
        "form": form,
        "trail": _trail(proposal, Crumb(proposal.reference, proposal.get_absolute_url()), Crumb(reference)),
    }
    return render(request, "certification/allotting/decide.html", context, status=status)


def _proposal(pk: int) -> AllotmentProposal:
    return get_object_or_404(AllotmentProposal.objects.select_related("round", "made_by"), pk=pk)


def _shown(proposal: AllotmentProposal, panel: str) -> shown.Shown:
    return shown.Shown(proposal, list(proposal.round.panels.select_related("body")), panel)


def _trail(proposal: AllotmentProposal, *crumbs: Crumb) -> list[Crumb]:
    board = f"{reverse('assign_applications')}?round={proposal.round.reference}"
    return [Crumb(_("Assignment to sub-committees"), board), *crumbs]


def _say(request: HttpRequest, made: list[Application]) -> None:
    words = ngettext(
        "%(number)s unit was assigned as proposed.", "%(number)s units were assigned as proposed.", len(made)
    )
    messages.success(request, words % {"number": len(made)})
