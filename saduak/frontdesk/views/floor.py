"""The supervisor's floor, live: who waits, who serves, what is advised, and what can be done about it (หน้ากำกับดูแล)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.frontdesk.forms.floor import FloorForm
from saduak.frontdesk.models import Desk, DeskWaits
from saduak.frontdesk.operations import estimating, sittings, supervising
from saduak.frontdesk.policies import Permission, desk_roles_of, supervises
from saduak.frontdesk.presenters.floor import advice_in_words, lines_in_words
from saduak.frontdesk.presenters.setting_up import READS
from saduak.frontdesk.queries.floor import state_tag
from saduak.frontdesk.queries.supervising import supervised
from saduak.frontdesk.queries.tickets import of_number
from saduak.frontdesk.views.fetching import desk_for
from saduak.frontdesk.views.versions import live_address
from saduak.journal.steps import StepRefused

PAGE = "frontdesk/floor/show.html"


@needs(Permission.SEE)
@never_cache
@require_safe
def show_floor_view(request: HttpRequest, code: str) -> HttpResponse:
    """The floor now. Officers look at it too; the buttons are the supervisor's."""
    return _page(request, desk_for(request, code))


@needs(Permission.SEE)
@require_safe
def floor_state_view(request: HttpRequest, code: str) -> HttpResponse:
    """What moves on the floor as JSON; 304 while it says the same (`If-None-Match`, or `?since=` the version)."""
    desk, now = desk_for(request, code), timezone.now()
    _look_ahead(desk, now)
    version = _version(request, desk, now)
    known = {tag.strip('W/"') for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    if version in known or request.GET.get("since") == version:
        response = HttpResponse(status=304)
    else:
        html = render_to_string("frontdesk/floor/state.html", _state(request, desk, now), request)
        response = JsonResponse({"version": version, "now": int(now.timestamp() * 1000), "html": html})
    response["ETag"] = f'"{version}"'
    patch_cache_control(response, no_cache=True, private=True)
    return response


@needs(Permission.SUPERVISE)
@require_POST
def do_on_the_floor_view(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """One deed of the supervisor; 422 with the reasons and what was typed."""
    desk = desk_for(request, code)
    if not supervises(request.user, desk.centre):
        raise PermissionDenied
    if deed not in DEEDS:
        raise Http404
    form = FloorForm(request.POST, desk=desk)
    if not form.is_valid():
        said = [message for problems in form.errors.values() for message in problems]
        return _page(request, desk, reasons=said, typed=request.POST, deed=deed, status=422)
    try:
        told = DEEDS[deed](desk, request.user, form.cleaned_data)
    except StepRefused as refused:
        return _page(request, desk, reasons=refused.decision.reasons, typed=request.POST, deed=deed, status=422)
    messages.success(request, told)
    return redirect("show_floor", code=code)


def _want(desk: Desk, by: Any, typed: dict[str, Any]) -> str:
    wanted = supervising.want_open(_named(typed, "counter"), by=by)
    return _("All consoles say that counter %(counter)s should open.") % {"counter": wanted.counter}


def _want_no_more(desk: Desk, by: Any, typed: dict[str, Any]) -> str:
    supervising.want_no_more(_named(typed, "wanted"), by=by)
    return _("The request was taken back.")


def _stop(desk: Desk, by: Any, typed: dict[str, Any]) -> str:
    supervising.stop_tickets(desk, typed["reason"], by=by)
    return _("No more tickets are given out today.")


def _go_on(desk: Desk, by: Any, typed: dict[str, Any]) -> str:
    supervising.go_on_with_tickets(desk, by=by)
    return _("Tickets are given out again.")


def _help_came(desk: Desk, by: Any, typed: dict[str, Any]) -> str:
    sitting = sittings.help_came(_named(typed, "sitting"), by=by)
    return _("Help has come to counter %(counter)s.") % {"counter": sitting.counter}


def _end_sitting(desk: Desk, by: Any, typed: dict[str, Any]) -> str:
    sitting = sittings.leave(_named(typed, "sitting"), by=by)
    return _("Counter %(counter)s is closed.") % {"counter": sitting.counter}


def _move(desk: Desk, by: Any, typed: dict[str, Any]) -> str:
    ticket = of_number(desk, typed["number"])
    if ticket is None:
        raise supervising.no_such_ticket()
    goal = {name: typed[name] for name in ("service", "counter", "reason", "key")}
    supervising.move_ticket(ticket, by=by, **goal)
    return _("%(number)s was passed on.") % {"number": ticket}


def _named(typed: dict[str, Any], name: str) -> Any:
    """The thing that the button names. Raises Http404 where it names none."""
    if typed[name] is None:
        raise Http404
    return typed[name]


DEEDS: dict[str, Callable[[Desk, Any, dict[str, Any]], str]] = {
    "want": _want,
    "want-no-more": _want_no_more,
    "stop": _stop,
    "go-on": _go_on,
    "help-came": _help_came,
    "end-sitting": _end_sitting,
    "move": _move,
}
"""Part of the address → the deed; it returns what the supervisor is told."""


def _look_ahead(desk: Desk, now: datetime) -> None:
    estimating.refresh(desk, now)
    estimating.advise(desk, now)


def _page(
    request: HttpRequest, desk: Desk, *, reasons: Any = (), typed: Any = None, deed: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    _look_ahead(desk, now)
    version = _version(request, desk, now)
    typed = typed or {}
    context = {
        **_state(request, desk, now),
        "trail": [Crumb(_("Front desks"), reverse("list_desks")), Crumb(desk.centre.name)],
        "reasons": reasons,
        "reads_reports": bool(desk_roles_of(request.user, desk.centre) & READS),
        "deed": deed,
        "typed": {name: typed.get(name, "") for name in ("number", "reason", "service", "counter")},
        "services": desk.centre.services.order_by("position", "pk"),
        "counters": desk.counters.filter(is_active=True),
        "version": version,
        "setting": {
            "state": reverse("floor_state", args=[desk.centre.code]),
            "live": live_address(desk),
        },
    }
    return render(request, PAGE, context, status=status)


def _state(request: HttpRequest, desk: Desk, now: datetime) -> dict[str, Any]:
    seen = supervised(desk, timezone.localdate(now), now)
    return {
        "desk": desk,
        "centre": desk.centre,
        "at": now,
        "seen": seen,
        "wanted": {one.counter_id for one in seen.others.wanted},
        "lines": lines_in_words(desk, seen),
        "advice": advice_in_words(seen.advice, desk, seats=len(seen.others.seats)),
        "supervises": supervises(request.user, desk.centre),
        "key": uuid4(),
    }


def _version(request: HttpRequest, desk: Desk, now: datetime) -> str:
    """Names what the floor shows: another change, another estimate, the next minute, another reader."""
    day = timezone.localdate(now)
    kept = DeskWaits.objects.filter(pk=desk.pk).values_list("made_at", "advised_at").first()
    made = ".".join(f"{one.timestamp():.0f}" if one else "0" for one in kept or ())
    minute = int(now.timestamp()) // 60
    return f"{desk.pk}-{state_tag(desk.centre, day)}-{made}-{minute:x}-{get_language()}-{request.user.pk}"
