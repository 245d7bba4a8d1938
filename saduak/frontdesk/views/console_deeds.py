"""The buttons of the console, each to its operation; what an officer is told afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from saduak.frontdesk.models import Desk, Sitting, Ticket
from saduak.frontdesk.operations import calling, serving, sittings
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.tickets import of_number
from saduak.procedure.kit import Reason


@dataclass(frozen=True)
class Pressed:
    """One press of a button: by whom, about whom, with what, and the key that came along."""

    desk: Desk
    sitting: Sitting
    ticket: Ticket | None
    typed: dict[str, Any]
    key: UUID | None
    seen: int | None

    @property
    def about(self) -> dict[str, Any]:
        """What every deed with a shown ticket is told. Raises Refused when the form names no ticket of this desk."""
        if self.ticket is None:
            raise Refused("recall", Reason("no_ticket", _("This visitor is not at your counter any more.")))
        return {"ticket": self.ticket, "seen": self.seen, "key": self.key}


def call_next(pressed: Pressed) -> str:
    """Next."""
    if calling.call_next(pressed.sitting, key=pressed.key) is None:
        return _("Nobody waits who could be called to this counter.")
    return ""


def finish(pressed: Pressed) -> str:
    """Finish, with the outcome."""
    serving.finish(pressed.sitting, outcome=pressed.typed["outcome"], **pressed.about)
    return ""


def finish_and_call(pressed: Pressed) -> str:
    """Finish and call the next: two deeds, so that the second one's refusal leaves the first one done."""
    finish(pressed)
    key = uuid5(pressed.key, "next") if pressed.key else None
    if calling.call_next(pressed.sitting, key=key) is None:
        return _("Finished. Nobody waits who could be called to this counter.")
    return ""


def transfer(pressed: Pressed) -> str:
    """Pass on to a service or a counter of this desk."""
    typed = pressed.typed
    serving.transfer(
        pressed.sitting,
        service=typed["service"],
        counter=typed["counter"],
        reason=typed["reason"],
        **pressed.about,
    )
    return _("%(number)s was passed on.") % {"number": pressed.ticket}


def another(pressed: Pressed) -> str:
    """Go on with another service for the same visitor."""
    if pressed.typed["service"] is None:
        raise Refused("next_service", Reason("no_goal", _("Say to which service, counter or centre.")))
    serving.next_service(pressed.sitting, service=pressed.typed["service"], **pressed.about)
    return ""


def call_out_of_order(pressed: Pressed) -> str:
    """Call the ticket of a number before others, for a reason."""
    ticket = pressed.ticket or of_number(pressed.desk, pressed.typed["number"])
    if ticket is None:
        raise Refused("call_out_of_order", Reason("no_such_number", _("There is no ticket of this number today.")))
    if ticket.stage == TicketStage.ON_HOLD:
        serving.resume_held(pressed.sitting, ticket, key=pressed.key)
        return ""
    calling.call_out_of_order(pressed.sitting, ticket, reason=pressed.typed["reason"], key=pressed.key)
    return ""


def undo(pressed: Pressed) -> str:
    """Take the last step back."""
    ticket = serving.undo(pressed.sitting, key=pressed.key)
    return _("Taken back. %(number)s is again: %(stage)s.") % {
        "number": ticket,
        "stage": TicketStage(ticket.stage).label,
    }


def bring_back(pressed: Pressed) -> str:
    """Let a visitor who missed the call wait again."""
    about = pressed.about
    ticket = calling.bring_back(by=pressed.sitting.officer, **about)
    return _("%(number)s waits again, after %(minutes)s minutes at the earliest.") % {
        "number": ticket,
        "minutes": pressed.desk.hold_off_minutes,
    }


def note(pressed: Pressed) -> str:
    """Keep a note."""
    serving.write_note(pressed.sitting, note=pressed.typed["note"], **pressed.about)
    return _("The note is kept.")


def leave(pressed: Pressed) -> str:
    """Leave the counter."""
    sittings.leave(pressed.sitting)
    return _("You have left counter %(counter)s.") % {"counter": pressed.sitting.counter}


def _with_ticket(deed: Callable[..., Any]) -> Callable[[Pressed], str]:
    def done(pressed: Pressed) -> str:
        deed(pressed.sitting, **pressed.about)
        return ""

    return done


def _with_sitting(deed: Callable[..., Any]) -> Callable[[Pressed], str]:
    def done(pressed: Pressed) -> str:
        deed(pressed.sitting)
        return ""

    return done


def pause(pressed: Pressed) -> str:
    """Pause for a reason."""
    sittings.pause(pressed.sitting, pressed.typed["reason"])
    return ""


DEEDS: dict[str, Callable[[Pressed], str]] = {
    "next": call_next,
    "recall": _with_ticket(calling.recall),
    "start": _with_ticket(serving.start),
    "finish": finish,
    "finish-next": finish_and_call,
    "no-show": _with_ticket(calling.no_show),
    "hold": _with_ticket(serving.hold),
    "resume-held": _with_ticket(serving.resume_held),
    "transfer": transfer,
    "another": another,
    "note": note,
    "out-of-order": call_out_of_order,
    "bring-back": bring_back,
    "undo": undo,
    "pause": pause,
    "resume": _with_sitting(sittings.resume),
    "help": _with_sitting(sittings.ask_for_help),
    "help-came": _with_sitting(sittings.help_came),
    "leave": leave,
}
"""Part of the address → the deed; it returns what the officer is told, or nothing where the page shows it."""

NOTHING_TYPED = DEEDS.keys() - {"finish", "finish-next", "transfer", "another", "note", "out-of-order", "pause"}
"""Deeds that take nothing but the ticket and the key of the press."""
