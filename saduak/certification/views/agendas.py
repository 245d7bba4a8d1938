"""The agenda of a meeting: units put on it, numbered, decided one by one or all together, and who steps aside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from saduak.access.doors import needs
from saduak.certification.forms.meetings import ArrangeForm, DecisionForm, RecusalForm, UnitsToChoose
from saduak.certification.models import AgendaItem, Meeting
from saduak.certification.operations import meetings
from saduak.certification.policies import Permission
from saduak.certification.presenters import meetings as presenter
from saduak.certification.queries.meetings import BY_PANEL, in_order, requests_to_choose, ties_of, units_to_choose
from saduak.certification.views.fetching import item_for, meeting_for
from saduak.design.pages import render
from saduak.design.seen import seen_state
from saduak.journal.steps import StepRefused

PER_PAGE = 100


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_units_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Proposed units to put on the agenda: those that are ticked, or all that fit the filters."""
    meeting = meeting_for(request, reference)
    form = UnitsToChoose(request.GET, meeting=meeting)
    found = units_to_choose(meeting, **{"order": BY_PANEL, **form.chosen})
    if request.method == "POST":
        if request.POST.get("which") != "all":
            found = found.filter(reference__in=request.POST.getlist("unit"))
        added = meetings.put_on_agenda(meeting, found, by=request.user)
        if added:
            words = ngettext("%(count)d unit is on the agenda.", "%(count)d units are on the agenda.", added)
            messages.success(request, words % {"count": added})
            return redirect(meeting)
        messages.warning(request, _("No unit was ticked."))
        return redirect(request.get_full_path())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "meeting": meeting,
        "filters": form,
        "page": page,
        "units": [(unit, presenter.unit_number(unit)) for unit in page],
        "requests": requests_to_choose(meeting),
        "trail": presenter.trail_of(meeting, _("Put units on the agenda")),
    }
    return render(request, "certification/meetings/choose_units.html", context)


@needs(Permission.RUN_MEETINGS)
@require_POST
def choose_requests_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Requests to reconsider that are ticked are put on the agenda."""
    meeting = meeting_for(request, reference)
    ticked = requests_to_choose(meeting).filter(reference__in=request.POST.getlist("request"))
    added = meetings.put_requests_on_agenda(meeting, ticked, by=request.user)
    if not added:
        messages.warning(request, _("No request was ticked."))
        return redirect("choose_units", meeting.reference)
    words = ngettext("%(count)d request is on the agenda.", "%(count)d requests are on the agenda.", added)
    messages.success(request, words % {"count": added})
    return redirect(meeting)


@needs(Permission.RUN_MEETINGS)
@require_POST
def arrange_agenda_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The agenda is numbered anew."""
    meeting = meeting_for(request, reference)
    form = ArrangeForm(request.POST)
    if form.is_valid():
        meetings.arrange(meeting, in_order(meeting, form.cleaned_data["order"]), by=request.user)
        messages.success(request, _("The agenda is numbered anew."))
    return redirect(meeting)


