"""What is done to a certificate by order or by the centre, and what is proposed to the committee."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saduak.access.doors import needs
from saduak.certification.forms.certificates import ActForm, StatementForm
from saduak.certification.models import Certificate, Proposal
from saduak.certification.operations import acts, proposals
from saduak.certification.policies import Permission
from saduak.certification.presenters import acts as wording
from saduak.certification.presenters import certificates as presenter
from saduak.certification.presenters.decisions import Consequence
from saduak.certification.procedure.certificates import IN_FAVOUR, URGENT
from saduak.certification.rules import PROVISIONAL_DAYS
from saduak.certification.views.fetching import certificate_for
from saduak.design.pages import render
from saduak.design.seen import seen_state, seen_version
from saduak.journal.steps import StepRefused


@needs(Permission.ORDER)
@require_http_methods(["GET", "HEAD", "POST"])
def order_suspension_view(request: HttpRequest, number: str) -> HttpResponse:
    """Suspend at once, on an urgent ground and for a time."""
    certificate = certificate_for(request, number)
    last = timezone.localdate() + timedelta(days=PROVISIONAL_DAYS)
    form = ActForm(request.POST or None, grounds=URGENT, until=wording.until_at_most(last))
    return _act(request, certificate, form, "order", acts.order_suspension)


@needs(Permission.ORDER)
@require_http_methods(["GET", "HEAD", "POST"])
def lift_order_view(request: HttpRequest, number: str) -> HttpResponse:
    """Lift the secretariat's own order."""
    form = ActForm(request.POST or None, grounds=IN_FAVOUR, may_end=False)
    certificate = certificate_for(request, number)
    return _act(request, certificate, form, "lift", acts.lift_order)


@needs(Permission.GIVE_BACK)
@require_http_methods(["GET", "HEAD", "POST"])
def give_back_view(request: HttpRequest, number: str) -> HttpResponse:
    """The head of the centre gives the certificate back for good."""
    form = ActForm(request.POST or None, may_end=False)
    certificate = certificate_for(request, number)
    return _act(request, certificate, form, "give_back", acts.give_back)


@needs(Permission.PROPOSE_ACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose_act_view(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Bring the certificate before the committee."""
    if kind not in acts.GROUNDS:
        raise Http404
    form = ActForm(
        request.POST or None,
        grounds=acts.GROUNDS[kind],
        until=_("Left empty, it lasts until the committee resolves otherwise. For example 15/1/2569"),
        may_end=kind in acts.FOR_A_TIME,
    )
    certificate = certificate_for(request, number)
    return _act(request, certificate, form, kind, proposals.propose, kind=kind)


@needs(Permission.PROPOSE_ACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_view(request: HttpRequest, number: str) -> HttpResponse:
    """Take the open proposal back."""
    certificate = certificate_for(request, number)
    proposal = get_object_or_404(Proposal.objects.waiting(), certificate=certificate)
    form = ActForm(request.POST or None, may_end=False)

    def deed(_certificate: Certificate, *, seen: int, **said: Any) -> Proposal:  # Its proposal is what was seen.
        return proposals.take_back(proposal, **said)

    return _act(request, certificate, form, "take_back", deed)


@needs(Permission.ANSWER_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def state_view(request: HttpRequest, number: str) -> HttpResponse:
    """The centre says what speaks for it, before the committee resolves."""
    certificate = certificate_for(request, number)
    proposal = get_object_or_404(Proposal.objects.open().for_line(), certificate=certificate)
    form = StatementForm(request.POST or None, initial={"statement": proposal.statement})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                proposals.state(proposal, form.cleaned_data["statement"], by=request.user, seen=seen_state(request))
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The statement is kept. The committee reads it."))
                return redirect("show_certificate", number)
    context = {
        "certificate": certificate,
        "line": presenter.ProposalLine(proposal),
        "form": form,
        "trail": presenter.trail_of(certificate, _("Statement of the centre")),
    }
    return render(request, "certification/certificates/state.html", context, status=status)


def _act(
    request: HttpRequest, certificate: Certificate, form: ActForm, words: str, deed: Callable[..., Any], **given: Any
) -> HttpResponse:
    """The page of one act: what it brings about, and the form that says why."""
    consequence: Consequence = wording.CONSEQUENCES[words]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                deed(certificate, by=request.user, seen=seen_version(request), **given, **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, str(wording.DONE[words]))
                return redirect("show_certificate", certificate.reference)
    context = {
        "certificate": certificate,
        "consequence": consequence,
        "form": form,
        "trail": presenter.trail_of(certificate, consequence.title),
    }
    return render(request, "certification/certificates/act.html", context, status=status)
