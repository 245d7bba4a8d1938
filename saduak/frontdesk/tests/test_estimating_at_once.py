"""Several processes that look at a desk's waits at the same moment, each on a connection of its own."""

from collections import Counter as Tally
from datetime import timedelta
from functools import partial
from threading import Event

import pytest

from saduak.frontdesk.models import DeskWaits, Ticket, ToldWait
from saduak.frontdesk.operations import calling, estimating, issuing
from saduak.frontdesk.tests.world import DeskWorld
from tests.support.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

PATIENCE = 20
"""Seconds that a test waits for what must come."""


@pytest.fixture
def world():
    """A desk that has measured some visits; four people wait at one counter."""
    world = DeskWorld().stand()
    for _ in range(4):
        world.finish(world.serve(), at=world.minute(6))
    world.serve()
    for _ in range(4):
        world.issue()
    world.minute()
    return world


def refresh(world, later=0):
    return estimating.refresh(world.desk, world.now + timedelta(seconds=later))


def test_one_of_two_estimates_and_the_other_does_not_wait(world, monkeypatch):
    """The first holds still in the middle; the second goes away at once, and kiosk and counter never notice."""
    in_the_middle, others_are_done, real = Event(), Event(), estimating._estimate

    def slowly(*about):
        in_the_middle.set()
        assert others_are_done.wait(PATIENCE)
        real(*about)

    def others():
        assert in_the_middle.wait(PATIENCE)
        try:
            return (
                refresh(world),
                issuing.issue(world.centre, world.advice, priority=world.ordinary, channel="kiosk", at=world.now),
                calling.call_next(world.seated(2), at=world.now),
            )
        finally:
            others_are_done.set()

    monkeypatch.setattr(estimating, "_estimate", slowly)

    first, (second, issued, called) = together(partial(refresh, world), others)

    assert (first, second) == (True, False)
    assert called.stage == "called"
    kept = DeskWaits.objects.get()
    assert set(kept.tickets) == set(Ticket.objects.waiting().values_list("reference", flat=True))
    assert issued.reference in kept.tickets


def test_whoever_comes_just_after_takes_what_is_kept(world):
    assert Tally(together(*[partial(refresh, world)] * 6)) == {True: 1, False: 5}
    assert DeskWaits.objects.count() == 1


def test_nobody_is_told_a_first_wait_twice_and_nobody_waits_for_ever(world):
    """Pages, the worker and advice, while tickets are taken and called."""

    def pages(turn):
        return [refresh(world, later) for later in range(turn, 30, 3)]

    def advising():
        return [estimating.advise(world.desk, world.now + timedelta(seconds=later)) for later in (0, 31, 62)]

    def worker():
        return [estimating.refresh_all(world.now + timedelta(seconds=later)) for later in (5, 30)]

    def kiosk():
        taken = {"priority": world.ordinary, "channel": "kiosk"}
        for later in range(5):
            at = world.now + timedelta(seconds=later)
            issuing.issue(world.centre, world.registration, at=at, **taken)
        return calling.call_next(world.seated(2), at=at)

    results = together(partial(pages, 0), partial(pages, 1), advising, worker, kiosk)

    assert not [each for each in results if isinstance(each, Exception)]
    refresh(world, 90)
    waiting = set(Ticket.objects.waiting().values_list("pk", flat=True))
    told = list(ToldWait.objects.values_list("ticket", flat=True))
    assert len(told) == len(set(told))
    assert waiting <= set(told)
    assert set(DeskWaits.objects.get().tickets) == set(Ticket.objects.waiting().values_list("reference", flat=True))
