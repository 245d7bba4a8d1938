"""A ticket on paper, for the people of a desk: on one of its printers, or as a picture (บัตรคิวกระดาษ)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs
from saduak.documents.queue_papers import draw_ticket
from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.operations import printing
from saduak.frontdesk.policies import Permission, may_serve_at
from saduak.frontdesk.presenters.slips import door_poster, slip_of
from saduak.frontdesk.queries.tickets import with_words
from saduak.frontdesk.views.fetching import desk_for
from saduak.journal.steps import StepRefused


@needs(Permission.SERVE)
@require_POST
def print_desk_ticket_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Put a ticket on paper, again if it was before; what the printer does stands on the ticket's page."""
    desk = _desk(request, code)
    ticket = _ticket(desk, reference)
    wanted = request.POST.get("printer", "")
    printer = next((one for one in printing.printers_of(desk) if str(one.pk) == wanted), None)
    if printer is None:
        raise Http404
    try:
        printing.ask(ticket, printer)
    except StepRefused as refused:
        messages.error(request, " ".join(str(reason) for reason in refused.decision.reasons))
    else:
        messages.success(request, _("Ticket %(number)s goes to the printer.") % {"number": ticket.shown})
    return redirect("show_desk_ticket", code=code, reference=reference)


@needs(Permission.SERVE)
@never_cache
@require_safe
def paper_ticket_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """The ticket as it is printed, as a picture: for whoever prints from the browser."""
    ticket = _ticket(_desk(request, code), reference)
    return HttpResponse(draw_ticket(slip_of(ticket, at=timezone.now())), content_type="image/png")


@needs(Permission.SERVE)
@require_safe
def door_poster_view(request: HttpRequest, code: str) -> HttpResponse:
    """The poster for the door as PDF."""
    desk = _desk(request, code)
    response = HttpResponse(
        door_poster(desk, at=timezone.now(), example=desk.is_example), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="queue-{desk.centre.code}.pdf"'
    return response


def _desk(request: HttpRequest, code: str) -> Desk:
    desk = desk_for(request, code)
    if not may_serve_at(request.user, desk.centre):
        raise Http404
    return desk


def _ticket(desk: Desk, reference: str) -> Ticket:
    return get_object_or_404(with_words(Ticket.objects.filter(centre=desk.centre)), reference=reference)
