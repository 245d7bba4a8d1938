"""What a follower of a ticket is told (ข้อความแจ้งเตือนเมื่อใกล้ถึงคิว)."""

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.operations.following import Words
from saduak.frontdesk.presenters.slips import address_of, centre_name
from saduak.frontdesk.presenters.visitor_words import say


def turn_in_words(ticket: Ticket, occasion: str, language: str) -> Words:
    """The message when it is "near", or when the ticket was "called"."""
    counter = ticket.counter.label if ticket.counter else ""
    if occasion == "called":
        title = say("push_called", language, number=ticket.shown, counter=counter)
        body = f"{centre_name(ticket.centre, language)} · {ticket.service.name_in(language)}"
    else:
        title = say("push_near", language, number=ticket.shown)
        body = f"{say('push_near_words', language)} {centre_name(ticket.centre, language)}"
    return Words(title, body, f"{address_of(ticket)}?in={language}", "frontdesk/turn")
