"""The desks that exist for a person, and a desk's settings at a glance."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.forms.setting_up import ClosingForm
from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import setting_up
from saduak.frontdesk.policies import Permission, roles_at_desks
from saduak.frontdesk.presenters.hours import day_in_words, week_in_words
from saduak.frontdesk.presenters.setting_up import doors_of, frame_of, history_in_words
from saduak.frontdesk.queries.hours import opening
from saduak.frontdesk.queries.setting_up import (
    centres_without_a_desk,
    history_of,
    progress_of,
    summary_of,
    what_is_missing,
)
from saduak.frontdesk.queries.today import days_in_short
from saduak.frontdesk.views.fetching import desk_to_set_up
from saduak.frontdesk.views.saving import Page, show_or_save

PER_PAGE = 30
SHOWN = 8
"""Entries of the history on the overview."""


@needs(Permission.SEE)
def list_desks_view(request: HttpRequest) -> HttpResponse:
    """The desks of the person's centres with their day so far and their pages, and the centres that can have one."""
    desks = Desk.objects.visible_to(request.user).with_places().order_by("centre__sort_key", "pk")
    page = Paginator(desks, PER_PAGE).get_page(request.GET.get("page"))
    roles = roles_at_desks(request.user, page)
    today = days_in_short([desk.pk for desk in page], timezone.localdate())
    context = {
        "page": page,
        "desks": [(desk, today[desk.pk], doors_of(desk, roles[desk.pk])) for desk in page],
        "bare": centres_without_a_desk(request.user),
    }
    return render(request, "frontdesk/settings/desks.html", context)


@needs(Permission.SET_UP)
def show_desk_settings_view(request: HttpRequest, code: str) -> HttpResponse:
    """A desk's settings at a glance, what is missing, and what was changed."""
    return _overview(request, desk_to_set_up(request, code))


@needs(Permission.SET_UP)
@require_POST
def open_desk_view(request: HttpRequest, code: str) -> HttpResponse:
    """Let the desk give out tickets; 422 with what is missing."""
    desk = desk_to_set_up(request, code)
    try:
        setting_up.open_desk(desk, by=request.user, seen=seen_version(request))
    except ValidationError:
        return _overview(request, desk, status=422)
    return redirect("show_desk_settings", code=code)


@needs(Permission.SET_UP)
def close_desk_view(request: HttpRequest, code: str) -> HttpResponse:
    """Stop giving out tickets, with the reason."""
    desk = desk_to_set_up(request, code)
    form = ClosingForm(request.POST or None)
    page = Page(
        part="overview",
        heading=_("Give out no more tickets"),
        lead=_("Nobody gets a ticket until the desk is opened again. Who waits is still served."),
        save=_("Stop giving out tickets"),
        kind="danger",
        back=reverse("show_desk_settings", args=[code]),
        done=_("The desk gives out no more tickets."),
    )
    return show_or_save(
        request, desk, form, lambda **how: setting_up.close_desk(desk, **form.cleaned_data, **how), page
    )


def _overview(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        **frame_of(desk, "overview"),
        "seen": desk.version,
        "summary": summary_of(desk),
        "missing": what_is_missing(desk),
        "progress": progress_of(desk),
        "today": day_in_words(opening(desk, today)),
        "week": week_in_words(desk),
        "history": history_in_words(reversed(history_of(desk).order_by("-sequence")[:SHOWN])),
    }
    return render(request, "frontdesk/settings/overview.html", context, status=status)
