"""Meetings, their agendas, and the units that wait for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from saduak.certification.models import (
    AgendaItem,
    Application,
    Attendance,
    Meeting,
    Reconsideration,
    Recusal,
    Resolution,
    Round,
)
from saduak.certification.models.meetings import Decision
from saduak.certification.models.reconsiderations import Subject
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.certification.queries.conflicts import conflicts_between
from saduak.certification.rules import Conflict
from saduak.directory.models import Body, BodyKind, Centre, Office, Province
from saduak.directory.rules import words_sought
from saduak.notices.models import Notice, State

BY_PANEL, BY_PROVINCE, BY_TOTAL = "panel", "province", "total"

ORDERS: dict[str, tuple[str, ...]] = {
    BY_PANEL: ("assignment__panel__body__number", "assignment__unit_number"),
    BY_PROVINCE: ("centre__province__code", "centre__name_th"),
    BY_TOTAL: ("-total",),
}
"""Name of an order → the fields of an application; the reference decides last."""

UNITS = "assignment__panel__body", "centre__agency__ministry", "centre__province", "round__criteria"
"""What a line about a unit prints."""


def meetings_found(user: Any) -> QuerySet[Meeting]:
    """The meetings that exist for the person, each with `units`, the number of units on its agenda."""
    return Meeting.objects.visible_to(user).for_page().annotate(units=Count("items")).order_by("-held_on", "-pk")


def proposed(round_: Any = None) -> QuerySet[Application]:
    """Units that are proposed and stand on no agenda of a meeting that has not ended."""
    on_agenda = AgendaItem.objects.on_open_agendas().filter(application=OuterRef("pk"))
    waiting = Application.objects.filter(~Exists(on_agenda), stage=Stage.PROPOSED)
    return waiting if round_ is None else waiting.filter(round=round_)


def rounds_in_hand() -> QuerySet[Any]:
    """The rounds that run, each with `waiting`, the number of its units for no meeting yet; the most first."""
    on_agenda = AgendaItem.objects.on_open_agendas().filter(application=OuterRef("applications"))
    waits = Q(~Exists(on_agenda), applications__stage=Stage.PROPOSED)
    waiting = Count("applications", filter=waits)
    return Round.objects.open().annotate(waiting=waiting).order_by("-waiting", "-cycle_be")


def units_to_choose(
    meeting: Meeting, *, q: str = "", panel: Any = None, province: Any = None, level: str = "", order: str = BY_PANEL
) -> QuerySet[Application]:
    """The proposed units of the meeting's round that fit every filter that is given, in the order asked for."""
    found = _fitting(proposed(meeting.round), "", q=q, panel=panel, province=province)
    if level:
        found = found.filter(level=level)
    return found.select_related(*UNITS).order_by(*ORDERS[order], "reference")


def agenda(
    meeting: Meeting, *, q: str = "", panel: Any = None, province: Any = None, decision: str = ""
) -> QuerySet[AgendaItem]:
    """The items of an agenda that fit, in the order of their numbers, with who steps aside.

    `decision` is `open`, `departs`, `aside` or a decision.
    """
    found = _fitting(meeting.items.all(), "application__", q=q, panel=panel, province=province)
    if decision == "open":
        found = found.filter(decision="")
    elif decision == "departs":
        continues = Q(reconsideration__subject=Subject.SCREENING, reconsideration__proposes_change=True)
        other_way = Q(continues, decision=Decision.DECLINE) | Q(~continues, decision=Decision.CONTINUE)
        found = found.filter(~Q(decision=""), ~Q(level=F("proposed_level")) | other_way)
    elif decision == "aside":
        found = found.filter(Exists(Recusal.objects.filter(item=OuterRef("pk"))))
    elif decision:
        found = found.filter(decision=decision)
    return with_units(found).order_by("position")


