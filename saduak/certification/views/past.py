"""Pages on which the secretariat brings in results of earlier years, matches them and settles contradictions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saduak.access.doors import needs
from saduak.access.grants import holds
from saduak.certification.forms.past import (
    ALONE,
    HISTORIC,
    MatchForm,
    PastFilter,
    PastUploadForm,
    SettleForm,
    TakeBackForm,
)
from saduak.certification.models import Match, PastResult, PastSheet, PastStage
from saduak.certification.operations import past as operations
from saduak.certification.operations.past_columns import COLUMNS
from saduak.certification.policies import Permission
from saduak.certification.presenters import past as presenters
from saduak.certification.queries import past
from saduak.design import spreadsheets
from saduak.design.pages import render
from saduak.design.tables import Table
from saduak.directory.operations.exchange.columns import headings_of
from saduak.directory.presenters import reasons_in_words
from saduak.journal.steps import StepOvertaken


@needs(Permission.SEE_PAST)
def list_past_results_view(request: HttpRequest) -> HttpResponse:
    """Every line of every source, and what waits for a person."""
    form = PastFilter(request.GET)
    table = Table(
        request,
        past.chosen(form.said),
        presenters.COLUMNS,
        label=_("Results from records"),
        empty=_("No line fits"),
        sorted_by="-cycle_be",
    )
    if table.wants_export:
        return table.export("past-results")
    context = {
        "form": form,
        "table": table,
        "unmatched": PastResult.objects.unmatched().count(),
        "disputed": past.disputes().count(),
        "may_keep": holds(request.user, Permission.KEEP_PAST),
    }
    return render(request, "certification/past/list.html", context)


@needs(Permission.KEEP_PAST)
def bring_in_past_results_view(request: HttpRequest) -> HttpResponse:
    """The upload with its template, and the latest spreadsheets."""
    form = PastUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        example = form.cleaned_data["is_example"]
        return redirect(operations.take_in(file.read(), file_name=file.name, by=request.user, is_example=example))
    context = {
        "form": form,
        "columns": COLUMNS,
        "latest": PastSheet.objects.defer("content", "problems", "preview").select_related("by")[:20],
    }
    return render(request, "certification/past/upload.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_PAST)
def past_template_view(request: HttpRequest, form: str) -> HttpResponse:
    """An empty spreadsheet with the headings."""
    if form not in ("xlsx", "csv"):
        raise Http404
    write = spreadsheets.xlsx if form == "xlsx" else spreadsheets.csv_text
    return spreadsheets.respond(write(headings_of(COLUMNS), []), f"saduak-past-results-template.{form}")


@needs(Permission.KEEP_PAST)
def show_past_sheet_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What a spreadsheet would do, or every problem by its row."""
    sheet = get_object_or_404(PastSheet.objects.defer("content").select_related("by"), pk=pk)
    page = Paginator(sheet.problems, 200).get_page(request.GET.get("page"))
    return render(request, "certification/past/sheet.html", {"sheet": sheet, "page": page, "states": PastStage})


