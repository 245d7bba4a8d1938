"""Draws: announced, drawn and called off by the secretariat; read, downloaded and drawn again by everybody."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs, open_to_everyone
from saduak.access.grants import holds
from saduak.certification import policies
from saduak.certification.draws import draw_again, frame_lines
from saduak.certification.forms.steps import ReasonForm
from saduak.certification.forms.surveillance import AnnounceForm, SeedForm
from saduak.certification.models import Draw
from saduak.certification.operations import draws
from saduak.certification.policies import Permission
from saduak.certification.presenters import draws as presenter
from saduak.certification.presenters import history
from saduak.certification.procedure.draws import DRAW, Strata
from saduak.certification.queries.samples import centres_of
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused

PER_PAGE = 20
FRAME_SHOWN = 1000
"""As many certificates of a frame stand on the page; the file has all."""


@open_to_everyone
@require_safe
def list_draws_view(request: HttpRequest) -> HttpResponse:
    """Every draw, the latest first."""
    page = Paginator(Draw.objects.for_list(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [presenter.Line(one) for one in page],
        "may_announce": holds(request.user, Permission.RUN_SURVEILLANCE),
        "trail": presenter.trail_of(),
    }
    return render(request, "certification/draws/list.html", context)


@open_to_everyone
@require_safe
def show_draw_view(request: HttpRequest, reference: str) -> HttpResponse:
    """One draw with its frame and, once it is drawn, the result, computed anew."""
    draw = get_object_or_404(Draw, reference=reference)
    again = draw_again(draw.record) if draw.seed else None
    context = {
        "draw": draw,
        "line": presenter.Line(draw),
        "actions": presenter.actions_for(draw, request.user, timezone.now()),
        "again": again,
        "drawn": presenter.drawn_lines(draw, again.drawn, centres_of(draw.result)) if again else [],
        "divided": draw.strata != Strata.NONE,
        "frame": draw.frame[:FRAME_SHOWN],
        "more": len(draw.frame) > FRAME_SHOWN,
        "trail": presenter.trail_of(draw),
    }
    return render(request, "certification/draws/show.html", context)


@open_to_everyone
@require_safe
def download_draw_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The record, from which anybody draws again."""
    draw = get_object_or_404(Draw, reference=reference)
    return JsonResponse(draw.record, json_dumps_params={"ensure_ascii": False, "indent": 1})


@open_to_everyone
@require_safe
def download_frame_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The frame, byte by byte as it was hashed."""
    draw = get_object_or_404(Draw, reference=reference)
    return HttpResponse(frame_lines(draw.pairs), content_type="text/tab-separated-values; charset=utf-8")


@needs(Permission.RUN_SURVEILLANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def announce_draw_view(request: HttpRequest) -> HttpResponse:
    """A frame is frozen and published before its seed can be known."""
    form = AnnounceForm(request.POST or None, initial={"strata": Strata.NONE})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                announced = draws.announce(form.announcement, by=request.user)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed("announce_draw"))
                return redirect(announced)
    context = {"form": form, "trail": presenter.trail_of(None, _("Announce a draw"))}
    return render(request, "certification/draws/announce.html", context, status=status)


@needs(Permission.RUN_SURVEILLANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def draw_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The seed is typed as its source published it, and the sample drawn."""
    return _step(request, reference, "draw", draws.draw, SeedForm(request.POST or None), _("Draw the sample"))


@needs(Permission.RUN_SURVEILLANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def call_off_draw_view(request: HttpRequest, reference: str) -> HttpResponse:
    """A draw is called off before its seed was used."""
    form = ReasonForm(request.POST or None, label=_("Why is it called off?"))
    return _step(request, reference, "call_off_draw", draws.call_off, form, _("Call the draw off"), kind="danger")


def _step(
    request: HttpRequest,
    reference: str,
    step: str,
    deed: Callable[..., Any],
    form: Any,
    title: str,
    *,
    kind: str = "primary",
) -> HttpResponse:
    draw = get_object_or_404(Draw, reference=reference)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                deed(draw, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed(step))
                return redirect(draw)
    roles = policies.roles_over_rounds(request.user)
    context = {
        "draw": draw,
        "title": title,
        "kind": kind,
        "form": form,
        "decision": DRAW.consider(step, draw, roles=roles, at=timezone.now()),
        "trail": presenter.trail_of(draw, title),
    }
    return render(request, "certification/draws/step.html", context, status=status)
