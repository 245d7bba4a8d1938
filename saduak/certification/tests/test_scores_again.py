"""What was signed can be computed again by anybody."""

from decimal import Decimal

import pytest
from django.db import connection

from saduak.certification.models import AgreedMark, Application
from saduak.certification.queries.scores import assessed, departures
from saduak.certification.queries.work import work_for
from saduak.certification.tests.world import World
from tests.support.demonstration import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_a_signed_score_is_what_its_agreed_values_give(world):
    world.assessed()

    assert assessed() == 1
    assert list(departures()) == []


def test_a_total_that_was_altered_is_found(world):
    unit = world.assessed()
    Application.objects.update(total=Decimal("99.99"))

    [found] = departures()

    assert (found.reference, found.stored_total, found.computed_total) == (unit.reference, Decimal("99.99"), 100)


def test_an_agreed_value_that_was_altered_is_found(world):
    world.assessed()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # Past the triggers, as a superuser can.
        AgreedMark.objects.filter(code="P1").update(answer="not_met")
        cursor.execute("SET LOCAL session_replication_role = origin")

    [found] = departures()

    assert (found.stored_level, found.computed_level) == ("excellent", "")


def test_a_total_without_a_signature_is_found(world):
    unit = world.visited()
    Application.objects.update(total=Decimal("80"))

    assert [found.reference for found in departures()] == [unit.reference]


def test_every_score_of_the_demonstration_can_be_computed_again():
    load()

    assert assessed() >= 2
    assert list(departures()) == []


def test_the_panel_hears_of_sheets_only_when_all_are_in(world):
    unit = world.visited()
    world.score(unit, world.chair)
    assert work_for(world.panel_secretary) == []
    world.score(unit, world.member)

    for person in (world.chair, world.panel_secretary):
        assert [str(item.action) for item in work_for(person)] == ["เทียบคะแนนและหาข้อสรุป"]
    assert work_for(world.member) == []


def test_the_panel_is_told_to_propose_what_is_signed(world):
    unit = world.assessed()

    [item] = work_for(world.panel_secretary)

    assert item.reference == unit.reference
    assert item.url.endswith("/steps/propose")
