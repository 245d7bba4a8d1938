"""Pages that take spreadsheets in and give them out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saduak.access.doors import needs
from saduak.audit.operations import exported
from saduak.design import spreadsheets
from saduak.design.pages import render
from saduak.directory import policies, presenters
from saduak.directory.forms.exchange import UploadForm
from saduak.directory.models import Import, ImportStage, SheetKind
from saduak.directory.operations.exchange import writing
from saduak.directory.operations.exchange.columns import COLUMNS, export_rows, headings

AT_ONCE_BYTES = 100_000
"""A smaller file is checked while the person waits."""

AT_ONCE_DEEDS = 300
"""Fewer deeds are written while the person waits."""


@needs(policies.Permission.EXCHANGE)
def show_exchange_view(request: HttpRequest) -> HttpResponse:
    """Templates, exports, the upload, and the latest imports."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"kind": SheetKind.CENTRES})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with transaction.atomic():
            sheet = writing.take_in(
                file.read(), kind=SheetKind(form.cleaned_data["kind"]), file_name=file.name, by=request.user
            )
            if file.size <= AT_ONCE_BYTES:
                writing.check(sheet)
            else:
                writing.leave_to_worker("check", sheet)
        return redirect(sheet)
    context = {
        "form": form,
        "kinds": [(kind.value, kind.label, COLUMNS[kind]) for kind in SheetKind],
        "latest": Import.objects.defer("content", "problems", "preview").select_related("by")[:20],
    }
    return render(request, "directory/exchange.html", context, status=422 if form.errors else 200)


@needs(policies.Permission.EXCHANGE)
def show_import_view(request: HttpRequest, pk: int) -> HttpResponse:
    """What a spreadsheet would do, every problem, or how far it is."""
    sheet = get_object_or_404(Import.objects.defer("content").select_related("by"), pk=pk)
    if request.htmx and not sheet.goes_on:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "sheet": sheet,
        "progress": presenters.progress_of(sheet),
        "page": Paginator(sheet.problems, 200).get_page(request.GET.get("page")),
        "stages": ImportStage,
    }
    return render(request, "directory/import.html", context, part="import-progress")


@needs(policies.Permission.EXCHANGE)
@require_POST
def write_import_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a checked spreadsheet, at once when it is short."""
    sheet = get_object_or_404(Import, pk=pk)
    try:
        with transaction.atomic():
            sheet = writing.confirm(sheet, by=request.user, seen=request.POST.get("digest", ""))
            if (sheet.total or 0) > AT_ONCE_DEEDS:
                writing.leave_to_worker("write", sheet)
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
        return redirect(sheet)
    if (sheet.total or 0) <= AT_ONCE_DEEDS:
        writing.write(sheet, request)
    return redirect(sheet)


@needs(policies.Permission.EXCHANGE)
@require_POST
def stop_import_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a spreadsheet up."""
    sheet = writing.stop(get_object_or_404(Import, pk=pk), by=request.user)
    return redirect(sheet)


@needs(policies.Permission.EXCHANGE)
def export_sheet_view(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """Everything of a kind, as a spreadsheet that can be brought in again."""
    chosen = _kind(kind)
    exported(request.user, kind="directory", reference=kind, what=_("Spreadsheet of the directory"), request=request)
    return _file(chosen, form, list(export_rows(chosen)), f"saduak-{kind}")


@needs(policies.Permission.EXCHANGE)
def show_template_view(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """An empty spreadsheet with the headings of a kind."""
    chosen = _kind(kind)
    return _file(chosen, form, [], f"saduak-{kind}-template")


def _kind(kind: str) -> SheetKind:
    if kind not in SheetKind.values:
        raise Http404
    return SheetKind(kind)


def _file(kind: SheetKind, form: str, rows: list[list[object]], name: str) -> HttpResponse:
    if form not in ("xlsx", "csv"):
        raise Http404
    write = spreadsheets.xlsx if form == "xlsx" else spreadsheets.csv_text
    return spreadsheets.respond(write(headings(kind), rows), f"{name}.{form}")