@needs(Permission.KEEP_PAST)
@require_POST
def write_past_sheet_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the dry run showed."""
    sheet = get_object_or_404(PastSheet, pk=pk)
    try:
        operations.write(sheet, by=request.user, seen=request.POST.get("digest", ""))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(sheet)


@needs(Permission.KEEP_PAST)
@require_POST
def give_up_past_sheet_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a spreadsheet that was not written."""
    sheet = get_object_or_404(PastSheet, pk=pk)
    try:
        operations.give_up(sheet, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(sheet)


@needs(Permission.SEE_PAST)
def show_past_result_view(request: HttpRequest, pk: int) -> HttpResponse:
    """One line beside all others about the same centre and year, with what may be done now."""
    line = _line(pk)
    return _page(request, line)


@needs(Permission.KEEP_PAST)
@require_POST
def match_past_result_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which centre a line is about."""
    line = _line(pk)
    form = MatchForm(request.POST, line=line, suggestions=past.suggestions_for(line))
    if form.is_valid():
        try:
            _match(request, line, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        except StepOvertaken:
            return _page(request, _line(pk), overtaken=True)
        else:
            return redirect(line)
    return _page(request, line, match=form)


@needs(Permission.KEEP_PAST)
@require_POST
def settle_past_result_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which of the lines about one centre and year holds."""
    line = _line(pk)
    lines = list(past.lines_beside(line))
    form = SettleForm(request.POST, lines=lines, seen="")
    if form.is_valid():
        holder = next(one for one in lines if str(one.pk) == form.cleaned_data["holds"])
        try:
            operations.settle(
                holder, by=request.user, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        except StepOvertaken:
            return _page(request, _line(pk), overtaken=True)
        else:
            messages.success(request, _("The verdict is recorded."))
            return redirect(line)
    return _page(request, line, settle=form)


@needs(Permission.KEEP_PAST)
@require_POST
def take_back_past_result_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a match or a verdict, with the reason."""
    line = _line(pk)
    deeds: dict[str, Callable[..., object]] = {"match": operations.unmatch, "verdict": operations.reopen}
    deed = deeds.get(request.POST.get("what", ""))
    form = TakeBackForm(request.POST)
    if deed is not None and form.is_valid():
        try:
            deed(line, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect(line)
    return _page(request, line, take_back=form)


def _line(pk: int) -> PastResult:
    return get_object_or_404(PastResult.objects.with_places(), pk=pk)


def _match(request: HttpRequest, line: PastResult, said: dict[str, Any]) -> None:
    by, seen = request.user, said["seen"]
    if said["centre"] == ALONE:
        lines = operations.leave_alone(line, by=by, seen=seen)
    elif said["centre"] == HISTORIC:
        centre = operations.open_historic_centre(line, agency=said["agency"], by=by, seen=seen)
        messages.success(request, _("The centre is entered as closed: %(code)s.") % {"code": centre.code})
        return
    else:
        lines = operations.match(line, said["found"], by=by, seen=seen)
    messages.success(request, _("%(number)s lines of this name are settled.") % {"number": len(lines)})


def _page(
    request: HttpRequest,
    line: PastResult,
    *,
    overtaken: bool = False,
    match: MatchForm | None = None,
    settle: SettleForm | None = None,
    take_back: TakeBackForm | None = None,
) -> HttpResponse:
    lines = list(past.lines_beside(line))
    told = past.told_of(lines)[0]
    suggestions = past.suggestions_for(line) if line.match == Match.OPEN else []
    may_keep = holds(request.user, Permission.KEEP_PAST)
    context = {
        "line": line,
        "told": told,
        "sources": [(one, presenters.source_of(one), presenters.state_of(one)) for one in lines],
        "outcome": presenters.WORDS[told.outcome],
        "centre_words": presenters.centre_of(line),
        "suggestions": [(one, reasons_in_words(one.reasons)) for one in suggestions],
        "named_alike": past.lines_named_alike(line).count() if line.match == Match.OPEN else 0,
        "match_form": match or MatchForm(line=line, suggestions=suggestions),
        "settle_form": settle or SettleForm(lines=lines, seen=operations.versions_of(lines)),
        "take_back_form": take_back or TakeBackForm(),
        "may_match": may_keep and line.match == Match.OPEN,
        "may_settle": may_keep and told.is_disputed,
        "may_take_back_match": may_keep and line.match != Match.OPEN,
        "may_take_back_verdict": may_keep and told.is_settled,
        "history": presenters.history_of(line.history),
        "overtaken": overtaken,
    }
    wrong = any(form is not None and form.errors for form in (match, settle, take_back))
    return render(
        request, "certification/past/result.html", context, status=409 if overtaken else 422 if wrong else 200
    )
