"""Who is what to a case and who may read what, stage by stage."""

import pytest

from saduak.certification import policies
from saduak.certification.models import Application
from saduak.certification.operations import applications, assignments
from saduak.certification.procedure.roles import Role
from saduak.certification.tests.world import World, moment
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def fresh(application):
    return Application.objects.get(pk=application.pk)


PEOPLE = (
    "head",
    "officer",
    "coordinator",
    "secretariat",
    "auditor",
    "inspector",
    "chair",
    "member",
    "panel_secretary",
    "steering_secretary",
)


def those_who(world, question, application):
    """Names of the people of whom the question is true, a steering member and a stranger included."""
    asked = {name: getattr(world, name) for name in PEOPLE}
    asked["steering_member"] = world.steering_members[0]
    asked["stranger"] = person_of(Office.CENTRE_HEAD)
    return {name for name, person in asked.items() if question(person, fresh(application))}


def sees(person, application):
    return Application.objects.visible_to(person).filter(pk=application.pk).exists()


EVERYWHERE = {"head", "officer", "coordinator", "secretariat", "auditor"}
PANEL = {"chair", "member", "panel_secretary"}
COMMITTEE = {"steering_secretary", "steering_member"}


@pytest.mark.parametrize(
    ("stage", "case", "dossier", "scores"),
    [
        pytest.param("draft", EVERYWHERE, EVERYWHERE - {"secretariat"}, set(), id="draft"),
        pytest.param("submitted", EVERYWHERE | {"inspector"}, EVERYWHERE, set(), id="submitted"),
        pytest.param("assigned", EVERYWHERE | PANEL | {"inspector"}, EVERYWHERE, set(), id="assigned, nobody declared"),
        pytest.param("visited", EVERYWHERE | PANEL | {"inspector"}, EVERYWHERE | PANEL, set(), id="visited"),
        pytest.param(
            "assessed",
            EVERYWHERE | PANEL | {"inspector"},
            EVERYWHERE | PANEL,
            PANEL | {"secretariat", "auditor"},
            id="assessed",
        ),
        pytest.param(
            "proposed",
            EVERYWHERE | PANEL | COMMITTEE | {"inspector"},
            EVERYWHERE | PANEL | COMMITTEE,
            PANEL | COMMITTEE | {"secretariat", "auditor"},
            id="proposed",
        ),
        pytest.param(
            "certified",
            EVERYWHERE | PANEL | COMMITTEE | {"inspector"},
            EVERYWHERE | PANEL | COMMITTEE,
            EVERYWHERE | PANEL | COMMITTEE | {"inspector"},
            id="certified",
        ),
    ],
)
def test_who_sees_what_at_each_stage(world, stage, case, dossier, scores):
    application = getattr(world, stage)()

    assert those_who(world, sees, application) == case
    assert those_who(world, policies.may_read_dossier, application) == dossier
    assert those_who(world, policies.may_read_scores, application) == scores


def test_only_the_centre_works_on_its_dossier_and_only_while_it_is_open(world):
    application = world.draft()

    assert those_who(world, policies.may_edit_dossier, application) == {"head", "officer"}
    world.answer_everything(application)

    applications.submit(application, by=world.head, at=moment(world.today))
    assert those_who(world, policies.may_edit_dossier, application) == set()


def test_only_the_secretariat_screens_what_was_submitted(world):
    assert those_who(world, policies.may_screen, world.submitted()) == {"secretariat"}


def test_who_declared_a_conflict_is_nothing_to_the_unit(world):
    application = world.assigned()
    assignments.declare(application, by=world.chair, has_conflict=True, statement="ญาติ")

    assert policies.roles_of(world.chair, fresh(application)) == frozenset()
    assert not sees(world.chair, application)


def test_another_sub_committee_is_nothing_to_the_unit(world):
    other = person_of(Office.CHAIR, body=BodyFactory(number=7))

    assert policies.roles_of(other, fresh(world.assigned())) == frozenset()


