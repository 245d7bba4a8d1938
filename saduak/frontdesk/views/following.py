"""A visitor asks to be told about a ticket, by this phone or by e-mail (การขอรับแจ้งเตือน)."""

import json

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.frontdesk.operations import following
from saduak.frontdesk.presenters.visitor_words import say
from saduak.frontdesk.views.holding import page_of, shown, ticket_with, to_ticket
from saduak.frontdesk.views.speaking import problem, said

ADDRESSES_IN_TEN_MINUTES = 30


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def follow_by_email_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell an e-mail address when it is nearly time and when the ticket is called.

    The answer stands at this address; looked at again, as in another language, it leads to the ticket.
    """
    ticket = ticket_with(secret)
    if request.method != "POST":
        return to_ticket(request, secret)
    page = page_of(request, ticket)
    email = request.POST.get("email", "").strip()
    if is_too_often(request, "follow_by_email", times=ADDRESSES_IN_TEN_MINUTES, seconds=600):
        return HttpResponse(status=429, headers={"Retry-After": "600"})
    try:
        validate_email(email)
    except ValidationError:
        return shown(request, ticket, page, status=422, email=email, email_problem=page.words["email_wrong"])
    if following.follow_by_email(ticket, email, language=page.language) is None:
        return shown(request, ticket, page)
    return shown(request, ticket, page, email_told=say("email_told", page.language, email=email))


@open_to_everyone
@require_POST
def follow_by_push_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell this browser; it sends the subscription that its push service gave it."""
    ticket = ticket_with(secret)
    asked = said(request)
    keys = asked.get("keys")
    parts = [asked.get("endpoint"), *(keys.get(name) for name in ("p256dh", "auth"))] if isinstance(keys, dict) else []
    if len(parts) != 3 or not all(isinstance(one, str) and 0 < len(one) <= 1000 for one in parts):
        return problem("no subscription", status=400)
    endpoint, p256dh, auth = parts
    language = page_of(request, ticket).language
    follower = following.follow_by_push(ticket, str(endpoint), str(p256dh)[:200], str(auth)[:100], language=language)
    return JsonResponse({"told": True}) if follower else problem("not accepted")


@open_to_everyone
@require_safe
def push_worker_view(request: HttpRequest) -> HttpResponse:
    """The worker that shows messages on the visitor's phone; it keeps nothing and answers no requests."""
    program = static("frontdesk/visitor/push-worker.js")
    response = HttpResponse(f"importScripts({json.dumps(program)});\n", content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
