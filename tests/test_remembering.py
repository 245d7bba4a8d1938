"""A remembered world is gone on from only where nothing else stands and nobody has written since."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from saduak.certification.tests.reviews import ReviewWorld
from saduak.directory.tests.factories import CentreFactory
from saduak.frontdesk.tests.world import DeskWorld
from tests.support import remembering, rows

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
LATER = NOON + timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """Nothing is remembered yet; what will be."""
    monkeypatch.setattr(remembering, "_standing", None)
    monkeypatch.setattr(remembering, "_made", made := {})
    return made


def asked(**grounds):
    """Another test that asks; all rows there are at its end."""
    with transaction.atomic():
        world = ReviewWorld()
        world.asked(world.not_certified(), **grounds)
        held = {name: sorted(json.loads(table.text), key=str) for name, table in rows.held().items()}
        transaction.set_rollback(True)
    return held


@pytest.mark.django_db
def test_what_is_brought_back_is_what_was_made(known):
    made, before = asked(), len(known)

    assert asked() == made
    assert len(known) == before


@pytest.mark.django_db
def test_other_words_are_another_deed(known):
    made, before = asked(), len(known)

    assert asked(P1="อีกเหตุผลหนึ่ง") != made
    assert len(known) > before


@pytest.mark.django_db
def test_whoever_has_written_goes_on_in_earnest(known):
    asked()
    before = len(known)
    world = ReviewWorld()
    unit = world.not_certified()
    world.chair.save()

    assert world.asked(unit).stage == "asked"
    assert len(known) == before


@pytest.mark.django_db
def test_beside_something_else_one_goes_on_in_earnest(known):
    asked()
    before, another = len(known), CentreFactory()
    world = ReviewWorld()

    assert world.asked(world.not_certified()).centre != another
    assert len(known) == before


@pytest.mark.django_db
def test_a_stopped_clock_remembers_its_own_moment_and_one_that_goes_on_nothing(known):
    def stood(at, *, goes_on=False):
        with time_machine.travel(at, tick=goes_on), transaction.atomic():
            joined = DeskWorld(NOON).stand().head.joined_at
            transaction.set_rollback(True)
        return joined

    assert stood(NOON) == stood(NOON) == NOON
    assert len(known) == 1
    assert stood(LATER) == stood(LATER) == LATER
    assert len(known) == 2
    assert stood(NOON, goes_on=True) > NOON
    assert len(known) == 2


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_no_beginning(known):
    ReviewWorld().draft()
    with transaction.atomic():
        assert remembering._what_stands() is None
