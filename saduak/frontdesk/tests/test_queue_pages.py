"""What everybody may know of a centre's queue."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from saduak.catalogue.tests.factories import QueueGroupFactory, ServiceFactory
from saduak.directory.tests.factories import CentreFactory, HolidayFactory
from saduak.frontdesk.models import Desk, PriorityClass

pytestmark = pytest.mark.django_db

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 10))


@pytest.fixture
def desk():
    desk = Desk.objects.create(centre=CentreFactory(name_th="สำนักงานทดสอบ"), is_open=True)
    PriorityClass.objects.create(desk=desk, code="general", name_th="ทั่วไป")
    PriorityClass.objects.create(desk=desk, code="elderly", name_th="ผู้สูงอายุ", b=3, is_priority=True)
    return desk


def page(client, desk, name="show_queue", **query):
    return client.get(reverse(name, args=[desk.centre.code]), query)


def test_the_page_tells_what_is_done_here_and_how_long_it_takes(client, desk):
    ServiceFactory(group__centre=desk.centre, name_th="ต่ออายุใบอนุญาต", expected_minutes=12)

    with time_machine.travel(MONDAY, tick=False):
        shown = page(client, desk).content.decode()

    assert "เปิดให้บริการอยู่ขณะนี้" in shown
    assert "ต่ออายุใบอนุญาต" in shown
    assert "12 นาที" in shown


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(datetime(2026, 11, 23, 12, 10), "ปิดพักเที่ยง", id="midday"),
        pytest.param(datetime(2026, 11, 23, 18), "เปิดอีกครั้ง 24 พ.ย. 2569 08.30\u00a0น.", id="evening"),
        pytest.param(datetime(2026, 11, 22, 10), "ไม่เปิดให้บริการในวันนี้ของสัปดาห์", id="Sunday"),
    ],
)
def test_the_page_tells_why_it_is_closed_and_when_it_opens(client, desk, at, expected):
    desk.hours = [
        {"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "12:00"},
        {"days": [1, 2, 3, 4, 5], "opens": "13:00", "closes": "16:30"},
    ]
    desk.save()

    with time_machine.travel(timezone.make_aware(at), tick=False):
        assert expected in page(client, desk).content.decode()


def test_a_holiday_ahead_is_told_with_its_name(client, desk):
    HolidayFactory(day=(MONDAY + timedelta(days=3)).date(), name="วันหยุดทดสอบ")

    with time_machine.travel(MONDAY, tick=False):
        assert "วันหยุดทดสอบ" in page(client, desk).content.decode()


def test_a_desk_that_gives_out_no_tickets_says_so(client, desk):
    desk.is_open = False
    desk.save()

    assert "ยังไม่เปิดออกบัตรคิว" in page(client, desk).content.decode()


def test_a_centre_without_a_desk_or_out_of_service_has_no_page(client, desk):
    bare, closed = CentreFactory(), desk.centre
    closed.is_open = False
    closed.save()

    assert client.get(reverse("show_queue", args=[bare.code])).status_code == 404
    assert page(client, desk).status_code == 404


def test_many_services_cost_no_more_questions(client, desk, django_assert_num_queries):
    group = QueueGroupFactory(centre=desk.centre)
    ServiceFactory(group=group)
    with time_machine.travel(MONDAY, tick=False):
        page(client, desk)  # The waits are estimated now, and not again at the same moment.
    with time_machine.travel(MONDAY, tick=False), django_assert_num_queries(10):
        page(client, desk)

    for _number in range(10):
        ServiceFactory(group=group)
    with time_machine.travel(MONDAY, tick=False), django_assert_num_queries(10):
        page(client, desk)


def test_the_rule_is_told_in_the_language_that_was_wished(client, desk):
    assert "ใครได้รับบริการก่อน" in page(client, desk, "show_rule").content.decode()
    assert "叫号顺序" in page(client, desk, "show_rule", **{"in": "zh"}).content.decode()


def test_the_pages_of_a_centre_lead_to_its_queue_while_it_gives_out_tickets(client, desk):
    there = reverse("show_queue", args=[desk.centre.code])
    assert there in client.get(desk.centre.get_absolute_url()).content.decode()

    desk.is_open = False
    desk.save()

    assert there not in client.get(desk.centre.get_absolute_url()).content.decode()
