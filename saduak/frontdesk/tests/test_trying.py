"""A desk is tried when it is set up, and that is often in the evening."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from saduak.frontdesk.models import Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import trying
from saduak.frontdesk.operations.issuing import issue
from saduak.frontdesk.operations.refusals import IssueRefused
from saduak.frontdesk.tests.world import DeskWorld

SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.mark.django_db
def test_a_test_ticket_is_given_when_the_desk_is_closed_and_no_other():
    world = DeskWorld().stand()
    world.desk.hours = [{"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "16:30"}]
    world.desk.save()

    with pytest.raises(IssueRefused):
        issue(
            world.centre,
            world.registration,
            priority=world.ordinary,
            channel=Channel.OFFICER,
            by=world.head,
            at=SUNDAY_NIGHT,
        )
    given = trying.give(world.desk, by=world.head, at=SUNDAY_NIGHT)

    assert Ticket.objects.get() == given == trying.give(world.desk, by=world.head, at=SUNDAY_NIGHT)
