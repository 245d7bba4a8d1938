"""A ticket as it is printed, and the poster at the door, in words (ถ้อยคำบนบัตรคิวกระดาษ)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from saduak.directory.models import Centre
from saduak.documents.queue_papers import DoorPoster, TicketSlip, Width, draw_ticket, render_poster
from saduak.frontdesk.models import Desk, Printout, Ticket
from saduak.frontdesk.presenters.visitor_words import say
from saduak.frontdesk.presenters.waits import in_words, wait_of
from saduak.frontdesk.queries.finding import code_of
from saduak.frontdesk.queries.tickets import ahead_of
from saduak.thai import dates

NARROW: Width = 48
WIDE: Width = 72


def picture_of(printout: Printout) -> bytes:
    """The ticket as the picture that the printer gets."""
    width: Width = NARROW if printout.printer.options.get("width") == NARROW else WIDE
    return draw_ticket(slip_of(printout.ticket, at=printout.asked_at, width=width))


def slip_of(ticket: Ticket, *, at: datetime, width: Width = WIDE) -> TicketSlip:
    """The ticket's words, in Thai or in English: other letters are not among those that paper is drawn with."""
    language, desk = "th" if ticket.language == "th" else "en", ticket.centre.desk
    taken = timezone.localtime(ticket.came_at)
    lines = [f"{dates.short(taken.date(), language)} {dates.clock(taken, language)}"]
    if ahead := ahead_in_words(ahead_of(ticket, at), language):
        lines.append(ahead)
    wait = wait_of(ticket, at)
    if wait and wait.is_known:
        lines.append(in_words(wait, language))
    return TicketSlip(
        centre=centre_name(ticket.centre, language),
        label=say("your_number", language),
        number=ticket.shown,
        service=ticket.service.name_in(language),
        lines=tuple(lines),
        address=address_of(ticket),
        beside=(say("on_phone", language), say("find", language), f"{say('code', language)} {code_of(ticket.secret)}"),
        foot=tuple(filter(None, (rule_in_a_sentence(desk, language), desk.text("ticket", language)))),
        width=width,
    )


def address_of(ticket: Ticket) -> str:
    """The whole address of the ticket's own page."""
    return f"{settings.PUBLIC_URL}{reverse('show_ticket', args=[ticket.secret])}"


def ahead_in_words(ahead: int | None, language: str) -> str:
    """4 people before you; empty for who does not wait."""
    if ahead is None:
        return ""
    if ahead == 0:
        return say("next_one", language)
    return say("ahead_one", language) if ahead == 1 else say("ahead", language, number=ahead)


def rule_in_a_sentence(desk: Desk, language: str) -> str:
    """Who is called first, with the largest factor that the desk gives."""
    most = max((one.b for one in desk.classes.all() if one.is_priority), default=None)
    if most is None:
        return say("rule_plain", language)
    return say("rule", language, times=f"{most.normalize():f}")


def centre_name(centre: Centre, language: str) -> str:
    """The centre's name in Thai, or in English for everybody else where it has one."""
    return centre.name_th if language == "th" else centre.name_en or centre.name_th


def door_poster(desk: Desk, *, at: datetime, example: bool = False) -> bytes:
    """The poster for the door as PDF, Thai with English; its code opens the page where a ticket is taken."""
    address = f"{settings.PUBLIC_URL}{reverse('take_ticket_at_the_door', args=[desk.centre.code])}"
    with override("th"):
        poster = DoorPoster(
            centre=desk.centre.name_th,
            title=_("Take a ticket here"),
            title_en="Take a ticket here",
            address=address,
            steps=(
                _("Point your phone’s camera at the code"),
                _("Choose a service"),
                _("Wait: your phone tells you when it is your turn"),
            ),
            rule=rule_in_a_sentence(desk, "th"),
            help=_("No phone? Take a ticket at the kiosk or from an officer."),
            example=example,
        )
    return render_poster(poster, at=at)
