"""Many at once, each on a connection of their own: no number twice, nobody called twice, nobody passed."""

from collections import Counter as Tally
from functools import partial
from uuid import uuid4

import pytest

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.frontdesk.models import Call, NumberBlock, Press, ServiceDay, Sitting, Ticket
from saduak.frontdesk.models.tickets import reference_of_a_ticket
from saduak.frontdesk.operations import calling, issuing, serving, sittings, supervising
from saduak.frontdesk.queries.lines import as_caller, as_waiting
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.rules.order import milliseconds, next_of
from saduak.frontdesk.tests.factories import CounterFactory
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry
from saduak.journal.steps import StepRefused
from tests.support.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

CLIENTS = 16


@pytest.fixture
def world():
    world = DeskWorld()
    world.stand()
    return world


def ready_officers(world, number):
    """So many officers, each sitting at a counter of their own that does the first two services."""
    found = []
    for _ in range(number):
        counter = CounterFactory(desk=world.desk, label=str(uuid4())[:8], skills=[world.registration, world.advice])
        officer = person_of(Office.CENTRE_OFFICER, centre=world.centre)
        sitting = sittings.sit_down(counter, by=officer, at=world.now)
        found.append(Sitting.objects.with_places().get(pk=sitting.pk))
    return found


def many(deed, times):
    """Do it so often, one after the other."""
    return lambda: [deed() for _ in range(times)]


def test_many_kiosks_give_every_number_once_and_none_is_left_out(world):
    at = world.minute()

    def take():
        return issuing.issue(world.centre, world.registration, priority=world.ordinary, channel="kiosk", at=at)

    results = together(*[many(take, 4)] * CLIENTS)

    given = [ticket for result in results for ticket in result]
    assert sorted(ticket.number for ticket in given) == list(range(1, 4 * CLIENTS + 1))
    assert sorted(ticket.sequence for ticket in given) == list(range(1, 4 * CLIENTS + 1))
    assert ServiceDay.objects.get().version == Entry.objects.filter(step="issue").count() == 4 * CLIENTS


def _ticket_or_codes(world, at, **kept):
    """A ticket from the kiosk, or why there is none."""
    try:
        return issuing.issue(world.centre, world.registration, priority=world.ordinary, channel="kiosk", at=at, **kept)
    except StepRefused as refused:
        return refused.codes


def test_the_limit_of_a_service_holds_whoever_asks_at_once(world):
    world.registration.daily_limit = 3
    world.registration.save()
    at = world.minute()

    results = together(*[lambda: _ticket_or_codes(world, at)] * 8)

    assert Ticket.objects.count() == 3
    assert sum(isinstance(result, Ticket) for result in results) == 3


def test_a_limit_and_a_stop_hold_whoever_asks_at_once_and_a_refused_ticket_leaves_nothing(world):
    world.desk.daily_limit = 5
    world.desk.save()
    at = world.minute()

    def take():
        return _ticket_or_codes(world, at, key=uuid4())

    taken = [each for result in together(*[many(take, 2)] * 5) for each in result]
    supervising.stop_tickets(world.desk, "ไฟดับ", by=world.head, at=at)

    assert [each for each in taken if isinstance(each, list)] == [["limit_of_desk"]] * 5
    assert take() == ["stopped"]
    assert sorted(Ticket.objects.values_list("number", "sequence")) == [(each, each) for each in range(1, 6)]
    assert Press.objects.count() == Entry.objects.filter(step="issue").count() == 5


def test_a_key_gives_one_ticket_whoever_sends_it_at_once(world):
    key, at = uuid4(), world.minute()

    def take():
        return issuing.issue(
            world.centre, world.registration, priority=world.ordinary, channel="kiosk", at=at, key=key
        ).number

    assert {number for result in together(*[many(take, 2)] * 8) for number in result} == {1}
    assert Ticket.objects.count() == ServiceDay.objects.get().sequence == 1


