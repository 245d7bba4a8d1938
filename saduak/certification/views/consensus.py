"""The sheets beside each other, what is agreed, the chair's signature, and the result."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import exported, looked_at
from saduak.certification import policies
from saduak.certification.forms.agreeing import AgreedForm, SignatureForm
from saduak.certification.models import Application, Visit
from saduak.certification.operations import consensus
from saduak.certification.operations.consensus import AgreementOvertaken
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, cases, comparing, history, papers_of_scores, results
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.certification.views.fetching import application_for
from saduak.design import pages
from saduak.design.seen import seen_version
from saduak.documents.papers import render_paper
from saduak.journal.steps import StepRefused


@needs(Permission.AGREE)
@require_safe
def compare_sheets_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Every sheet beside the others and the agreed values; before all are in, nothing but that it has to wait."""
    application, visit = _assessed_unit(request, reference)
    if not policies.may_compare(request.user, application):
        return _wait(request, application, visit)
    _tell_the_audit(request, application, gettext_noop("score sheets beside each other"))
    return _compare(request, application, visit)


@needs(Permission.AGREE)
@require_POST
def settle_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Writes down the agreed value of one leaf."""
    application, visit = _compared_unit(request, reference)
    leaf = application.library.leaves.get(code)
    if leaf is None:
        raise Http404
    form = AgreedForm(request.POST, leaf=leaf, library=application.library)
    overtaken = None
    if form.is_valid():
        under, said = form.agreed()
        seen = request.POST.get("insist", form.cleaned_data["seen"])
        reason = form.cleaned_data["reason"]
        try:
            consensus.settle(visit, under, said, by=request.user, reason=reason, seen=seen)
        except AgreementOvertaken as raised:
            overtaken = raised
        else:
            return _row(request, application, code)
    return _row(request, application, code, form=form, overtaken=overtaken, status=409 if overtaken else 422)


@needs(Permission.AGREE)
@require_POST
def adopt_equal_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Takes over every value on which all sheets are equal."""
    application, visit = _compared_unit(request, reference)
    count = consensus.adopt_what_is_equal(visit, by=request.user)
    words = ngettext("%(count)s equal value was taken over.", "%(count)s equal values were taken over.", count)
    messages.success(request, words % {"count": count})
    return redirect(f"{reverse('compare_sheets', args=[application.reference])}?only=unsettled")


