"""Surveillances: listed, opened by hand, somebody sent, checked, and every step that asks at most for a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import exported, looked_at
from saduak.certification import oversight
from saduak.certification.forms.steps import ReasonForm
from saduak.certification.forms.surveillance import CheckForm, OpenForm, SendForm, SurveillanceFilters
from saduak.certification.models import Surveillance
from saduak.certification.operations import findings, surveillance
from saduak.certification.policies import Permission
from saduak.certification.presenters import certificates as of_certificates
from saduak.certification.presenters import history
from saduak.certification.presenters import surveillance as presenter
from saduak.certification.presenters.consequences_of_surveillance import CONSEQUENCES
from saduak.certification.procedure.surveillance import SURVEILLANCE
from saduak.certification.queries.surveillance import surveillances_found
from saduak.certification.views.fetching import certificate_for, surveillance_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.design.tables import Table
from saduak.journal.steps import StepRefused

DEEDS: dict[str, Callable[..., Surveillance]] = {
    "notify": surveillance.notify,
    "close_clean": surveillance.close_clean,
    "hand_over": surveillance.hand_over,
    "answer": findings.send_answers,
    "close": findings.close,
    "repeat": findings.repeat,
    "bring_before_committee": findings.bring_before_committee,
    "call_off": surveillance.call_off,
    "declare_free": surveillance.declare_free,
    "stand_back": surveillance.stand_back,
}
"""Step → the operation that takes it, where it asks for nothing but perhaps a reason."""


@needs(Permission.SEE_SURVEILLANCE)
@require_safe
def list_surveillances_view(request: HttpRequest) -> HttpResponse:
    """The surveillances that exist for the person."""
    filters = SurveillanceFilters(request.GET)
    table = Table(
        request,
        surveillances_found(request.user, **filters.chosen),
        presenter.columns(timezone.localdate()),
        label=presenter.LABEL,
        sorted_by="due",
    )
    if table.wants_export:
        exported(
            request.user,
            kind=Surveillance.case_kind,
            what=gettext_noop("list of surveillances"),
            request=request,
            detail={"address": request.GET.urlencode(), "rows": table.page.paginator.count},
        )
        return table.export("surveillance")
    return render(request, "certification/surveillance/list.html", {"filters": filters, "table": table})


@needs(Permission.RUN_SURVEILLANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_surveillance_view(request: HttpRequest, number: str) -> HttpResponse:
    """The secretariat opens a surveillance of a certified centre."""
    certificate = certificate_for(request, number)
    form = OpenForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = surveillance.open_by_hand(certificate, by=request.user, **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                return redirect(made)
    context = {
        "certificate": certificate,
        "form": form,
        "trail": of_certificates.trail_of(certificate, _("Follow this centre up")),
    }
    return render(request, "certification/surveillance/open.html", context, status=status)


@needs(Permission.SEE_SURVEILLANCE)
@require_safe
def show_surveillance_view(request: HttpRequest, reference: str) -> HttpResponse:
    """A surveillance with what was found, the terms that run, and its history."""
    one = surveillance_for(request, reference)
    if oversight.reads_from_outside(request.user, one):
        looked_at(request.user, kind=one.case_kind, reference=one.reference, request=request)
    page = presenter.page_of(one, request.user, at=timezone.now())
    return render(request, "certification/surveillance/show.html", {"surveillance": one, "page": page})


@needs(Permission.RUN_SURVEILLANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def send_assessor_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody is sent to check; whom a hard conflict bars is not offered."""
    one = surveillance_for(request, reference)
    people = presenter.people_to_send(one, timezone.localdate())
    form = SendForm(request.POST or None, people=people, initial={"person": one.assessor_id})

    def deed(**given: Any) -> Surveillance:
        return surveillance.send(one, form.chosen, **given)

    return _page(request, one, form, "send", deed, _("Assign who checks"))


@needs(Permission.CHECK_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def check_centre_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was sent writes down that the centre was checked."""
    one = surveillance_for(request, reference)
    form = CheckForm(request.POST or None)

    def deed(**given: Any) -> Surveillance:
        return surveillance.check(one, form.check, **given)

    return _page(request, one, form, "check", deed, _("Record that the centre was checked"))


@needs(Permission.SEE_SURVEILLANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_surveillance_step_view(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """One step: what it brings about, a reason where it asks for one, and its button."""
    one = surveillance_for(request, reference)
    if step not in DEEDS:
        raise Http404
    consequence = CONSEQUENCES[step]
    form = ReasonForm(request.POST or None, label=consequence.reason_label)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = {} if step in ("declare_free", "stand_back") else {"seen": seen_version(request)}
            try:
                DEEDS[step](one, by=request.user, **given, **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed(step, presenter.DEEDS))
                return _after(request, one)
    roles = oversight.roles_in(request.user, one)
    context = {
        "surveillance": one,
        "consequence": consequence,
        "decision": SURVEILLANCE.consider(step, one, roles=roles, at=timezone.now()),
        "form": form,
        "trail": presenter.trail_of(one, consequence.title),
    }
    return render(request, "certification/surveillance/take_step.html", context, status=status)


def _page(
    request: HttpRequest, one: Surveillance, form: Any, step: str, deed: Callable[..., Any], title: str
) -> HttpResponse:
    """The page of a step with a form of its own."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                deed(by=request.user, seen=seen_version(request))
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed(step, presenter.DEEDS))
                return redirect(one)
    roles = oversight.roles_in(request.user, one)
    context = {
        "surveillance": one,
        "title": title,
        "form": form,
        "decision": SURVEILLANCE.consider(step, one, roles=roles, at=timezone.now()),
        "trail": presenter.trail_of(one, title),
    }
    return render(request, "certification/surveillance/form.html", context, status=status)


def _after(request: HttpRequest, one: Surveillance) -> HttpResponse:
    """Back to the case; to the list for whoever it no longer exists, having stood back."""
    exists = Surveillance.objects.visible_to(request.user).filter(pk=one.pk).exists()
    return redirect(one) if exists else redirect("list_surveillances")