def test_numbers_set_aside_are_nobody_elses(world):
    at = world.minute()

    def take():
        return issuing.issue(world.centre, world.registration, priority=world.ordinary, channel="kiosk", at=at)

    results = together(*[many(take, 3)] * 4, *[partial(issuing.reserve_block, world.kiosk, "A", 10, at)] * 4)

    given = {ticket.number for result in results[:4] for ticket in result}
    blocks = [set(range(block.first, block.last + 1)) for block in NumberBlock.objects.all()]
    assert len(given) == 12
    assert Tally(number for numbers in [given, *blocks] for number in numbers).most_common(1)[0][1] == 1


def test_counters_that_press_at_once_call_everybody_once_in_order(world):
    waiting = [
        world.issue(service, priority=priority)
        for service in (world.registration, world.advice)
        for priority in (world.ordinary, world.elderly)
        for _ in range(5)
    ]
    officers, at = ready_officers(world, CLIENTS), world.minute(30)
    line = [as_waiting(ticket) for ticket in Ticket.objects.select_related("priority")]
    should = []
    while len(should) < CLIENTS:
        caller = as_caller(officers[0].counter, [world.registration.pk, world.advice.pk])
        first = next_of([one for one in line if one.key not in should], milliseconds(at), caller)
        should.append(first.key)

    results = together(*(partial(calling.call_next, sitting, key=uuid4(), at=at) for sitting in officers))

    assert len(waiting) > CLIENTS == len({ticket.reference for ticket in results})
    entries = Entry.objects.filter(step="call").order_by("facts__version", "sequence")
    assert [entry.case_reference for entry in entries.order_by("sequence")] == should
    assert Call.objects.count() == CLIENTS


def test_one_button_pressed_many_times_at_once_calls_one_visitor(world):
    [world.issue() for _ in range(3)]
    sitting, key, at = world.seated(), uuid4(), world.minute()

    results = together(*[partial(calling.call_next, sitting, key=key, at=at)] * 6)

    assert {ticket.shown for ticket in results} == {"A001"}
    assert Call.objects.count() == 1


def test_two_windows_of_one_officer_call_one_visitor(world):
    [world.issue() for _ in range(3)]
    sitting, at = world.seated(), world.minute()

    results = together(*(partial(calling.call_next, sitting, key=uuid4(), at=at) for _ in range(4)))

    assert sum(isinstance(result, Ticket) for result in results) == Call.objects.count() == 1
    assert sum(isinstance(result, StepRefused) for result in results) == 3


def test_a_device_that_sends_its_ticket_twice_at_once_has_one(world):
    kiosk, reference, at = world.kiosk, reference_of_a_ticket(), world.minute()

    def send():
        return issuing.issue(
            world.centre,
            world.registration,
            priority=world.ordinary,
            channel="kiosk",
            device=kiosk,
            at=at,
            reference=reference,
        )

    results = together(*[send] * 6)

    assert {ticket.pk for ticket in results} == {Ticket.objects.get().pk}


def test_whoever_is_cancelled_and_called_at_once_is_one_of_both(world):
    ticket, sitting = world.issue(), world.seated()
    at = world.minute()

    together(partial(calling.call_next, sitting, key=uuid4(), at=at), partial(issuing.cancel, ticket, at=at))

    assert [entry.step for entry in ticket.history] in (["issue", "call"], ["issue", "cancel"])
    assert recount(Ticket.objects.all()).differing == ()


def test_two_officers_seat_themselves_at_one_counter(world):
    results = together(*(partial(sittings.sit_down, world.counters[0], by=officer) for officer in world.officers))

    assert sum(isinstance(result, Sitting) for result in results) == 1
    assert sum(isinstance(result, StepRefused) for result in results) == 2


def test_centres_that_send_each_other_visitors_do_not_block_each_other(world):
    other = DeskWorld(world.now).stand()
    pairs = [(world, other), (other, world)] * 3
    ready = []
    for number, (here, there) in enumerate(pairs):
        ticket = here.called(number // 2 + 1)
        ready.append((here.seated(number // 2 + 1), ticket, there))
    at = max(world.now, other.now)

    results = together(
        *(
            partial(serving.transfer, sitting, ticket, desk=there.desk, service=there.registration, at=at)
            for sitting, ticket, there in ready
        )
    )

    assert {type(result) for result in results} == {Ticket}
    assert recount(Ticket.objects.all()).differing == ()
