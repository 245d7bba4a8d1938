"""Who is what to a desk, and which desks exist for whom."""

import pytest

from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.frontdesk import policies
from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import sittings, supervising
from saduak.frontdesk.procedure import Role
from saduak.frontdesk.tests.factories import DeskFactory
from saduak.frontdesk.tests.world import DeskWorld
from saduak.frontdesk.views.versions import STAFF_HEARS, live_address
from saduak.live.audiences import Topic, everyone
from saduak.live.queries import missed, position
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return DeskFactory()


@pytest.mark.parametrize(
    ("office", "roles"),
    [
        pytest.param(Office.CENTRE_HEAD, {Role.OFFICER, Role.SUPERVISOR}, id="head"),
        pytest.param(Office.CENTRE_OFFICER, {Role.OFFICER}, id="officer"),
        pytest.param(Office.POSTED, set(), id="posted there only"),
    ],
)
def test_offices_in_the_centre_give_roles_there_and_nowhere_else(desk, office, roles):
    person, elsewhere = person_of(office, centre=desk.centre), DeskFactory(centre=CentreFactory())

    assert policies.desk_roles_of(person, desk.centre) == roles
    assert policies.roles_at_a_counter(person, desk.centre) == roles
    assert policies.may_serve_at(person, desk.centre) == bool(roles)
    assert policies.desk_roles_of(person, elsewhere.centre) == set()
    assert set(Desk.objects.visible_to(person)) == ({desk} if roles else set())


@pytest.mark.parametrize(
    ("office", "role"),
    [
        pytest.param(Office.SECRETARIAT_OFFICER, Role.SECRETARIAT, id="secretariat"),
        pytest.param(Office.AUDITOR, Role.AUDITOR, id="auditor"),
    ],
)
def test_some_look_on_everywhere_and_serve_nowhere(desk, office, role):
    person = person_of(office)

    assert policies.desk_roles_of(person, desk.centre) == {role}
    assert not policies.may_serve_at(person, desk.centre)
    assert set(Desk.objects.visible_to(person)) == {desk}


def test_whom_a_desk_names_supervises_it_until_the_account_is_closed(desk):
    person = UserFactory()
    desk.supervisors.add(person)

    assert policies.supervises(person, desk.centre)
    assert policies.supervises_a_desk(person)
    assert policies.roles_at_a_counter(person, desk.centre) == {Role.SUPERVISOR}
    assert set(Desk.objects.visible_to(person)) == {desk}

    person.is_active = False
    assert not policies.supervises(person, desk.centre)
    assert not Desk.objects.visible_to(person).exists()


def test_pauses_and_calls_for_help_wake_the_staffs_pages_like_tickets():
    world = DeskWorld()
    sitting, before = world.seated(), position()

    sittings.pause(sitting, "ประชุม")
    sittings.resume(sitting)
    sittings.ask_for_help(sitting)
    supervising.want_open(world.counters[1], by=world.head)

    heard = missed([Topic(kind, None, world.desk.pk) for kind in STAFF_HEARS], before, limit=9)
    assert [event.step for event in heard] == ["pause", "resume", "ask_for_help", "want_open"]
    assert {policies.AUDIENCES[kind] for kind in STAFF_HEARS} == {everyone}  # Nothing of a person is in an event.
    assert live_address(world.desk).count("case_kind=") == len(STAFF_HEARS)
