"""Reports of misuse: written by anybody, read and settled by the secretariat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs, open_to_everyone
from saduak.access.pace import is_too_often
from saduak.audit.operations import looked_at
from saduak.certification.forms.assets import MisuseFilters, ReportForm, SettleForm
from saduak.certification.models import MisuseReport
from saduak.certification.operations import misuse
from saduak.certification.policies import Permission
from saduak.certification.presenters import assets as presenter
from saduak.certification.presenters.register import trail_to
from saduak.certification.procedure.misuse import MISUSE, MisuseStage
from saduak.certification.queries.assets import reports_found
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused

REPORTS_AN_HOUR = 20


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def report_misuse_view(request: HttpRequest) -> HttpResponse:
    """Anybody tells where plaque, emblem or name are misused: `?number=GECC-2568-0001`."""
    initial = {"seen_on": timezone.localdate(), "number": request.GET.get("number", "")[:60]}
    form = ReportForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        if is_too_often(request, "report_misuse", times=REPORTS_AN_HOUR, seconds=3600):
            return HttpResponse(status=429)
        status = 422
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("where", "what", "seen_on", "contact")}
            by = request.user if request.user.is_authenticated else None
            made = misuse.report(certificate=form.certificate, by=by, **said)
            return render(request, "certification/assets/reported.html", {"report": made, "trail": _trail()})
    return render(request, "certification/assets/report.html", {"form": form, "trail": _trail()}, status=status)


@needs(Permission.KEEP_ASSETS)
@require_safe
def list_misuse_view(request: HttpRequest) -> HttpResponse:
    """All reports, the latest first."""
    filters = MisuseFilters(request.GET)
    found = [
        (one, MisuseStage(one.stage).label, presenter.TONES[one.stage]) for one in reports_found(**filters.chosen)[:500]
    ]
    return render(request, "certification/assets/reports.html", {"reports": found, "filters": filters})


@needs(Permission.KEEP_ASSETS)
@require_safe
def show_misuse_view(request: HttpRequest, reference: str) -> HttpResponse:
    """One report. Who reported is personal data, so the audit is told who read it."""
    report = get_object_or_404(reports_found(), reference=reference)
    looked_at(request.user, kind=report.case_kind, reference=report.reference, request=request)
    return _page(request, report, SettleForm())


@needs(Permission.KEEP_ASSETS)
@require_POST
def look_into_misuse_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a report up."""
    report = get_object_or_404(reports_found(), reference=reference)
    misuse.look_into(report, by=request.user, seen=seen_version(request))
    return redirect(report)


@needs(Permission.KEEP_ASSETS)
@require_POST
def settle_misuse_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what came out."""
    report = get_object_or_404(reports_found(), reference=reference)
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            misuse.settle(report, by=request.user, seen=seen_version(request), **form.cleaned_data)
        except StepRefused as refused:
            form.refuse(refused.decision.reasons)
        else:
            messages.success(request, _("The report is settled."))
            return redirect(report)
    return _page(request, report, form, status=422)


def _page(request: HttpRequest, report: MisuseReport, form: SettleForm, *, status: int = 200) -> HttpResponse:
    decisions = {d.step.name: d for d in presenter.steps_with(report, request.user, at=timezone.now())}
    context = {
        "report": report,
        "stage": MisuseStage(report.stage).label,
        "tone": presenter.TONES[report.stage],
        "to_look_into": decisions.get("look_into"),
        "to_settle": decisions.get("settle"),
        "form": form,
        "moments": presenter.moments_of(report.history),
        "trail": presenter.trail_to_reports(Crumb(report.reference)),
        "title": MISUSE.title,
    }
    return render(request, "certification/assets/misuse.html", context, status=status)


def _trail() -> list[Crumb]:
    return trail_to(Crumb(_("Report misuse")))
