"""How a centre begins an application, says who answers for it, and hands it in."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.forms.applications import AboutForm, StartForm
from saduak.certification.models import Application, Dossier
from saduak.certification.operations import applications
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, checklist, receipts
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.queries.centres import open_application, own_centres, rounds_to_apply_in
from saduak.certification.views.fetching import application_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.documents.papers import render_paper
from saduak.journal.steps import StepRefused
from saduak.procedure.kit import Decision

HANDING_IN = {"submit": applications.submit, "resubmit": applications.resubmit}


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def start_application_view(request: HttpRequest) -> HttpResponse:
    """Chooses the own centre and the round; who presses twice finds the application that was begun."""
    centres, rounds = own_centres(request.user), rounds_to_apply_in(timezone.localdate())
    form = StartForm(request.POST or None, centres=centres, rounds=rounds, initial=request.GET.dict())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            centre, round_ = form.cleaned_data["centre"], form.cleaned_data["round"]
            try:
                begun = applications.start(round_, centre, by=request.user)
            except StepRefused as refused:
                if known := open_application(centre, round_):
                    return redirect("show_application", known.reference)
                form.refuse(refused.decision.reasons)
            else:
                return redirect("describe_application", begun.reference)
    context = {"form": form, "centres": centres, "rounds": rounds}
    return render(request, "certification/start_application.html", context, status=status)


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def describe_application_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Who answers for the application, and the overview that opens the visit."""
    application = application_for(request, reference)
    if not policies.may_edit_dossier(request.user, application):
        return redirect("show_application", application.reference)
    known = {name: getattr(application, name) for name in AboutForm.base_fields}
    form = AboutForm(request.POST or None, initial=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            applications.describe(application, by=request.user, **form.cleaned_data)
            if "Autosave" in request.headers:
                return HttpResponse(status=204)
            return redirect("assess", application.reference)
    context = {
        "application": application,
        "form": form,
        "trail": actions.trail_of(application, _("Contact and overview")),
    }
    return render(request, "certification/describe_application.html", context, status=status)


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def submit_application_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What handing in brings about, and everything that is still in its way."""
    application = application_for(request, reference)
    decision = _handing_in(request, application)
    if decision is None:
        return redirect("show_application", application.reference)
    status = 200
    if request.method == "POST":
        try:
            HANDING_IN[decision.step.name](application, by=request.user, seen=seen_version(request))
        except StepRefused as refused:
            decision, status = refused.decision, 422
        else:
            return redirect("show_receipt", application.reference)
    standing = checklist.checklist_of(application).standing
    return render(
        request,
        "certification/submit_application.html",
        {
            "application": application,
            "decision": decision,
            "standing": standing,
            "is_mending": decision.step.name == "resubmit",
            "trail": actions.trail_of(application, decision.step.label),
        },
        status=status,
    )


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_receipt_view(request: HttpRequest, reference: str) -> HttpResponse:
    """That the dossier arrived, when, and its digest."""
    application, dossier = _handed_in(request, reference)
    return render(
        request,
        "certification/show_receipt.html",
        {
            "application": application,
            "dossier": dossier,
            "trail": actions.trail_of(application, _("Receipt")),
        },
    )


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def print_receipt_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt as PDF."""
    application, dossier = _handed_in(request, reference)
    paper = render_paper(receipts.receipt(application, dossier, at=timezone.now()))
    response = HttpResponse(paper, content_type="application/pdf")
    name = f"{application.reference}-{dossier.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response


def _handing_in(request: HttpRequest, application: Application) -> Decision | None:
    """Whether the dossier can be handed in, the first time or mended; None when it is not this person's to hand in."""
    roles = policies.roles_of(request.user, application)
    found = APPLICATION.decisions(application, roles=roles, at=timezone.now())
    return next((decision for decision in found if decision.step.name in HANDING_IN), None)


def _handed_in(request: HttpRequest, reference: str) -> tuple[Application, Dossier]:
    """The application with its latest dossier; for those who may read it."""
    application = application_for(request, reference)
    if not policies.may_read_dossier(request.user, application):
        raise PermissionDenied
    if policies.reads_from_outside(request.user, application):
        looked_at(
            request.user,
            kind=application.case_kind,
            reference=application.reference,
            what=gettext_noop("receipt"),
            request=request,
        )
    dossier = application.dossiers.select_related("handed_over_by").last()
    if dossier is None:
        raise Http404
    return application, dossier
