"""How long a ticket's number is: as the desk says when it is taken, and the same wherever it is told."""

import pytest
from django.utils import timezone

from saduak.frontdesk.models.tickets import shown
from saduak.frontdesk.operations import kiosks
from saduak.frontdesk.presenters.kiosks import state_of as kiosk_state_of
from saduak.frontdesk.queries.boards import state_of
from saduak.frontdesk.queries.console import lines
from saduak.frontdesk.queries.known import known_to
from saduak.frontdesk.queries.tickets import of_number
from saduak.frontdesk.tests.factories import BoardFactory
from saduak.frontdesk.tests.kiosks import paired
from saduak.frontdesk.tests.world import DeskWorld
from saduak.frontdesk.voice import in_thai


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [(7, 2, "A07"), (7, 3, "A007"), (7, 4, "A0007"), (99, 2, "A99"), (100, 2, "A100"), (12345, 4, "A12345")],
)
def test_as_many_digits_as_the_desk_wants_or_as_there_are(number, digits, expected):
    assert shown("A", number, digits) == expected


@pytest.fixture
def world(db):
    world = DeskWorld().stand()
    digits(world, 2)
    return world


def digits(world, number):
    world.desk.number_digits = number
    world.desk.save(update_fields=["number_digits"])


def test_paper_keeps_its_number_when_the_desk_changes_its_mind(world):
    first = world.issue()
    digits(world, 4)
    second = world.issue()

    assert [world.fresh(one).shown for one in (first, second)] == ["A01", "A0002"]
    assert [one.history.get(step="issue").facts["number"] for one in (first, second)] == ["A01", "A0002"]


def test_every_place_tells_the_same_number(world):
    called = world.called()
    world.issue()
    board = BoardFactory(desk=world.desk)
    day = timezone.localdate(world.now)

    state = state_of(board, day, world.now)
    known = known_to(world.seated(), world.desk, world.now)

    assert [call.number for call in state.calls] == [called.shown] == ["A01"]
    assert state.lines[0].next == ("A02",)
    assert [place.number for line in lines(world.desk, day, world.now) for place in line.places] == ["A02"]
    assert "'A02'" in str(known)
    assert of_number(world.desk, "A02", world.now).number == of_number(world.desk, "A2", world.now).number == 2
    assert called.history.get(step="call").facts["number"] == "A01"


def test_kiosks_and_what_they_set_aside_follow(world):
    kiosk, _token = paired(world.desk, by=world.head, at=world.now)
    (block,) = kiosks.stock(kiosk, {"A": 0}, at=world.now)

    assert (block.prefix, block.first) == ("A", 71)
    assert kiosk_state_of(kiosk, [block], at=world.now)["digits"] == 2


def test_the_voice_reads_the_signs_of_the_paper():
    assert "เอ หนึ่ง สอง" in in_thai("A12", "1").speech
