"""Visits are planned, changed, and laid out as an itinerary."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import exported
from saduak.certification import policies
from saduak.certification.forms.visits import VisitForm
from saduak.certification.models import Application, Panel, Round
from saduak.certification.models.visits import Mode
from saduak.certification.operations import visits
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, calendar_entries, history, itinerary
from saduak.certification.presenters.conflicts import worded
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.roles import PANEL, Role
from saduak.certification.queries.conflicts import standings
from saduak.certification.queries.rounds import rounds_for
from saduak.certification.queries.visits import trips, visits_beside, visits_of_round
from saduak.certification.rules import Phase
from saduak.certification.views.assignments import chosen_round
from saduak.certification.views.fetching import application_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.directory.models import Office
from saduak.documents.papers import render_paper
from saduak.journal.steps import StepRefused
from saduak.thai import dates


@needs(Permission.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_visit_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Fix the visit of a unit."""
    return _visit(request, reference, is_change=False)


@needs(Permission.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_visit_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Move a planned visit, or change who assesses."""
    return _visit(request, reference, is_change=True)


@needs(Permission.PLAN_VISITS)
@require_safe
def show_itinerary_view(request: HttpRequest) -> HttpResponse:
    """The visits of a round by day, of one sub-committee or of all that exist for the person."""
    rounds = list(rounds_for(request.user))
    round_ = chosen_round(request, rounds)
    panels = list(round_.panels.select_related("body")) if round_ else []
    panel, day = _panel(request, panels), _day(request.GET.get("day", ""))
    return render(
        request,
        "certification/visits/itinerary.html",
        {
            "round": round_,
            "rounds": rounds,
            "panels": panels,
            "panel": panel,
            "day": day,
            "days": _days(request, round_, panel, day) if round_ else [],
            "query": request.GET.urlencode(),
        },
    )


@needs(Permission.PLAN_VISITS)
@require_safe
def print_itinerary_view(request: HttpRequest) -> HttpResponse:
    """The same itinerary on paper."""
    round_ = chosen_round(request, list(rounds_for(request.user)))
    if round_ is None:
        raise Http404
    panel, day = _panel(request, list(round_.panels.select_related("body"))), _day(request.GET.get("day", ""))
    title = _("Itinerary of visits") + (f" · {panel}" if panel else "")
    days = _days(request, round_, panel, day)
    paper = itinerary.paper_of(round_, days, title=title, at=timezone.now())
    exported(
        request.user,
        kind=round_.case_kind,
        reference=round_.reference,
        what=gettext_noop("itinerary of visits"),
        request=request,
    )
    response = HttpResponse(render_paper(paper), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{title}.pdf") or "inline"
    return response


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def download_visit_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The visit as a calendar entry."""
    application = application_for(request, reference)
    visit = application.current_visit
    if visit is None:
        raise Http404
    response = HttpResponse(
        calendar_entries.entry_of(application, visit, at=timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    name = f"{application.reference}.ics"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _visit(request: HttpRequest, reference: str, *, is_change: bool) -> HttpResponse:
    application = application_for(request, reference)
    if not policies.roles_of(request.user, application) & {Role.SECRETARIAT, *PANEL}:
        raise PermissionDenied
    if policies.must_declare_first(request.user, application):
        return redirect("declare_interest", application.reference)
    if application.stage != (Stage.VISIT_PLANNED if is_change else Stage.ASSIGNED):
        messages.warning(request, _("A visit cannot be fixed or changed at the present stage."))
        return redirect("show_application", application.reference)
    members = standings(application, application.assignment.panel.body)
    visit = application.current_visit
    form = VisitForm(
        request.POST or None,
        people=[one.person for one in members],
        is_change=is_change,
        initial=VisitForm.initial_of(visit) if visit else _proposed(application, members),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _carry_out(request, application, form, is_change=is_change)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed("change_visit" if is_change else "plan_visit"))
                return redirect("show_application", application.reference)
    day = _day(str(request.GET.get("day") or form["day"].value() or "")) or (
        visit and timezone.localdate(visit.starts_at)
    )
    title = _("Change the visit") if is_change else _("Fix the visit")
    return render(
        request,
        "certification/visits/plan.html",
        {
            "application": application,
            "title": title,
            "is_change": is_change,
            "form": form,
            "chosen": set(form["assessors"].value() or []),
            "members": [(one, str(one.person.pk), Office(one.office).label, worded(one.conflicts)) for one in members],
            "window": application.round.window(Phase.VISITS),
            "day": day,
            "days": itinerary.days_of(trips(visits_beside(request.user, application, day))) if day else [],
            "trail": actions.trail_of(application, title),
        },
        part="day-visits",
        status=status,
    )


def _proposed(application: Application, members: list[Any]) -> dict[str, Any]:
    """What a new plan begins with."""
    return {
        "mode": Mode.ON_SPOT,
        "place": application.centre.address or str(application.centre),
        "assessors": [str(one.person.pk) for one in members if one.may_assess],
    }


def _carry_out(request: HttpRequest, application: Application, form: VisitForm, *, is_change: bool) -> None:
    seen = seen_version(request)
    if is_change:
        reason = form.cleaned_data["reason"]
        visits.change(application, form.plan, by=request.user, reason=reason, seen=seen)
    else:
        visits.plan(application, form.plan, by=request.user, seen=seen)


def _days(request: HttpRequest, round_: Round, panel: Panel | None, day: date | None) -> list[itinerary.Day]:
    return itinerary.days_of(visits_of_round(request.user, round_, panel=panel, day=day))


def _panel(request: HttpRequest, panels: list[Panel]) -> Panel | None:
    """The sub-committee that the address names; None for all."""
    named = request.GET.get("panel", "")
    return next((panel for panel in panels if str(panel.body.number) == named), None)


def _day(typed: str) -> date | None:
    """A day as it was typed; None for nothing, and for what is no day."""
    try:
        return dates.parse(typed) if typed else None
    except dates.DateRefused:
        return None
