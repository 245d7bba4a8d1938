"""What must never be false is refused by the database itself, whoever asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from saduak.certification.models import (
    AgendaItem,
    Answer,
    Application,
    Attendance,
    Certificate,
    Dossier,
    EvidenceUse,
    Mark,
    Resolution,
    Round,
    VisitAssessor,
)
from saduak.certification.operations import assignments
from saduak.certification.tests.world import World
from saduak.directory.models import Membership, Office
from saduak.directory.tests.factories import LONG_AGO, CentreFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def refused(statement, *params):
    """Whether PostgreSQL refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
    except IntegrityError:
        return True
    return False


def test_the_content_of_a_submitted_dossier_is_closed(world):
    application = world.submitted()

    assert refused("UPDATE certification_answer SET answer = 'not_met'")
    assert refused("DELETE FROM certification_answer")
    assert refused("DELETE FROM certification_evidenceuse")
    assert refused(
        "INSERT INTO certification_answer"
        " (application_id, code, answer, explanation, version, changed_at, changed_by_id)"
        " VALUES (%s, 'X', 'met', '', 1, now(), %s)",
        application.pk,
        world.head.pk,
    )
    assert Answer.objects.filter(answer="not_met").count() == 0
    assert EvidenceUse.objects.count() == 4


def test_a_dossier_and_a_resolution_are_written_once(world):
    world.certified()

    for table in ("certification_dossier", "certification_resolution"):
        assert refused(f"UPDATE {table} SET sha256 = 'x'")
        assert refused(f"DELETE FROM {table}")
    assert Dossier.objects.count() == Resolution.objects.count() == 1


def test_a_submitted_sheet_keeps_its_marks(world):
    application = world.visited()
    world.score(application, world.member)
    open_sheet = world.score(application, world.chair, submit=False)

    assert refused("UPDATE certification_mark SET answer = '1' WHERE sheet_id <> %s", open_sheet.pk)
    assert refused("DELETE FROM certification_mark WHERE sheet_id <> %s", open_sheet.pk)
    assert not refused("UPDATE certification_mark SET note = 'x' WHERE sheet_id = %s", open_sheet.pk)
    assert Mark.objects.filter(answer="1").count() == 0


def test_signed_scores_stay(world):
    world.assessed()

    assert refused("UPDATE certification_agreedmark SET answer = 'not_met'")
    assert refused("DELETE FROM certification_agreedmark")


def test_what_was_resolved_stays(world):
    world.certified()

    assert refused("UPDATE certification_agendaitem SET decision = '', level = ''")
    assert refused("UPDATE certification_attendance SET is_present = false")
    assert refused("DELETE FROM certification_agendaitem")
    assert AgendaItem.objects.get().decision == "certify"
    assert Attendance.objects.filter(is_present=True).count() == 5


@pytest.mark.parametrize(
    ("change", "params"),
    [
        pytest.param("stage = 'certified'", (), id="certified without a resolution"),
        pytest.param("stage = 'not_certified'", (), id="declined without a resolution"),
        pytest.param("stage = 'returned'", (), id="returned without a day to be mended by"),
        pytest.param("stage = 'nowhere'", (), id="a stage that does not exist"),
        pytest.param("submitted_at = NULL", (), id="submitted without a moment"),
    ],
)
def test_an_application_is_never_in_an_impossible_state(world, change, params):
    world.submitted()

    assert refused(f"UPDATE certification_application SET {change}", *params)


def test_an_outcome_needs_its_resolution_and_its_level(world):
    world.certified()

    assert refused("UPDATE certification_application SET resolution_id = NULL")
    assert refused("UPDATE certification_application SET level = ''")
    assert refused("UPDATE certification_application SET stage = 'proposed'")


def test_a_centre_has_one_open_application_in_a_round(world):
    world.draft()

    assert refused(
        "INSERT INTO certification_application"
        " (reference, stage, stage_since, version, round_id, centre_id, contact_name, contact_phone,"
        " contact_email, overview, started_by_id, started_at, was_returned, level, is_example)"
        " SELECT 'other', stage, stage_since, version, round_id, centre_id, '', '', '', '', started_by_id, started_at,"
        " false, '', false FROM certification_application"
    )


def test_a_centre_has_one_valid_certificate(world):
    world.certified()
    certificate = Certificate.objects.get()

    assert refused(
        "INSERT INTO certification_certificate (reference, stage, stage_since, version, application_id, centre_id,"
        " round_id, resolution_id, centre_name_th, centre_name_en, level, issued_on, expires_on, is_example)"
        " SELECT 'other', 'valid', stage_since, 0, application_id + 1, centre_id, round_id, resolution_id, '', '',"
        " level, issued_on, expires_on, false FROM certification_certificate"
    )
    assert refused("UPDATE certification_certificate SET expires_on = issued_on")
    assert Certificate.objects.get() == certificate


def test_phases_never_overlap_nor_run_backward(world):
    round_ = world.prepared_round

    assert refused("UPDATE certification_round SET screening_opens_on = application_closes_on")
    assert refused("UPDATE certification_round SET visits_close_on = visits_open_on - 1")
    assert Round.objects.get().windows == round_.windows


def seat(visit, person):
    """Put a person on a visit past every operation."""
    return refused(
        "INSERT INTO certification_visitassessor (visit_id, person_id, office) VALUES (%s, %s, 'member')",
        visit.pk,
        person.pk,
    )


class TestNobodyWithAHardConflictAssesses:
    @pytest.fixture
    def application(self, world):
        return world.visit_planned()

    def newcomer(self, world, application, *, declares=True):
        person = person_of(Office.MEMBER, body=world.five)
        if declares:
            assignments.declare(application, by=person, has_conflict=False)
        return person

    def test_a_member_without_ties_may(self, world, application):
        assert not seat(application.current_visit, self.newcomer(world, application))

    def test_nobody_without_a_declaration(self, world, application):
        assert seat(application.current_visit, self.newcomer(world, application, declares=False))

    def test_nobody_who_declared_a_conflict(self, world, application):
        person = self.newcomer(world, application)
        assignments.declare(application, by=person, has_conflict=True, statement="ญาติเป็นหัวหน้าศูนย์")

        assert seat(application.current_visit, person)

    @pytest.mark.parametrize(
        ("place", "ended_days_ago", "barred"),
        [
            pytest.param("centre", None, True, id="works in the centre"),
            pytest.param("centre", 300, True, id="left the centre last year"),
            pytest.param("centre", 1200, False, id="left the centre long ago"),
            pytest.param("agency", None, True, id="works in the agency"),
            pytest.param("agency", 300, False, id="left the agency"),
            pytest.param("sister", None, True, id="works in a sister centre"),
        ],
    )
    def test_nobody_of_the_unit_or_its_agency(self, world, application, place, ended_days_ago, barred):
        person = self.newcomer(world, application)
        places = {
            "centre": {"centre": world.centre},
            "agency": {"agency": world.centre.agency},
            "sister": {"centre": CentreFactory(agency=world.centre.agency)},
        }
        until = ended_days_ago and timezone.localdate() - timedelta(days=ended_days_ago)
        Membership.objects.create(
            person=person, office=Office.POSTED, from_day=LONG_AGO, until_day=until, **places[place]
        )

        assert seat(application.current_visit, person) is barred
        assert VisitAssessor.objects.filter(person=person).exists() is not barred


def test_references_are_given_once(world):
    world.draft()
    other = CentreFactory()
    world.draft(other, by=person_of(Office.CENTRE_HEAD, centre=other))

    assert sorted(Application.objects.values_list("reference", flat=True)) == ["2563-0001", "2563-0002"]
