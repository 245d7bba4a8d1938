"""A visitor's own ticket: taken on the web or at the door, followed, found again, cancelled (บัตรคิวของผู้รับบริการ)."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.design import pages
from saduak.frontdesk.forms.taking import TakeForm
from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import estimating, following, issuing, ratings
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.presenters.rating_words import RATING
from saduak.frontdesk.presenters.taking import class_lines, offer_of, refusal_in, service_lines
from saduak.frontdesk.presenters.ticket_page import VisitorPage, ticket_facts, ticket_in_words, visitor_page
from saduak.frontdesk.presenters.visitor_words import say
from saduak.frontdesk.queries.finding import found, still_open
from saduak.frontdesk.queries.floor import state_version
from saduak.frontdesk.queries.tickets import by_secret
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.live.holding import holds_until_something_happens
from saduak.thai.numerals import whole_number

COOKIE = "queue_tickets"
KEPT_FOR = 18 * 60 * 60
MOST_KEPT = 5
TICKETS_IN_TEN_MINUTES = 60
"""From one address: a whole office may stand behind one connection."""
A_LOOK = 60
"""Seconds after which a ticket's page is looked at anew although nothing has happened: times go by, order moves."""

SEARCHES_IN_TEN_MINUTES = 40


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def take_ticket_view(request: HttpRequest, code: str) -> HttpResponse:
    """Take a ticket on the web."""
    return _take(request, code, Channel.WEB)


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def take_ticket_at_the_door_view(request: HttpRequest, code: str) -> HttpResponse:
    """Take a ticket by the code at the door: whoever opens this stands there."""
    return _take(request, code, Channel.DOOR)


@open_to_everyone
@require_safe
def show_ticket_view(request: HttpRequest, secret: str) -> HttpResponse:
    """The page that follows a ticket; the same again is not sent twice. Without JavaScript it loads itself anew."""
    ticket = by_secret(secret)
    if ticket is None:
        return _not_known(request)
    page = page_of(request, ticket)
    tag = _tag(ticket, page)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    estimating.refresh(ticket.centre.desk)
    response = shown(request, ticket, page)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return _remember(request, response, secret)


@open_to_everyone
@require_safe
def ticket_state_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the ticket stands, as the part of the page that changes; 304 while it is the same."""
    ticket = by_secret(secret)
    if ticket is None:
        return JsonResponse({"problem": "unknown"}, status=404)
    page = page_of(request, ticket)
    tag = _tag(ticket, page)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    estimating.refresh(ticket.centre.desk)
    context = _context(ticket, page)
    with override(page.frame_language):
        html = render_to_string("frontdesk/ticket/standing.html", context, request)
    state = context["state"]
    now = timezone.now()
    words = {"now": now.isoformat(), "stage": state.stage, "title": state.title, "counter": state.counter}
    response = JsonResponse({**words, "html": html}, headers={"ETag": tag, "Cache-Control": "private, no-cache"})
    left = A_LOOK - now.timestamp() % A_LOOK
    return holds_until_something_happens(response, centre_id=ticket.centre_id, seconds=left)


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_ticket_view(request: HttpRequest, secret: str) -> HttpResponse:
    """The visitor goes away: whoever waits behind is called sooner. Looked at only, it leads to the ticket."""
    ticket = ticket_with(secret)
    if request.method == "POST":
        # Refused when it was called in the meantime: the page shows where it stands now.
        with suppress(StepRefused, StepOvertaken):
            issuing.cancel(ticket, seen=whole_number(request.POST.get("seen", "")))
    return to_ticket(request, secret)


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def find_ticket_view(request: HttpRequest, code: str) -> HttpResponse:
    """Find a ticket of today again by its number and the code on it."""
    desk = _desk(code)
    page = _page(request, desk)
    number, typed = request.POST.get("number", ""), request.POST.get("code", "")
    problem = ""
    if request.method == "POST":
        if is_too_often(request, "find_ticket", times=SEARCHES_IN_TEN_MINUTES, seconds=600):
            return HttpResponse(status=429, headers={"Retry-After": "600"})
        if ticket := found(desk.centre, timezone.localdate(), number, typed):
            return to_ticket(request, ticket.secret)
        problem = page.words["find_none"]
    context = {"desk": desk, "number": number, "code": typed, "problem": problem}
    return _render(request, "frontdesk/ticket/find.html", page, context, status=422 if problem else 200)


def ticket_with(secret: str) -> Ticket:
    """The ticket of that secret. Raises Http404."""
    ticket = by_secret(secret)
    if ticket is None:
        raise Http404
    return ticket


def page_of(request: HttpRequest, ticket: Ticket) -> VisitorPage:
    """The ticket's page in the language that was wished, else in the one it was taken in."""
    return _page(request, ticket.centre.desk, ticket.language)


def shown(request: HttpRequest, ticket: Ticket, page: VisitorPage, *, status: int = 200, **said: str) -> HttpResponse:
    """The page that follows a ticket; `said` is what became of a form on it."""
    about_email = {"email": "", "email_problem": "", "email_told": ""} | said
    context = {**_context(ticket, page), **about_email, "push_key": following.public_key()}
    return _render(request, "frontdesk/ticket/show.html", page, context, status=status)


