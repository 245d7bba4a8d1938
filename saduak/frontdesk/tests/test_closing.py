"""A day ends by itself: tickets that were left open end with it, and nobody sits at a counter over night."""

from datetime import timedelta

import pytest

from saduak.frontdesk.models import ServiceDay, Sitting, SittingSlice, Ticket
from saduak.frontdesk.operations import closing
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.tasks import close_days
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld(DeskWorld().now - timedelta(days=1))


def test_the_clock_ends_what_yesterday_left_open(world):
    finished = world.finish(number=3)
    serving, called, waiting = world.serve(), world.called(2), world.issue(world.payment)

    assert closing.close_days() == 3
    assert closing.close_days() == 0

    assert [world.fresh(one).stage for one in (waiting, serving, called)] == ["cancelled", "finished", "cancelled"]
    assert world.fresh(serving).outcome == "not_recorded"
    assert world.fresh(finished).outcome == "done"
    assert not Sitting.objects.going_on().exists()
    midnight = ServiceDay.objects.get().closed_at
    assert {one.closed_at for one in Sitting.objects.all()} == {midnight}
    assert {one.ended_at for one in SittingSlice.objects.all()} == {midnight}
    assert {entry.role for entry in waiting.history.filter(step="lapse")} == {"clock"}
    assert recount(Ticket.objects.all()).differing == ()


def test_nothing_of_today_is_ended():
    today = DeskWorld()
    ticket = today.serve()

    close_days(timestamp=0)

    assert today.fresh(ticket).stage == "serving"
    assert Sitting.objects.going_on().exists()


def test_a_ticket_of_yesterday_is_not_called(world):
    world.issue()

    assert world.call(at=world.now + timedelta(days=1)) is None
