"""Two versions side by side, the mapping between them, and a draft as the applicant will see it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs, open_to_everyone
from saduak.access.grants import holds
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.standards import operations, queries
from saduak.standards.criteria import Criterion, Library
from saduak.standards.editor.comparison import counts_of, figures_of, rows_of, sections_of
from saduak.standards.editor.desk import best_library, on_the_desk
from saduak.standards.editor.linking import choices_for, explained, link_rows
from saduak.standards.mapping import lines_between, suggestions
from saduak.standards.models import CriteriaMapping, CriteriaSet
from saduak.standards.policies import Permission, roles_of
from saduak.standards.procedure import MAPPING
from saduak.standards.views.fetching import trail_of


@open_to_everyone
@require_safe
def compare_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """A version beside an older one: `?with=gecc-2568`, `?show=changed`."""
    newer = queries.criteria_set_for(request.user, reference)
    others = queries.published_besides(newer)
    older = next(
        (each for each in others if each.reference == request.GET.get("with", "")), others[0] if others else None
    )
    library = best_library(newer)
    context: dict[str, Any] = {"newer": newer, "older": older, "others": others, "library": library, "sections": ()}
    if older and library:
        links, is_confirmed = queries.links_between(older, newer, library)
        rows = rows_of(older.library, library, lines_between(older.library, library, links))
        only_changed = request.GET.get("show") == "changed"
        shown = tuple(row for row in rows if row.has_changed) if only_changed else rows
        context |= {
            "sections": sections_of(library, shown),
            "counts": counts_of(rows),
            "figures": figures_of(older.library, library),
            "is_confirmed": is_confirmed,
            "only_changed": only_changed,
        }
    return _page(request, newer, "standards/compare.html", "compare_criteria", context)


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def map_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The mapping to the version before, or to the one of `?from=`; begun and confirmed here."""
    newer = queries.criteria_set_for(request.user, reference)
    others = queries.published_besides(newer)
    older = next(
        (each for each in others if each.reference == request.GET.get("from", "")), others[0] if others else None
    )
    here = reverse("map_criteria", args=[reference]) + (f"?from={older.reference}" if older else "")
    if request.method == "POST" and older and newer.is_sound:
        return _step_with_mapping(request, older, newer, here)
    kept = list(CriteriaMapping.objects.between(older, newer)) if older and newer.is_sound else []
    mapping = kept[0] if kept else None
    context: dict[str, Any] = {
        "newer": newer,
        "older": older,
        "others": others,
        "mapping": mapping,
        "rows": (),
        "here": here,
    }
    if mapping and older:
        rows = link_rows(mapping, older.library, newer.library, mapping.sound_links)
        roles, at = roles_of(request.user), timezone.now()
        context |= {
            "rows": rows,
            "plain": sum(each.is_plain for each in rows),
            "counts": counts_of([each.row for each in rows]),
            "decision": MAPPING.consider("confirm", mapping, roles=roles, at=at),
            "is_stale": mapping.is_confirmed and mapping.newer_sha256 != newer.sha256,
            "strangers": mapping.strangers,
            "earlier": [each for each in kept[1:] if each.is_confirmed],
        }
    return _page(request, newer, "standards/editor/map.html", "map_criteria", context)


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def link_criterion_view(request: HttpRequest, reference: str, older: str, code: str) -> HttpResponse:
    """Which older criteria one newer criterion comes from."""
    newer = queries.criteria_set_for(request.user, reference)
    before = queries.criteria_set_for(request.user, older)
    mapping = CriteriaMapping.objects.between(before, newer).first() if newer.is_sound else None
    criterion = _criterion(newer.library, code) if mapping else None
    if mapping is None or criterion is None:
        raise Http404
    linked = tuple(mapping.sound_links.get(code, ()))
    back = f"{reverse('map_criteria', args=[reference])}?from={older}#m-{code}"
    if request.method == "POST":
        known = {each.code for each in before.library.criteria()}
        chosen = tuple(dict.fromkeys(each for each in request.POST.getlist("older") if each in known))
        links = {**mapping.sound_links, code: chosen}
        operations.change_mapping(mapping, links, by=request.user, seen=seen_version(request))
        messages.success(request, _("The mapping of %(code)s is kept.") % {"code": code})
        return redirect(back)
    context = {
        "mapping": mapping,
        "older": before,
        "newer": newer,
        "criterion": criterion,
        "choices": choices_for(before.library, criterion, linked),
        "why": explained(suggestions(before.library, newer.library)[code], linked),
        "decision": MAPPING.consider("link", mapping, roles=roles_of(request.user), at=timezone.now()),
        "back": back,
    }
    return _page(request, newer, "standards/editor/link.html", "map_criteria", context)


@needs(Permission.EDIT)
@require_safe
def preview_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """One criterion as the applicant will see it: `?at=2.9`."""
    newer = queries.criteria_set_for(request.user, reference)
    library = best_library(newer)
    criteria = list(library.criteria()) if library else []
    codes = [each.code for each in criteria]
    at = codes.index(request.GET["at"]) if request.GET.get("at") in codes else 0
    context = {
        "newer": newer,
        "library": library,
        "criterion": criteria[at] if criteria else None,
        "before": codes[at - 1] if at else "",
        "after": codes[at + 1] if at + 1 < len(codes) else "",
    }
    return _page(request, newer, "standards/editor/preview.html", "preview_criteria", context)


def _step_with_mapping(request: HttpRequest, older: CriteriaSet, newer: CriteriaSet, here: str) -> HttpResponse:
    if request.POST.get("step") == "confirm":
        drafted = CriteriaMapping.objects.between(older, newer).first()
        if drafted is None:
            raise Http404
        operations.confirm_mapping(drafted, by=request.user, seen=seen_version(request))
        messages.success(request, _("The mapping is confirmed."))
    else:
        operations.begin_mapping(older, newer, by=request.user)
        messages.success(request, _("The mapping is begun with what is suggested. Look through it, then confirm it."))
    return redirect(here)


def _criterion(library: Library, code: str) -> Criterion | None:
    return next((each for each in library.criteria() if each.code == code), None)


def _page(
    request: HttpRequest, criteria: CriteriaSet, template: str, page: str, context: dict[str, Any]
) -> HttpResponse:
    """In the editor's frame for a draft, else in the reader's."""
    may_edit = holds(request.user, Permission.EDIT)
    tabs = on_the_desk(criteria).tabs(page) if may_edit and not criteria.is_published else ()
    frame = "frames/work.html" if request.user.is_authenticated else "frames/public.html"
    shared = {"tabs": tabs, "frame": frame, "may_edit": may_edit, "trail": trail_of(criteria)}
    return render(request, template, {**shared, **context})
