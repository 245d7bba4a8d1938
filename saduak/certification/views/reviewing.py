"""Reviewers write opinions alone, compare them, agree, and the chair signs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saduak.access.doors import needs
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.forms.opinions import agreed_form, opinion_form
from saduak.certification.forms.reconsiderations import FindingOfReviewForm
from saduak.certification.models import Reconsideration
from saduak.certification.operations import reviewing
from saduak.certification.policies import Permission
from saduak.certification.presenters import contested, opinions
from saduak.certification.presenters import reconsiderations as presenter
from saduak.certification.procedure.reconsiderations import RECONSIDERATION
from saduak.certification.procedure.roles import Role
from saduak.certification.queries.reconsiderations import own_review
from saduak.certification.views.fetching import reconsideration_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused


@needs(Permission.SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def write_opinion_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The disputed items with everything about them, and the own opinion on each."""
    asked = reconsideration_for(request, reference)
    if not rights.may_opine(request.user, asked):
        if Role.PANEL_MEMBER not in rights.roles_over(request.user, asked):
            raise PermissionDenied
        return redirect("show_reconsideration", asked.reference)
    mine = own_review(asked, request.user)
    known = {opinion.code: opinion for opinion in mine.opinions.all()} if mine is not None else {}
    criteria = asked.contested_criteria
    form = opinion_form(asked.library, criteria, known, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reviewing.opine(asked, form.items(), by=request.user)
                if request.POST.get("then") == "hand_in":
                    reviewing.hand_in(asked, by=request.user)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                return _opined(request, asked)
    lines = contested.contested_of(asked, reads_review=False)
    return render(
        request,
        "certification/reconsiderations/opinion.html",
        {
            "asked": asked,
            "form": form,
            "lines": [(line, form.lines_of(line.criterion), form.waiver_of(line.criterion)) for line in lines],
            "trail": presenter.trail_of(asked, _("My opinion")),
        },
        status=status,
    )


@needs(Permission.AGREE)
@require_http_methods(["GET", "HEAD", "POST"])
def compare_opinions_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The opinions beside each other once all are in, and the values on which the reviewers agree."""
    asked = reconsideration_for(request, reference)
    if not rights.may_compare(request.user, asked):
        raise PermissionDenied
    may_settle = rights.may_settle(request.user, asked)
    criteria = asked.contested_criteria
    known = opinions.starting_from(asked)
    form = agreed_form(asked.library, criteria, known, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reviewing.settle(asked, form.items(), by=request.user, seen=seen_version(request))
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The reviewed values are saved."))
                return redirect("compare_opinions", asked.reference)
    return render(
        request,
        "certification/reconsiderations/compare.html",
        {
            "asked": asked,
            "form": form,
            "may_settle": may_settle,
            "table": opinions.table_of(asked, form if may_settle else None),
            "proposal": reviewing.proposal_of(asked),
            "sign": RECONSIDERATION.consider(
                "sign", asked, roles=rights.roles_over(request.user, asked), at=timezone.now()
            )
            if may_settle
            else None,
            "trail": presenter.trail_of(asked, _("Compare the opinions and agree")),
        },
        status=status,
    )


@needs(Permission.AGREE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_review_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What the chair signs: the proposal as it follows from the values, and the finding in words."""
    asked = reconsideration_for(request, reference)
    roles = rights.roles_over(request.user, asked)
    if Role.CHAIR not in roles or not rights.may_compare(request.user, asked):
        raise PermissionDenied
    form = FindingOfReviewForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            summary = form.cleaned_data["summary"]
            try:
                reviewing.sign(asked, by=request.user, summary=summary, seen=seen_version(request))
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, str(presenter.DEEDS["sign"]))
                return redirect("show_reconsideration", asked.reference)
    return render(
        request,
        "certification/reconsiderations/sign.html",
        {
            "asked": asked,
            "form": form,
            "proposal": reviewing.proposal_of(asked),
            "table": opinions.table_of(asked, None),
            "decision": RECONSIDERATION.consider("sign", asked, roles=roles, at=timezone.now()),
            "trail": presenter.trail_of(asked, _("Sign the finding")),
        },
        status=status,
    )


def _opined(request: HttpRequest, asked: Reconsideration) -> HttpResponse:
    if request.POST.get("then") == "hand_in":
        messages.success(request, _("Your opinion is handed in. It opens to the others once all are in."))
        return redirect("show_reconsideration", asked.reference)
    messages.success(request, _("Your opinion is saved. Nobody else can read it yet."))
    return redirect("write_opinion", asked.reference)
