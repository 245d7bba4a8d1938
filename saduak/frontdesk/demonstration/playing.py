"""A day at a desk as it happens: people come, officers press Next, somebody is absent, another is passed on.

Who comes when, in which class and for how long is drawn by `simulation`; what happens then are the deeds that people
do, against the database, so that boards, consoles and reports show it like any other day. Whoever presses a button in
between is welcome: a deed that is refused because somebody was faster is passed over.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from heapq import heappop, heappush
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from saduak.catalogue.models import Service
from saduak.frontdesk.demonstration.bookings import booked
from saduak.frontdesk.demonstration.clocks import Clock
from saduak.frontdesk.models import Appointment, Counter, Desk, PriorityClass, Sitting, Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import calling, check_in, closing, issuing, ratings, serving, sittings
from saduak.frontdesk.procedure import AT_A_COUNTER, Outcome, TicketStage
from saduak.frontdesk.rules.order import ONE_MINUTE
from saduak.frontdesk.simulation import AWAY, COMES_BACK, Plan, Visit, visitors
from saduak.journal.steps import StepOvertaken, StepRefused

SECOND = 1000
WALK = (15 * SECOND, 45 * SECOND)
"""From the call to the counter, in milliseconds: assumed."""
RECALLED_AFTER = 30 * SECOND
LOOKS_AGAIN = ONE_MINUTE
"""An idle counter presses Next again after this."""
LUNCH = (210, 270, 330)
"""Minutes after opening at which the first half of the counters pauses, the other half does, and all are back."""

PASSED_ON, GOES_ON, FETCHES, IS_URGENT, RATES = 0.06, 0.05, 0.03, 0.01, 0.35
"""Shares of visits that are passed on, go on with another service, fetch something, are called out of order, and are
rated. Like the outcomes and channels below they are assumed, to show everything that happens."""
OUTCOMES = {
    Outcome.DONE: 82,
    Outcome.PAPERS_MISSING: 8,
    Outcome.ADVISED: 6,
    Outcome.COMES_AGAIN: 3,
    Outcome.NOT_ENTITLED: 1,
}
CHANNELS = {Channel.KIOSK: 75, Channel.OFFICER: 10, Channel.WEB: 10, Channel.DOOR: 5}
LANGUAGES = {"th": 78, "my": 14, "en": 6, "zh": 2}
SCORES = {5: 60, 4: 25, 3: 9, 2: 4, 1: 2}
URGENT = "ผู้รับบริการไม่สบาย ต้องดูแลก่อน"
AT_LUNCH = "พักกลางวัน"


@dataclass
class Seat:
    """A counter with its officer, and what goes on there; `is_free` while nobody is called or served."""

    sitting: Sitting
    officer: Any
    skills: frozenset[int]
    is_free: bool = True
    is_away: bool = False
    wants_lunch: bool = False


@dataclass
class Told:
    """How many of what there were."""

    came: int = 0
    turned_away: int = 0
    called: int = 0
    finished: int = 0
    absent: int = 0
    refused: list[str] = field(default_factory=list)


class Play:
    """One day of one desk. The same seed gives the same visitors."""

    def __init__(
        self,
        desk: Desk,
        plan: Plan,
        officers: Sequence[tuple[Counter, Any]],
        clock: Clock,
        *,
        seed: int = 1,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self.desk, self.plan, self.clock, self.say = desk, plan, clock, say
        self.chance = Random(seed)  # noqa: S311 – a day to be repeated, no secret.
        self.services = {str(one.pk): one for one in Service.objects.of(desk.centre).offered()}
        self.classes = {one.code: one for one in PriorityClass.objects.filter(desk=desk)}
        self.officers = officers
        self.seats: list[Seat] = []
        self.idle: deque[Seat] = deque()
        self.visit_of: dict[str, Visit] = {}
        self.appointments: dict[str, Appointment] = {}
        self.agenda: list[tuple[int, int, Callable[[], None]]] = []
        self.waiting: set[int] | None = None  # None: looked at before something has happened.
        self.number = self.now = 0
        self.told = Told()

    def day(self) -> Told:
        """Play the whole day, or until the clock ends it."""
        if self.clock.others_press_too:
            closing.close_days(self.clock.at(0))
        for counter, officer in self.officers:
            self._plan(0, partial(self._sit_down, counter, officer))
        for visit in visitors(self.plan, self.chance):
            if visit.booked is not None:
                self._book(visit)
            self._plan(visit.came - self.plan.opens, partial(self._come, visit))
        halves = (slice(0, None, 2), slice(1, None, 2))
        for half, minute in zip(halves, LUNCH[:2], strict=True):
            self._plan(minute * ONE_MINUTE, partial(self._go_to_lunch, half))
        if self.clock.others_press_too:
            self._plan(LOOKS_AGAIN, self._look_again)
        while self.agenda:
            self.now, _number, happen = heappop(self.agenda)
            self.waiting = None
            if not self.clock.wait_until(self.now):
                break
            happen()
        return self.told

    def stop(self) -> None:
        """Finish what goes on at the counters, and let the officers leave. Who waits goes on waiting."""
        for seat in self.seats:
            here = Ticket.objects.filter(counter=seat.sitting.counter_id, stage__in=AT_A_COUNTER).first()
            if here is not None:
                if here.stage == TicketStage.CALLED:
                    self._do(serving.start, seat.sitting, here)
                self._do(serving.finish, seat.sitting, here, outcome=Outcome.DONE)
            self._do(sittings.leave, seat.sitting)
        self.agenda.clear()

    # Visitors.

    def _book(self, visit: Visit) -> None:
        """The day before. Who finds no free time near the wished one comes without."""
        wanted = timezone.localtime(self.clock.at((visit.booked or 0) - self.plan.opens))
        service, number = self.services[visit.ticket.service], len(self.appointments) + 1
        if found := booked(service, wanted, number=number, language=self._drawn(LANGUAGES)):
            self.appointments[visit.ticket.key] = found

    def _come(self, visit: Visit) -> None:
        if appointment := self.appointments.get(visit.ticket.key):
            self._check_in(visit, appointment)
        else:
            self._take(visit)

    def _check_in(self, visit: Visit, appointment: Appointment) -> None:
        opens, _closes = check_in.checks_in_between(appointment)
        if self.clock.at(self.now) < opens:
            self._plan(self.clock.ms_at(opens), partial(self._check_in, visit, appointment))
            return
        priority = self.classes[visit.ticket.priority.key]
        self._enter(visit, self._do(check_in.check_in, appointment, priority=priority))

    def _take(self, visit: Visit) -> None:
        channel = self._drawn(CHANNELS)
        by = self.officers[0][1] if channel == Channel.OFFICER else None
        ticket = self._do(
            issuing.issue,
            self.desk.centre,
            self.services[visit.ticket.service],
            priority=self.classes[visit.ticket.priority.key],
            channel=channel,
            by=by,
            language=self._drawn(LANGUAGES),
            key=self._key(),
        )
        self._enter(visit, ticket)

    def _enter(self, visit: Visit, ticket: Ticket | None) -> None:
        if ticket is None:
            self.told.turned_away += 1
            return
        self.told.came += 1
        self.visit_of[ticket.reference] = visit
        self.say(f"{self._clock()} {ticket.shown} +")
        self._offer()

    def _come_back(self, ticket: Ticket, visit: Visit) -> None:
        visit.is_absent = False
        if self._do(calling.bring_back, ticket, by=self.officers[0][1], key=self._key()) is not None:
            self._plan(self.now + self.clock.ms_of(self.desk.hold_off_minutes), self._offer)

    # Officers.

    def _sit_down(self, counter: Counter, officer: Any) -> None:
        sitting = self._do(sittings.sit_down, counter, by=officer)
        if sitting is not None:
            sitting = Sitting.objects.select_related("counter", "centre", "officer").get(pk=sitting.pk)
            seat = Seat(sitting, officer, frozenset(counter.skills.values_list("pk", flat=True)))
            self.seats.append(seat)
            if not self._take_over(seat):
                self._free(seat)

    def _take_over(self, seat: Seat) -> bool:
        """Go on with a visitor who is at the counter already."""
        here = Ticket.objects.select_related("service", "priority", "counter", "centre")
        ticket = here.filter(counter=seat.sitting.counter_id, stage__in=AT_A_COUNTER).first()
        if ticket is None:
            return False
        seat.is_free = False
        visit = self._unknown(ticket)
        if ticket.stage == TicketStage.CALLED:
            self._plan(self.now + self.chance.randint(*WALK), partial(self._serve, seat, ticket, visit))
        else:
            self._plan(self.now + visit.span // 2, partial(self._finish, seat, ticket))
        return True

    def _offer(self) -> None:
        """Let whoever is idle longest press Next first."""
        for _seat in range(len(self.idle)):
            seat = self.idle.popleft()
            if not self._press_next(seat):
                self.idle.append(seat)

    def _look_again(self) -> None:
        """Somebody may have taken a ticket without us. Ends when the day is over and nobody is left."""
        self._offer()
        if self.agenda:
            self._plan(self.now + LOOKS_AGAIN, self._look_again)

    def _press_next(self, seat: Seat) -> bool:
        if self._nobody_waits_for(seat):
            return False
        ticket = self._urgent(seat) if self.chance.random() < IS_URGENT else None
        ticket = ticket or self._do(calling.call_next, seat.sitting, key=self._key())
        if ticket is None:
            return False
        seat.is_free = False
        self.told.called += 1
        self.say(f"{self._clock()} {ticket.shown} → {seat.sitting.counter}")
        visit = self.visit_of.setdefault(ticket.reference, self._unknown(ticket))
        if visit.is_absent:
            for times in range(1, self.desk.calls_before_no_show):
                self._plan(self.now + times * RECALLED_AFTER, partial(self._recall, seat, ticket))
            last = self.desk.calls_before_no_show * RECALLED_AFTER
            self._plan(self.now + last, partial(self._give_up, seat, ticket, visit))
        else:
            self._plan(self.now + self.chance.randint(*WALK), partial(self._serve, seat, ticket, visit))
        return True

    def _nobody_waits_for(self, seat: Seat) -> bool:
        """A look at what is known here spares most of the presses that would call nobody."""
        if self.waiting is None:
            waiting = Ticket.objects.on(self.desk.centre, self._today()).waiting()
            self.waiting = set(waiting.values_list("service", flat=True))
        return self.waiting.isdisjoint(seat.skills)

    def _today(self) -> date:
        return timezone.localdate(self.clock.at(self.now))

    def _urgent(self, seat: Seat) -> Ticket | None:
        waiting = Ticket.objects.on(self.desk.centre, self._today()).waiting()
        last = waiting.filter(service__in=seat.skills).order_by("-sequence").first()
        if last is None:
            return None
        return self._do(calling.call_out_of_order, seat.sitting, last, reason=URGENT, key=self._key())

    def _recall(self, seat: Seat, ticket: Ticket) -> None:
        self._do(calling.recall, seat.sitting, ticket, key=self._key())

    def _give_up(self, seat: Seat, ticket: Ticket, visit: Visit) -> None:
        if self._do(calling.no_show, seat.sitting, ticket, key=self._key()) is not None:
            self.told.absent += 1
            if self.chance.random() < COMES_BACK:
                self._plan(self.now + AWAY, partial(self._come_back, ticket, visit))
        self._free(seat)

    def _serve(self, seat: Seat, ticket: Ticket, visit: Visit) -> None:
        self._do(serving.start, seat.sitting, ticket, key=self._key())
        drawn = self.chance.random()
        if drawn < PASSED_ON and (other := self._another(seat, ticket)):
            self._plan(self.now + visit.span // 2, partial(self._pass_on, seat, ticket, other))
        elif drawn < PASSED_ON + GOES_ON and (other := self._another(seat, ticket, here=True)):
            self._plan(self.now + visit.span, partial(self._go_on, seat, ticket, visit, other))
        elif drawn < PASSED_ON + GOES_ON + FETCHES:
            self._plan(self.now + visit.span // 3, partial(self._hold, seat, ticket, visit))
        else:
            self._plan(self.now + visit.span, partial(self._finish, seat, ticket))

    def _pass_on(self, seat: Seat, ticket: Ticket, service: Service) -> None:
        self._do(serving.transfer, seat.sitting, ticket, service=service, key=self._key())
        self._free(seat)
        self._offer()

    def _go_on(self, seat: Seat, ticket: Ticket, visit: Visit, service: Service) -> None:
        self._do(serving.next_service, seat.sitting, ticket, service=service, key=self._key())
        self._plan(self.now + visit.span // 2, partial(self._finish, seat, ticket))

    def _hold(self, seat: Seat, ticket: Ticket, visit: Visit) -> None:
        self._do(serving.hold, seat.sitting, ticket, key=self._key())
        self._plan(self.now + AWAY, partial(self._take_up, seat, ticket, visit))
        self._free(seat)

    def _take_up(self, seat: Seat, ticket: Ticket, visit: Visit) -> None:
        if not seat.is_free or seat.is_away:
            self._plan(self.now + ONE_MINUTE, partial(self._take_up, seat, ticket, visit))
        elif self._do(serving.resume_held, seat.sitting, ticket, key=self._key()) is not None:
            if seat in self.idle:
                self.idle.remove(seat)
            seat.is_free = False
            self._do(serving.start, seat.sitting, ticket, key=self._key())
            self._plan(self.now + visit.span * 2 // 3, partial(self._finish, seat, ticket))

    def _finish(self, seat: Seat, ticket: Ticket) -> None:
        done = self._do(serving.finish, seat.sitting, ticket, outcome=self._drawn(OUTCOMES), key=self._key())
        if done is not None:
            self.told.finished += 1
            if self.chance.random() < RATES:
                self._do(ratings.rate, done, self._drawn(SCORES))
        self._free(seat)

    def _free(self, seat: Seat) -> None:
        """The counter is free: lunch, the next visitor, or waiting for one."""
        seat.is_free = True
        if seat.wants_lunch:
            self._lunch(seat)
        elif not self._press_next(seat):
            self.idle.append(seat)

    def _go_to_lunch(self, half: slice) -> None:
        for seat in self.seats[half]:
            seat.wants_lunch = True
            if seat in self.idle:
                self.idle.remove(seat)
                self._lunch(seat)

    def _lunch(self, seat: Seat) -> None:
        seat.wants_lunch, seat.is_away = False, True
        self._do(sittings.pause, seat.sitting, AT_LUNCH)
        self._plan(self.now + (LUNCH[2] - LUNCH[1]) * ONE_MINUTE, partial(self._come_from_lunch, seat))

    def _come_from_lunch(self, seat: Seat) -> None:
        seat.is_away = False
        self._do(sittings.resume, seat.sitting)
        self._free(seat)

    # What all need.

    def _do(self, deed: Callable[..., Any], *things: Any, **how: Any) -> Any:
        """What the deed gives; None when somebody else was faster, or it is not possible now."""
        self.waiting = None
        try:
            return deed(*things, at=self.clock.at(self.now), **how)
        except (StepRefused, StepOvertaken) as refused:
            self.told.refused.append(f"{deed.__name__}: {refused}")
            return None

    def _plan(self, ms: int, happen: Callable[[], None]) -> None:
        self.number += 1
        heappush(self.agenda, (ms, self.number, happen))

    def _another(self, seat: Seat, ticket: Ticket, *, here: bool = False) -> Service | None:
        """Another service, of another line or of this counter."""
        others = [
            one
            for one in self.services.values()
            if (one.pk in seat.skills and one.pk != ticket.service_id if here else one.group_id != ticket.group_id)
        ]
        return self.chance.choice(others) if others else None

    def _unknown(self, ticket: Ticket) -> Visit:
        """Somebody whom the day did not expect: a person who looks on has taken a ticket."""
        work = next((one for one in self.plan.works if one.key == str(ticket.service_id)), self.plan.works[0])
        return Visit(None, self.now, work.drawn(self.chance))  # type: ignore[arg-type]

    def _drawn(self, shares: dict[Any, int]) -> Any:
        return self.chance.choices(list(shares), list(shares.values()))[0]

    def _key(self) -> UUID:
        return uuid4()  # Not drawn: the same day played twice presses anew.

    def _clock(self) -> str:
        """The time of the played day, if it opened at half past eight."""
        minutes = 8 * 60 + 30 + self.now // ONE_MINUTE
        return f"{minutes // 60:02d}.{minutes % 60:02d}"
