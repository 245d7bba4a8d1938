"""A centre renews: it begins from its certificate, and confirms what is still true of its earlier application."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from saduak.access.doors import needs
from saduak.certification import policies
from saduak.certification.forms.renewals import RenewForm, StillTrueForm
from saduak.certification.models import Certificate
from saduak.certification.operations import renewals
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions
from saduak.certification.presenters import renewals as presenter
from saduak.certification.queries.renewals import (
    carried_of,
    earlier_application,
    own_certificates,
    renewal_of,
    rounds_to_renew_in,
)
from saduak.certification.views.fetching import application_for
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.journal.steps import StepRefused


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def start_renewal_view(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate, until when it holds, and the rounds in which it can be renewed."""
    own = [one.pk for one in own_certificates(request.user)]
    certificate = get_object_or_404(Certificate.objects.select_related("centre", "round"), pk__in=own, reference=number)
    begun = renewal_of(certificate)
    if begun is not None:
        return redirect("carry_over", begun.reference)
    rounds = rounds_to_renew_in(certificate, timezone.localdate())
    form = RenewForm(request.POST or None, rounds=rounds)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = renewals.start(certificate, form.cleaned_data["round"], by=request.user)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The renewal is begun. Look through what you said last time."))
                return redirect("carry_over", made.reference)
    return render(
        request,
        "certification/renewals/start.html",
        {
            "certificate": certificate,
            "rounds": rounds,
            "form": form,
            "trail": [Crumb(certificate.reference, certificate.get_absolute_url()), Crumb(_("Renew the certificate"))],
        },
        status=status,
    )


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def carry_over_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What was said last time, criterion by criterion: to be confirmed, or to be answered anew."""
    application = application_for(request, reference)
    if not policies.may_fill_in(request.user, application):
        return redirect("show_application", application.reference)
    earlier = earlier_application(application)
    if earlier is None:
        raise Http404
    carried = carried_of(application, earlier)
    form = StillTrueForm(request.POST or None, carried=carried)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.still_true()
            try:
                renewals.confirm(application, said, by=request.user)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                words = ngettext("%(count)d criterion is confirmed.", "%(count)d criteria are confirmed.", len(said))
                messages.success(request, words % {"count": len(said)})
                return redirect("carry_over", application.reference)
    return render(
        request,
        "certification/renewals/carry.html",
        {
            "application": application,
            "earlier": earlier,
            "form": form,
            "page": presenter.page_of(application, carried, form),
            "trail": actions.trail_of(application, _("Answers of last time")),
        },
        status=status,
    )
