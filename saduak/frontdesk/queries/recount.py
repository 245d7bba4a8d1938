"""The slices of tickets made anew from the journal, and held against the table: every figure can be recomputed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.dateparse import parse_datetime

from saduak.frontdesk.models import Slice, Ticket
from saduak.frontdesk.models.tickets import TicketQuerySet
from saduak.frontdesk.procedure import TICKET
from saduak.journal.models import Entry

AT_ONCE = 500
"""Tickets whose entries and slices are held in memory together."""


@dataclass(frozen=True, slots=True)
class Part:
    """One slice, with keys in place of things; `ended` is None for the present stage."""

    stage: str
    began: datetime
    ended: datetime | None
    service: int
    priority: str
    counter: int | None
    officer: int | None
    outcome: str = ""


def parts(entries: Iterable[Entry]) -> list[Part]:
    """The life of one ticket from its entries, in the order of their sequence: what ended, and at last what is."""
    ended: list[Part] = []
    taken: list[tuple[Part, bool]] = []
    now: Part | None = None
    for entry in entries:
        if now is None:
            now = _beginning(entry)
        elif entry.step == "undo":
            now, had_ended_one = taken.pop()
            if had_ended_one:
                ended.pop()
        elif entry.step != "write_note":
            moves = TICKET.step(entry.step).to is not None
            taken.append((now, moves))
            if moves:
                outcome = entry.facts.get("outcome") or entry.facts.get("outcome_of_part", "")
                ended.append(replace(now, ended=entry.at, outcome=outcome))
            now = _after(entry, began=entry.at if moves else now.began)
    return [*ended, now] if now else []


@dataclass(frozen=True)
class Recount:
    """How many tickets were counted again, and which do not tell the same story in journal and table."""

    tickets: int
    differing: tuple[str, ...]


def recount(tickets: TicketQuerySet) -> Recount:
    """Make the slices of all these tickets anew from the journal, and compare."""
    counted, differing = 0, []
    every = tickets.select_related("priority").order_by("pk").iterator(AT_ONCE)
    while some := list(islice(every, AT_ONCE)):
        counted += len(some)
        differing += [ticket.reference for ticket, told, kept in _both(some) if told != kept]
    return Recount(counted, tuple(differing))


def parts_of(tickets: TicketQuerySet, at_once: int = AT_ONCE) -> Iterator[tuple[Ticket, list[Part]]]:
    """Each ticket with its life as the journal tells it, so many in memory together; needs their classes."""
    every = tickets.iterator(at_once)
    while some := list(islice(every, at_once)):
        for ticket, told, _kept in _both(some):
            yield ticket, told


def _both(tickets: Iterable[Ticket]) -> Iterator[tuple[Ticket, list[Part], list[Part]]]:
    by_reference = {ticket.reference: ticket for ticket in tickets}
    entries: dict[str, list[Entry]] = defaultdict(list)
    told = Entry.objects.filter(case_kind=Ticket.case_kind, case_reference__in=by_reference).order_by("sequence")
    for entry in told.only("case_reference", "step", "at", "facts", "to_stage"):
        entries[entry.case_reference].append(entry)
    kept: dict[int, list[Part]] = defaultdict(list)
    for part in Slice.objects.filter(ticket__in=by_reference.values()).select_related("priority").order_by("pk"):
        kept[part.ticket_id].append(_as_part(part, part.began_at, part.ended_at))
    for reference, ticket in by_reference.items():
        yield ticket, parts(entries[reference]), [*kept[ticket.pk], _as_part(ticket, ticket.stage_since, None)]


def _as_part(kept: Any, began: datetime, ended: datetime | None) -> Part:
    return Part(
        stage=kept.stage,
        began=began,
        ended=ended,
        service=kept.service_id,
        priority=kept.priority.code,
        counter=kept.counter_id,
        officer=kept.officer_id,
        outcome=kept.outcome if ended else "",
    )


def _beginning(entry: Entry) -> Part:
    since = parse_datetime(entry.facts["since"])
    return _after(entry, began=since or entry.at)


def _after(entry: Entry, *, began: datetime) -> Part:
    facts = entry.facts
    return Part(
        stage=entry.to_stage,
        began=began,
        ended=None,
        service=facts["service"],
        priority=facts["priority"],
        counter=facts["at"],
        officer=facts["officer"],
    )
