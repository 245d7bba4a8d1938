"""The self-assessment: one criterion at a time, saved while it is filled in, with all that is missing in view."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.attachments import serving
from saduak.attachments.refusals import FileRefused
from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.forms.checklist import CriterionForm, DescribeEvidenceForm, EvidenceForm
from saduak.certification.models import Application
from saduak.certification.operations import applications
from saduak.certification.operations.applications import AnswerOvertaken
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, answers, checklist, files
from saduak.certification.queries.checklist import earlier_answers
from saduak.certification.views.fetching import application_for
from saduak.design import pages
from saduak.journal.steps import StepRefused
from saduak.standards.criteria import Criterion
from saduak.thai.numerals import whole_number


@needs(Permission.APPLY)
@require_safe
def assess_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Leads to where the work goes on."""
    application = application_for(request, reference)
    mark = checklist.checklist_of(application).first_to_do
    if mark is None or not policies.may_edit_dossier(request.user, application):
        return redirect("show_dossier", application.reference)
    return redirect(mark.url)


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def assess_criterion_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """One criterion: what it asks, the answer, the evidence; beside it the outline, below it the whole."""
    application = application_for(request, reference)
    criterion = _criterion(application, code)
    if not policies.may_edit_dossier(request.user, application):
        return redirect(f"{reverse('show_dossier', args=[application.reference])}#c-{code}")
    if request.method == "POST":
        return _answer(request, application, criterion)
    if request.headers.get("HX-Target") == "standing":
        return render(request, "certification/checklist/standing.html", _standing(application, code))
    return _page(request, application, criterion)


def _answer(request: HttpRequest, application: Application, criterion: Criterion) -> HttpResponse:
    """Saves what was typed: quietly for the autosave, else on the way to the next page."""
    if "yield" in request.POST:
        return redirect("assess_criterion", application.reference, criterion.code)
    quiet = "Autosave" in request.headers
    form = _form(application, criterion, request.POST)
    if not form.is_valid():
        if quiet:
            return render(request, "certification/checklist/refused.html", {"form": form}, status=422)
        return _page(request, application, criterion, form=form, status=422)
    try:
        given = applications.answer_together(application, form.said(insist=_insisted(request)), by=request.user)
    except AnswerOvertaken as overtaken:
        both = _both(form, overtaken)
        if quiet:
            return render(request, "certification/checklist/overtaken.html", {"overtaken": both}, status=409)
        return _page(request, application, criterion, form=form, overtaken=both, status=409)
    except StepRefused as refused:
        form.refuse(refused.decision.reasons)
        if quiet:
            return render(request, "certification/checklist/refused.html", {"form": form}, status=422)
        return _page(request, application, criterion, form=form, status=422)
    if quiet:
        return JsonResponse({"fields": {f"seen-{answer.code}": answer.version for answer in given}})
    return redirect(_after(request, application, criterion))


@needs(Permission.APPLY)
@require_POST
def add_evidence_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Adds files, or lets a file that the dossier has serve this criterion too."""
    application = application_for(request, reference)
    criterion = _criterion(application, code)
    if "use" in request.POST:
        evidence = get_object_or_404(application.evidence, pk=whole_number(request.POST["use"]))
        applications.use_evidence(application, evidence, code, by=request.user)
        return _evidence(request, application, criterion)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _evidence(request, application, criterion, form=form)
    facts = {name: value for name, value in form.cleaned_data.items() if name != "files"}
    for upload in form.cleaned_data["files"]:
        try:
            applications.add_evidence(application, upload, [code], by=request.user, **facts)
        except FileRefused as refused:
            for reason in refused.reasons:
                form.add_error("files", f"{upload.name}: {reason}")
    return _evidence(request, application, criterion, form=form if form.errors else None)


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def describe_evidence_view(request: HttpRequest, reference: str, code: str, evidence: int) -> HttpResponse:
    """What a file shows and of which time, to be said anew as long as the dossier is open."""
    application = application_for(request, reference)
    criterion = _criterion(application, code)
    found = get_object_or_404(application.evidence.select_related("attachment").filter(uses__code=code), pk=evidence)
    if not policies.may_edit_criterion(request.user, application, code):
        raise PermissionDenied
    known = {name: getattr(found, name) for name in DescribeEvidenceForm.base_fields}
    form = DescribeEvidenceForm(request.POST or None, initial=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                applications.describe_evidence(application, found, by=request.user, **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The evidence is saved."))
                return redirect(f"{reverse('assess_criterion', args=[reference, code])}#evidence")
    context = {
        "application": application,
        "criterion": criterion,
        "evidence": found,
        "form": form,
        "trail": actions.trail_of(application, _("Self-assessment")),
    }
    return pages.render(request, "certification/checklist/describe_evidence.html", context, status=status)


@needs(Permission.APPLY)
@require_POST
def drop_evidence_view(request: HttpRequest, reference: str, code: str, evidence: int) -> HttpResponse:
    """Takes a file away from this criterion."""
    application = application_for(request, reference)
    criterion = _criterion(application, code)
    dropped = get_object_or_404(application.evidence, pk=evidence)
    applications.drop_evidence(application, dropped, code, by=request.user)
    return _evidence(request, application, criterion)


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def download_evidence_view(request: HttpRequest, reference: str, evidence: int) -> HttpResponse:
    """A file of the dossier, for whoever may read the dossier."""
    application = application_for(request, reference)
    if not policies.may_read_dossier(request.user, application):
        raise PermissionDenied
    found = get_object_or_404(application.evidence.select_related("attachment__content"), pk=evidence)
    if policies.reads_from_outside(request.user, application):
        looked_at(
            request.user,
            kind=application.case_kind,
            reference=application.reference,
            what=gettext_noop("evidence") + f": {found.attachment.name}",
            request=request,
        )
    if "small" in request.GET:
        return serving.respond_small(found.attachment, request=request)
    return serving.respond(found.attachment, request=request, as_download="download" in request.GET)


def _criterion(application: Application, code: str) -> Criterion:
    try:
        return application.library.criterion(code)
    except KeyError:
        raise Http404 from None


def _form(application: Application, criterion: Criterion, data: Any = None) -> CriterionForm:
    return CriterionForm(
        data, criterion=criterion, library=application.library, answers=application.answers_by_code, auto_id="id_%s"
    )


def _insisted(request: HttpRequest) -> tuple[str, int] | None:
    """The answer that the person keeps against somebody else's: its code, and the version that was shown."""
    code, _colon, said = request.POST.get("insist", "").rpartition(":")
    version = whole_number(said)
    return (code, version) if code and version is not None else None


