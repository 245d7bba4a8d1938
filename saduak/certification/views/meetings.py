"""Meetings of the steering committee: called, attended, opened, cancelled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.access.grants import holds
from saduak.certification import policies
from saduak.certification.forms.meetings import AgendaFilters, ArrangeForm, CallForm
from saduak.certification.forms.steps import ReasonForm
from saduak.certification.models import Meeting
from saduak.certification.operations import meetings
from saduak.certification.policies import Permission
from saduak.certification.presenters import history
from saduak.certification.presenters import meetings as presenter
from saduak.certification.presenters.certificates import matters_in_lines
from saduak.certification.procedure.meetings import MEETING
from saduak.certification.queries.certificates import matters_of
from saduak.certification.queries.meetings import (
    agenda,
    committee_on,
    counts_of,
    meetings_found,
    proposed,
    rounds_in_hand,
    ties_of,
)
from saduak.certification.views.fetching import meeting_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused

PER_PAGE = 50


@needs(Permission.SEE_MEETINGS)
@require_safe
def list_meetings_view(request: HttpRequest) -> HttpResponse:
    """The meetings, the latest first, and how many units wait for one."""
    page = Paginator(meetings_found(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "certification/list_meetings.html",
        {
            "page": page,
            "lines": [(meeting, presenter.stage_of(meeting), presenter.TONES[meeting.stage]) for meeting in page],
            "waiting": proposed().count(),
            "calls": holds(request.user, Permission.RUN_MEETINGS),
        },
    )


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def call_meeting_view(request: HttpRequest) -> HttpResponse:
    """A meeting is called for a day; whoever is a member then has a seat."""
    body = committee_on(request.user)
    if body is None:
        raise PermissionDenied
    form = CallForm(request.POST or None, initial={"round": rounds_in_hand().first()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                called = meetings.call(
                    said["round"],
                    body,
                    number=said["number"],
                    held_on=said["held_on"],
                    place=said["place"],
                    by=request.user,
                )
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                return redirect("choose_units", called.reference)
    context = {"form": form, "body": body, "trail": presenter.trail_of_call()}
    return render(request, "certification/call_meeting.html", context, status=status)


@needs(Permission.SEE_MEETINGS)
@require_safe
def show_meeting_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The agenda, page by page, with what is decided and who had better step aside."""
    meeting = meeting_for(request, reference)
    filters = AgendaFilters(request.GET, meeting=meeting)
    found = Paginator(agenda(meeting, **filters.chosen), PER_PAGE).get_page(request.GET.get("page"))
    frame = _frame(request, meeting, "show_meeting")
    ties = ties_of(meeting, found) if frame.is_open else {}
    return render(
        request,
        "certification/meetings/agenda.html",
        {
            "meeting": meeting,
            "frame": frame,
            "filters": filters,
            "page": found,
            "lines": presenter.lines_of(found, meeting.round.criteria.library, ties),
            "matters": matters_in_lines(matters_of(meeting)),
            "arrange": ArrangeForm() if frame.can_be_arranged else None,
        },
    )


@needs(Permission.SEE_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def show_attendance_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Who sits, ticked by the secretary; the quorum is counted as one looks."""
    meeting = meeting_for(request, reference)
    if request.method == "POST":
        ticked = set(request.POST.getlist("present"))
        meetings.seat(meeting, [seat.person for seat in meeting.seats if str(seat.pk) in ticked], by=request.user)
        if not request.htmx:  # type: ignore[attr-defined]
            messages.success(request, _("The attendance is written down."))
            return redirect("show_attendance", reference)
        meeting = meeting_for(request, reference)
    frame = _frame(request, meeting, "show_attendance")
    context = {"meeting": meeting, "frame": frame, "seats": presenter.seats_of(meeting)}
    return render(request, "certification/meetings/attendance.html", context, part="meeting-state")


@needs(Permission.SEE_MEETINGS)
@require_safe
def show_meeting_history_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that happened to the meeting."""
    meeting = meeting_for(request, reference)
    moments = [history.moment_of(entry) for entry in reversed(list(meeting.history))]
    context = {"meeting": meeting, "frame": _frame(request, meeting, "show_meeting_history"), "moments": moments}
    return render(request, "certification/meetings/history.html", context)


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def convene_meeting_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The meeting is opened."""
    return _step(request, reference, "convene", meetings.convene, ReasonForm)


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_meeting_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The meeting is cancelled, with the reason."""
    return _step(request, reference, "cancel", meetings.cancel, ReasonForm)


def _step(
    request: HttpRequest, reference: str, step: str, deed: Callable[..., Any], form_class: type[ReasonForm]
) -> HttpResponse:
    meeting = meeting_for(request, reference)
    consequence = presenter.CONSEQUENCES[step]
    form = form_class(request.POST or None, label=consequence.reason_label)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                deed(meeting, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed(step))
                return redirect(meeting)
    roles = policies.roles_at(request.user, meeting)
    context = {
        "meeting": meeting,
        "consequence": consequence,
        "decision": MEETING.consider(step, meeting, roles=roles, at=timezone.now()),
        "form": form,
        "trail": presenter.trail_of(meeting, consequence.title),
    }
    return render(request, "certification/meetings/take_step.html", context, status=status)


def _frame(request: HttpRequest, meeting: Meeting, tab: str) -> presenter.Page:
    return presenter.page_of(meeting, request.user, counts_of(meeting), at=timezone.now(), tab=tab)
