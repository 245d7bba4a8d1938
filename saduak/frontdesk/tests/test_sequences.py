"""No sequence of deeds breaks the sums, the order or the numbers, and a refused deed changes nothing."""

from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from saduak.frontdesk.models import Call, ServiceDay, Slice, Ticket
from saduak.frontdesk.operations import calling, issuing, serving
from saduak.frontdesk.procedure import AT_A_COUNTER, CHOSEN_BY_OFFICERS
from saduak.frontdesk.queries.lines import as_caller, as_waiting
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.rules.order import milliseconds, next_of
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused

pytestmark = pytest.mark.django_db

COUNTERS = st.integers(1, 3)
ANY = st.randoms(use_true_random=False)


class Day(RuleBasedStateMachine):
    """Officers and visitors do whatever they like, whether it is possible or not."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.world = DeskWorld()

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def three_sit_down(self):
        self.world.stand()
        self.sittings = {number: self.world.seated(number) for number in (1, 2, 3)}

    def attempt(self, deed, *args, **how):
        """Do it; a refusal leaves everything as it was."""
        before = self.written()
        try:
            return deed(*args, at=self.world.minute(), **how)
        except StepRefused:
            assert self.written() == before
            return None

    def written(self):
        return (
            Entry.objects.count(),
            Slice.objects.count(),
            Call.objects.count(),
            list(ServiceDay.objects.values_list("version", "sequence")),
            list(Ticket.objects.order_by("pk").values_list("pk", "stage", "version")),
        )

    def some(self, chance, *stages):
        tickets = list(Ticket.objects.filter(stage__in=stages).order_by("pk"))
        return chance.choice(tickets) if tickets else None

    @rule(service=st.integers(0, 2), is_elderly=st.booleans())
    def issue(self, service, is_elderly):
        priority = self.world.elderly if is_elderly else self.world.ordinary
        self.world.issue(self.world.services[service], priority=priority)

    @rule(number=COUNTERS)
    def press_next(self, number):
        sitting, skills = (
            self.sittings[number],
            set(self.world.counters[number - 1].skills.values_list("pk", flat=True)),
        )
        now = milliseconds(self.world.now + timezone.timedelta(minutes=1))
        everybody = [as_waiting(ticket) for ticket in Ticket.objects.waiting().select_related("priority")]
        should = next_of(everybody, now, as_caller(sitting.counter, skills))
        was_free = not Ticket.objects.filter(counter=sitting.counter, stage__in=AT_A_COUNTER).exists()

        called = self.attempt(calling.call_next, sitting)

        if was_free:
            assert (called.reference if called else None) == (should.key if should else None)

    @rule(number=COUNTERS, chance=ANY)
    def call_out_of_order(self, number, chance):
        if ticket := self.some(chance, "waiting", "on_hold"):
            self.attempt(calling.call_out_of_order, self.sittings[number], ticket, reason="รถประจำทางจะออก")

    @rule(
        number=COUNTERS,
        chance=ANY,
        deed=st.sampled_from([calling.recall, calling.no_show, serving.start, serving.hold, serving.resume_held]),
    )
    def step(self, number, chance, deed):
        if ticket := self.some(chance, "called", "serving", "on_hold"):
            self.attempt(deed, self.sittings[number], ticket)

    @rule(number=COUNTERS, chance=ANY, outcome=st.sampled_from(CHOSEN_BY_OFFICERS))
    def finish(self, number, chance, outcome):
        if ticket := self.some(chance, "serving", "called"):
            self.attempt(serving.finish, self.sittings[number], ticket, outcome=outcome)

    @rule(number=COUNTERS, chance=ANY, service=st.integers(0, 2), goes_on=st.booleans())
    def another_service(self, number, chance, service, goes_on):
        if ticket := self.some(chance, "waiting", "called", "serving", "on_hold", "finished"):
            deed = serving.next_service if goes_on else serving.transfer
            self.attempt(deed, self.sittings[number], ticket, service=self.world.services[service])

    @rule(number=COUNTERS, goal=COUNTERS, chance=ANY)
    def to_a_counter(self, number, goal, chance):
        if ticket := self.some(chance, "called", "serving"):
            self.attempt(serving.transfer, self.sittings[number], ticket, counter=self.world.counters[goal - 1])

    @rule(chance=ANY, comes_back=st.booleans())
    def leave_or_come_back(self, chance, comes_back):
        if comes_back and (ticket := self.some(chance, "no_show")):
            self.attempt(calling.bring_back, ticket, by=self.world.officers[0])
        elif ticket := self.some(chance, "waiting"):
            self.attempt(issuing.cancel, ticket)

    @rule(number=COUNTERS)
    def undo(self, number):
        self.attempt(serving.undo, self.sittings[number])

    @invariant()
    def the_slices_tile_and_the_journal_tells_them_again(self):
        assert recount(Ticket.objects.all()).differing == ()
        for ticket in Ticket.objects.prefetch_related("slices"):
            bounds = [(one.began_at, one.ended_at) for one in sorted(ticket.slices.all(), key=lambda one: one.pk)]
            bounds.append((ticket.stage_since, None))
            assert bounds[0][0] == ticket.came_at
            assert all(one[1] == two[0] for one, two in pairwise(bounds))


def test_no_day_breaks_the_sums_or_the_order():
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
