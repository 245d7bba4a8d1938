"""The resolution of a meeting: read in full, recorded by one button, and shown with all that follows from it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.access.grants import holds
from saduak.attachments.operations import store
from saduak.attachments.refusals import FileRefused
from saduak.attachments.serving import respond
from saduak.certification import policies
from saduak.certification.forms.meetings import ResolutionForm
from saduak.certification.models import AgendaItem, Meeting
from saduak.certification.operations import letters, meetings
from saduak.certification.operations.taking import canonical
from saduak.certification.policies import Permission
from saduak.certification.presenters import agendas, resolutions
from saduak.certification.presenters import meetings as presenter
from saduak.certification.presenters.certificates import matters_in_lines
from saduak.certification.procedure.meetings import MEETING, MeetingStage
from saduak.certification.queries.certificates import matters_of
from saduak.certification.queries.meetings import (
    agenda,
    counts_of,
    is_recorded,
    letter_by_unit,
    letters_of,
    requests_on,
)
from saduak.certification.views.fetching import meeting_for
from saduak.design.pages import render
from saduak.design.seen import seen_state, seen_version
from saduak.documents.papers import Paper, render_paper
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.policies import Permission as Notices

PER_PAGE = 50


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def resolve_meeting_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The resolution in full, what it brings about, and one button that says it."""
    meeting = meeting_for(request, reference)
    if request.method != "POST" and meeting.stage == MeetingStage.RESOLVED:
        return redirect("show_resolution", reference)
    counts = counts_of(meeting)
    drafted = {
        "number": resolutions.draft_number(meeting),
        "text": resolutions.draft_text(meeting, counts, matters_of(meeting), requests_on(meeting)),
        "votes_for": meeting.present,
        "votes_against": 0,
        "abstentions": 0,
    }
    form = ResolutionForm(request.POST or None, request.FILES or None, initial=drafted)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _resolve(request, meeting, form)
            except FileRefused as refused:
                for reason in refused.reasons:
                    form.add_error("minutes", str(reason))
            except StepRefused as refused:
                if _is_recorded(meeting, form, request):
                    return redirect("show_resolution", reference)
                form.refuse(refused.decision.reasons)
            except StepOvertaken:
                if not _is_recorded(meeting, form, request):
                    raise
                return redirect("show_resolution", reference)
            else:
                messages.success(request, _("The resolution is recorded. The letters are being drafted."))
                return redirect("show_resolution", reference)
    roles = policies.roles_at(request.user, meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "counts": counts,
        "level_counts": presenter.level_counts(meeting, counts),
        "quorum": presenter.quorum_of(meeting),
        "absent": [seat for seat in presenter.seats_of(meeting) if not seat.seat.is_present],
        "recusals": meeting.items.filter(recusals__isnull=False).distinct().count(),
        "departing": presenter.lines_of(
            agenda(meeting, decision="departs")[:PER_PAGE], meeting.round.criteria.library, {}
        ),
        "decision": MEETING.consider("resolve", meeting, roles=roles, at=timezone.now()),
        "consequence": resolutions.consequence_of(counts),
        "matters": matters_in_lines(matters_of(meeting)),
        "sight": meeting.sight,
        "trail": presenter.trail_of(meeting, _("The resolution")),
    }
    return render(request, "certification/meetings/resolve.html", context, status=status)


@needs(Permission.SEE_MEETINGS)
@require_safe
def show_resolution_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The resolution, how it was voted, what became of each unit, and how to recompute its digest."""
    meeting = _resolved(request, reference)
    resolution = meeting.resolution
    page = Paginator(agenda(meeting), PER_PAGE).get_page(request.GET.get("page"))
    counts = counts_of(meeting)
    context = {
        "meeting": meeting,
        "resolution": resolution,
        "frame": presenter.page_of(meeting, request.user, counts, at=timezone.now(), tab="show_resolution"),
        "seats": presenter.seats_of(meeting),
        "page": page,
        "outcomes": _outcomes(request, meeting, page),
        "matters": matters_in_lines(matters_of(meeting)),
        **_letters(request, meeting),
    }
    return render(request, "certification/meetings/resolution.html", context)


@needs(Permission.SEE_MEETINGS)
@require_safe
def show_letters_view(request: HttpRequest, reference: str) -> HttpResponse:
    """How far the letters of the resolution are."""
    meeting = _resolved(request, reference)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("show_resolution", reference)
    context = {"meeting": meeting, **_letters(request, meeting)}
    response = render(request, "certification/meetings/letters.html", context)
    if context["letters"].is_complete:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"  # Every unit has its letter now, and its line on the page leads there.
    response["HX-Retarget"] = "#letters-state"
    return response


@needs(Permission.RELEASE_LETTERS)
@require_POST
def draft_letters_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Letters that are missing are asked for again."""
    meeting = _resolved(request, reference)
    letters.draft_soon(meeting.resolution)
    messages.success(request, _("The missing letters are being drafted."))
    return redirect("show_resolution", reference)


