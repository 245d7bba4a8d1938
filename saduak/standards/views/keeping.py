"""Pages of the criteria: reading, loading, publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs, open_to_everyone
from saduak.access.grants import holds
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepOvertaken
from saduak.standards import operations, presenters, queries
from saduak.standards.editor.desk import on_the_desk
from saduak.standards.forms.sources import FilterForm, SourceForm
from saduak.standards.library import LibraryRefused
from saduak.standards.models import CriteriaSet
from saduak.standards.policies import Permission, roles_of
from saduak.standards.procedure import CRITERIA
from saduak.standards.views.fetching import trail_of


@open_to_everyone
@require_safe
def list_criteria_view(request: HttpRequest) -> HttpResponse:
    """Every version that the person may read."""
    may_load = holds(request.user, Permission.EDIT)
    context = {
        "sets": CriteriaSet.objects.visible_to(request.user),
        "may_load": may_load,
        "bundled": queries.bundled_but_not_loaded() if may_load else [],
    }
    return render(request, "standards/list.html", _framed(request, context))


@open_to_everyone
@require_safe
def show_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """One version as a page that can be read, filtered and printed."""
    criteria = queries.criteria_set_for(request.user, reference)
    if not criteria.is_sound:
        return redirect("edit_criteria", reference)
    library = criteria.library
    language = request.LANGUAGE_CODE
    asking = FilterForm(
        request.GET,
        aspects=[(aspect.code, aspect.title(language)) for aspect in library.aspects],
        evidence=presenters.EVIDENCE.items(),
    )
    strands = presenters.strands_in_view(library, presenters.keeper(**asking.asked))
    context = {
        "criteria": criteria,
        "library": library,
        "strands": strands,
        "shown": sum(len(section.criteria) for strand in strands for section in strand.sections),
        "counts": presenters.counts_of(library),
        "asking": asking,
        "decisions": _steps_open(request, criteria),
        "moments": presenters.moments(criteria.history) if holds(request.user, Permission.EDIT) else (),
        "trail": trail_of(criteria),
        "may_edit": holds(request.user, Permission.EDIT),
        "others": queries.published_besides(criteria),
    }
    return render(request, "standards/show.html", _framed(request, context), part="criteria")


@open_to_everyone
@require_safe
def download_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The source, byte by byte."""
    criteria = queries.criteria_set_for(request.user, reference)
    return HttpResponse(
        criteria.source.encode(),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{criteria.reference}.yaml"'},
    )


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def load_criteria_view(request: HttpRequest) -> HttpResponse:
    """A new draft from a file or a text; with `?from=` the box begins with a source that comes with the platform."""
    start = request.GET.get("from", "")
    initial = {"source": queries.bundled_source(start) if start in queries.BUNDLED else ""}
    return _source_page(request, None, initial)


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def replace_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Another source in the place of a draft's."""
    draft = queries.criteria_set_for(request.user, reference)
    return _source_page(request, draft, {"source": draft.source, "seen": draft.version})


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def publish_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision to make a draft binding, with what will happen."""
    draft = queries.criteria_set_for(request.user, reference)
    if request.method == "POST":
        operations.publish(draft, by=request.user, seen=seen_version(request))
        messages.success(request, _("%(title)s is published.") % {"title": draft.title})
        return redirect(draft)
    desk = on_the_desk(draft)
    older = next(iter(queries.published_besides(draft)), None)
    context = {
        "counts": presenters.counts_of(draft.library) if draft.is_sound else None,
        "problems": desk.standing.problems,
        "tabs": desk.tabs("publish_criteria") if not draft.is_published else (),
        "older": older,
        "is_mapped": bool(older and draft.is_sound and queries.mapping_between(older, draft).is_confirmed),
        "lines": len(draft.source.splitlines()),
        "size": len(draft.source.encode()),
        "step": "publish",
    }
    return _decision_page(request, draft, "standards/publish.html", context)


@needs(Permission.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def discard_criteria_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision to take a draft away."""
    draft = queries.criteria_set_for(request.user, reference)
    if request.method == "POST":
        operations.discard_draft(draft, by=request.user, seen=seen_version(request))
        messages.success(request, _("The draft %(reference)s is discarded.") % {"reference": draft.reference})
        return redirect("list_criteria")
    return _decision_page(request, draft, "standards/discard.html", {"step": "discard"})


def _source_page(request: HttpRequest, draft: CriteriaSet | None, initial: dict[str, Any]) -> HttpResponse:
    if request.method != "POST":
        return _source_answer(request, draft, SourceForm(initial=initial))
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _source_answer(request, draft, form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        source = form.text()
        if draft is None:
            kept = operations.load_draft(source, by=request.user)
        else:
            kept = operations.replace_draft(draft, source, by=request.user, seen=seen_version(request))
    except LibraryRefused as refused:
        text = form.text_as_far_as_readable()
        again = SourceForm(initial={"source": text, "seen": seen})
        problems = presenters.worded(refused.problems, text)
        return _source_answer(request, draft, again, problems=problems, status=422)
    except StepOvertaken as overtaken:
        again = SourceForm(initial={"source": form.text_as_far_as_readable(), "seen": overtaken.case.version})
        return _source_answer(request, draft, again, since=presenters.moments(overtaken.since), status=409)
    messages.success(request, _("The draft %(reference)s is kept.") % {"reference": kept.reference})
    return redirect(kept)


def _source_answer(
    request: HttpRequest, draft: CriteriaSet | None, form: SourceForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context = {"problems": [], "since": [], **context, "draft": draft, "form": form, "trail": trail_of(draft)}
    return render(request, "standards/source.html", context, status=status)


def _decision_page(request: HttpRequest, draft: CriteriaSet, template: str, context: dict[str, Any]) -> HttpResponse:
    decision = CRITERIA.consider(context["step"], draft, roles=roles_of(request.user), at=timezone.now())
    return render(request, template, {**context, "draft": draft, "decision": decision, "trail": trail_of(draft)})


def _steps_open(request: HttpRequest, criteria: CriteriaSet) -> list[tuple[Any, str]]:
    """The decisions about the steps that this person has now, each with the page that takes it."""
    pages = {
        "load": "replace_criteria",
        "edit": "edit_criteria",
        "publish": "publish_criteria",
        "discard": "discard_criteria",
    }
    decisions = CRITERIA.decisions(criteria, roles=roles_of(request.user), at=timezone.now())
    return [(decision, pages[decision.step.name]) for decision in decisions]


def _framed(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Officers read inside their work frame, everybody else inside the public one."""
    return {**context, "frame": "frames/work.html" if request.user.is_authenticated else "frames/public.html"}
