"""Units go to sub-committees, with every conflict in view; members declare before anything opens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saduak.certification.models import Application, Assignment, Declaration
from saduak.certification.operations import assignments, rounds
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.board import board
from saduak.certification.queries.conflicts import conflicts_between, conflicts_of
from saduak.certification.rules import ConflictKind
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, MembershipFactory, person_of
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def secretariat(client, world):
    client.force_login(world.secretariat)
    return client


@remembered
def screened(world, number=1, **place):
    """Units that wait for a sub-committee."""
    units = []
    for _ in range(number):
        centre = CentreFactory(agency=world.centre.agency, **place)
        units.append(world.screened(centre, by=person_of(Office.CENTRE_HEAD, centre=centre)))
    return units


def give(client, world, units, panel):
    versions = {f"seen-{unit.reference}": unit.version for unit in units}
    return client.post(
        reverse("assign_applications"), {"units": [u.reference for u in units], "panel": panel.pk, **versions}
    )


class TestBoard:
    """The board of a round."""

    def test_several_units_are_given_at_once_in_their_order(self, secretariat, world):
        units = screened(world, 3)

        answer = give(secretariat, world, units, world.panel)

        assert answer.status_code == 302
        assert sorted(Assignment.objects.values_list("unit_number", flat=True)) == [1, 2, 3]

    def test_nothing_is_given_when_one_of_them_has_moved(self, secretariat, world):
        first, second = screened(world, 2)
        Application.objects.filter(pk=second.pk).update(version=second.version + 1)

        answer = give(secretariat, world, [first, second], world.panel)

        assert answer.status_code == 409
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize("typed", [{}, {"panel": "999"}], ids=["nothing", "no such sub-committee"])
    def test_what_is_missing_is_said(self, secretariat, world, typed):
        (unit,) = screened(world)

        answer = secretariat.post(reverse("assign_applications"), {"units": [unit.reference], **typed})

        assert answer.status_code == 422
        assert "checked" in answer.content.decode()

    def test_a_conflict_opens_its_facts(self, secretariat, world):
        (unit,) = screened(world)
        colleague = person_of(Office.MEMBER, body=world.five)
        MembershipFactory(person=colleague, agency=unit.centre.agency, office=Office.POSTED)

        words = secretariat.get(reverse("assign_applications")).content.decode()

        assert str(colleague) in words
        assert unit.centre.agency.name_th in words
        assert "<details" in words

    def test_the_number_of_queries_does_not_grow(self, world):
        screened(world, 1)
        assert world.panel
        assert world.chair

        def questions():
            with CaptureQueriesContext(connection) as asked:
                board(world.round, on=timezone.localdate())
            return len(asked)

        few = questions()
        screened(world, 4)
        for number in range(11, 15):
            body = BodyFactory(number=number)
            person_of(Office.CHAIR, body=body)
            person_of(Office.MEMBER, body=body)
            rounds.bring_in(world.round, body, by=world.secretariat)

        assert questions() == few
        assert few <= 12

    def test_the_round_may_be_chosen_and_a_strange_one_is_not_found(self, secretariat, world):
        assert world.round

        assert secretariat.get(reverse("assign_applications"), {"round": "R2563"}).status_code == 200
        assert secretariat.get(reverse("assign_applications"), {"round": "R1"}).status_code == 404

    def test_without_a_round_it_says_what_will_be_here(self, secretariat):
        assert secretariat.get(reverse("assign_applications")).status_code == 200


class TestConflictsBetween:
    """The conflicts of many people with many units at once."""

    def test_they_are_those_of_each_by_itself(self, world):
        units = [world.assigned(), *screened(world, 2)]
        assignments.declare(units[0], by=world.member, has_conflict=True, statement="ญาติ")
        MembershipFactory(person=world.chair, agency=world.centre.agency, office=Office.POSTED)
        people = [world.chair, world.member, world.panel_secretary]
        today = timezone.localdate()

        together = conflicts_between(units, people, on=today)

        for unit in units:
            alone = conflicts_of(unit, people, on=today)
            assert {person.pk: together[unit.pk, person.pk] for person in people} == alone
        assert ConflictKind.DECLARED in {one.kind for one in together[units[0].pk, world.member.pk]}
        assert ConflictKind.SAME_AGENCY in {one.kind for one in together[units[1].pk, world.chair.pk]}

    def test_two_members_of_one_centre_are_both_reciprocal(self, world):
        visited = world.visited()
        partner = CentreFactory()
        colleagues = [person_of(Office.CENTRE_OFFICER, centre=world.centre) for _ in range(2)]
        MembershipFactory(person=world.chair, centre=partner, office=Office.POSTED)
        unit = world.screened(partner, by=person_of(Office.CENTRE_HEAD, centre=partner))

        found = conflicts_between([unit], colleagues, on=timezone.localdate())

        assert visited.current_visit.is_assessed_by(world.chair)
        for person in colleagues:
            assert ConflictKind.RECIPROCAL in {one.kind for one in found[unit.pk, person.pk]}


class TestOneUnit:
    """The page of one unit beside every sub-committee."""

    def test_it_is_assigned(self, secretariat, world):
        application = world.screened()

        answer = secretariat.post(
            reverse("assign_application", args=[application.reference]),
            {"panel": world.panel.pk, "seen": application.version},
        )

        assert answer.status_code == 302
        assert Application.objects.get().stage == Stage.ASSIGNED

    def test_another_sub_committee_needs_a_reason(self, secretariat, world):
        six = BodyFactory(number=6)
        other = rounds.bring_in(world.prepared_round, six, by=world.secretariat)
        application = world.assigned()
        address = reverse("assign_application", args=[application.reference])

        refused = secretariat.post(address, {"panel": other.pk, "reason": "", "seen": application.version})
        taken = secretariat.post(address, {"panel": other.pk, "reason": "ส่วนได้เสีย", "seen": application.version})

        assert (refused.status_code, taken.status_code) == (422, 302)
        assert Assignment.objects.get().panel == other

    def test_the_same_sub_committee_is_refused_with_the_reason(self, secretariat, world):
        application = world.assigned()

        answer = secretariat.post(
            reverse("assign_application", args=[application.reference]),
            {"panel": world.panel.pk, "reason": "ผิดพลาด", "seen": application.version},
        )

        assert answer.status_code == 422
        assert "ผิดพลาด" in answer.content.decode()

    def test_a_dossier_under_screening_cannot_be_assigned(self, secretariat, world):
        application = world.submitted()

        words = secretariat.get(reverse("assign_application", args=[application.reference])).content.decode()

        assert "<textarea" not in words


class TestDeclaration:
    """Nothing confidential opens before a member has declared."""

    def test_the_case_leads_to_the_declaration_first(self, client, world):
        application = world.assigned()
        client.force_login(world.member)

        for name in ("show_application", "show_history"):
            answer = client.get(reverse(name, args=[application.reference]))
            assert answer["Location"] == reverse("declare_interest", args=[application.reference])
        assert client.get(reverse("show_dossier", args=[application.reference])).status_code == 403

    def test_the_declaration_shows_only_what_is_public(self, client, world):
        application = world.assigned()
        Application.objects.filter(pk=application.pk).update(overview="ความลับของศูนย์", contact_name="นางสาวผู้ประสาน")
        client.force_login(world.member)

        words = client.get(reverse("declare_interest", args=[application.reference])).content.decode()

        assert world.centre.name_th in words
        assert "ความลับของศูนย์" not in words
        assert "นางสาวผู้ประสาน" not in words

    def test_who_declares_to_be_free_gets_in(self, client, world):
        application = world.assigned()
        client.force_login(world.member)

        answer = client.post(reverse("declare_interest", args=[application.reference]), {"interest": "free"})

        assert answer.status_code == 302
        assert client.get(reverse("show_dossier", args=[application.reference])).status_code == 200

    def test_who_has_a_conflict_is_out(self, client, world):
        application = world.assigned()
        client.force_login(world.member)
        address = reverse("declare_interest", args=[application.reference])

        refused = client.post(address, {"interest": "conflict", "statement": ""})
        taken = client.post(address, {"interest": "conflict", "statement": "ญาติเป็นหัวหน้าศูนย์"})

        assert (refused.status_code, taken.status_code) == (422, 302)
        assert client.get(reverse("show_application", args=[application.reference])).status_code == 404

    def test_a_conflict_may_come_up_later(self, client, world):
        application = world.declared(world.assigned())
        client.force_login(world.member)

        answer = client.post(reverse("declare_interest", args=[application.reference]), {"statement": "เพิ่งทราบ"})

        assert answer.status_code == 302
        assert Declaration.objects.get(person=world.member).has_conflict

    def test_the_secretariat_sees_who_has_declared_and_reads_statements(self, secretariat, world):
        application = world.assigned()
        assert world.chair
        assignments.declare(application, by=world.member, has_conflict=True, statement="ญาติเป็นหัวหน้าศูนย์")

        listed = secretariat.get(reverse("list_interests")).content.decode()
        shown = secretariat.get(reverse("show_interests", args=[application.reference])).content.decode()

        assert str(world.member) in listed
        assert str(world.chair) in listed
        assert "ญาติเป็นหัวหน้าศูนย์" in shown

    def test_the_chair_sees_that_but_not_why(self, client, world):
        application = world.declared(world.assigned())
        assignments.declare(application, by=world.member, has_conflict=True, statement="ญาติเป็นหัวหน้าศูนย์")
        client.force_login(world.chair)

        words = client.get(reverse("show_interests", args=[application.reference])).content.decode()

        assert str(world.member) in words
        assert "ญาติเป็นหัวหน้าศูนย์" not in words

    def test_the_centre_reads_no_interests(self, client, world):
        application = world.declared(world.assigned())
        client.force_login(world.head)

        assert client.get(reverse("show_interests", args=[application.reference])).status_code == 403
