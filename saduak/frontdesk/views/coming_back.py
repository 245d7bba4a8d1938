"""A visitor who missed the call says on the phone to have come after all (กลับเข้าคิวทางโทรศัพท์)."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from saduak.access.doors import open_to_everyone
from saduak.design import pages
from saduak.frontdesk.operations.coming_back import come_back, may_ask
from saduak.frontdesk.presenters.visitor_words import say
from saduak.frontdesk.views.holding import page_of, ticket_with, to_ticket


@open_to_everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wait_again_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Asks once more, for whoever is still on the way must not; the ticket's own page says what became of it."""
    ticket = ticket_with(secret)
    if request.method == "POST":
        come_back(ticket)
        return to_ticket(request, secret)
    if not may_ask(ticket, timezone.now()):
        return to_ticket(request, secret)
    page = page_of(request, ticket)
    minutes = ticket.centre.desk.hold_off_minutes
    context = {
        "ticket": ticket,
        "page": page,
        "words": page.words,
        "title": page.words["stage_no_show"],
        "explained": say("come_back_words", page.language, minutes=minutes),
    }
    with override(page.frame_language):
        return pages.render(request, "frontdesk/ticket/back.html", context)
