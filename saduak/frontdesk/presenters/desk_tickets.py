"""A ticket as the people of the desk see it: its slices drawn, its history in words (ประวัติบัตรคิว)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from saduak.design.components import Moment
from saduak.frontdesk.models import Slice, Ticket
from saduak.frontdesk.presenters.console import minutes_in_words
from saduak.frontdesk.procedure import TICKET, Outcome, Role, TicketStage
from saduak.journal.models import Entry

TAKEN = pgettext_lazy("ticket", "Ticket taken")
_LABELS = {step.name: step.label for step in TICKET.steps} | {"issue": TAKEN}


@dataclass(frozen=True)
class Span:
    """One stage of a ticket's life: its words, its moments, and its part of the whole in thousandths from the left."""

    stage: str
    name: str
    began_at: datetime
    ended_at: datetime
    lasted: str
    counter: str
    left: int
    width: int


def spans_of(ticket: Ticket, slices: Sequence[Slice], at: datetime) -> list[Span]:
    """The ticket's life until now, or until its end, as spans that tile."""
    parts = [(one.stage, one.began_at, one.ended_at, str(one.counter or "")) for one in slices]
    if not ticket.has_ended:
        parts.append((ticket.stage, ticket.stage_since, max(at, ticket.stage_since), str(ticket.counter or "")))
    first, last = parts[0][1], parts[-1][2]
    whole = max((last - first).total_seconds(), 1)
    return [
        Span(
            stage=stage,
            name=str(TicketStage(stage).label),
            began_at=began,
            ended_at=ended,
            lasted=minutes_in_words(began, ended),
            counter=counter if stage not in {TicketStage.WAITING} else "",
            left=round((began - first).total_seconds() / whole * 1000),
            width=max(1, round((ended - began).total_seconds() / whole * 1000)),
        )
        for stage, began, ended, counter in parts
    ]


def history_in_words(entries: Iterable[Entry]) -> list[Moment]:
    """Every step of the ticket, with who took it, where, and the reason where one was given."""
    return [
        Moment(at=entry.at, what=_what(entry), who=entry.by_name, role=_role(entry.role), note=entry.note)
        for entry in entries
    ]


def _what(entry: Entry) -> str:
    label = str(_LABELS.get(entry.step, entry.step))
    if entry.step == "undo":
        undone = _LABELS.get(entry.facts.get("undid", ""), "")
        return _("Taken back: %(step)s") % {"step": undone}
    if outcome := entry.facts.get("outcome") or entry.facts.get("outcome_of_part"):
        return f"{label}: {Outcome(outcome).label}"
    if counter := entry.facts.get("counter"):
        return _("%(step)s, counter %(counter)s") % {"step": label, "counter": counter}
    return label


def _role(role: str) -> str:
    return str(Role(role).label) if role in Role.values else ""
