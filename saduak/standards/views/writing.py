"""Writing a draft: one page for the whole, one for each strand, group and criterion."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.design.seen import seen_state, seen_version
from saduak.journal.steps import StepOvertaken
from saduak.standards import operations
from saduak.standards.drafting import edits
from saduak.standards.drafting.problems import with_stated_sums
from saduak.standards.drafting.tree import EditRefused, Node, Sort, above, move, remove, seen_of
from saduak.standards.editor.changes import Overtaken, overtaken_by
from saduak.standards.editor.desk import Desk, as_it_would_be, on_the_desk
from saduak.standards.editor.placing import put_problems
from saduak.standards.editor.wording import refusal
from saduak.standards.forms.writing import FORMS, CriterionForm, NodeForm, figures
from saduak.standards.policies import Permission
from saduak.standards.views.fetching import desk_for, desk_page, node_for


@needs(Permission.EDIT)
@require_safe
def edit_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as a whole: its sums, what is wrong, and every criterion in its place."""
    desk = desk_for(request, reference)
    return desk_page(request, desk, "standards/editor/overview.html", "edit_criteria", {})


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_criterion_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """One strand, group or criterion."""
    desk = desk_for(request, reference)
    if request.method != "POST":
        node = node_for(desk, code)
        if node.sort is Sort.PART:
            return redirect("edit_criterion", reference, above(desk.tree, code).code)
        return _item_page(request, desk, _Item.of(desk, node), _form(desk, node))
    return _save(request, desk, code)


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_criterion_view(request: HttpRequest, reference: str) -> HttpResponse:
    """A new strand, group or criterion: `?sort=criterion&under=Q-basic`."""
    desk = desk_for(request, reference)
    sort = Sort(request.GET.get("sort", "")) if request.GET.get("sort") in FORMS else Sort.STRAND
    under = "" if sort is Sort.STRAND else node_for(desk, request.GET.get("under", "")).code
    item = _Item(sort, "", under, desk.kind_above(under) if under else "")
    if request.method != "POST":
        return _item_page(request, desk, item, _empty_form(desk, item))
    return _add(request, desk, item)


@needs(Permission.EDIT)
@require_POST
def move_criterion_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Up or down among its neighbours."""
    draft = desk_for(request, reference).draft
    by = -1 if request.POST.get("to") == "up" else 1
    _edit(request, draft, lambda tree: move(tree, code, by=by), code, "moved")
    return redirect(f"{_overview(reference)}#n-{code}")


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_criterion_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The decision to take something out of the draft, with what goes along."""
    desk = desk_for(request, reference)
    node = node_for(desk, code)
    if request.method != "POST":
        context = {"node": node, "below": sum(1 for each in node.walk() if each.sort is Sort.CRITERION)}
        return desk_page(request, desk, "standards/editor/remove.html", "edit_criteria", context)
    _edit(request, desk.draft, lambda tree: remove(tree, code), code, "removed")
    messages.success(request, _("%(code)s is taken out of the draft.") % {"code": code})
    return redirect("edit_criteria", reference)


@needs(Permission.EDIT)
@require_POST
def state_sums_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the sums as the stated maxima of the version and its strands."""
    draft = desk_for(request, reference).draft
    _edit(request, draft, with_stated_sums, reference, "sums")
    return redirect("edit_criteria", reference)


@dataclass(frozen=True)
class _Item:
    """What a form is about: its sort, its code (empty for a new one), where it stands, and among what."""

    sort: Sort
    code: str
    under: str
    kind: str

    @classmethod
    def of(cls, desk: Desk, node: Node) -> "_Item":
        return cls(node.sort, node.code, above(desk.tree, node.code).code, desk.kind_above(node.code))


def _edit(request: HttpRequest, draft: Any, edit: Callable[[Node], Node], about: str, deed: str) -> None:
    """An edit of the tree as a whole; what cannot be done any more is told on the page that follows."""
    try:
        operations.edit_draft(draft, edit, about=about, deed=deed, by=request.user, seen=seen_version(request))
    except EditRefused as refused:
        messages.error(request, refusal(refused))


def _save(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    item = _Item.of(desk, node_for(desk, code)) if seen_of(desk.tree, code) else None
    if item is None:
        return _taken_out(request, desk, code)
    form = _posted_form(request, desk, item)
    if not form.is_valid():
        return _item_page(request, desk, item, form, status=422)
    new, under = form.node(), form.cleaned_data.get("under", "")
    edit = edits.saved(code, new, under=under)
    if request.POST.get("then") == "check":
        return _bar(request, desk, edit)
    if request.POST.get("then") == "more":
        return _item_page(request, desk, item, form)
    try:
        draft = operations.edit_draft(
            desk.draft, edit, about=code, deed="changed", was=seen_state(request), by=request.user
        )
    except edits.ItemRefused as refused:
        put_problems(form, refused.problems)
    except EditRefused as refused:
        form.add_error("code" if "code" in refused.code else None, refusal(refused))
    except StepOvertaken as overtaken:
        now = on_the_desk(overtaken.case)  # type: ignore[arg-type]
        theirs = overtaken_by(now.tree, new, code, overtaken.since)
        again = _posted_form(request, now, item, seen=seen_of(now.tree, code))
        return _item_page(request, now, item, again, status=409, overtaken=theirs)
    else:
        return _after_saving(request, on_the_desk(draft), new.code)
    return _item_page(request, desk, item, form, status=422)


def _taken_out(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Somebody took it out of the draft meanwhile: what was typed about a criterion can be added anew."""
    messages.error(request, _("%(code)s is not in the draft any more.") % {"code": code})
    under = request.POST.get("under", "")
    if under not in dict(desk.places_for_criteria()):
        return redirect("edit_criteria", desk.draft.reference)
    item = _Item(Sort.CRITERION, "", under, desk.kind_above(under))
    return _item_page(request, desk, item, _posted_form(request, desk, item), status=409)