def with_units(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """The items with all that a line about them prints."""
    aside = Recusal.objects.select_related("seat__person").order_by("pk")
    return items.select_related("reconsideration", *(f"application__{name}" for name in UNITS)).prefetch_related(
        Prefetch("recusals", aside)
    )


def in_order(meeting: Meeting, order: str) -> QuerySet[AgendaItem]:
    """The whole agenda by sub-committee and unit number, by province, or by total."""
    fields = [
        f"-application__{name.removeprefix('-')}" if name.startswith("-") else f"application__{name}"
        for name in ORDERS[order]
    ]
    return meeting.items.order_by(*fields, "application__reference")


@dataclass(frozen=True)
class Counts:
    """How many units of an agenda are decided how, `levels` by the code of the level; and how many certificates."""

    units: int
    undecided: int
    declined: int
    departing: int
    levels: dict[str, int]
    certificates: int = 0
    requests: int = 0

    @property
    def first_decisions(self) -> int:
        """How many units are decided for the first time, and not on a request to reconsider."""
        return self.units - self.requests

    @property
    def letters(self) -> int:
        """How many letters the resolution brings about."""
        return self.units + self.certificates

    @property
    def certified(self) -> int:
        """How many will be certified."""
        return sum(self.levels.values())

    @property
    def decided(self) -> int:
        """How many have a decision."""
        return self.units - self.undecided


def counts_of(meeting: Meeting) -> Counts:
    """The agenda in numbers; three queries."""
    first = meeting.items.first_decisions().order_by()
    rows = first.values_list("decision", "level", "proposed_level").annotate(number=Count("pk"))
    units = undecided = declined = departing = 0
    levels: dict[str, int] = {}
    for decision, level, was_proposed, number in rows:
        units += number
        undecided += number if not decision else 0
        declined += number if decision == Decision.DECLINE else 0
        departing += number if decision and level != was_proposed else 0
        if decision == Decision.CERTIFY:
            levels[level] = levels.get(level, 0) + number
    requests = list(requests_on(meeting))
    undecided += sum(not item.decision for item in requests)
    departing += sum(item.departs for item in requests)
    matters = meeting.proposals.count()
    return Counts(units + len(requests), undecided, declined, departing, levels, matters, len(requests))


def requests_on(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items of the agenda that answer a request to reconsider."""
    items = meeting.items.filter(reconsideration__isnull=False).select_related("reconsideration", "application__centre")
    return items.order_by("position")


def requests_to_choose(meeting: Meeting) -> QuerySet[Reconsideration]:
    """The proposed requests of the meeting's round that stand on no agenda."""
    on_agenda = AgendaItem.objects.on_open_agendas().filter(reconsideration=OuterRef("pk"))
    waiting = Reconsideration.objects.filter(
        ~Exists(on_agenda), stage=ReconsiderationStage.PROPOSED, application__round=meeting.round_id
    )
    return waiting.for_page().order_by("reference")


def provinces_of(meeting: Meeting) -> QuerySet[Province]:
    """The provinces from which units are proposed in the round of the meeting, or stand on its agenda."""
    return Province.objects.filter(
        pk__in=_units_around(meeting).values("centre__province"),
    ).order_by("name_th")


def panels_of(meeting: Meeting) -> QuerySet[Body]:
    """The sub-committees that propose in the round of the meeting, or have units on its agenda."""
    return Body.objects.filter(
        pk__in=_units_around(meeting).filter(assignment__isnull=False).values("assignment__panel__body")
    ).order_by("number")


def committee_on(user: Any) -> Body | None:
    """The steering committee whose secretary the person is; None for others."""
    held = user.memberships.on(timezone.localdate()).filter(
        office=Office.STEERING_SECRETARY, body__kind=BodyKind.STEERING_COMMITTEE
    )
    return Body.objects.filter(pk__in=held.values("body")).first()


def is_recorded(meeting: Meeting, *, number: str, text: str, by: Any) -> bool:
    """Whether this person has recorded this very resolution of the meeting."""
    return Resolution.objects.filter(meeting=meeting, number=number, text=text, recorded_by=by).exists()


Ties = list[tuple[Attendance, tuple[Conflict, ...]]]


def ties_of(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, Ties]:
    """By the key of the item: members with a tie to the unit who have not stepped aside from it yet; five queries."""
    items = list(items)
    seats = list(meeting.attendance.select_related("person"))
    units = [item.application for item in items]
    found = conflicts_between(units, [seat.person for seat in seats], on=meeting.held_on)
    return {
        item.pk: [
            (seat, ties)
            for seat in seats
            if (ties := found[item.application_id, seat.person_id])
            and seat.pk not in {recusal.seat_id for recusal in item.recusals.all()}
        ]
        for item in items
    }


@dataclass(frozen=True)
class Letters:
    """How far the letters of a resolution are: `units` is how many units are owed one, `drafted` how many have it."""

    units: int
    drafted: int
    by_state: dict[str, int]
    is_being_written: bool

    @cached_property
    def waiting(self) -> int:
        """How many letters wait to be released."""
        return self.by_state.get(State.DRAFT, 0)

    @property
    def is_complete(self) -> bool:
        """Whether every unit has its letter."""
        return self.drafted >= self.units


def letters_of(resolution: Resolution, batch: str) -> Letters:
    """The letters of a resolution; four queries."""
    of_batch = Notice.objects.filter(batch=batch).order_by()
    at_work = ProcrastinateJob.objects.filter(
        task_name="certification.draft_letters", args__resolution=resolution.pk, status__in=["todo", "doing"]
    )
    return Letters(
        units=resolution.meeting.items.count() + resolution.meeting.proposals.count(),
        drafted=of_batch.values("case_reference").distinct().count(),
        by_state=dict(of_batch.values_list("state").annotate(Count("pk"))),
        is_being_written=at_work.exists(),
    )


def letter_by_unit(batch: str, references: Sequence[str]) -> dict[str, Notice]:
    """A letter for each unit that has one, by the reference of its application."""
    letters = Notice.objects.filter(batch=batch, case_reference__in=references).order_by("-drafted_at")
    return {letter.case_reference: letter for letter in letters}


def _units_around(meeting: Meeting) -> QuerySet[Application]:
    on_agenda = meeting.items.values("application")
    return Application.objects.filter(Q(round=meeting.round_id, stage=Stage.PROPOSED) | Q(pk__in=on_agenda)).order_by()


def _fitting(rows: QuerySet[Any], unit: str, *, q: str, panel: Any, province: Any) -> QuerySet[Any]:
    """The rows whose unit, under the name `unit`, fits."""
    if panel is not None:
        rows = rows.filter(**{f"{unit}assignment__panel__body": panel})
    if province is not None:
        rows = rows.filter(**{f"{unit}centre__province": province})
    if words := q.strip():
        centres = Centre.objects.with_words(words_sought(words))
        rows = rows.filter(Q(**{f"{unit}reference__icontains": words}) | Q(**{f"{unit}centre__in": centres}))
    return rows