class TestBlindness:
    def test_nobody_compares_before_every_sheet_is_in(self, world):
        application = world.visited()
        world.score(application, world.chair)

        assert those_who(world, policies.may_compare, application) == set()
        assert those_who(world, policies.may_settle, application) == set()

    def test_whoever_still_has_to_score_learns_no_count(self, world):
        application = world.visited()
        world.score(application, world.chair)
        visit = fresh(application).current_visit

        assert policies.may_see_progress_of_sheets(world.chair, visit)
        assert not policies.may_see_progress_of_sheets(world.member, visit)
        assert policies.may_see_progress_of_sheets(world.panel_secretary, visit)
        assert policies.may_see_progress_of_sheets(world.secretariat, visit)
        assert not policies.may_see_progress_of_sheets(world.head, visit)

    def test_the_panel_compares_when_all_are_in_and_auditors_after_the_signature(self, world):
        application = world.scored()

        assert those_who(world, policies.may_compare, application) == PANEL
        assert those_who(world, policies.may_settle, application) == PANEL
        assert those_who(world, policies.signs, application) == {"chair"}

    def test_auditors_compare_after_the_signature(self, world):
        assert those_who(world, policies.may_compare, world.assessed()) == PANEL | {"auditor"}

    def test_only_assessors_score_and_only_their_own_sheet(self, world):
        application = world.visited()
        sheet = world.score(application, world.chair, submit=False)

        assert those_who(world, policies.may_score, application) == {"chair", "member"}
        assert policies.roles_on(world.chair, sheet) == {Role.ASSESSOR}
        assert policies.roles_on(world.member, sheet) == frozenset()

    def test_those_who_wait_are_the_panel(self, world):
        assert those_who(world, policies.waits_for_sheets, world.visited()) == PANEL


class TestInterests:
    def test_every_member_has_to_declare_before_anything_opens(self, world):
        application = world.assigned()

        assert those_who(world, policies.has_to_declare, application) == PANEL
        assert those_who(world, policies.must_declare_first, application) == PANEL
        assert those_who(world, policies.has_declared_free, application) == set()

    def test_who_has_declared_may_still_say_that_it_changed(self, world):
        application = world.declared(world.assigned())

        assert those_who(world, policies.has_to_declare, application) == set()
        assert those_who(world, policies.must_declare_first, application) == set()
        assert those_who(world, policies.has_declared_free, application) == PANEL

    def test_who_declared_what_is_read_by_those_who_staff_visits(self, world):
        application = world.declared(world.assigned())
        readers = {"secretariat", "auditor", "chair", "panel_secretary"}

        assert those_who(world, policies.may_read_interests, application) == readers
        assert those_who(world, lambda p, a: policies.may_read_entry(p, a, "declare"), application) == readers | {
            "member"
        }
        assert those_who(world, lambda p, a: policies.may_read_entry(p, a, "assign"), application) >= EVERYWHERE

    def test_before_the_assignment_there_is_nothing_to_read(self, world):
        assert those_who(world, policies.may_read_interests, world.screened()) == set()


def test_roles_at_a_meeting(world):
    meeting = world.meeting(world.proposed())

    assert policies.roles_at(world.steering_secretary, meeting) == {Role.STEERING_SECRETARY, Role.STEERING_MEMBER}
    assert policies.roles_at(world.steering_members[0], meeting) == {Role.STEERING_MEMBER}
    assert policies.roles_at(world.chair, meeting) == frozenset()


def test_a_result_is_read_once_there_are_scores(world):
    assert those_who(world, policies.may_read_result, world.visited()) == set()


def test_a_head_is_a_head_before_an_officer(world):
    assert policies.role_in_centre(world.head, world.centre) == Role.CENTRE_HEAD
    assert policies.role_in_centre(world.officer, world.centre) == Role.CENTRE_OFFICER
    assert policies.role_in_centre(world.chair, world.centre) is None
