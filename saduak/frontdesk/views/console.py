"""An officer's console: one page to call, serve and finish all day, drawn whole from one request (หน้าจอช่องบริการ)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs
from saduak.design.pages import render, wants_part
from saduak.frontdesk.forms.console import DeedForm, PressForm
from saduak.frontdesk.models import Counter, Desk, Sitting, Ticket
from saduak.frontdesk.operations import sittings
from saduak.frontdesk.policies import Permission, may_serve_at, roles_at_a_counter
from saduak.frontdesk.presenters.console import KEYS, PAUSES, now_at
from saduak.frontdesk.presenters.waits import told_with_lines
from saduak.frontdesk.queries.console import others, ticket_at, wanted_of
from saduak.frontdesk.queries.once import made_once
from saduak.frontdesk.queries.seated import sitting_of
from saduak.frontdesk.queries.stands import stands_of
from saduak.frontdesk.views.console_deeds import DEEDS, NOTHING_TYPED, Pressed
from saduak.frontdesk.views.fetching import desk_for
from saduak.frontdesk.views.versions import Asked, asked_of, live_address, version_of
from saduak.journal.steps import StepOvertaken, StepRefused

PAGE = "frontdesk/console/console.html"


@needs(Permission.SERVE)
@never_cache
@require_safe
def show_console_view(request: HttpRequest, code: str) -> HttpResponse:
    """The console of the counter where the officer sits; else the counters where one can sit down."""
    return _console(request, *_place_of(request, code))


@needs(Permission.SERVE)
@require_safe
def console_state_view(request: HttpRequest, code: str) -> HttpResponse:
    """What moves on the console as JSON; 304 while it says the same (`If-None-Match`, or `?since=` the version)."""
    now = timezone.now()
    stands = stands_of(code, request.user, timezone.localdate(now))
    if stands is None or not may_serve_at(request.user, stands.centre):
        desk_to_serve_at(request, code)  # Refuses, and says why.
        raise PermissionDenied
    asked = Asked(version_of(code, stands.settings, stands.tag, now), now, lambda: desk_to_serve_at(request, code))
    known = {tag.strip('W/"') for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    if asked.version in known or request.GET.get("since") == asked.version:
        response = HttpResponse(status=304)
    else:
        response = JsonResponse(
            {
                "version": asked.version,
                "now": int(now.timestamp() * 1000),
                "mine": stands.mine,
                "others": _others(asked),
            }
        )
    response["ETag"] = f'"{asked.version}"'
    patch_cache_control(response, no_cache=True, private=True)
    return response


@needs(Permission.SERVE)
@require_POST
def sit_down_view(request: HttpRequest, code: str) -> HttpResponse:
    """Sit down at a counter."""
    desk, sitting = _place_of(request, code)
    form = DeedForm(request.POST, desk=desk)
    counter = form.cleaned_data.get("counter") if form.is_valid() else None
    if counter is None:
        return _console(request, desk, sitting, reasons=[_("Choose a counter.")], status=422)
    try:
        sittings.sit_down(counter, by=request.user)
    except StepRefused as refused:
        return _console(request, desk, sitting, reasons=refused.decision.reasons, status=422)
    return redirect("show_console", code=code)


@needs(Permission.SERVE)
@require_POST
def press_button_view(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Press one of the console's buttons; a refusal draws the console anew with the reasons and what was typed."""
    if deed not in DEEDS:
        raise Http404
    desk, sitting = _place_of(request, code)
    form = (PressForm if deed in NOTHING_TYPED else DeedForm)(request.POST, desk=desk)
    typed = {"deed": deed, "reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")}
    typed["number"] = request.POST.get("number", "")
    if sitting is None or sitting.centre_id != desk.pk:
        left = _("You no longer sit at this counter. Sit down again.")
        return _console(request, desk, sitting, reasons=[left], status=422)
    if not form.is_valid():
        said = [message for problems in form.errors.values() for message in problems]
        return _console(request, desk, sitting, reasons=said, typed=typed, status=422)
    try:
        told = DEEDS[deed](_pressed(request, desk, sitting, form.cleaned_data))
    except StepOvertaken as overtaken:
        reason = _("Somebody has gone on with %(number)s in the meantime. This is how it stands now.")
        said = [reason % {"number": overtaken.case}]
        return _console(request, desk, sitting_of(request.user), reasons=said, typed=typed, status=409)
    except StepRefused as refused:
        reasons = refused.decision.reasons
        return _console(request, desk, sitting_of(request.user), reasons=reasons, typed=typed, status=422)
    if told:
        messages.info(request, told)
    if wants_part(request):
        return _console(request, desk, sitting_of(request.user))
    return redirect("show_console", code=code)