def _add(request: HttpRequest, desk: Desk, item: _Item) -> HttpResponse:
    form = _posted_form(request, desk, item)
    if not form.is_valid():
        return _item_page(request, desk, item, form, status=422)
    new, under = form.node(), form.cleaned_data.get("under", item.under)
    if request.POST.get("then") == "check":
        return _bar(request, desk, edits.added(new, under=under))
    if request.POST.get("then") == "more":
        return _item_page(request, desk, item, form)
    try:
        edit = edits.added(new, under=under)
        draft = operations.edit_draft(desk.draft, edit, about=new.code, deed="added", by=request.user)
    except edits.ItemRefused as refused:
        put_problems(form, refused.problems)
    except EditRefused as refused:
        form.add_error("code" if "code" in refused.code else None, refusal(refused))
    else:
        return _after_saving(request, on_the_desk(draft), new.code)
    return _item_page(request, desk, item, form, status=422)


def _after_saving(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """The next criterion, another new one, or the same page again."""
    reference, way = desk.draft.reference, desk.way()
    messages.success(request, _("%(code)s is kept.") % {"code": code})
    match request.POST.get("then"):
        case "next" if code in way[:-1]:
            return redirect("edit_criterion", reference, way[way.index(code) + 1])
        case "next":
            return redirect("edit_criteria", reference)
        case _:
            return redirect("edit_criterion", reference, code)


def _bar(request: HttpRequest, desk: Desk, edit: Callable[[Node], Node]) -> HttpResponse:
    """The sums as they would be; while something cannot be kept they stay as they are."""
    with suppress(edits.ItemRefused, EditRefused):
        desk = as_it_would_be(desk, edit(desk.tree))
    return desk_page(request, desk, "standards/editor/bar.html", "edit_criteria", {})


def _form(desk: Desk, node: Node) -> NodeForm:
    made = FORMS[node.sort]
    initial = {**made.initial_of(node), "seen": seen_of(desk.tree, node.code)}
    item = _Item.of(desk, node)
    if node.sort is Sort.CRITERION:
        return CriterionForm(initial={**initial, "under": item.under}, parts=node.children, **_criterion(desk, item))
    return made(initial=initial)


def _empty_form(desk: Desk, item: _Item) -> NodeForm:
    if item.sort is Sort.CRITERION:
        return CriterionForm(initial={"under": item.under}, **_criterion(desk, item))
    return FORMS[item.sort]()


def _posted_form(request: HttpRequest, desk: Desk, item: _Item, seen: str = "") -> NodeForm:
    data = request.POST.copy()
    if seen:
        data["seen"] = seen
    if item.sort is Sort.CRITERION:
        more = data.get("then") == "more"
        return CriterionForm(data, more_parts=more, **_criterion(desk, item))
    return FORMS[item.sort](data)


def _criterion(desk: Desk, item: _Item) -> dict[str, Any]:
    in_group = node_for(desk, item.under).sort is Sort.GROUP
    return {
        "places": desk.places_for_criteria(),
        "aspects": desk.aspects(),
        "gate": item.kind == "gate",
        "in_group": in_group,
    }


def _item_page(
    request: HttpRequest,
    desk: Desk,
    item: _Item,
    form: NodeForm,
    *,
    status: int = 200,
    overtaken: Overtaken | None = None,
) -> HttpResponse:
    way = desk.way()
    at = way.index(item.code) if item.code in way else -1
    context = {
        "form": form,
        "item": item,
        "action": _address(desk, item),
        "is_criterion": item.sort is Sort.CRITERION,
        "figures": figures(),
        "overtaken": overtaken,
        "remaining": [p for p in desk.standing.problems if p.where == item.code and item.code],
        "before": way[at - 1] if at > 0 else "",
        "after": way[at + 1] if 0 <= at < len(way) - 1 else "",
    }
    return desk_page(request, desk, "standards/editor/item.html", "edit_criteria", context, status=status)


def _address(desk: Desk, item: _Item) -> str:
    """Where the form is sent: what was taken out meanwhile is added anew."""
    if item.code:
        return reverse("edit_criterion", args=[desk.draft.reference, item.code])
    return reverse("add_criterion", args=[desk.draft.reference]) + f"?sort={item.sort}&under={item.under}"


def _overview(reference: str) -> str:
    return reverse("edit_criteria", args=[reference])