def tickets_of(request: HttpRequest) -> list[str]:
    """The secrets of the tickets that this browser has held today."""
    kept = request.COOKIES.get(COOKIE, "").split(".")
    return [secret for secret in kept if 0 < len(secret) <= 20][:MOST_KEPT]


def to_ticket(request: HttpRequest, secret: str) -> HttpResponseRedirect:
    """To the ticket's page, in the language that was wished."""
    address = reverse("show_ticket", args=[secret])
    wished = request.GET.get("in", "")
    return HttpResponseRedirect(f"{address}?in={wished}" if wished in ("th", "en", "my", "zh") else address)


def _take(request: HttpRequest, code: str, channel: Channel) -> HttpResponse:
    desk = _desk(code)
    page = _page(request, desk)
    now = timezone.now()
    mine = still_open(tickets_of(request), desk.centre, timezone.localdate(now))
    if request.method == "POST" and mine is not None:
        return to_ticket(request, mine.secret)
    estimating.refresh(desk, now)
    offer = offer_of(desk, now)
    problem = refusal_in(page.language, offer.refusals)
    form = TakeForm(request.POST or None, desk=desk, offer=offer, page=page)
    if request.method == "POST" and not problem and form.is_valid():
        if is_too_often(request, "take_ticket", times=TICKETS_IN_TEN_MINUTES, seconds=600):
            problem = page.words["too_often"]
        else:
            try:
                ticket = issuing.issue(
                    desk.centre,
                    form.cleaned_data["service"],
                    priority=form.cleaned_data["priority"],
                    channel=channel,
                    at=now,
                    language=page.language,
                    key=form.cleaned_data["key"],
                )
            except Refused as refused:
                problem = _refusal(refused, page)
            else:
                return _remember(request, to_ticket(request, ticket.secret), ticket.secret)
    context = {
        "desk": desk,
        "form": form,
        "offer": offer,
        "problem": problem,
        "mine": mine,
        "services": service_lines(offer, page.language, form["service"].value()),
        "classes": class_lines(desk, page.language, form["priority"].value() or _ordinary(desk)),
        "key": form["key"].value() if form.is_bound and "key" not in form.errors else uuid4(),
        "find_url": reverse("find_ticket", args=[code]),
    }
    if "key" in form.errors and not problem:
        context["problem"] = page.words["once_more"]
    failed = request.method == "POST"
    return _render(request, "frontdesk/ticket/take.html", page, context, status=422 if failed else 200)


def _ordinary(desk: Desk) -> str:
    """Most are: so nobody has to say so."""
    return next((one.code for one in desk.classes.all() if one.is_offered and not one.is_priority), "")


def _refusal(refused: Refused, page: VisitorPage) -> str:
    if page.language not in ("th", "en"):
        return say("closed_now", page.language)
    with override(page.language):
        return " ".join(str(reason) for reason in refused.decision.reasons)


def _context(ticket: Ticket, page: VisitorPage) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "page": page,
        "words": page.words,
        "facts": ticket_facts(ticket, page),
        "state": ticket_in_words(ticket, page.language, at=timezone.now()),
        "rate": RATING["rate"](page.language) if ratings.why_not(ticket, timezone.now()) is None else "",
    }


def _tag(ticket: Ticket, page: VisitorPage) -> str:
    """Another one whenever anything on the page may be another: the day, the ticket, and each minute while it waits."""
    minute = int(timezone.now().timestamp() // A_LOOK)
    return f'"{ticket.pk}-{ticket.version}-{state_version(ticket.centre, ticket.day)}-{minute}-{page.language}"'


def _not_known(request: HttpRequest) -> HttpResponse:
    wished = request.GET.get("in", "")
    page = visitor_page(None, wished or request.LANGUAGE_CODE)
    return _render(request, "frontdesk/ticket/unknown.html", page, {}, status=404)


def _render(
    request: HttpRequest, template: str, page: VisitorPage, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    with override(page.frame_language):
        return pages.render(request, template, {**context, "page": page, "words": page.words}, status=status)


def _page(request: HttpRequest, desk: Desk, otherwise: str = "") -> VisitorPage:
    return visitor_page(desk, request.GET.get("in", ""), otherwise=otherwise or request.LANGUAGE_CODE)


def _desk(code: str) -> Desk:
    desk = get_object_or_404(Desk.objects.select_related("centre__province", "centre__agency"), centre__code=code)
    if not desk.centre.is_open:
        raise Http404
    return desk


def _remember(request: HttpRequest, response: HttpResponse, secret: str) -> HttpResponse:
    """Keep the ticket in the browser, so that the page is found again after it was closed."""
    kept = [secret, *(one for one in tickets_of(request) if one != secret)][:MOST_KEPT]
    if tickets_of(request)[:1] != [secret]:
        response.set_cookie(
            COOKIE,
            ".".join(kept),
            max_age=KEPT_FOR,
            path=reverse("show_ticket", args=["x"]).rsplit("/t/", 1)[0] + "/",
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
