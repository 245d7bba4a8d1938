"""What visitors are told about the wait: made anew when somebody looks, kept, and held against the truth."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from saduak.frontdesk.estimation.estimates import Unknown
from saduak.frontdesk.models import DeskWaits, ToldWait
from saduak.frontdesk.operations import estimating
from saduak.frontdesk.operations.refusals import IssueRefused
from saduak.frontdesk.presenters.waits import in_words
from saduak.frontdesk.queries.scenes import scene_of
from saduak.frontdesk.queries.waits import wait_if_now, wait_of, waits_now
from saduak.frontdesk.tests.world import DeskWorld
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db


class MeasuredDesk(DeskWorld):
    """A desk that measures."""

    @remembered
    def measure(self, visits, minutes):
        for _ in range(visits):
            ticket = self.serve(number=1)
            self.finish(ticket, at=self.minute(minutes))


@pytest.fixture
def world():
    return MeasuredDesk().stand()


def measured(world, visits=4, minutes=6):
    """A desk that has measured some visits of six minutes, and now serves at counter 1."""
    world.measure(visits, minutes)
    return world


def estimated(world):
    assert estimating.refresh(world.desk, world.now)
    return DeskWaits.objects.get(pk=world.desk.pk)


def test_nobody_is_told_minutes_where_no_counter_is_open(world):
    ticket = world.issue()
    estimated(world)

    wait = wait_of(ticket, world.now)

    assert (wait.ahead, wait.high, wait.why) == (0, None, Unknown.NO_COUNTER)
    assert in_words(wait, "th") == "ขณะนี้ยังไม่มีช่องที่เปิดให้บริการงานนี้ จึงยังบอกเวลารอไม่ได้"
    assert not ToldWait.objects.exists()


def test_nor_before_three_visits_were_measured(world):
    world.serve()
    ticket = world.issue()
    estimated(world)

    assert wait_of(ticket, world.now).why is Unknown.TOO_FEW_VISITS


def test_a_visitor_is_told_a_range_and_the_people_before(world):
    measured(world)
    world.serve()
    tickets = [world.issue() for _ in range(4)]
    estimated(world)

    waits = [wait_of(ticket, world.now) for ticket in tickets]

    assert [wait.ahead for wait in waits] == [0, 1, 2, 3]
    assert all(wait.low % 5 == wait.high % 5 == 0 and wait.low < wait.high for wait in waits)
    assert waits[0].high < waits[3].high
    assert wait_if_now(world.centre, world.registration, world.now).ahead == 4
    assert wait_if_now(world.centre, world.payment, world.now).ahead == 0, "another line"
    assert in_words(waits[3], "en").startswith("About ")


def test_a_new_ticket_is_told_what_was_told_to_who_would_take_it(world):
    measured(world)
    [world.issue() for _ in range(3)]
    estimated(world)

    ticket = world.issue(at=world.now)

    assert wait_of(ticket, world.now) == wait_if_now(world.centre, world.registration, world.now)


def test_priority_visitors_are_told_their_own_wait(world):
    measured(world)
    for _ in range(12):
        world.issue()
    world.minute(20)
    estimated(world)

    elderly, other = (
        waits_now(world.centre, world.now).of(world.issue(priority=one, at=world.now))
        for one in (world.elderly, world.ordinary)
    )

    assert elderly.high < other.high


def test_what_was_told_first_is_kept_to_be_measured(world):
    measured(world)
    ticket = world.issue()
    first = Told(estimated(world), ticket)
    world.minute(1)
    estimated(world)

    told = ToldWait.objects.get(ticket=ticket)

    assert (told.mean, told.slow, told.day) == (first.mean, told.slow, ticket.day)
    assert told.mean <= told.slow


def Told(kept, ticket):
    from saduak.frontdesk.queries.waits import Told as Kept

    return Kept.of(kept.tickets[ticket.reference])


def test_it_is_made_once_in_two_seconds_and_anew_when_something_happened(world):
    world.issue()
    assert estimating.refresh(world.desk, world.now)
    assert not estimating.refresh(world.desk, world.now + timedelta(seconds=10)), "nothing has happened"

    world.issue(at=world.now)

    assert not estimating.refresh(world.desk, world.now + timedelta(seconds=1))
    assert estimating.refresh(world.desk, world.now + timedelta(seconds=3))
    assert estimating.refresh(world.desk, world.now + timedelta(seconds=40)), "people wait on"
    assert estimating.refresh_all(world.now + timedelta(minutes=5)) == 1


def test_the_worker_does_not_estimate_for_ever(world, monkeypatch):
    world.issue()
    monkeypatch.setattr(estimating, "AT_MOST", 0.0)

    assert estimating.refresh_all(world.now) == 0


def test_what_is_fresh_costs_two_questions(world):
    world.issue()
    estimating.refresh(world.desk, world.now)

    with CaptureQueriesContext(connection) as asked:
        estimating.refresh(world.desk, world.now)

    assert len(asked) == 2


def test_the_number_of_questions_does_not_grow_with_the_people(world):
    def questions():
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            scene_of(world.desk, world.now)
        return len(asked)

    world.seated(1)
    world.serve(number=2)
    world.issue()
    scene_of(world.desk, world.now)
    few = questions()
    world.serve(number=3)
    for _ in range(10):
        world.issue()

    assert questions() == few


def test_an_old_estimate_is_not_told(world):
    measured(world)
    ticket = world.issue()
    estimated(world)

    assert wait_of(ticket, world.now + timedelta(minutes=3)) is None
    assert in_words(None, "en") == "We cannot tell yet how long it will take."


def test_whoever_finds_somebody_at_it_takes_what_is_kept(world, monkeypatch):
    ticket = world.issue()
    monkeypatch.setattr(estimating, "_alone", lambda *_: False)

    assert not estimating.refresh(world.desk, world.now)
    assert wait_of(ticket, world.now) is None
    estimating.advise(world.desk, world.now)
    assert not DeskWaits.objects.exists()


def test_nobody_does_again_what_was_done_meanwhile(world, monkeypatch):
    world.issue()
    real = estimating._alone

    def beaten(key, desk):
        """Somebody else has just been through."""
        day = timezone.localdate(world.now)
        DeskWaits.objects.create(desk=world.desk, day=day, made_at=world.now, advised_at=None)
        return real(key, desk)

    monkeypatch.setattr(estimating, "_alone", beaten)

    assert not estimating.refresh(world.desk, world.now)
    monkeypatch.setattr(estimating, "_alone", lambda *_: False)
    estimating.advise(world.desk, world.now)
    assert DeskWaits.objects.get().advice == {}


def test_who_does_not_wait_has_no_wait(world):
    measured(world)
    ticket = world.called()
    estimated(world)

    assert wait_of(ticket, world.now) is None


def test_no_ticket_is_given_when_the_visit_would_end_after_closing(world):
    measured(world)
    for _ in range(3):
        world.issue()
    world.desk.hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": f"{world.now:%H}:59"}]
    world.desk.save(update_fields=["hours"])
    world.now = world.now.replace(minute=50)
    estimated(world)

    with pytest.raises(IssueRefused) as refused:
        world.issue(at=world.now)

    assert refused.value.codes == ["would_end_too_late"]
    world.desk.stops_by_estimate = False
    world.desk.save(update_fields=["stops_by_estimate"])
    assert world.issue(at=world.now)
