"""A draft as a whole: how it begins, its settings, and its way through a spreadsheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.design import spreadsheets
from saduak.design.pages import render
from saduak.design.seen import seen_state
from saduak.directory.sheets import SheetRefused, read_sheet
from saduak.journal.steps import StepOvertaken
from saduak.standards import operations, queries
from saduak.standards.drafting import table
from saduak.standards.drafting.edits import ItemRefused, settled
from saduak.standards.drafting.problems import checked
from saduak.standards.drafting.tree import EditRefused, seen_of, sound
from saduak.standards.drafting.writing import read, written
from saduak.standards.editor.changes import settings_overtaken
from saduak.standards.editor.desk import Desk, on_the_desk
from saduak.standards.editor.placing import put_problems
from saduak.standards.editor.taking import taken_in
from saduak.standards.editor.wording import refusal, row_words, sheet_words
from saduak.standards.forms.versions import BeginForm, SettingsForm, TableForm, TakeTableForm
from saduak.standards.library import LibraryRefused
from saduak.standards.models import CriteriaSet
from saduak.standards.policies import Permission
from saduak.standards.views.fetching import desk_for, desk_page, trail_of


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_criteria_view(request: HttpRequest) -> HttpResponse:
    """A new draft, like a version that there is or from nothing."""
    versions = list(CriteriaSet.objects.visible_to(request.user))
    choices = [(each.reference, f"{each.reference} {each.title}") for each in versions]
    form = BeginForm(request.POST or None, versions=choices, initial=_next_of(versions, request.GET.get("like", "")))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        like = next((each for each in versions if each.reference == said["like"]), None)
        try:
            draft = operations.begin_draft(
                said["reference"], cycle_be=said["cycle_be"], th=said["th"], en=said["en"], like=like, by=request.user
            )
        except EditRefused as refused:
            form.add_error("reference", refusal(refused))
        else:
            messages.success(request, _("The draft %(reference)s is begun.") % {"reference": draft.reference})
            return redirect("edit_criteria", draft.reference)
    status = 422 if form.errors else 200
    return render(request, "standards/editor/begin.html", {"form": form, "trail": trail_of(None)}, status=status)


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_criteria_settings_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Title, cycle, maximum, rounding, levels and aspects."""
    desk = desk_for(request, reference)
    if request.method != "POST":
        form = SettingsForm(version=desk.tree, seen=seen_of(desk.tree, reference))
        return _settings_page(request, desk, form)
    form = SettingsForm(request.POST, version=desk.tree)
    if not form.is_valid():
        return _settings_page(request, desk, form, status=422)
    try:
        operations.edit_draft(
            desk.draft,
            settled(form.node()),
            about=reference,
            deed="settled",
            was=seen_state(request),
            by=request.user,
        )
    except ItemRefused as refused:
        put_problems(form, refused.problems)
    except EditRefused as refused:
        form.add_error(None, refusal(refused))
    except StepOvertaken as overtaken:
        now = on_the_desk(overtaken.case)  # type: ignore[arg-type]
        data = request.POST.copy()
        data["seen"] = seen_of(now.tree, reference)
        again = SettingsForm(data, version=now.tree)
        theirs = settings_overtaken(now.tree, form.node(), overtaken.since)
        return _settings_page(request, now, again, status=409, overtaken=theirs)
    else:
        messages.success(request, _("The settings are kept."))
        return redirect("edit_criteria_settings", reference)
    return _settings_page(request, desk, form, status=422)


@needs(Permission.EDIT)
@require_safe
def export_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """A version as a sheet, to be edited and brought in again."""
    criteria = queries.criteria_set_for(request.user, reference)
    tree, _remark = read(criteria.source)
    content = spreadsheets.xlsx(table.headings(), list(table.rows_of(tree)), title=reference)
    return spreadsheets.respond(content, f"{reference}.xlsx")


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """A sheet in the place of the draft: first what it would change and what is wrong, row by row; then it is kept."""
    desk = desk_for(request, reference)
    if request.method != "POST":
        return _sheet_page(request, desk, TableForm())
    if "source" in request.POST:
        return _take(request, desk)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sheet_page(request, desk, form, status=422)
    try:
        sheet = read_sheet(form.cleaned_data["file"].read())
        numbered = table.tree_of(sheet.headings, [(row.number, row.cells) for row in sheet.rows])
        sound(numbered.tree)
    except SheetRefused as refused:
        form.add_error("file", sheet_words(refused))
        return _sheet_page(request, desk, form, status=422)
    except table.TableRefused as refused:
        rows = [
            (problem.row, table.HEADINGS.get(problem.column, ""), row_words(problem)) for problem in refused.problems
        ]
        return _sheet_page(request, desk, form, status=422, rows=rows)
    except EditRefused as refused:
        form.add_error("file", refusal(refused))
        return _sheet_page(request, desk, form, status=422)
    if numbered.tree.code != reference:
        form.add_error("file", refusal(EditRefused("id_stays", code=reference)))
        return _sheet_page(request, desk, form, status=422)
    source = written(numbered.tree, read(desk.draft.source)[1]).text
    take = TakeTableForm(initial={"source": source, "seen": desk.draft.version})
    found = taken_in(desk.tree, numbered, checked(numbered.tree))
    return _sheet_page(request, desk, form, found=found, take=take)


def _take(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what the dry run showed. What was sent along is read as anything else from outside."""
    take = TakeTableForm(request.POST)
    if not take.is_valid():
        return _sheet_page(request, desk, TableForm(), status=422)
    try:
        tree = sound(read(take.cleaned_data["source"].replace("\r\n", "\n"))[0])
        operations.edit_draft(
            desk.draft,
            lambda _now: tree,
            about=desk.draft.reference,
            deed="taken_in",
            seen=take.cleaned_data["seen"],
            by=request.user,
        )
    except (EditRefused, LibraryRefused) as refused:
        form = TableForm()
        messages.error(
            request, refusal(refused) if isinstance(refused, EditRefused) else sheet_words(SheetRefused("not_a_sheet"))
        )
        return _sheet_page(request, desk, form, status=422)
    messages.success(request, _("The sheet is kept as the draft."))
    return redirect("edit_criteria", desk.draft.reference)


def _sheet_page(
    request: HttpRequest, desk: Desk, form: TableForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    shown = {"form": form, "rows": [], "found": None, "take": None, **context}
    return desk_page(request, desk, "standards/editor/sheet.html", "bring_in_criteria", shown, status=status)


def _settings_page(
    request: HttpRequest, desk: Desk, form: SettingsForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    shown = {"form": form, "overtaken": None, **context}
    return desk_page(request, desk, "standards/editor/settings.html", "edit_criteria_settings", shown, status=status)


def _next_of(versions: list[CriteriaSet], like: str) -> dict[str, Any]:
    """What a new version probably is called: as the one before, a year later."""
    before = next((each for each in versions if each.reference == like), versions[0] if versions else None)
    if before is None:
        return {}
    year, following = str(before.cycle_be), str(before.cycle_be + 1)
    return {
        "like": before.reference,
        "reference": before.reference.replace(year, following),
        "cycle_be": before.cycle_be + 1,
        "th": before.title_th.replace(year, following),
        "en": before.title_en.replace(year, following),
    }
