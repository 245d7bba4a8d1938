"""Boards: what they show, to whom, and what one question costs."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from saduak.frontdesk.models import Board
from saduak.frontdesk.queries.boards import boards_with_version, state_of
from saduak.frontdesk.tests.factories import BoardFactory
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_eleven():
    with time_machine.travel("2026-11-20T04:00:00Z", tick=False):  # A state has its slot of time: it must not end here.
        yield


@pytest.fixture
def world():
    return DeskWorld().stand()


def asked(client, board, **how):
    return client.get(reverse("board_state", args=[board.address]), **how)


def told(client, board):
    return json.loads(asked(client, board).content)


def test_a_board_shows_calls_who_is_next_and_how_many_wait(world, client):
    for service in (world.registration, world.advice, world.registration, world.payment):
        world.issue(service)
    world.serve(world.call(1), 1)
    world.call(2)

    state = told(client, BoardFactory(desk=world.desk))

    assert [(call["number"], call["counter"], call["stage"]) for call in state["calls"]] == [
        ("A001", "1", "serving"),
        ("B001", "2", "called"),
    ]
    assert [(line["th"], line["waiting"], line["next"]) for line in state["lines"]] == [
        ("ขึ้นทะเบียนและปรึกษา", 1, ["A002"]),
        ("ชำระเงิน", 1, ["C001"]),
    ]


def test_a_board_shows_the_order_of_the_rule(world, client):
    world.issue()
    world.minute(10)
    for _ in range(2):
        world.issue(priority=world.elderly)
    board = BoardFactory(desk=world.desk)

    soon = state_of(board, timezone.localdate(world.now), world.now)
    later = state_of(board, timezone.localdate(world.now), world.now + timedelta(minutes=30))

    assert soon.lines[0].next == ("A001", "A002", "A003")
    assert later.lines[0].next == ("A002", "A003", "A001")


def test_a_board_of_a_zone_shows_only_its_counters(world, client):
    world.counters[2].zone = "ชั้น 2"
    world.counters[2].save()
    world.issue(world.registration)
    world.issue(world.payment)
    world.call(1)
    world.call(3)

    upstairs = told(client, BoardFactory(desk=world.desk, zones=["ชั้น 2"]))

    assert [call["counter"] for call in upstairs["calls"]] == ["3"]
    assert [line["th"] for line in upstairs["lines"]] == ["ขึ้นทะเบียนและปรึกษา", "ชำระเงิน"]


def test_an_undone_call_is_not_shown(world, client):
    from saduak.frontdesk.operations import undoing

    world.called(1)
    board = BoardFactory(desk=world.desk)
    assert len(told(client, board)["calls"]) == 1

    undoing.undo(world.seated(1), at=world.minute())

    assert told(client, board)["calls"] == []


def test_nothing_of_a_person_stands_on_a_board(world, client):
    ticket = world.called(1, visitor_name="สมศรี ใจดี")

    said = asked(client, BoardFactory(desk=world.desk)).content.decode()

    assert ticket.secret not in said
    assert ticket.reference not in said
    assert "สมศรี" not in said


def test_what_a_board_knows_already_costs_one_question(world, client, django_assert_num_queries):
    world.called(1)
    board = BoardFactory(desk=world.desk)
    tag = asked(client, board)["ETag"]

    with django_assert_num_queries(1):
        again = asked(client, board, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(reverse("board_state", args=[board.address]), {"since": tag.strip('"')}).status_code == 304


def test_every_change_is_another_state(world, client):
    board = BoardFactory(desk=world.desk)
    tags = [asked(client, board)["ETag"]]
    for deed in (world.issue, world.call, lambda: board.__class__.objects.update(theme="dark")):
        deed()
        answer = asked(client, board, headers={"If-None-Match": tags[-1]})
        assert answer.status_code == 200
        tags.append(answer["ETag"])

    assert len(set(tags)) == 4


def test_questions_do_not_grow_with_the_queue(world, django_assert_num_queries):
    board = BoardFactory(desk=world.desk)
    day = timezone.localdate(world.now)
    for number in (2, 12):
        for _ in range(number):
            world.issue()
        known = boards_with_version(day).get(pk=board.pk)
        with django_assert_num_queries(3):
            state_of(known, day, world.now)


def test_a_board_is_read_without_a_script(world, client):
    world.issue(world.payment)
    world.called(1)
    world.called(2)

    page = client.get(reverse("show_board", args=[BoardFactory(desk=world.desk).address])).content.decode()

    assert 'http-equiv="refresh"' in page
    assert page.index("A001") < page.index("A002")
    assert "ขอเชิญหมายเลข A002 ที่ช่องบริการ 2 ค่ะ" in page
    assert "C001" in page


def test_what_a_worker_keeps_says_nothing_of_now(world, client):
    world.called(1)
    board = BoardFactory(desk=world.desk)

    kept = client.get(reverse("show_board", args=[board.address]), headers={"Sec-Fetch-Dest": "empty"}).content.decode()
    worker = client.get(reverse("board_worker", args=[board.address]))

    assert "A001" not in kept
    assert worker["Service-Worker-Allowed"] == reverse("show_board", args=[board.address])


def test_a_board_that_was_taken_down_is_gone(world, client):
    board = BoardFactory(desk=world.desk, is_active=False)

    for name in ("show_board", "board_state", "board_voice", "board_worker", "board_manifest"):
        assert client.get(reverse(name, args=[board.address])).status_code == 404


def test_the_rule_stands_on_the_board(world, client):
    page = client.get(reverse("show_board", args=[BoardFactory(desk=world.desk).address])).content.decode()

    assert "ผู้ที่รอนานกว่าได้รับการเรียกก่อน" in page
    assert "เวลารอ 1 นาที นับเป็น 3 นาที สำหรับ ผู้สูงอายุ" in page
    assert "<svg" in page


def test_a_board_has_an_address_that_nobody_guesses(world):
    assert len({BoardFactory(desk=world.desk).address for _ in range(5)}) == 5
    assert all(len(address) == 12 for address in Board.objects.values_list("address", flat=True))
