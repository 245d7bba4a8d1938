"""Some weeks that the desk has behind it, so that reports and forecasts have something to say on the first day.

Playing a day by its deeds takes seconds. Days that are over are drawn by `simulation`, which calls in the real order,
and written at once; their steps are prepared by the same function as those that people take, so that journal, slices
and kept figures tell the same. What a day holds besides, as appointments and transfers, only played days have.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db.models import Model
from django.utils import timezone

from saduak.catalogue.models import Service
from saduak.frontdesk.demonstration.playing import (
    AT_LUNCH,
    CHANNELS,
    LANGUAGES,
    LUNCH,
    OUTCOMES,
    RATES,
    RECALLED_AFTER,
    SCORES,
    WALK,
)
from saduak.frontdesk.demonstration.telling import Teller
from saduak.frontdesk.hours import Opening, days_from
from saduak.frontdesk.models import (
    Call,
    Counter,
    Desk,
    NumberSeries,
    PriorityClass,
    Rating,
    RatingComment,
    ServiceDay,
    Sitting,
    SittingSlice,
    Ticket,
    ToldWait,
)
from saduak.frontdesk.models.calls import CallKind
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import figures
from saduak.frontdesk.operations.moving import facts_of, prepare_move
from saduak.frontdesk.procedure import Role, TicketStage
from saduak.frontdesk.queries.hours import openings
from saduak.frontdesk.rules.order import ONE_MINUTE, Caller
from saduak.frontdesk.simulation import AWAY, Plan, Post, Visit, play_day
from saduak.journal.models import Entry
from saduak.journal.steps import entry_about

WEEKS = 4
"""So many weeks the desk has behind it: about the month that reports show at first."""

WHOLE_DAY = 480
"""Minutes after opening at which officers leave, if nobody is left."""


def keep_weeks(
    desk: Desk,
    plan: Plan,
    officers: Sequence[tuple[Counter, Any]],
    *,
    before: date,
    weeks: int,
    weekdays: Sequence[float],
    comments: Sequence[str] = (),
) -> int:
    """Write the working days of so many weeks before a day, with their figures; how many visitors came.

    `weekdays` are the visitors of Monday to Sunday as shares of the plan's; `comments` is what some of them write.
    """
    began = before - timedelta(weeks=weeks)
    days = [one for one in openings(desk, days_from(began, weeks * 7)) if not one.is_closed]
    plan, teller = replace(plan, posts=_posts(officers), booked_per_hour=0), Teller(plan)
    rows = Rows()
    for one in days:
        share = weekdays[one.day.weekday()]
        todays = replace(plan, per_hour=tuple(expected * share for expected in plan.per_hour))
        _Day(desk, todays, officers, one, rows, teller).write()
    for number, words in enumerate(comments[: len(days)]):
        day, service = days[-1 - number].day, rows.of[Ticket][number].service
        rows.add(RatingComment(centre_id=desk.pk, day=day, service=service, words=words, is_mixed=True))
    rows.save()
    for one in days:
        figures.keep_day(desk, one.day, at=_midnight_after(one.day))
    return len(rows.of[Ticket])


def _posts(officers: Sequence[tuple[Counter, Any]]) -> tuple[Post, ...]:
    """The counters, one half of them at lunch after the other."""
    return tuple(
        Post(
            Caller(str(counter.pk), frozenset(str(service.pk) for service in counter.skills.all())),
            ((0, LUNCH[number % 2]), (LUNCH[number % 2 + 1], 24 * 60)),
        )
        for number, (counter, _officer) in enumerate(officers)
    )


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=timezone.get_default_timezone())


@dataclass
class Rows:
    """What is to be written, by kind; entries last, in the order in which things happened."""

    of: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, *rows: Model) -> None:
        """Write these with the others."""
        for row in rows:
            self.of[type(row)].append(row)

    def save(self) -> None:
        """Write everything; tickets first, to which others refer."""
        kinds: list[type[Model]] = [Ticket, *(kind for kind in self.of if kind not in {Ticket, Entry})]
        for kind in kinds:
            kind._default_manager.bulk_create(self.of[kind], batch_size=500)
        Entry.objects.bulk_create(sorted(self.of[Entry], key=lambda entry: entry.at), batch_size=500)


class _Day:
    """One day as it is drawn, and then told in its order."""

    def __init__(
        self,
        desk: Desk,
        plan: Plan,
        officers: Sequence[tuple[Counter, Any]],
        opening: Opening,
        rows: Rows,
        teller: Teller,
    ) -> None:
        self.desk, self.plan, self.rows, self.teller = desk, plan, rows, teller
        self.officers = {str(counter.pk): (counter, officer) for counter, officer in officers}
        self.day = opening.day
        self.begins = datetime.combine(self.day, opening.spans[0].opens, tzinfo=timezone.get_default_timezone())
        self.chance = Random(self.day.toordinal())  # noqa: S311 – a day to be repeated, no secret.
        self.services = {str(one.pk): one for one in Service.objects.of(desk.centre).offered()}
        self.classes = {one.code: one for one in PriorityClass.objects.filter(desk=desk)}
        self.tickets: dict[str, Ticket] = {}
        self.numbers: Tally[str] = Tally()
        self.last_at: dict[str, int] = dict.fromkeys(self.officers, WHOLE_DAY * ONE_MINUTE)
        self.happened: list[tuple[int, bool, int, Callable[[int], None]]] = []
        self.missed_at: dict[str, int] = {}
        self.entries = 0

    def write(self) -> None:
        self.teller.begin(self.day.toordinal(), self._saw)
        play_day(self.plan, self.day.toordinal(), self.teller)
        for ms, _came_before, _number, happens in sorted(self.happened, key=lambda one: one[:3]):
            happens(ms)
        for number, key in enumerate(self.officers):
            self._sat(key, LUNCH[number % 2], LUNCH[number % 2 + 1])
        for prefix, last in self.numbers.items():
            self.rows.add(NumberSeries(centre_id=self.desk.pk, day=self.day, prefix=prefix, last=last))
        self.rows.add(
            ServiceDay(
                centre_id=self.desk.pk,
                day=self.day,
                version=self.entries,
                sequence=len(self.tickets),
                closed_at=_midnight_after(self.day),
            )
        )

    # What the drawn day says, turned into steps.

    def _saw(self, what: str, ms: int, visit: Visit) -> None:
        key, counter = visit.ticket.key, visit.counter
        if what == "came":
            self._later(ms, partial(self._came, visit), first=True)
        elif what == "ended":
            if visit.is_absent:
                self.missed_at[key] = ms
            self._later(ms, partial(self._missed if visit.is_absent else self._finished, key, counter))
        else:
            if key in self.missed_at:
                self._later(self.missed_at[key] + AWAY, partial(self._came_back, key))
            self._later(ms, partial(self._called, key, counter, "call", CallKind.NEXT))
            for after, happens in self._until_end(visit):
                self._later(ms + after, happens)

    def _until_end(self, visit: Visit) -> Iterator[tuple[int, Callable[[int], None]]]:
        """What follows a call: walking to the counter, or being called again in vain."""
        key, counter = visit.ticket.key, visit.counter
        if not visit.is_absent:
            yield min(self.chance.randint(*WALK), visit.span // 2), partial(self._step, "start", key, counter)
            return
        for times in range(1, self.desk.calls_before_no_show):
            yield times * RECALLED_AFTER, partial(self._called, key, counter, "recall", CallKind.RECALL)

    def _later(self, ms: int, happens: Callable[[int], None], *, first: bool = False) -> None:
        self.happened.append((ms, not first, len(self.happened), happens))

    def _came(self, visit: Visit, ms: int) -> None:
        at, service = self._at(ms), self.services[visit.ticket.service]
        self.numbers[service.prefix] += 1
        ticket = Ticket(
            stage=TicketStage.WAITING,
            stage_since=at,
            centre=self.desk.centre,
            day=self.day,
            prefix=service.prefix,
            number=self.numbers[service.prefix],
            digits=self.desk.number_digits,
            sequence=len(self.tickets) + 1,
            service=service,
            group_id=service.group_id,
            priority=self.classes[visit.ticket.priority.key],
            channel=self._drawn(CHANNELS),
            language=self._drawn(LANGUAGES),
            came_at=at,
            arrived_at=at,
        )
        self.tickets[visit.ticket.key] = ticket
        by = next(iter(self.officers.values()))[1] if ticket.channel == Channel.OFFICER else None
        facts = {
            **facts_of(ticket),
            "channel": str(ticket.channel),
            "came": at.isoformat(),
            "since": at.isoformat(),
            "version": 0,
        }
        role = Role.OFFICER if by else Role.VISITOR
        self.rows.add(ticket)
        self._tell(
            entry_about(
                ticket, step="issue", clause="1.1", to_stage=TicketStage.WAITING, by=by, role=role, at=at, facts=facts
            )
        )
        if told := self.teller.told.get(visit.ticket.key):
            times = {"mean": told.mean, "slow": told.slow}
            self.rows.add(ToldWait(ticket=ticket, centre_id=self.desk.pk, day=self.day, told_at=at, **times))

    def _called(self, key: str, counter: str, step: str, kind: CallKind, ms: int) -> None:
        ticket, (place, officer) = self.tickets[key], self.officers[counter]
        self._step(step, key, counter, ms, counter=place, officer=officer, times_called=ticket.times_called + 1)
        call = {"counter": place, "officer": officer, "kind": kind, "called_at": self._at(ms)}
        self.rows.add(Call(centre_id=self.desk.pk, day=self.day, ticket=ticket, **call))

    def _finished(self, key: str, counter: str, ms: int) -> None:
        self._step("finish", key, counter, ms, outcome=self._drawn(OUTCOMES).value)
        ticket = self.tickets[key]
        if self.chance.random() < RATES:
            about = {"service_id": ticket.service_id, "counter_id": ticket.counter_id}
            score = self._drawn(SCORES)
            self.rows.add(Rating(centre_id=self.desk.pk, day=self.day, score=score, is_mixed=True, **about))
        self.last_at[counter] = max(self.last_at[counter], ms)

    def _missed(self, key: str, counter: str, ms: int) -> None:
        self._step("no_show", key, counter, ms, missed_calls=self.tickets[key].missed_calls + 1)
        self.last_at[counter] = max(self.last_at[counter], ms)

    def _came_back(self, key: str, ms: int) -> None:
        not_before = self._at(ms) + timedelta(minutes=self.desk.hold_off_minutes)
        first = next(iter(self.officers))
        self._step("bring_back", key, first, ms, not_before=not_before, times_called=0, asks_for=None)

    def _step(self, name: str, key: str, counter: str, ms: int, /, **changes: Any) -> None:
        _place, officer = self.officers[counter]
        ticket, at = self.tickets[key], self._at(ms)
        entry, ended = prepare_move(name, ticket, by=officer, roles={Role.OFFICER}, at=at, **changes)
        self._tell(entry)
        self.rows.add(*ended)

    def _sat(self, key: str, lunch: int, back: int) -> None:
        """One officer's day at a counter."""
        counter, officer = self.officers[key]
        opened, away, here, closed = (
            self._at(ms) for ms in (0, lunch * ONE_MINUTE, back * ONE_MINUTE, self.last_at[key])
        )
        place = {"centre_id": self.desk.pk, "counter": counter}
        sitting = Sitting(officer=officer, opened_at=opened, closed_at=closed, version=3, **place)
        sitting.save(force_insert=True)  # Its entries are named by its key.
        for began, ended, why in ((opened, away, ""), (away, here, AT_LUNCH), (here, closed, "")):
            slice_ = {"began_at": began, "ended_at": ended, "pause_reason": why}
            self.rows.add(SittingSlice(centre_id=self.desk.pk, sitting=sitting, **slice_))
        steps = (("sit_down", opened, ""), ("pause", away, AT_LUNCH), ("resume", here, ""), ("leave", closed, ""))
        for version, (step, at, note) in enumerate(steps):
            facts = {"counter": counter.label, "at": counter.pk, "version": version}
            self._tell(entry_about(sitting, step=step, by=officer, role=Role.OFFICER, at=at, note=note, facts=facts))

    def _tell(self, entry: Entry) -> None:
        self.rows.add(entry)
        self.entries += 1

    def _at(self, ms: int) -> datetime:
        return self.begins + timedelta(milliseconds=ms)

    def _drawn(self, shares: dict[Any, int]) -> Any:
        return self.chance.choices(list(shares), list(shares.values()))[0]
