"""What officers and visitors do with tickets: effect, journal, slices; a refusal changes nothing."""

import itertools

import pytest

from saduak.frontdesk.models import Call, Slice
from saduak.frontdesk.operations import calling, issuing, serving
from saduak.frontdesk.operations.refusals import IssueRefused, Refused
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


def test_numbers_count_up_under_their_letter(world):
    shown = [world.issue(service).shown for service in (world.registration, world.registration, world.advice)]

    assert shown == ["A001", "A002", "B001"]


def test_a_visit_from_ticket_to_end_leaves_slices_that_tile(world):
    ticket = world.finish()

    slices = list(Slice.objects.filter(ticket=ticket))
    assert [part.stage for part in slices] == ["waiting", "called", "serving"]
    assert all(one.ended_at == two.began_at for one, two in itertools.pairwise(slices))
    assert (slices[0].began_at, slices[-1].ended_at) == (ticket.came_at, ticket.stage_since)
    assert [entry.step for entry in ticket.history] == ["issue", "call", "start", "finish"]


def test_undo_gives_back_what_was(world):
    ticket = world.called()
    undone = serving.undo(world.seated(), at=world.minute())

    assert (undone.stage, undone.times_called, undone.counter) == (TicketStage.WAITING, 0, None)
    assert not Slice.objects.filter(ticket=ticket).exists()
    assert Call.objects.get(ticket=ticket).undone_at is not None
    assert world.call() == ticket


def test_everything_that_can_happen_at_a_counter(world):
    ticket, sitting = world.serve(), world.seated()
    serving.write_note(sitting, ticket, "เอกสารอยู่ที่รถ", at=world.minute())
    serving.hold(sitting, ticket, at=world.minute())
    serving.resume_held(sitting, ticket, at=world.minute())
    serving.start(sitting, ticket, at=world.minute())
    serving.next_service(sitting, ticket, service=world.advice, at=world.minute())
    serving.transfer(sitting, ticket, service=world.payment, at=world.minute())
    assert world.call(1) is None
    assert world.call(3) == ticket
    for _ in range(2):
        calling.recall(world.seated(3), ticket, at=world.minute())
    calling.no_show(world.seated(3), ticket, at=world.minute())
    back = calling.bring_back(ticket, by=world.officers[2], at=world.minute())
    assert world.call(3) is None
    world.minute(10)
    assert world.call(3) == back
    serving.undo(world.seated(3), at=world.minute())
    cancelled = issuing.cancel(back, at=world.minute())
    assert cancelled.stage == "cancelled"


def test_a_strangers_ticket_is_refused(world):
    world.desk.is_open = False
    world.desk.save()

    with pytest.raises(IssueRefused) as refused:
        world.issue()
    assert refused.value.codes == ["desk_not_open"]


def test_next_is_refused_while_somebody_is_there(world):
    world.called()
    world.issue()

    with pytest.raises(Refused) as refused:
        world.call()
    assert refused.value.codes == ["has_a_visitor"]
