"""What a kiosk knows of its desk, and how it is told about a ticket; plain values that go over the line (ตู้กดบัตรคิว)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.catalogue.models import LANGUAGES, NamedInLanguages
from saduak.frontdesk.models import Device, NumberBlock, Ticket
from saduak.frontdesk.operations import printing
from saduak.frontdesk.operations.kiosks import ENOUGH
from saduak.frontdesk.presenters.rating_words import rating_facts
from saduak.frontdesk.presenters.taking import offer_of, refusal_in
from saduak.frontdesk.presenters.ticket_page import ticket_in_words
from saduak.frontdesk.presenters.visitor_words import NAMES, SPEECH, at_the_kiosk, say
from saduak.frontdesk.presenters.waits import Wait, wait_of
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.booking import gives_appointments
from saduak.frontdesk.queries.tickets import ahead_of, somebody_missed_a_call
from saduak.frontdesk.rules.issuing import Refusal
from saduak.thai import dates


def facts_of_the_app() -> dict[str, Any]:
    """What the app needs before it knows its desk: addresses, sentences, and the words that officers read."""
    return {
        "addresses": {
            "kiosk": reverse("kiosk"),
            "worker": reverse("kiosk_worker"),
            "pair": reverse("pair_device"),
            "state": reverse("kiosk_state"),
            "tickets": reverse("kiosk_tickets"),
            "numbers": reverse("kiosk_numbers"),
            "print": reverse("kiosk_print"),
            "checkIn": reverse("kiosk_check_in"),
            "back": reverse("kiosk_back"),
            "ticket": reverse("show_ticket", args=["SECRET"]),
            "visits": reverse("visits_to_rate"),
            "rate": reverse("rate_by_device"),
        },
        "sentences": at_the_kiosk(),
        "rating": rating_facts(),
        "languageNames": NAMES,
        "speech": SPEECH,
        "words": {
            "pairing": _("Pair this kiosk"),
            "code": _("Pairing code"),
            "codeHint": _("An officer adds the kiosk under “Devices” of the front desk and reads the code to you."),
            "pair": _("Pair the kiosk"),
            "noAnswer": _("There is no connection to the platform."),
            "turnedAway": _("This kiosk was taken off its desk. Pair it again to go on."),
            "otherWindow": _("The kiosk is open in another window. Go on there."),
            "oldBrowser": _("This browser cannot give out tickets safely. Use a newer one over a secure address."),
            "clockSetBack": _("The clock of this device was set back."),
            "codeOnPaper": _("Find it again with number {number}, code {code}"),
        },
    }


def state_of(kiosk: Device, blocks: Iterable[NumberBlock], *, at: datetime) -> dict[str, Any]:
    """The desk as the kiosk shows it now, in every language, so that it can go on without us."""
    desk = kiosk.desk
    offer = offer_of(desk, at)
    printer = printing.printer_of(kiosk)
    return {
        "now": at.isoformat(),
        "device": kiosk.name,
        "isExample": desk.is_example,
        "origin": settings.PUBLIC_URL,
        "day": timezone.localdate(at).isoformat(),
        "centre": {"th": desk.centre.name_th, "en": desk.centre.name_en},
        "languages": [code for code in LANGUAGES if code in desk.languages],
        "welcome": {code: desk.text("welcome", code) for code in desk.languages},
        "closed": closed_in_words(desk.languages, offer.refusals),
        "digits": desk.number_digits,
        "enough": ENOUGH,
        "height": kiosk.options.get("height", "high"),
        "printing": "server" if printer else "browser" if kiosk.options.get("printer") == printing.BROWSER else "none",
        "appointments": gives_appointments(desk),
        "missed": somebody_missed_a_call(desk, timezone.localdate(at)),
        "blocks": [block_in_values(block) for block in blocks],
        "services": [
            {
                "id": one.service.pk,
                "prefix": one.service.prefix,
                "names": names_of(one.service),
                "waiting": one.waiting,
                "wait": wait_in_values(one.wait),
                "closed": closed_in_words(desk.languages, one.refusals),
            }
            for one in offer.choices
        ],
        "classes": [
            {"code": one.code, "names": names_of(one), "is_priority": one.is_priority}
            for one in desk.classes.all()
            if one.is_offered
        ],
    }


def ticket_in_values(ticket: Ticket, *, at: datetime) -> dict[str, Any]:
    """What the kiosk shows of a ticket that it has just got."""
    return {
        "number": ticket.shown,
        "ahead": ahead_of(ticket, at),
        "wait": wait_in_values(wait_of(ticket, at)),
        "isKnown": True,
    }


def booked_in_values(ticket: Ticket, *, is_late: bool, language: str, at: datetime) -> dict[str, Any]:
    """What the kiosk shows and prints of the ticket of somebody with an appointment; `booked` is its time."""
    local = timezone.localtime(ticket.booked_for) if ticket.booked_for else None
    return {
        **ticket_in_values(ticket, at=at),
        "reference": ticket.reference,
        "secret": ticket.secret,
        "service": names_of(ticket.service),
        "booked": dates.clock(local, "th" if language == "th" else "en") if local else "",
        "late": is_late,
    }


def standing_in_values(ticket: Ticket, language: str, *, at: datetime) -> dict[str, Any]:
    """Where a ticket stands, for whoever has typed its number: words only, nothing that leads to the ticket itself."""
    state = ticket_in_words(ticket, language, at=at)
    waits_again = state.stage == TicketStage.WAITING and ticket.missed_calls > 0
    counter = f"{say('counter', language)} {state.counter}" if state.counter else ""
    return {
        "number": ticket.shown,
        "stage": state.stage,
        "title": say("waits_again", language, number=ticket.shown) if waits_again else f"{ticket.shown}: {state.title}",
        "lines": [line for line in (counter, state.not_before or state.ahead, state.missed) if line],
    }


def block_in_values(block: NumberBlock) -> dict[str, Any]:
    """Numbers that are set aside."""
    return {"day": block.day.isoformat(), "prefix": block.prefix, "first": block.first, "last": block.last}


def names_of(named: NamedInLanguages) -> dict[str, str]:
    """A name in all its languages; empty where nobody has translated it."""
    return {language: getattr(named, f"name_{language}") for language in LANGUAGES}


def closed_in_words(languages: Iterable[str], refusals: tuple[Refusal, ...]) -> dict[str, str] | None:
    """Why there is no ticket, in each language; nothing when there is one."""
    return {language: refusal_in(language, refusals) for language in languages} if refusals else None


def wait_in_values(wait: Wait | None) -> dict[str, int] | None:
    """Minutes from and to; nothing when they are not known."""
    return {"low": wait.low or 0, "high": wait.high} if wait and wait.high is not None else None
