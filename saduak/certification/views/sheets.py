"""An assessor's visits, and the own score sheet: one criterion at a time, saved while it is filled in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.forms.sheets import MarkForm
from saduak.certification.models import ScoreSheet
from saduak.certification.operations import sheets
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, answers, files
from saduak.certification.presenters.sheets import my_visit, outline_of
from saduak.certification.procedure.sheets import SHEET
from saduak.certification.queries.field import photographs_of
from saduak.certification.queries.sheets import own_sheet, sheets_of, visits_of
from saduak.certification.views.fetching import application_for
from saduak.design import pages
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused
from saduak.standards.criteria import Criterion


@needs(Permission.SCORE)
@require_safe
def list_my_visits_view(request: HttpRequest) -> HttpResponse:
    """The visits on which the person assesses, each with how far the own sheet is."""
    now = timezone.now()
    lines = [my_visit(visit, own_sheet(visit), now) for visit in visits_of(request.user)]
    return pages.render(
        request,
        "certification/sheet/my_visits.html",
        {
            "waiting": [line for line in lines if line.has_begun and not line.is_submitted],
            "ahead": [line for line in lines if not line.has_begun and not line.is_submitted],
            "done": [line for line in reversed(lines) if line.is_submitted],
        },
    )


@needs(Permission.SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_sheet_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Leads to the own sheet of a unit; begins it when the assessor says so."""
    application = application_for(request, reference)
    visit = application.current_visit
    if visit is None or not policies.may_score(request.user, application):
        raise PermissionDenied
    if request.method == "POST":
        return redirect(sheets.open_sheet(visit, by=request.user))
    sheet = sheets_of(request.user).filter(visit=visit).first()
    if sheet is not None:
        return redirect(sheet)
    return pages.render(
        request,
        "certification/sheet/begin.html",
        {
            "application": application,
            "visit": visit,
            "has_begun": visit.starts_at <= timezone.now(),
            "criteria": sum(1 for _criterion in application.library.criteria()),
            "trail": actions.trail_of(application, _("My score sheet")),
        },
    )


@needs(Permission.SCORE)
@require_safe
def show_sheet_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the marking goes on; once it is handed in, the sheet for reading."""
    sheet = _sheet(request, reference)
    if not sheet.is_submitted:
        return redirect(outline_of(sheet).first_to_do.url)
    context = {**_standing(sheet), "photographs": photographs_of(sheet), "trail": _trail(sheet)}
    return pages.render(request, "certification/sheet/read.html", context)


@needs(Permission.SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def mark_criterion_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """One criterion: what it asks, what the centre says and shows, and the assessor's own mark."""
    sheet = _sheet(request, reference)
    try:
        criterion = sheet.application.library.criterion(code)
    except KeyError:
        raise Http404 from None
    if sheet.is_submitted and request.method != "POST":
        return redirect(sheet)
    if request.method == "POST":
        return _mark(request, sheet, criterion)
    if request.headers.get("HX-Target") == "standing":
        return render(request, "certification/sheet/standing.html", _standing(sheet, code))
    looked_at(
        request.user,
        kind=sheet.application.case_kind,
        reference=sheet.application.reference,
        what=gettext_noop("dossier") + f": {code}",
        request=request,
    )
    return _page(request, sheet, criterion)


@needs(Permission.SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def submit_sheet_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What handing in brings about, the own total and level, and one button that says it."""
    sheet = _sheet(request, reference)
    if sheet.is_submitted:
        return redirect(sheet)
    status, decision = 200, None
    if request.method == "POST":
        try:
            sheets.submit(sheet, by=request.user, seen=seen_version(request))
        except StepRefused as refused:
            status, decision = 422, refused.decision
        else:
            messages.success(request, _("Your score sheet is handed in."))
            return redirect("compare_sheets", sheet.application.reference)
    roles = policies.roles_on(request.user, sheet)
    decision = decision or SHEET.consider("submit", sheet, roles=roles, at=timezone.now())
    context = {**_standing(sheet), "decision": decision, "trail": _trail(sheet)}
    return pages.render(request, "certification/sheet/submit.html", context, status=status)


def _mark(request: HttpRequest, sheet: ScoreSheet, criterion: Criterion) -> HttpResponse:
    """Saves what was typed: quietly for the autosave, else on the way to the next page."""
    quiet = "Autosave" in request.headers
    form = _form(sheet, criterion, request.POST)
    if form.is_valid():
        try:
            sheets.mark_together(sheet, form.said(), by=request.user)
        except StepRefused as refused:
            form.refuse(refused.decision.reasons)
        else:
            return JsonResponse({"fields": {}}) if quiet else redirect(_after(request, sheet, criterion))
    if quiet:
        return render(request, "certification/checklist/refused.html", {"form": form}, status=422)
    return _page(request, sheet, criterion, form=form, status=422)


def _after(request: HttpRequest, sheet: ScoreSheet, criterion: Criterion) -> str:
    before, after = outline_of(_sheet(request, sheet.reference)).beside(criterion.code)
    then = request.POST.get("then", "")
    if then == "next" and after is None:
        return _url("submit_sheet", sheet)
    asked = {"previous": before, "next": after}.get(then)
    return asked.url if asked else _url("mark_criterion", sheet, criterion.code)


def _url(name: str, sheet: ScoreSheet, *more: str) -> str:
    return reverse(name, args=[sheet.reference, *more])


def _sheet(request: HttpRequest, reference: str) -> ScoreSheet:
    """The person's own sheet of that reference; anybody else's is a 404, whether there is one or not."""
    sheet = get_object_or_404(sheets_of(request.user), reference=reference)
    if not policies.may_read_dossier(request.user, sheet.application):
        raise PermissionDenied
    return sheet


def _form(sheet: ScoreSheet, criterion: Criterion, data: Any = None) -> MarkForm:
    return MarkForm(data, criterion=criterion, library=sheet.application.library, marks=sheet.marks_by_code)


def _standing(sheet: ScoreSheet, code: str = "") -> dict[str, Any]:
    outline = outline_of(sheet)
    return {
        "sheet": sheet,
        "application": sheet.application,
        "code": code,
        "checklist": outline,
        "standing": outline.standing,
    }


def _trail(sheet: ScoreSheet) -> list[Any]:
    return actions.trail_of(sheet.application, _("My score sheet"))


def _page(
    request: HttpRequest, sheet: ScoreSheet, criterion: Criterion, *, form: MarkForm | None = None, status: int = 200
) -> HttpResponse:
    standing = _standing(sheet, criterion.code)
    before, after = standing["checklist"].beside(criterion.code)
    application = sheet.application
    context = {
        **standing,
        "criterion": criterion,
        "mark": standing["checklist"].mark(criterion.code),
        "form": form or _form(sheet, criterion),
        "before": before,
        "after": after,
        "said": answers.said_of(application, criterion),
        "files": files.files_for(application, criterion.code),
        "photographs": photographs_of(sheet, criterion.code),
        "disputed": any(leaf.code in sheet.disputed for leaf in criterion.leaves) or criterion.code in sheet.disputed,
        "screening": application.screening_by_code.get(criterion.code),
        "trail": _trail(sheet),
    }
    return pages.render(request, "certification/sheet/page.html", context, status=status)
