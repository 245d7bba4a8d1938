"""A visitor rates the visit on the own phone (การให้คะแนนทางโทรศัพท์)."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from saduak.access.doors import open_to_everyone
from saduak.design import pages
from saduak.frontdesk.models import RatedTicket, Ticket
from saduak.frontdesk.operations import ratings
from saduak.frontdesk.operations.ratings import RatingRefused
from saduak.frontdesk.presenters.rating_words import faces, rating_words
from saduak.frontdesk.rules.ratings import FACES
from saduak.frontdesk.views.holding import page_of, ticket_with


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def rate_visit_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Five faces; one tap is enough. Afterwards a few words may be added, once."""
    ticket = ticket_with(secret)
    if request.method != "POST":
        return _shown(request, ticket)
    score = request.POST.get("score", "")
    with suppress(RatingRefused):  # Too late or too early: the page says so.
        if score in map(str, range(1, FACES + 1)):
            ratings.rate(ticket, int(score))
        else:
            ratings.comment(ticket, request.POST.get("comment", ""))
    return redirect(request.get_full_path())


def _shown(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    page = page_of(request, ticket)
    mark = RatedTicket.objects.filter(ticket=ticket).first()
    context = {
        "page": page,
        "words": page.words | rating_words(page.language),
        "faces": faces(page.language),
        "ticket": ticket,
        "service": ticket.service.name_in(page.language),
        "can_be_rated": ratings.why_not(ticket, timezone.now()) is None,
        "mark": mark,
    }
    with override(page.frame_language):
        response = pages.render(request, "frontdesk/ratings/rate.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
