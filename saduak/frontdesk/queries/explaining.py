"""Why somebody was called before somebody else: both tickets as they stood then, told again from the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from saduak.frontdesk.models import Call, Ticket
from saduak.frontdesk.models.calls import CallKind
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.lines import as_caller
from saduak.frontdesk.queries.skills import skills_since
from saduak.frontdesk.rules.order import Entry as Arrival
from saduak.frontdesk.rules.order import Priority, Waiting, milliseconds
from saduak.frontdesk.rules.reasons import Answer, why_before
from saduak.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Explanation:
    """The call that is asked about, and why it came before; `answer` None: mine did not wait then, `stage` says why."""

    call: Call
    stage: str
    answer: Answer | None


def explain(mine: Ticket, other: Ticket) -> Explanation | None:
    """Why `other` was called while `mine` was not; None when it was not called today, or only to come again."""
    calls = Call.objects.filter(ticket=other, undone_at=None).exclude(kind=CallKind.RECALL)
    call = calls.select_related("counter", "officer").order_by("-called_at", "-pk").first()
    if call is None:
        return None
    then, stage = stood(mine, call.called_at)
    if stage not in ("", TicketStage.WAITING):
        return Explanation(call, stage, None)
    skills = skills_since(call.centre_id, call.called_at).at(call.counter_id, call.called_at)
    answer = why_before(
        then,
        stood(other, call.called_at, before_call=True)[0],
        milliseconds(call.called_at),
        caller=as_caller(call.counter, skills),
        came=milliseconds(mine.came_at),
        out_of_order=call.reason if call.kind == CallKind.OUT_OF_ORDER else "",
    )
    return Explanation(call, stage, answer)


def stood(ticket: Ticket, at: datetime, *, before_call: bool = False) -> tuple[Waiting, str]:
    """The ticket as the order saw it at that moment, and its stage then ("": it did not exist yet).

    With `before_call` the entry of that very moment is left out: it is the call itself.
    """
    until = {"at__lt": at} if before_call else {"at__lte": at}
    return as_told(ticket, ticket.history.filter(**until).order_by("sequence"))


def as_told(ticket: Ticket, entries: Iterable[Entry]) -> tuple[Waiting, str]:
    """The ticket as these entries of its history leave it, and its stage; needs its class at hand.

    A step that was taken back has not happened. Whoever another centre has sent was passed on too.
    """
    facts: dict[str, Any] = {"service": ticket.service_id}
    stage, steps, how = "", list[str](), Arrival.BOOKED if ticket.booked_for else Arrival.WALK_IN
    for entry in entries:
        facts |= entry.facts
        stage = entry.to_stage
        if entry.step == "undo":
            steps.remove(entry.facts["undid"])
        else:
            steps.insert(0, entry.step)
    if facts.get("entry") == Arrival.LATE:
        how = Arrival.LATE
    not_before = parse_datetime(facts["not_before"]) if facts.get("not_before") else None
    priority = ticket.priority
    waiting = Waiting(
        key=ticket.reference,
        sequence=ticket.sequence,
        arrived=milliseconds(ticket.arrived_at),
        service=str(facts["service"]),
        priority=Priority(priority.code, priority.b, priority.credit_minutes),
        not_before=milliseconds(not_before) if not_before else 0,
        counter=str(facts["asks_for"]) if facts.get("asks_for") else "",
        entry=how,
        transferred="transfer" in steps or "sent_from" in facts,
        returned="bring_back" in steps,
    )
    return waiting, stage