def _pressed(request: HttpRequest, desk: Desk, sitting: Sitting, typed: dict[str, Any]) -> Pressed:
    """What the form says; a button in a list names its ticket and the version that was shown as one value."""
    reference, _sign, seen = request.POST.get("ticket", "").partition(":")
    ticket = get_object_or_404(Ticket, reference=reference, centre=desk.pk) if reference else None
    shown = int(seen) if seen.isdecimal() and seen.isascii() else typed["seen"]
    return Pressed(desk, sitting, ticket, typed, typed["key"], shown)


def desk_to_serve_at(request: HttpRequest, code: str) -> Desk:
    """The desk, for somebody who may serve there. Raises PermissionDenied for who only looks on."""
    desk = desk_for(request, code)
    if not may_serve_at(request.user, desk.centre):
        raise PermissionDenied
    return desk


def _place_of(request: HttpRequest, code: str) -> tuple[Desk, Sitting | None]:
    """The desk, and where the officer sits; of who sits at it both are known at once. Raises PermissionDenied."""
    sitting = sitting_of(request.user)
    if sitting is not None and sitting.centre.code == code and may_serve_at(request.user, sitting.centre):
        return sitting.counter.desk, sitting
    return desk_to_serve_at(request, code), sitting


def _console(
    request: HttpRequest,
    desk: Desk,
    sitting: Sitting | None,
    *,
    reasons: Any = (),
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "desk": desk,
        "centre": desk.centre,
        "sitting": sitting,
        "at": now,
        "reasons": reasons,
        "typed": {"deed": "", "reason": "", "note": "", "number": "", **(typed or {})},
        "keys": KEYS,
        "others": _others(asked_of(desk, now)),
        "setting": {
            "code": desk.centre.code,
            "away": {
                name: reverse(name, args=[desk.centre.code])
                for name in ("show_away", "away_worker", "console_known", "take_in")
            },
            "state": reverse("console_state", args=[desk.centre.code]),
            "page": reverse("show_console", args=[desk.centre.code]),
            "live": live_address(desk),
        },
    }
    if sitting is None or sitting.centre_id != desk.pk:
        taken = {
            one.counter_id: one for one in Sitting.objects.going_on().filter(centre=desk.pk).select_related("officer")
        }
        counters = Counter.objects.filter(desk=desk, is_active=True).prefetch_related("skills")
        context |= {
            "counters": [(counter, taken.get(counter.pk)) for counter in counters],
            "wanted": {one.counter_id for one in wanted_of(desk)},
        }
    else:
        roles = roles_at_a_counter(request.user, desk.centre)
        context |= {
            "now": now_at(sitting, ticket_at(sitting), desk, roles=roles, at=now),
            "pauses": PAUSES,
            "services": desk.centre.services.offered().order_by("position", "pk"),
            "counters": Counter.objects.filter(desk=desk, is_active=True).exclude(pk=sitting.counter_id),
        }
    return render(request, PAGE, context, part="console", status=status)


@made_once(most=256)
def _others(asked: Asked) -> str:
    """The part beside the own counter, drawn once for all officers of a desk; a version names one state."""
    seen = others(asked.desk, asked.day, asked.now)
    lines = told_with_lines(asked.desk, seen.lines, asked.now)
    return render_to_string(
        "frontdesk/console/others.html", {"seen": seen, "lines": lines, "desk": asked.desk, "centre": asked.desk.centre}
    )