@needs(Permission.SEE_MEETINGS)
@require_safe
def open_minutes_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The signed minutes as they were attached."""
    minutes = _resolved(request, reference).resolution.minutes
    if minutes is None:
        raise Http404
    return respond(minutes, request=request)


@needs(Permission.SEE_MEETINGS)
@require_safe
def download_resolution_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What was hashed, byte by byte."""
    meeting = _resolved(request, reference)
    response = HttpResponse(canonical(meeting.resolution.content), content_type="application/json")
    response["Content-Disposition"] = content_disposition_header(True, f"{meeting.reference}-resolution.json") or ""
    return response


@needs(Permission.SEE_MEETINGS)
@require_safe
def print_agenda_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The agenda as PDF."""
    meeting = meeting_for(request, reference)
    paper = agendas.agenda_paper(meeting, agenda(meeting), matters_of(meeting), at=timezone.now())
    return _pdf(paper, f"{meeting.reference}-agenda.pdf")


@needs(Permission.SEE_MEETINGS)
@require_safe
def print_minutes_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes as PDF, to be read and signed."""
    meeting = _resolved(request, reference)
    paper = agendas.minutes_paper(meeting, agenda(meeting), matters_of(meeting), counts_of(meeting), at=timezone.now())
    return _pdf(paper, f"{meeting.reference}-minutes.pdf")


@needs(Permission.SEE_MEETINGS)
@require_safe
def print_resolution_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The resolution as PDF, with a line for each unit."""
    meeting = _resolved(request, reference)
    paper = agendas.resolution_paper(
        meeting, agenda(meeting), matters_of(meeting), counts_of(meeting), at=timezone.now()
    )
    return _pdf(paper, f"{meeting.reference}-resolution.pdf")


def _resolve(request: HttpRequest, meeting: Meeting, form: ResolutionForm) -> None:
    """Store the minutes and record the resolution, both or none."""
    with transaction.atomic():
        upload = form.cleaned_data["minutes"]
        minutes = store(upload, by=request.user) if upload else None
        meetings.resolve(
            meeting, form.act(minutes), by=request.user, seen=seen_version(request), sight=seen_state(request, "sight")
        )


def _is_recorded(meeting: Meeting, form: ResolutionForm, request: HttpRequest) -> bool:
    """Whether this person recorded this very resolution a moment ago: the button was pressed twice."""
    said = form.cleaned_data
    return is_recorded(meeting, number=said["number"], text=said["text"], by=request.user)


def _resolved(request: HttpRequest, reference: str) -> Meeting:
    meeting = meeting_for(request, reference)
    if meeting.stage != MeetingStage.RESOLVED:
        raise Http404
    return meeting


def _outcomes(request: HttpRequest, meeting: Meeting, items: Iterable[AgendaItem]) -> list[resolutions.Outcome]:
    items = list(items)
    given = {
        c.application_id: c
        for c in meeting.resolution.certificates.filter(application__in=[i.application_id for i in items])
    }
    reads = holds(request.user, Notices.OUTBOX)
    references = [item.application.reference for item in items] if reads else []
    written = letter_by_unit(letters.batch_of(meeting.resolution), references)
    return [
        resolutions.Outcome(
            line,
            given.get(line.item.application_id),
            letter.get_absolute_url() if (letter := written.get(line.item.application.reference)) else "",
        )
        for line in presenter.lines_of(items, meeting.round.criteria.library, {})
    ]


def _letters(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    batch = letters.batch_of(meeting.resolution)
    found = letters_of(meeting.resolution, batch)
    reads = holds(request.user, Notices.OUTBOX)
    outbox = f"{reverse('show_outbox')}?{urlencode({'batch': batch})}" if reads else ""
    return {
        "letters": found,
        "progress": resolutions.progress_of(meeting, found, outbox),
        "states": resolutions.letter_states(found),
        "outbox": outbox,
        "can_draft_again": holds(request.user, Permission.RELEASE_LETTERS)
        and not found.is_complete
        and not found.is_being_written,
    }


def _pdf(paper: Paper, name: str) -> HttpResponse:
    response = HttpResponse(render_paper(paper), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response