@needs(Permission.AGREE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_scores_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Total, level and gates as they will stand, and one button that signs them."""
    application, visit = _compared_unit(request, reference)
    read = consensus.wording_of(visit)
    form = SignatureForm(request.POST or None, initial={"read": read, "summary": _summary(visit)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                consensus.sign(application, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
                application, visit = _compared_unit(request, reference)
            else:
                messages.success(request, history.deed("sign_consensus"))
                return redirect("show_result", application.reference)
    roles = policies.roles_of(request.user, application)
    return pages.render(
        request,
        "certification/scores/sign.html",
        {
            "application": application,
            "comparison": comparing.comparison_of(visit),
            "decision": APPLICATION.consider("sign_consensus", application, roles=roles, at=timezone.now()),
            "form": form,
            "read": consensus.wording_of(visit),
            "trail": actions.trail_of(application, _("Sign the agreed scores")),
        },
        status=status,
    )


@needs(Permission.AGREE)
@require_safe
def print_scores_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The scores of every assessor and the agreed ones as a paper."""
    application, visit = _compared_unit(request, reference)
    paper = papers_of_scores.summary_of(application, visit, at=timezone.now())
    exported(
        request.user,
        kind=application.case_kind,
        reference=application.reference,
        what=gettext_noop("summary of scores"),
        request=request,
    )
    response = HttpResponse(render_paper(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="scores-{application.reference}.pdf"'
    return response


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_result_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The agreed scores with their reasons, for whoever may read them by now."""
    application = application_for(request, reference)
    visit = application.current_visit
    if visit is None or not policies.may_read_result(request.user, application):
        raise PermissionDenied
    if policies.reads_from_outside(request.user, application):
        _tell_the_audit(request, application, gettext_noop("agreed scores"))
    return pages.render(
        request,
        "certification/scores/result.html",
        {
            "application": application,
            "page": cases.page_of(application, request.user, at=timezone.now(), tab="show_result"),
            "result": results.result_of(application, visit),
            "compares": policies.may_compare(request.user, application),
        },
    )


def _assessed_unit(request: HttpRequest, reference: str) -> tuple[Application, Visit]:
    application = application_for(request, reference)
    visit = application.current_visit
    if visit is None:
        raise Http404
    return application, visit


def _compared_unit(request: HttpRequest, reference: str) -> tuple[Application, Visit]:
    """The unit, if the person may see its sheets beside each other; before that nothing is told, by any address."""
    application, visit = _assessed_unit(request, reference)
    if not policies.may_compare(request.user, application):
        raise PermissionDenied
    return application, visit


def _wait(request: HttpRequest, application: Application, visit: Visit) -> HttpResponse:
    """That the sheets are not open yet; an assessor who has not handed in reads the same whatever others do."""
    waits = policies.waits_for_sheets(request.user, application)
    if not waits:
        raise PermissionDenied
    progress = None
    if policies.may_see_progress_of_sheets(request.user, visit):
        progress = {"submitted": len(visit.submitted_sheets), "all": visit.assessors.count()}
    return pages.render(
        request,
        "certification/scores/wait.html",
        {
            "application": application,
            "may_score": policies.may_score(request.user, application),
            "handed_in": visit.sheets.filter(assessor=request.user.pk, stage="submitted").exists(),
            "progress": progress,
            "trail": actions.trail_of(application, _("Compare and agree")),
        },
    )


def _compare(
    request: HttpRequest,
    application: Application,
    visit: Visit,
    *,
    form: AgreedForm | None = None,
    overtaken: AgreementOvertaken | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = request.GET.get("only", "")
    shown = shown if shown in comparing.SHOWN else ""
    comparison = comparing.comparison_of(visit, shown="" if form is not None else shown)
    forms = {row.leaf.code: comparing.form_of(row, visit) for row in comparison.rows}
    if form is not None:
        forms[form.leaf.code] = form
    roles = policies.roles_of(request.user, application)
    return pages.render(
        request,
        "certification/scores/compare.html",
        {
            "application": application,
            "comparison": comparison,
            "sections": [(s.heading, [(row, forms[row.leaf.code]) for row in s.rows]) for s in comparison.sections],
            "filters": comparing.filters_of(comparison, application, shown),
            "may_settle": policies.may_settle(request.user, application),
            "sign": APPLICATION.consider("sign_consensus", application, roles=roles, at=timezone.now()),
            "signs": application.stage == Stage.VISITED and policies.signs(request.user, application),
            "overtaken": overtaken,
            "trail": actions.trail_of(application, _("Compare and agree")),
        },
        status=status,
    )


def _row(
    request: HttpRequest,
    application: Application,
    code: str,
    *,
    form: AgreedForm | None = None,
    overtaken: AgreementOvertaken | None = None,
    status: int = 200,
) -> HttpResponse:
    """How one row stands now with the foot, for htmx; without it the page at that row."""
    fresh, visit = _compared_unit(request, application.reference)
    if not request.headers.get("HX-Request"):
        if form is not None:
            return _compare(request, fresh, visit, form=form, overtaken=overtaken, status=status)
        shown = request.GET.urlencode()
        return redirect(f"{reverse('compare_sheets', args=[fresh.reference])}{shown and f'?{shown}'}#row-{code}")
    comparison = comparing.comparison_of(visit)
    roles = policies.roles_of(request.user, fresh)
    context: dict[str, Any] = {
        "application": fresh,
        "row": comparison.row(code),
        "form": form,
        "overtaken": overtaken,
        "comparison": comparison,
        "saved_at": None if form is not None else timezone.now(),
        "may_settle": True,
        "sign": APPLICATION.consider("sign_consensus", fresh, roles=roles, at=timezone.now()),
        "signs": policies.signs(request.user, fresh),
    }
    return render(request, "certification/scores/settled.html", context, status=status)


def _summary(visit: Visit) -> str:
    return str(visit.consensus.summary) if hasattr(visit, "consensus") else ""


def _tell_the_audit(request: HttpRequest, application: Application, what: str) -> None:
    looked_at(request.user, kind=application.case_kind, reference=application.reference, what=what, request=request)
