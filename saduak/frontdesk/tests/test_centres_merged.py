"""Two records of a centre, one of which runs a front desk."""

import pytest
from django.core.exceptions import ValidationError

from saduak.directory.models import Office
from saduak.directory.operations import merging
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person_of(Office.SECRETARIAT_OFFICER)


def test_a_record_that_runs_a_desk_does_not_go(officer):
    world = DeskWorld()
    other = CentreFactory(agency=world.desk.centre.agency, province=world.centre.province)

    with pytest.raises(ValidationError, match="จุดบริการ"):
        merging.merge(world.centre, into=other, by=officer, reason="ซ้ำ")


def test_the_other_record_becomes_one_with_it(officer):
    world = DeskWorld()
    other = CentreFactory(agency=world.desk.centre.agency, province=world.centre.province)

    made = merging.merge(other, into=world.centre, by=officer, reason="ซ้ำ")

    assert made.surviving == world.centre
