"""Next reads only the heads of the lines, and calls whom the rule calls among everybody who waits."""

import random
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from saduak.frontdesk.models import Sitting, Ticket
from saduak.frontdesk.operations import calling, sittings
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.queries.lines import as_caller, as_waiting
from saduak.frontdesk.rules.order import milliseconds, next_of
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


def mixed_up(world, chance, number):
    """Tickets of every service and class, some booked, some held off, some sent to one counter."""
    now = world.now
    for _ in range(number):
        ticket = world.issue(chance.choice(world.services), priority=chance.choice([world.ordinary, world.elderly]))
        arrived = now + timedelta(minutes=chance.randint(-40, 20))
        Ticket.objects.filter(pk=ticket.pk).update(
            arrived_at=arrived,
            booked_for=arrived if chance.random() < 0.3 else None,
            not_before=now + timedelta(minutes=chance.randint(-10, 60)) if chance.random() < 0.3 else None,
            asks_for=chance.choice(world.counters) if chance.random() < 0.2 else None,
        )


@pytest.mark.parametrize("seed", range(4))
def test_next_calls_whom_the_rule_calls_among_all(world, seed):
    chance = random.Random(seed)
    mixed_up(world, chance, 30)
    sittings = {number: world.seated(number) for number in (1, 2, 3)}
    skills = {n: list(one.counter.skills.values_list("pk", flat=True)) for n, one in sittings.items()}
    called, at, misses = [], world.minute(), 0

    while misses < 3:
        number = misses or chance.choice((1, 2, 3))
        at += timedelta(seconds=chance.randint(0, 90))
        waiting = map(as_waiting, Ticket.objects.waiting().select_related("priority"))
        should = next_of(waiting, milliseconds(at), as_caller(sittings[number].counter, skills[number]))
        ticket = calling.call_next(sittings[number], key=uuid4(), at=at)

        assert (ticket and ticket.reference) == (should and should.key)
        misses = 0 if ticket else misses + 1
        if ticket:
            called.append(ticket.pk)
            Ticket.objects.filter(pk=ticket.pk).update(stage="finished", outcome="done")

    assert len(called) == len(set(called)) > 10


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        pytest.param(sittings.leave, "has_left", id="left"),
        pytest.param(partial(sittings.pause, reason="meal"), "paused", id="paused"),
    ],
)
def test_whose_counter_ends_between_the_look_and_the_call_calls_nobody(world, monkeypatch, meanwhile, code):
    ticket, sitting = world.issue(), world.seated()
    move_if = calling.move_if

    def too_late(*said, **more):
        meanwhile(sitting, at=world.now)
        return move_if(*said, **more)

    monkeypatch.setattr(calling, "move_if", too_late)
    with pytest.raises(Refused) as refused:
        calling.call_next(Sitting.objects.with_places().get(pk=sitting.pk), at=world.minute())

    assert refused.value.codes == [code]
    ticket.refresh_from_db()
    assert ticket.stage == "waiting"


def test_a_press_asks_the_database_twice_however_many_wait(world, django_assert_num_queries):
    sitting = Sitting.objects.with_places().get(pk=world.seated().pk)
    for _ in range(3):
        world.issue()
    assert calling.call_next(sitting, key=uuid4(), at=world.minute())
    Ticket.objects.filter(counter=sitting.counter).update(stage="cancelled")
    for _ in range(20):
        world.issue(priority=world.elderly)

    with django_assert_num_queries(4):  # Two, in a savepoint, which begins and ends.
        assert calling.call_next(sitting, key=uuid4(), at=world.minute())


def test_who_is_called_is_known_by_class_and_service(world):
    world.issue(world.advice, priority=world.elderly)

    ticket = world.call()

    assert (ticket.priority, ticket.service, ticket.counter) == (world.elderly, world.advice, world.counters[0])
    assert ticket.priority.name == world.elderly.name
    fresh = Ticket.objects.get(pk=ticket.pk)
    fields = [field.attname for field in Ticket._meta.concrete_fields]
    assert [getattr(ticket, name) for name in fields] == [getattr(fresh, name) for name in fields]
    assert timezone.is_aware(ticket.stage_since)
