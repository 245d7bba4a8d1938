"""A visitor asks why another number was called before the own one, and is told the real reasons (เหตุที่เรียกคิวอื่นก่อน)."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.design import pages
from saduak.frontdesk.models import Ticket
from saduak.frontdesk.presenters.why_words import WORDS, because
from saduak.frontdesk.queries.called_lately import called_before
from saduak.frontdesk.queries.explaining import explain
from saduak.frontdesk.queries.tickets import of_number
from saduak.frontdesk.views.holding import page_of, ticket_with
from saduak.thai import dates

QUESTIONS_IN_TEN_MINUTES = 60
"""From one address: a whole office may stand behind one connection."""


@open_to_everyone
@never_cache
@require_safe
def why_before_view(request: HttpRequest, secret: str) -> HttpResponse:
    """Why `?number=` was called before the ticket of that secret."""
    mine = ticket_with(secret)
    page = page_of(request, mine)
    asked = request.GET.get("number", "").strip()[:8]
    if asked and is_too_often(request, "why_before", times=QUESTIONS_IN_TEN_MINUTES, seconds=600):
        return HttpResponse(status=429, headers={"Retry-After": "600"})
    context = {
        "ticket": mine,
        "page": page,
        "words": page.words,
        "why": {key: said(page.language) for key, said in WORDS.items()},
        "asked": asked,
        "sentences": _sentences(mine, asked, page.language) if asked else [],
        "lately": called_before(mine),
    }
    with override(page.frame_language):
        return pages.render(request, "frontdesk/ticket/why.html", context)


def _sentences(mine: Ticket, asked: str, language: str) -> list[str]:
    other = of_number(mine.centre.desk, asked, timezone.now()) if mine.day == timezone.localdate() else None
    found = explain(mine, other) if other and other.pk != mine.pk else None
    if other is None or found is None:
        return [WORDS["none"](language).format(other=other.shown if other else asked)]
    time = dates.clock(timezone.localtime(found.call.called_at), "th" if language == "th" else "en")
    first = WORDS["called"](language).format(other=other.shown, counter=found.call.counter.label, time=time)
    return [first, *(because(found.answer, language) if found.answer else [WORDS["did_not_wait"](language)])]
