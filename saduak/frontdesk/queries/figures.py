"""A day's figures, made from slices and nothing else; and those of past days, as they are kept (สถิติ)."""

from collections import Counter as Counted
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from saduak.frontdesk.estimation.measuring import Accuracy, Outcome, accuracy
from saduak.frontdesk.models import Call, DayFigures, DaySummary, Sitting, SittingSlice, Slice, Ticket, ToldWait
from saduak.frontdesk.models.calls import CallKind
from saduak.frontdesk.models.tickets import TicketQuerySet
from saduak.frontdesk.queries.explaining import as_told
from saduak.frontdesk.queries.lines import as_caller
from saduak.frontdesk.queries.recount import AT_ONCE, parts_of
from saduak.frontdesk.queries.skills import skills_since
from saduak.frontdesk.rules.fairness import Called
from saduak.frontdesk.rules.figures import Key, Life, Line, Stay, figures, spread
from saduak.frontdesk.rules.order import milliseconds
from saduak.journal.models import Entry


def midnight_of(day: date) -> int:
    """The beginning of a day in Bangkok, in milliseconds since 1970."""
    return milliseconds(datetime.combine(day, time(0), timezone.get_default_timezone()))


def lives(centre_id: int, day: date) -> list[Life]:
    """Every ticket of a day with its slices, the present one too, in two questions to the database."""
    tickets = Ticket.objects.filter(centre=centre_id, day=day).order_by("sequence")
    stays: dict[int, list[Stay]] = defaultdict(list)
    for one in Slice.objects.filter(centre=centre_id, day=day).order_by("pk"):
        stays[one.ticket_id].append(
            Stay(
                one.stage,
                milliseconds(one.began_at),
                milliseconds(one.ended_at),
                one.service_id,
                one.priority_id,
                one.counter_id,
                one.outcome,
            )
        )
    return [
        Life(
            ticket.reference,
            milliseconds(ticket.came_at),
            (*stays[ticket.pk], _present(ticket)),
            milliseconds(ticket.booked_for) if ticket.booked_for else 0,
        )
        for ticket in tickets.defer("note", "visitor_name")
    ]


def lives_from_the_journal(tickets: TicketQuerySet) -> list[Life]:
    """The same, told by the journal alone."""
    found = []
    classes = {(one.priority.desk_id, one.priority.code): one.priority_id for one in tickets.select_related("priority")}
    for ticket, parts in parts_of(tickets.select_related("priority").order_by("sequence"), AT_ONCE):
        stays = tuple(
            Stay(
                part.stage,
                milliseconds(part.began),
                milliseconds(part.ended) if part.ended else None,
                part.service,
                classes[ticket.centre_id, part.priority],
                part.counter,
                part.outcome if part.ended else "",
            )
            for part in parts
        )
        booked = milliseconds(ticket.booked_for) if ticket.booked_for else 0
        found.append(Life(ticket.reference, milliseconds(ticket.came_at), stays, booked))
    return found


def lines_of(centre_id: int, day: date) -> dict[Key, Line]:
    """The figures of a day by service and class, made now."""
    return figures(lives(centre_id, day), midnight_of(day))


def kept_lines(centre_id: int, since: date, until: date) -> dict[date, dict[Key, Line]]:
    """The kept figures of past days, each by service and class; both days counted."""
    found: dict[date, dict[Key, Line]] = defaultdict(dict)
    for one in DayFigures.objects.filter(centre=centre_id, day__gte=since, day__lte=until).order_by("day"):
        found[one.day][one.service_id, one.priority_id] = as_line(one)
    return found


def as_line(kept: DayFigures) -> Line:
    """What is kept, as the rules count."""
    return Line(
        arrivals=kept.arrivals,
        calls=kept.calls,
        waited=kept.waited,
        longest=kept.longest,
        served=kept.served,
        serving=kept.serving,
        missed=kept.missed,
        came_back=kept.came_back,
        cancelled=kept.cancelled,
        outcomes=Counted(kept.outcomes),
    )


def ready_of(centre_id: int, day: date, at: datetime) -> list[int]:
    """How long counters were ready in each half hour of the day, together, in milliseconds; until now at most."""
    begins = datetime.combine(day, time(0), timezone.get_default_timezone())
    ends = min(begins + timedelta(days=1), at)
    over = SittingSlice.objects.filter(centre=centre_id, pause_reason="", began_at__lt=ends, ended_at__gt=begins)
    spans = [(max(one.began_at, begins), min(one.ended_at, ends)) for one in over]
    last = SittingSlice.objects.filter(sitting=OuterRef("pk")).order_by("-ended_at").values("ended_at")[:1]
    going_on = Sitting.objects.going_on().filter(centre=centre_id, paused_since=None, opened_at__lt=ends)
    for opened_at, ended_at in going_on.annotate(last=last).values_list("opened_at", "last"):
        began = max(ended_at or opened_at, begins)
        if began < ends:
            spans.append((began, ends))
    return spread([(milliseconds(a), milliseconds(b)) for a, b in spans], midnight_of(day))


