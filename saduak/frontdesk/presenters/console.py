"""How an officer's console is worded: its buttons with their keys, and what stands beside a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from saduak.frontdesk.models import Desk, Sitting, Ticket
from saduak.frontdesk.procedure import CHOSEN_BY_OFFICERS, TICKET, Role, TicketStage
from saduak.frontdesk.queries.stands import mine_of
from saduak.procedure.kit import Decision

KEYS: dict[str, tuple[str, object]] = {
    "next": ("N", _("Call the next visitor")),
    "recall": ("R", _("Call again")),
    "start": ("S", _("Begin to serve")),
    "finish": ("F", _("Finish")),
    "finish-next": ("G", _("Finish and call the next")),
    "no-show": ("X", _("Did not come")),
    "hold": ("H", _("Put on hold")),
    "transfer": ("T", _("Pass on")),
    "another": ("A", _("Go on with another service")),
    "note": ("O", _("Private note")),
    "undo": ("U", _("Take the last step back")),
    "out-of-order": ("C", _("Call out of order")),
    "ticket": ("I", _("Give out a ticket")),
    "pause": ("P", _("Pause")),
    "help": ("L", _("Ask the supervisor to come")),
}
"""Deed → its letter on the keyboard and what it does. A letter stands for the key, whatever language is typed."""

KEYS_AWAY = ("next", "recall", "start", "finish", "no-show", "hold", "another", "undo", "pause")
"""Those that press something without the server, too."""

PAUSES = (_("Lunch"), _("Short break"), _("In a meeting"), _("Fetching documents"), _("The computer does not work"))
"""Reasons that are offered for a pause; officers may give others."""


@dataclass(frozen=True)
class Button:
    """One step at the counter: whether it is open, why not, and its key."""

    deed: str
    decision: Decision[Any]

    @property
    def key(self) -> str:
        """Its letter."""
        return KEYS[self.deed][0]

    @property
    def label(self) -> object:
        """What it says."""
        return KEYS[self.deed][1]

    @property
    def reasons(self) -> str:
        """Why it is not open; empty when it is."""
        return " ".join(str(reason) for reason in self.decision.reasons)


@dataclass(frozen=True)
class Now:
    """Who is at the own counter, and what can be done now: buttons by step. `ticket` None: nobody is there."""

    sitting: Sitting
    ticket: Ticket | None
    buttons: Mapping[str, Button]
    key: UUID
    at: datetime

    @property
    def mine(self) -> str:
        """Names the state of the own counter: another name, and the page is drawn anew."""
        ticket = self.ticket
        seen = (ticket.pk, ticket.version) if ticket else (None, None)
        return mine_of(self.sitting.pk, self.sitting.version, *seen)

    @property
    def stage(self) -> str:
        """Where the visitor stands; "free" without one."""
        return self.ticket.stage if self.ticket else "free"

    @property
    def is_called(self) -> bool:
        """Whether the visitor is awaited."""
        return self.ticket is not None and self.ticket.stage == TicketStage.CALLED

    @property
    def waited(self) -> str:
        """How long the visitor waited before this part of the visit."""
        return minutes_in_words(self.ticket.arrived_at, self.ticket.stage_since) if self.ticket else ""

    @property
    def outcomes(self) -> list[tuple[str, object]]:
        """The codes that an officer chooses from."""
        return [(outcome.value, outcome.label) for outcome in CHOSEN_BY_OFFICERS]


_STEPS = {
    "recall": "recall",
    "start": "start",
    "finish": "finish",
    "no-show": "no_show",
    "hold": "hold",
    "transfer": "transfer",
    "another": "next_service",
    "note": "write_note",
}


def now_at(
    sitting: Sitting,
    ticket: Ticket | None,
    desk: Desk,
    *,
    roles: frozenset[Role],
    at: datetime,
    key: UUID | None = None,
) -> Now:
    """The own counter as its console shows it; `key` makes a button pressed twice do one deed."""
    buttons = {}
    if ticket is not None:
        ticket.centre = desk.centre
        open_steps = {decision.step.name: decision for decision in TICKET.decisions(ticket, roles=roles, at=at)}
        buttons = {step: Button(deed, open_steps[step]) for deed, step in _STEPS.items() if step in open_steps}
    return Now(sitting, ticket, buttons, key or uuid4(), at)


def minutes_in_words(since: datetime, until: datetime) -> str:
    """12 minutes; less than one is said as such."""
    minutes = max(0, int((until - since).total_seconds() // 60))
    if not minutes:
        return str(_("less than a minute"))
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
