"""A ticket on its holder's phone, in words (หน้าบัตรคิวบนโทรศัพท์)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from saduak.catalogue.models import LANGUAGES
from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.operations import coming_back
from saduak.frontdesk.presenters.slips import ahead_in_words, centre_name, rule_in_a_sentence
from saduak.frontdesk.presenters.visitor_words import NAMES, SPEECH, on_the_phone, say
from saduak.frontdesk.presenters.waits import in_words, wait_of
from saduak.frontdesk.procedure import AT_A_COUNTER, ENDED, TicketStage
from saduak.frontdesk.queries.finding import code_of
from saduak.frontdesk.queries.tickets import ahead_of
from saduak.thai import dates


@dataclass(frozen=True)
class LanguageLink:
    """One language of the desk: its name in itself, the address of the same page in it."""

    code: str
    lang: str
    name: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class VisitorPage:
    """What every page for visitors needs: the language, its words, and links to the others."""

    language: str
    lang: str
    words: dict[str, str]
    languages: tuple[LanguageLink, ...]
    centre: str
    is_example: bool = False

    @property
    def frame_language(self) -> str:
        """The language of what is not the visitor's own wording: English where the site has no other."""
        return "th" if self.language == "th" else "en"


@dataclass(frozen=True)
class TicketWords:
    """Where a ticket stands, in one language; empty strings are left out of the page."""

    stage: str
    title: str
    counter: str
    ahead: str
    wait: str
    booked: str
    not_before: str
    missed: str
    may_come_back: bool
    as_of: str
    is_open: bool
    can_cancel: bool
    is_called: bool


def visitor_page(desk: Desk | None, wished: str, *, otherwise: str = "th") -> VisitorPage:
    """The page's language: the one wished (`?in=my`) if the desk speaks it, else `otherwise`, else Thai."""
    spoken = [code for code in LANGUAGES if desk is None or code in desk.languages]
    language = next((code for code in (wished, otherwise) if code in spoken), "th")
    links = tuple(LanguageLink(code, SPEECH[code], NAMES[code], f"?in={code}", code == language) for code in spoken)
    centre = centre_name(desk.centre, language) if desk else ""
    is_example = desk.is_example if desk else False
    return VisitorPage(language, SPEECH[language], on_the_phone(language), links, centre, is_example)


def ticket_in_words(ticket: Ticket, language: str, *, at: datetime) -> TicketWords:
    """Where the ticket stands now."""
    stage = TicketStage(ticket.stage)
    waits = stage == TicketStage.WAITING
    ahead = ahead_of(ticket, at)
    wait = wait_of(ticket, at) if waits else None
    missed = stage == TicketStage.NO_SHOW
    lost = coming_back.why_not(ticket, at) if missed else None
    held_off = waits and ticket.not_before is not None and ticket.not_before > at
    return TicketWords(
        stage=stage.value,
        title=say(f"stage_{stage.value}", language),
        counter=ticket.counter.label if ticket.counter and stage in AT_A_COUNTER else "",
        ahead=ahead_in_words(ahead, language),
        wait=in_words(wait, language) if waits else "",
        booked=say("booked", language, time=_clock(ticket.booked_for, language)) if ticket.booked_for else "",
        not_before=say("not_before", language, time=_clock(ticket.not_before, language)) if held_off else "",
        missed=say("missed" if lost is None else f"lost_{lost.value}", language) if missed else "",
        may_come_back=missed and lost is None,
        as_of=_clock(at, language),
        is_open=stage not in ENDED,
        can_cancel=stage in {TicketStage.WAITING, TicketStage.ON_HOLD},
        is_called=stage == TicketStage.CALLED,
    )


def ticket_facts(ticket: Ticket, page: VisitorPage) -> dict[str, str]:
    """What stays the same as long as the ticket lives."""
    code = code_of(ticket.secret)
    return {
        "number": ticket.shown,
        "service": ticket.service.name_in(page.language),
        "code": code,
        "code_words": say("code_words", page.language, number=ticket.shown, code=code),
        "cancel_now": say("cancel_now", page.language, number=ticket.shown),
        "rule": rule_in_a_sentence(ticket.centre.desk, page.language),
        "said": ticket.centre.desk.text("ticket", page.language),
    }


def _clock(moment: datetime | None, language: str) -> str:
    """09.31 น.; the time alone where it stands in a sentence of another language."""
    return dates.clock(timezone.localtime(moment), "th" if language == "th" else "en") if moment else ""
