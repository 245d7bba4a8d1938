"""The plan of slots, the terms of booking, and the calendar's address: pages of the supervisor."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saduak.access.doors import needs
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.forms.appointments import SlotsForm, TermsForm
from saduak.frontdesk.models import Desk, SlotPlan
from saduak.frontdesk.operations import slot_plans
from saduak.frontdesk.operations.slot_plans import PlanRefused, terms_for
from saduak.frontdesk.policies import Permission, supervises
from saduak.frontdesk.presenters.plans import plan_in_words


@needs(Permission.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
def show_slot_plan_view(request: HttpRequest, code: str) -> HttpResponse:
    """The plan and the terms; sent, it changes the terms."""
    desk = _desk(request, code)
    if request.method != "POST":
        return _page(request, desk)
    form = TermsForm(request.POST, instance=terms_for(desk))
    if form.is_valid():
        try:
            slot_plans.change_terms(desk, by=request.user, seen=seen_version(request), **form.cleaned_data)
        except PlanRefused as refused:
            form.refuse(refused.reasons)
        else:
            messages.success(request, _("The terms of booking are kept."))
            return redirect(request.path)
    return _page(request, desk, terms_form=form, status=422)


@needs(Permission.SUPERVISE)
@require_POST
def add_slots_view(request: HttpRequest, code: str) -> HttpResponse:
    """Another line of the plan."""
    desk = _desk(request, code)
    form = _slots_form(desk, request.POST)
    if form.is_valid():
        said = dict(form.cleaned_data)
        try:
            slot_plans.add_line(desk, said.pop("group"), by=request.user, **said)
        except PlanRefused as refused:
            form.refuse(refused.reasons)
        else:
            messages.success(request, _("These slots can be booked from now on."))
            return _back(desk)
    return _page(request, desk, slots_form=form, status=422)


@needs(Permission.SUPERVISE)
@require_POST
def propose_slots_view(request: HttpRequest, code: str) -> HttpResponse:
    """A plan from hours, counters and minutes, to be changed afterwards."""
    desk = _desk(request, code)
    if slot_plans.propose_plan(desk, by=request.user):
        messages.success(request, _("Half of what your counters can do is now planned for appointments."))
    else:
        messages.warning(request, _("There is nothing to propose: every group with counters has a plan."))
    return _back(desk)


@needs(Permission.SUPERVISE)
@require_POST
def remove_slots_view(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """A line less; appointments stay."""
    desk = _desk(request, code)
    found = get_object_or_404(SlotPlan.objects.select_related("desk", "group"), desk=desk, pk=line)
    slot_plans.remove_line(found, by=request.user)
    messages.success(request, _("These slots can no longer be booked. Whoever has booked keeps the appointment."))
    return _back(desk)


@needs(Permission.SUPERVISE)
@require_POST
def renew_feed_view(request: HttpRequest, code: str) -> HttpResponse:
    """Another address for the calendar."""
    desk = _desk(request, code)
    terms_for(desk)
    slot_plans.new_feed(desk, by=request.user)
    messages.success(request, _("The calendar has a new address; the old one shows nothing any more."))
    return _back(desk)


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    terms_form: TermsForm | None = None,
    slots_form: SlotsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    terms = terms_for(desk)
    plans = SlotPlan.objects.filter(desk=desk).select_related("group")
    feed = reverse("desk_calendar", args=[terms.feed])
    here = reverse("list_appointments", args=[desk.centre.code])
    context = {
        "desk": desk,
        "centre": desk.centre,
        "terms": terms,
        "terms_form": terms_form or TermsForm(instance=terms),
        "slots_form": slots_form or _slots_form(desk),
        "lines": plan_in_words(plans),
        "feed": f"{settings.PUBLIC_URL}{feed}",
        "trail": [
            Crumb(_("Front desks"), reverse("list_desks")),
            Crumb(desk.centre.name),
            Crumb(_("Appointments"), here),
            Crumb(_("Slots and terms")),
        ],
    }
    return render(request, "frontdesk/appointments/plan.html", context, status=status)


def _slots_form(desk: Desk, said: Any = None) -> SlotsForm:
    return SlotsForm(said, centre=desk.centre, language=get_language() or "th")


def _desk(request: HttpRequest, code: str) -> Desk:
    visible = Desk.objects.visible_to(request.user).select_related("centre__province")
    desk = get_object_or_404(visible, centre__code=code)
    if not supervises(request.user, desk.centre):
        raise Http404
    return desk


def _back(desk: Desk) -> HttpResponse:
    return redirect("show_slot_plan", code=desk.centre.code)
