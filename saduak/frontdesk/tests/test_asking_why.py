"""A visitor asks why another was called first: the real reasons, and nothing of the other person."""

import pytest
from django.urls import reverse

from saduak.frontdesk.operations import calling, supervising
from saduak.frontdesk.presenters.why_words import BECAUSE, reasons_for_visitors
from saduak.frontdesk.rules.order import Priority, Waiting
from saduak.frontdesk.rules.reasons import Why, why_before
from saduak.frontdesk.tests.world import DeskWorld

MINUTE = 60_000


def asked(client, ticket, number="", **query):
    answer = client.get(reverse("why_before", args=[ticket.secret]), {"number": number, **query})
    return answer.content.decode()


@pytest.fixture
def world(db):
    return DeskWorld().stand()


def test_every_reason_has_its_words():
    assert BECAUSE.keys() | {Why.CREDIT} == set(Why)


@pytest.mark.parametrize(
    ("arrived", "told"),
    [
        pytest.param(5, [Why.WAITED_LONGER], id="who waited longer: nothing of the class"),
        pytest.param(15, [Why.HIGHER_B], id="who goes sooner: by the rule"),
    ],
)
def test_a_class_is_told_of_only_where_it_decides(arrived, told):
    mine = Waiting("mine", 2, 10 * MINUTE, "a")
    other = Waiting("other", 3, arrived * MINUTE, "a", Priority("wheelchair", b=3, credit=5))

    assert reasons_for_visitors(why_before(mine, other, 60 * MINUTE)) == told


def test_a_priority_visitor_was_called_first_by_the_rule(world, client):
    mine = world.issue()
    elderly = world.issue(priority=world.elderly)
    world.minute(20)
    world.call(1)

    said = asked(client, mine, elderly.shown)

    assert f"{elderly.shown} ถูกเรียกที่ช่อง 1" in said
    assert "ตามหลักเกณฑ์ที่ประกาศ" in said
    assert world.elderly.name not in said
    assert "3.00" not in said
    assert f"number={elderly.shown}" in asked(client, mine)


def test_what_the_officer_wrote_stays_with_the_office(world, client):
    mine = world.issue()
    other = world.issue()
    calling.call_out_of_order(world.seated(1), other, reason="นั่งรถเข็น", at=world.minute())

    said = asked(client, mine, other.shown)

    assert "ข้ามลำดับ" in said
    assert "รถเข็น" not in said


@pytest.mark.parametrize("number", ["A999", "??", "A001"])
def test_of_a_number_that_was_not_called_that_is_told(world, client, number):
    assert "ยังไม่ถูกเรียก" in asked(client, world.issue(), number)


def test_who_did_not_wait_then_is_told_so(world, client):
    mine = world.called(1)
    world.called(2)

    assert "ไม่ได้อยู่ระหว่างรอ" in asked(client, mine, "A002")


def test_it_is_told_in_the_language_of_the_visitor(world, client):
    mine = world.issue()
    supervising.move_ticket(mine, by=world.head, reason="ผิด", counter=world.counters[1], at=world.minute())
    other = world.called(1)

    assert "您已被转到其他窗口" in asked(client, mine, other.shown, **{"in": "zh"})
    assert "passed on to another counter" in asked(client, mine, other.shown, **{"in": "en"})


def test_nobody_asks_without_end(world, client, monkeypatch):
    monkeypatch.setattr("saduak.frontdesk.views.asking_why.is_too_often", lambda *_, **__: True)

    answer = client.get(reverse("why_before", args=[world.issue().secret]), {"number": "A1"})

    assert answer.status_code == 429
