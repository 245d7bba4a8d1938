"""What waits for whom, and the overview of an agency."""

from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saduak.audit.models import Record
from saduak.certification import queries
from saduak.certification.operations import applications
from saduak.certification.queries import work
from saduak.certification.queries.work import work_for
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(today=timezone.localdate())


def test_every_list_of_work_is_gathered():
    modules = [name for _, name, _ in iter_modules(queries.__path__) if name.startswith("work_")]

    made = {name: vars(import_module(f"{queries.__name__}.{name}")) for name in modules}

    asked = {ask.__module__.rpartition(".")[2] for ask in work.ASKED}
    assert asked == {name for name, own in made.items() if any(word.startswith("work_") for word in own)}


class TestWork:
    """The work list of centres and coordinators."""

    def test_a_round_in_which_the_centre_has_not_begun_waits_for_it(self, world):
        round_ = world.round

        (item,) = work_for(world.head)

        assert item.due == round_.application_closes_on
        assert world.centre.code in item.url

    def test_a_draft_waits_until_the_last_day(self, world):
        application = world.draft()

        (item,) = work_for(world.officer)

        assert (item.reference, item.due) == (application.reference, world.round.application_closes_on)

    def test_what_is_handed_in_waits_for_nobody_in_the_centre(self, world):
        world.submitted()

        assert work_for(world.head) == []

    def test_a_returned_dossier_waits_until_the_day_to_mend_by(self):
        world = World(today=timezone.localdate() - timedelta(days=45))
        application = world.returned()

        (item,) = work_for(world.head)

        assert item.due == application.mend_until
        assert [each.due for each in work_for(world.coordinator)] == [application.mend_until]

    def test_a_coordinator_learns_how_many_have_not_handed_in(self, world):
        CentreFactory(agency=world.centre.agency)
        world.submitted()

        (item,) = work_for(world.coordinator)

        assert item.due == world.round.application_closes_on
        assert "1" in str(item.awaited)

    def test_nothing_waits_for_strangers(self, world):
        world.draft()

        assert work_for(world.auditor) == []


class TestAgency:
    """All centres of one agency."""

    def test_it_tells_who_has_not_begun(self, client, world):
        silent = CentreFactory(agency=world.centre.agency)
        application = world.draft()
        applications.answer(application, "P1", "met", by=world.head)
        client.force_login(world.coordinator)

        words = client.get(reverse("agency_overview")).content.decode()

        assert silent.name_th in words
        assert application.reference in words

    def test_other_agencies_do_not_stand_there(self, client, world):
        other = CentreFactory()
        world.draft()
        client.force_login(world.coordinator)

        assert other.name_th not in client.get(reverse("agency_overview")).content.decode()

    @pytest.mark.parametrize("name", ["agency_overview", "list_applications"])
    def test_its_export_is_written_down(self, client, world, name):
        application = world.draft()
        client.force_login(world.coordinator)

        sheet = client.get(reverse(name), {"export": "csv"})

        assert str(application.centre) in sheet.content.decode("utf-8-sig")
        assert Record.objects.filter(person=world.coordinator, act="exported").count() == 1

    def test_it_asks_the_database_no_more_for_more_centres(self, client, world):
        def make():
            centre = CentreFactory(agency=world.centre.agency)
            head = person_of(Office.CENTRE_HEAD, centre=centre)
            world.answer_everything(world.draft(centre, by=head), by=head)

        def questions():
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("agency_overview"))
            return len(asked)

        make()
        client.force_login(world.coordinator)
        assert questions()
        one = questions()
        make()
        make()

        assert questions() == one
