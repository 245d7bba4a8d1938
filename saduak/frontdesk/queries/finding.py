"""A visitor's own ticket found again: by the number and the code that stand on it."""

from datetime import date
from hashlib import sha256

from saduak.directory.models import Centre
from saduak.frontdesk.models import Ticket
from saduak.frontdesk.procedure import ENDED
from saduak.frontdesk.queries.tickets import with_words

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that look like others on paper."""


def code_of(secret: str) -> str:
    """Five letters that follow from a ticket's secret, and do not lead back to it; kiosks say the same (numbers.js)."""
    digest = sha256(f"code {secret}".encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:5])


def found(centre: Centre, day: date, number: str, code: str) -> Ticket | None:
    """The ticket of the day with that number, as A012 or a12, if the code is its own."""
    number = "".join(number.split()).upper()
    digits = number[1:].lstrip("0")
    if not number[:1].isalpha() or not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return None
    tickets = with_words(Ticket.objects.on(centre, day).filter(prefix=number[0], number=int(digits)))
    typed = "".join(letter for letter in code.upper() if letter in LETTERS)
    return next((ticket for ticket in tickets if code_of(ticket.secret) == typed), None)


def still_open(secrets: list[str], centre: Centre, day: date) -> Ticket | None:
    """The latest of these tickets whose visit at the centre goes on today."""
    tickets = Ticket.objects.on(centre, day).filter(secret__in=secrets).exclude(stage__in=ENDED)
    return tickets.order_by("-sequence").first()
