"""What counters could do at a moment, and reports on past days that go by it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from saduak.catalogue.library import beginnings
from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import furnishing
from saduak.frontdesk.queries.explaining import explain
from saduak.frontdesk.queries.figures import first_calls
from saduak.frontdesk.queries.skills import Skills, skills_since
from saduak.frontdesk.rules.fairness import fairness
from saduak.frontdesk.rules.reasons import Why
from saduak.frontdesk.tests.bookings import MONDAY, moment
from saduak.frontdesk.tests.world import DeskWorld

NINE, TEN = moment(MONDAY, "09:00"), moment(MONDAY, "10:00")
KNOWN = Skills({1: frozenset("C")}, {1: [(NINE, frozenset("A")), (TEN, frozenset("B"))]})


@pytest.mark.parametrize(
    ("counter", "clock", "expected"),
    [
        pytest.param(1, "08:59", "A", id="before the first change"),
        pytest.param(1, "09:00", "B", id="from the moment of a change"),
        pytest.param(1, "09:59", "B", id="until the next"),
        pytest.param(1, "10:00", "C", id="then as today"),
        pytest.param(2, "09:00", "", id="a counter that can do nothing"),
    ],
)
def test_skills_at_a_moment(counter, clock, expected):
    assert KNOWN.at(counter, moment(MONDAY, clock)) == frozenset(expected)


@pytest.fixture
def world(db):
    return DeskWorld().stand()


def teaches(world, number, services, *, at):
    furnishing.write_counter(world.desk, world.counters[number - 1], by=world.head, skills=services, at=at)


def test_every_change_of_skills_is_found_in_the_journal(world):
    counter, began = world.counters[0], world.now
    first = {world.registration.pk, world.advice.pk}
    teaches(world, 1, [world.payment], at=world.minute())
    learnt = world.minute()
    desk = Desk.objects.get(pk=world.desk.pk)
    new = furnishing.begin_with(desk, beginnings()["employment"], by=world.head, at=learnt)

    found = skills_since(world.desk.pk, began)

    assert found.at(counter.pk, began) == first
    assert found.at(counter.pk, learnt - timedelta(seconds=1)) == {world.payment.pk}
    assert found.at(counter.pk, learnt) == {world.payment.pk, *(service.pk for service in new)}
    assert skills_since(world.desk.pk, learnt).at(counter.pk, learnt) == found.at(counter.pk, learnt)


def test_what_a_counter_learns_tomorrow_changes_no_report_of_today(world, django_assert_num_queries):
    """Counter 3 alone did payments: who came for them later was called before others whom it could have called too."""
    mine = world.issue(world.advice)
    other = world.issue(world.payment)
    teaches(world, 3, [world.payment], at=world.minute())
    world.call(3)
    world.call(1)
    day = timezone.localdate(world.now)
    before = fairness(first_calls(world.desk.pk, day).calls)

    teaches(world, 3, world.services, at=world.now + timedelta(days=1))

    with django_assert_num_queries(4):
        calls = first_calls(world.desk.pk, day).calls
    assert fairness(calls) == before
    assert (before.against, before.passings) == ((), ())
    assert explain(mine, other).answer.reasons == (Why.OTHER_SERVICE,)
