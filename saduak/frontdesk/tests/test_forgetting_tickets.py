"""A ticket forgets whose it was; a button that was pressed long ago is forgotten too."""

from datetime import timedelta
from uuid import uuid4

import pytest

from saduak.frontdesk.models import Press, Ticket
from saduak.frontdesk.operations import serving
from saduak.frontdesk.operations.forgetting import erase_words_of_tickets, forget_presses
from saduak.frontdesk.tasks import erase_names
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


def test_names_and_notes_of_tickets_are_erased_after_thirty_days():
    world = DeskWorld()
    ticket = world.called(visitor_name="นางคำ ดีใจ")
    serving.write_note(world.seated(), ticket, "ขาดสำเนาบัตร", at=world.minute())
    world.issue()
    noted = world.called(2)
    serving.write_note(world.seated(2), noted, "จะกลับมา", at=world.minute())

    assert erase_words_of_tickets(at=world.now + timedelta(days=30)) == 0
    erase_names(timestamp=0)
    assert world.fresh(ticket).visitor_name

    assert erase_words_of_tickets(at=world.now + timedelta(days=31)) == 2
    assert set(Ticket.objects.values_list("visitor_name", "note")) == {("", "")}


def test_presses_are_forgotten_when_nobody_presses_again():
    world = DeskWorld()
    world.issue(key=uuid4())

    assert forget_presses(at=world.now + timedelta(days=29)) == 0
    assert forget_presses(at=world.now + timedelta(days=31)) == 1
    assert not Press.objects.exists()
