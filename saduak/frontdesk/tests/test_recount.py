"""`saduak recount-desk` finds what the journal does not tell."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from saduak.frontdesk.models import Slice
from saduak.frontdesk.operations import serving
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = DeskWorld()
    serving.next_service(world.seated(), world.serve(), service=world.advice, outcome="advised", at=world.minute())
    serving.undo(world.seated(), at=world.minute())
    world.issue()
    return world


def test_it_finds_nothing_where_all_is_as_it_was_written(world, capsys):
    call_command("recount_desk", centre=world.centre.code, since=world.now.date())

    assert "Every slice is as the journal tells it." in capsys.readouterr().out


def test_it_names_the_ticket_whose_slices_were_changed(world):
    changed = Slice.objects.filter(stage="called").get()
    Slice.objects.filter(pk=changed.pk).update(ended_at=changed.ended_at + timedelta(minutes=5))

    with pytest.raises(CommandError, match=changed.ticket.reference):
        call_command("recount_desk")
