"""However many years lie in the tables, what is asked all day is found through an index, and by nothing else."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.directory.models import Centre
from saduak.frontdesk.models import Call, ServiceDay, Slice, Ticket, ToldWait
from saduak.frontdesk.procedure import AT_A_COUNTER, TicketStage
from saduak.frontdesk.queries.floor import state_tag, state_version
from saduak.journal.models import Entry

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
OF_THE_DAY = {"ticket_in_the_house", "no_number_twice_a_day", "no_place_in_the_day_twice"}

ASKED = {
    "who waits": (Ticket.objects.filter(centre=1, day=DAY, stage=TicketStage.WAITING), {"ticket_in_the_house"}),
    "what earlier days left": (Ticket.objects.in_the_house().filter(day__lt=DAY), {"ticket_in_the_house"}),
    "all who wait anywhere": (Ticket.objects.filter(day=DAY, stage=TicketStage.WAITING), {"ticket_in_the_house"}),
    "a day's tickets": (Ticket.objects.filter(centre=1, day=DAY), OF_THE_DAY),
    "a service's tickets of a day": (Ticket.objects.filter(centre=1, day=DAY, service=1), OF_THE_DAY),
    "who is at a counter": (
        Ticket.objects.filter(counter=1, stage__in=AT_A_COUNTER),
        {"one_visitor_at_a_counter_at_a_time", "ticket_in_the_house"},
    ),
    "a day's slices": (Slice.objects.filter(centre=1, day=DAY).order_by("pk"), {"slice_of_day"}),
    "the last visits of a service": (
        Slice.objects.filter(service=1, stage="serving").order_by("-ended_at")[:20],
        {"slice_of_service"},
    ),
    "a day's last calls": (Call.objects.filter(centre=1, day=DAY).order_by("-called_at", "-pk")[:40], {"call_of_day"}),
    "a day's told waits": (ToldWait.objects.filter(centre=1, day=DAY), {"told_wait_of_day"}),
    "days that are not closed": (
        ServiceDay.objects.filter(day__lt=DAY, closed_at=None).order_by(),
        {"service_day_not_closed"},
    ),
    "a ticket's history": (
        Entry.objects.filter(case_kind="ticket", case_reference="x").order_by("sequence"),
        {"entry_of_case"},
    ),
}


@pytest.mark.parametrize("what", ASKED)
def test_is_found_through_its_index(what):
    asked, indexes = ASKED[what]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = asked.explain()

    assert "Seq Scan" not in plan, plan
    assert set(re.findall(r"(?:Scan using|Bitmap Index Scan on) (\w+)", plan)) & indexes, plan


def test_the_version_of_a_day_is_read_from_its_record_alone():
    with CaptureQueriesContext(connection) as asked:
        assert (state_version(Centre(pk=1), DAY), state_tag(Centre(pk=1), DAY)) == (0, "0")

    assert [" JOIN " in one["sql"] for one in asked.captured_queries] == [False, False]
