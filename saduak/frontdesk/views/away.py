"""The console without the server: a page kept on the computer, what it knows, and what it tells afterwards."""

from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from saduak.access.doors import needs
from saduak.catalogue.models import Service
from saduak.design import pages
from saduak.frontdesk.models import Desk, Sitting, Ticket, Undecided
from saduak.frontdesk.operations.away import take_in
from saduak.frontdesk.policies import Permission
from saduak.frontdesk.presenters.away import words
from saduak.frontdesk.presenters.console import KEYS, KEYS_AWAY, PAUSES
from saduak.frontdesk.procedure import CHOSEN_BY_OFFICERS
from saduak.frontdesk.queries.known import known_to
from saduak.frontdesk.queries.seated import sitting_of
from saduak.frontdesk.views.console import desk_to_serve_at
from saduak.frontdesk.views.installing import Installable, worker_response

SHELL = "frontdesk/console/away.html"
LONGEST_AGE_MS = 24 * 60 * 60 * 1000


class SentStep(BaseModel):
    """One step as the console sends it; `age_ms` is how long ago it was taken, true whatever the clock is set to."""

    key: UUID
    sitting: int
    step: Literal[
        "call", "recall", "start", "next_service", "finish", "hold", "resume_held", "no_show", "bring_back", "undo"
    ]
    reference: str = Field(max_length=60)
    age_ms: int = Field(ge=0)
    outcome: str = Field(default="", max_length=30)
    service: int = 0
    undoes: str = Field(default="", max_length=30)


class SentPause(BaseModel):
    """The counter was paused, or ready again, as the console sends it."""

    key: UUID
    sitting: int
    step: Literal["pause", "resume"]
    age_ms: int = Field(ge=0)
    reason: str = Field(default="", max_length=200)


SENT: TypeAdapter[SentStep | SentPause] = TypeAdapter(SentStep | SentPause)


@needs(Permission.SERVE)
@require_safe
def show_away_view(request: HttpRequest, code: str) -> HttpResponse:
    """The page that goes on without the server; nothing of a person or a ticket stands in it."""
    return pages.render(request, SHELL, _facts(desk_to_serve_at(request, code).centre.code))


@needs(Permission.SERVE)
@require_safe
def away_worker_view(request: HttpRequest, code: str) -> HttpResponse:
    """The service worker that keeps the page."""
    code = desk_to_serve_at(request, code).centre.code
    app = Installable(f"console-{code}", "away", also=("frontdesk/console/console.css", "frontdesk/console/keys.js"))
    return worker_response(
        app, shell=reverse("show_away", args=[code]), shell_text=render_to_string(SHELL, _facts(code))
    )


@needs(Permission.SERVE)
@never_cache
@require_safe
def console_known_view(request: HttpRequest, code: str) -> HttpResponse:
    """What the console keeps for a cut, with the token that its later messages need; only that for who sits nowhere."""
    desk, sitting = desk_to_serve_at(request, code), sitting_of(request.user)
    is_seated = sitting is not None and sitting.centre_id == desk.pk
    known = known_to(sitting, desk, timezone.now()) if sitting and is_seated else {}
    return JsonResponse({**known, "csrf": get_token(request)})


@needs(Permission.SERVE)
@never_cache
@require_POST
def take_in_view(request: HttpRequest, code: str) -> HttpResponse:
    """One step that was taken without the server; what cannot be taken in any more is listed for the supervisor."""
    desk, now = desk_to_serve_at(request, code), timezone.now()
    try:
        sent = SENT.validate_json(request.body)
    except ValidationError:
        return JsonResponse({"problem": "malformed"}, status=422)
    sitting = get_object_or_404(Sitting.objects.with_places(), pk=sent.sitting, centre=desk.pk)
    ticket, how = _told(desk, sent)
    happened_at = now - timedelta(milliseconds=min(sent.age_ms, LONGEST_AGE_MS))
    done = take_in(sitting, ticket, sent.step, happened_at=happened_at, key=sent.key, by=request.user, at=now, **how)
    return JsonResponse({"undecided": isinstance(done, Undecided)})


def _told(desk: Desk, sent: SentStep | SentPause) -> tuple[Ticket | None, dict[str, Any]]:
    """The ticket that a step is about, and what else its operation is told."""
    if isinstance(sent, SentPause):
        return None, {"reason": sent.reason} if sent.step == "pause" else {}
    how: dict[str, dict[str, Any]] = {
        "finish": {"outcome": sent.outcome},
        "next_service": {"service": Service.objects.filter(pk=sent.service, centre=desk.pk).first()},
        "undo": {"undoes": sent.undoes},
    }
    return get_object_or_404(Ticket, reference=sent.reference, centre=desk.pk), how.get(sent.step, {})


def _facts(code: str) -> dict[str, Any]:
    names = ("show_console", "console_known", "take_in", "show_away")
    return {
        "title": _("Console without connection"),
        "keys": {deed: KEYS[deed] for deed in KEYS_AWAY},
        "facts": {
            "code": code,
            "addresses": {name: reverse(name, args=[code]) for name in names},
            "words": words(),
            "outcomes": [[outcome.value, str(outcome.label)] for outcome in CHOSEN_BY_OFFICERS],
            "pauses": [str(reason) for reason in PAUSES],
            "keys": {deed: KEYS[deed][0] for deed in KEYS_AWAY},
        },
    }