def told_outcomes(centre_id: int, since: date, until: date) -> dict[date, list[Outcome]]:
    """What visitors were told, and what came true, by day; of those who were called, both days counted."""
    first = Q(ticket__calls__undone_at=None) & ~Q(ticket__calls__kind=CallKind.RECALL)
    told = ToldWait.objects.filter(centre=centre_id, day__gte=since, day__lte=until)
    found: dict[date, list[Outcome]] = defaultdict(list)
    called = told.annotate(called_at=Min("ticket__calls__called_at", filter=first)).filter(called_at__isnull=False)
    for day, told_at, mean, slow, called_at in called.values_list("day", "told_at", "mean", "slow", "called_at"):
        if called_at >= told_at:
            found[day].append(Outcome(mean, slow, milliseconds(called_at) - milliseconds(told_at)))
    return found


def accuracy_of(centre_id: int, day: date) -> Accuracy | None:
    """How good the waits were that were told on a day; None if nobody was told anything."""
    return accuracy(told_outcomes(centre_id, day, day).get(day, []))


def accuracies(centre_id: int, since: date, until: date) -> dict[date, Accuracy]:
    """How good the told waits were on each day: as kept, and counted now for days that are not kept yet."""
    kept = DaySummary.objects.filter(centre=centre_id, day__gte=since, day__lte=until)
    found = {one.day: _accuracy(one.told, one.off_ms, one.bias_ms, one.within) for one in kept}
    missing = max(found, default=since - timedelta(days=1)) + timedelta(days=1)
    found |= {day: accuracy(some) for day, some in told_outcomes(centre_id, missing, until).items()}
    return {day: one for day, one in sorted(found.items()) if one is not None}


def together(days: Iterable[Accuracy]) -> Accuracy | None:
    """Several days as one; None of none."""
    told = off = bias = within = 0.0
    for one in days:
        told += one.told
        off += one.error * one.told
        bias += one.bias * one.told
        within += one.within * one.told
    return _accuracy(round(told), off, bias, within)


def _accuracy(told: int, off: float, bias: float, within: float) -> Accuracy | None:
    return Accuracy(told, off / told, bias / told, within / told) if told else None


@dataclass(frozen=True)
class FirstCalls:
    """The first calls of a day as the rule of fairness asks for them, and the tickets by their keys."""

    calls: list[Called]
    tickets: dict[str, Ticket]


def first_calls(centre_id: int, day: date) -> FirstCalls:
    """The first call of each of a day's tickets as ticket and counter stood then, by the journal.

    Four questions to the database.
    """
    earlier = Call.objects.filter(ticket=OuterRef("ticket"), undone_at=None, pk__lt=OuterRef("pk"))
    holding = Call.objects.filter(centre=centre_id, day=day, undone_at=None).exclude(kind=CallKind.RECALL)
    calls = list(
        holding.filter(~Exists(earlier.exclude(kind=CallKind.RECALL)))
        .select_related("ticket__priority", "ticket__service", "counter", "officer")
        .order_by("called_at", "pk")
    )
    told = _told_of([call.ticket.reference for call in calls])
    skills = skills_since(centre_id, datetime.combine(day, time(0), timezone.get_default_timezone()))
    found = []
    for call in calls:
        ticket = call.ticket
        until = [entry for entry in told[ticket.reference] if entry.at < call.called_at or entry.step == "issue"]
        then, _stage = as_told(ticket, until)
        reason = call.reason if call.kind == CallKind.OUT_OF_ORDER else ""
        found.append(
            Called(
                then,
                milliseconds(ticket.came_at),
                milliseconds(call.called_at),
                as_caller(call.counter, skills.at(call.counter_id, call.called_at)),
                reason,
            )
        )
    return FirstCalls(found, {call.ticket.reference: call.ticket for call in calls})


def _told_of(references: Iterable[str]) -> dict[str, list[Entry]]:
    told: dict[str, list[Entry]] = defaultdict(list)
    entries = Entry.objects.filter(case_kind=Ticket.case_kind, case_reference__in=list(references))
    for entry in entries.order_by("sequence").only("case_reference", "step", "at", "facts", "to_stage"):
        told[entry.case_reference].append(entry)
    return told


def _present(ticket: Ticket) -> Stay:
    began = milliseconds(ticket.stage_since)
    return Stay(ticket.stage, began, None, ticket.service_id, ticket.priority_id, ticket.counter_id)