@needs(Permission.RUN_MEETINGS)
@require_POST
def follow_proposals_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Every unit without a decision is decided as proposed."""
    meeting = meeting_for(request, reference)
    decided = meetings.follow_the_proposals(meeting, by=request.user)
    words = ngettext(
        "%(count)d unit is decided as it was proposed.", "%(count)d units are decided as they were proposed.", decided
    )
    messages.success(request, words % {"count": decided})
    return redirect(meeting)


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_unit_view(request: HttpRequest, reference: str, item: int) -> HttpResponse:
    """One unit: what is proposed, who steps aside, and what the committee decides."""
    meeting = meeting_for(request, reference)
    unit = item_for(meeting, item)
    choices = presenter.choices_for(unit, meeting.round.criteria.library)
    form = DecisionForm(
        request.POST or None,
        choices=choices,
        initial={"decision": presenter.choice_of(unit), "reason": unit.reason},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.decided(unit)
            try:
                meetings.decide(unit, by=request.user, seen=seen_state(request), **said)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                return _after_decision(request, meeting, unit)
    return _unit_page(request, meeting, unit, form=form, status=status)


@needs(Permission.RUN_MEETINGS)
@require_POST
def take_off_agenda_view(request: HttpRequest, reference: str, item: int) -> HttpResponse:
    """A unit is taken off; it stays proposed."""
    meeting = meeting_for(request, reference)
    unit = item_for(meeting, item)
    meetings.take_off_agenda(unit, by=request.user)
    messages.success(
        request, _("%(unit)s is off the agenda and waits for another meeting.") % {"unit": unit.application.centre}
    )
    return redirect(meeting)


@needs(Permission.RUN_MEETINGS)
@require_POST
def step_aside_view(request: HttpRequest, reference: str, item: int) -> HttpResponse:
    """A member steps aside from a unit."""
    meeting = meeting_for(request, reference)
    unit = item_for(meeting, item)
    form = RecusalForm(request.POST, seats=meeting.attendance.select_related("person"))
    if form.is_valid():
        try:
            meetings.step_aside(unit, form.cleaned_data["seat"], by=request.user, reason=form.cleaned_data["reason"])
        except StepRefused as refused:
            form.refuse(refused.decision.reasons)
        else:
            return redirect("decide_unit", reference, item)
    return _unit_page(request, meeting, unit, aside=form, status=422)


@needs(Permission.RUN_MEETINGS)
@require_POST
def come_back_view(request: HttpRequest, reference: str, item: int, recusal: int) -> HttpResponse:
    """A recusal that was written down by mistake is taken back."""
    meeting = meeting_for(request, reference)
    unit = item_for(meeting, item)
    meetings.come_back(get_object_or_404(unit.recusals.all(), pk=recusal), by=request.user)
    return redirect("decide_unit", reference, item)


def _after_decision(request: HttpRequest, meeting: Meeting, unit: AgendaItem) -> HttpResponse:
    """To the next unit without a decision, where the person asked for that; else back to the agenda."""
    messages.success(request, _("The decision on %(unit)s is written down.") % {"unit": unit.application.centre})
    following = meeting.items.filter(decision="", position__gt=unit.position).order_by("position").first()
    if request.POST.get("then") == "next" and following is not None:
        return redirect("decide_unit", meeting.reference, following.pk)
    return redirect(meeting)


def _unit_page(
    request: HttpRequest,
    meeting: Meeting,
    unit: AgendaItem,
    *,
    form: DecisionForm | None = None,
    aside: RecusalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    library = meeting.round.criteria.library
    line = presenter.line_of(unit, library, ties_of(meeting, [unit])[unit.pk])
    gone = {recusal.seat_id for recusal in unit.recusals.all()}
    choices = presenter.choices_for(unit, library)
    stands = {"decision": presenter.choice_of(unit), "reason": unit.reason}
    context = {
        "meeting": meeting,
        "line": line,
        "form": form or DecisionForm(choices=choices, initial=stands),
        "aside": aside or RecusalForm(seats=meeting.attendance.exclude(pk__in=gone).select_related("person")),
        "can_step_aside": len(gone) < len(meeting.seats),
        "before": _neighbour(meeting, unit, -1),
        "after": _neighbour(meeting, unit, +1),
        "trail": presenter.trail_of(meeting, _("Item %(number)s") % {"number": unit.position}),
    }
    return render(request, "certification/meetings/unit.html", context, status=status)


def _neighbour(meeting: Meeting, unit: AgendaItem, way: int) -> str:
    """The address of the item before or after; "" where there is none."""
    if way < 0:
        item = meeting.items.filter(position__lt=unit.position).order_by("-position").first()
    else:
        item = meeting.items.filter(position__gt=unit.position).order_by("position").first()
    return reverse("decide_unit", args=[meeting.reference, item.pk]) if item else ""