def _both(form: CriterionForm, overtaken: AnswerOvertaken) -> dict[str, Any]:
    """What stands now, beside what was typed."""
    current = overtaken.current
    leaf = form.library.leaves.get(current.code) or form.criterion.leaves[0]
    mine = next(said for said in form.said() if said.code == current.code)
    return {
        "current": current,
        "leaf": leaf,
        "theirs": answers.words_of(leaf, current.answer),
        "mine": answers.words_of(leaf, mine.answer),
        "my_explanation": mine.explanation,
    }


def _after(request: HttpRequest, application: Application, criterion: Criterion) -> str:
    before, after = checklist.checklist_of(application).beside(criterion.code)
    asked = {"previous": before, "next": after}.get(request.POST.get("then", ""))
    if request.POST.get("then") == "next" and after is None:
        return reverse("submit_application", args=[application.reference])
    here = reverse("assess_criterion", args=[application.reference, criterion.code])
    return asked.url if asked else here


def _standing(application: Application, code: str) -> dict[str, Any]:
    found = checklist.checklist_of(application)
    return {"application": application, "code": code, "checklist": found, "standing": found.standing}


def _evidence_part(
    request: HttpRequest, application: Application, criterion: Criterion, form: EvidenceForm | None
) -> dict[str, Any]:
    return {
        "files": files.files_for(application, criterion.code),
        "other_files": files.other_files(application, criterion.code),
        "evidence_form": form or EvidenceForm(),
        "may_edit": policies.may_edit_criterion(request.user, application, criterion.code),
    }


def _evidence(
    request: HttpRequest, application: Application, criterion: Criterion, *, form: EvidenceForm | None = None
) -> HttpResponse:
    """The part with the files, or the way back to the page."""
    fresh = application_for(request, application.reference)
    status = 422 if form is not None else 200
    if request.headers.get("HX-Request"):
        context = {
            "application": fresh,
            "criterion": criterion,
            **_evidence_part(request, fresh, criterion, form),
        }
        response = render(request, "certification/checklist/evidence.html", context, status=status)
        response["HX-Trigger"] = "saved"
        return response
    if form is not None:
        return _page(request, fresh, criterion, evidence_form=form, status=status)
    messages.success(request, _("The evidence is saved."))
    return redirect(f"{reverse('assess_criterion', args=[fresh.reference, criterion.code])}#evidence")


def _page(
    request: HttpRequest,
    application: Application,
    criterion: Criterion,
    *,
    form: CriterionForm | None = None,
    evidence_form: EvidenceForm | None = None,
    overtaken: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = _standing(application, criterion.code)
    before, after = standing["checklist"].beside(criterion.code)
    codes = [leaf.code for leaf in criterion.leaves]
    context = {
        **standing,
        **_evidence_part(request, application, criterion, evidence_form),
        "criterion": criterion,
        "mark": standing["checklist"].mark(criterion.code),
        "form": form or _form(application, criterion),
        "overtaken": overtaken,
        "before": before,
        "after": after,
        "said": answers.said_of(application, criterion),
        "remark": answers.remark_on(application, criterion.code),
        "earlier": answers.earlier_of(criterion, earlier_answers(application, codes)),
        "trail": actions.trail_of(application, _("Self-assessment")),
    }
    return pages.render(request, "certification/checklist/page.html", context, status=status)
