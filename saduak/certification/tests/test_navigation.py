"""The search box finds the applications that exist for the person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from saduak.certification.tests.world import World
from saduak.design import navigation
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of

pytestmark = pytest.mark.django_db


def test_the_pages_of_a_draw_belong_to_surveillance():
    rail = navigation.rail_for(person_of(Office.SECRETARIAT_OFFICER))

    assert navigation.current(rail, reverse("announce_draw")) == reverse("list_surveillances")


def found_by(user, words):
    return [found.label for group in navigation.search(user, words) for found in group.found]


def test_a_person_finds_an_application_by_its_reference_and_a_stranger_does_not():
    world = World(today=timezone.localdate())
    application = world.draft()
    stranger = person_of(Office.CENTRE_OFFICER, centre=CentreFactory())

    assert application.reference in found_by(world.head, application.reference)
    assert application.reference not in found_by(stranger, application.reference)
