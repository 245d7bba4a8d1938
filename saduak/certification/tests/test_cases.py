"""The case page: where a case stands, who sees what, and the steps that ask for a reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.certification.models import Application
from saduak.certification.procedure.applications import Stage
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def opened(client, user, name, *arguments, **query):
    client.force_login(user)
    return client.get(reverse(name, args=arguments), query)


@pytest.mark.parametrize(
    "stage",
    ["draft", "submitted", "returned", "screened", "assigned", "visit_planned", "visited", "assessed", "proposed"],
)
def test_the_case_page_opens_at_every_stage(client, world, stage):
    application = getattr(world, stage)()

    answer = opened(client, world.secretariat, "show_application", application.reference)

    assert answer.status_code == 200
    assert application.reference in answer.content.decode()


def test_the_case_page_of_a_certified_unit_tells_the_result(client, world):
    application = world.certified()

    words = opened(client, world.head, "show_application", application.reference).content.decode()

    assert "GECC-2563-0001" in words
    assert "100.00" in words


def test_a_stranger_finds_no_case(client, world):
    application = world.submitted()
    stranger = person_of(Office.CENTRE_HEAD)

    answer = opened(client, stranger, "show_application", application.reference)

    assert answer.status_code == 404


def test_the_centre_does_not_learn_who_declared_what(client, world):
    application = world.declared(world.assigned())

    centre = opened(client, world.head, "show_history", application.reference).content.decode()
    secretariat = opened(client, world.secretariat, "show_history", application.reference).content.decode()

    assert str(world.member) not in centre
    assert str(world.member) in secretariat


def test_the_score_is_not_told_before_the_committee_has_resolved(client, world):
    application = world.assessed()

    words = opened(client, world.inspector, "show_application", application.reference).content.decode()

    assert "100.00" not in words


def test_a_case_that_was_withdrawn_ends_its_track_there(client, world):
    application = world.submitted()
    client.force_login(world.head)

    answer = client.post(
        reverse("take_step", args=[application.reference, "withdraw"]),
        {"reason": "ย้ายที่ทำการ", "seen": application.version},
    )

    assert answer.status_code == 302
    assert Application.objects.get().stage == Stage.WITHDRAWN
    page = opened(client, world.head, "show_application", application.reference).content.decode()
    assert 'data-state="left"' in page
    assert "ย้ายที่ทำการ" in page


def test_a_step_without_its_reason_is_refused_and_changes_nothing(client, world):
    application = world.submitted()
    client.force_login(world.head)

    answer = client.post(reverse("take_step", args=[application.reference, "withdraw"]), {"reason": " "})

    assert answer.status_code == 422
    assert Application.objects.get().stage == Stage.SUBMITTED


def test_a_step_on_a_case_that_has_changed_is_overtaken(client, world):
    application = world.submitted()
    client.force_login(world.head)

    answer = client.post(
        reverse("take_step", args=[application.reference, "withdraw"]),
        {"reason": "ย้าย", "seen": application.version - 1},
    )

    assert answer.status_code == 409


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "zz"}], ids=["nothing", "empty", "no number"])
def test_a_form_that_does_not_say_what_was_seen_moves_nothing(client, world, seen):
    application = world.submitted()
    client.force_login(world.head)

    answer = client.post(reverse("take_step", args=[application.reference, "withdraw"]), {"reason": "ย้าย", **seen})

    assert answer.status_code == 400
    assert "โหลดหน้าใหม่" in answer.text
    assert Application.objects.get().stage == Stage.SUBMITTED


def test_a_step_that_belongs_to_somebody_else_shows_why_it_is_closed(client, world):
    application = world.submitted()

    answer = opened(client, world.officer, "take_step", application.reference, "withdraw")

    assert answer.status_code == 200
    assert "<textarea" not in answer.content.decode()


def test_an_unknown_step_has_no_page(client, world):
    application = world.submitted()

    assert opened(client, world.head, "take_step", application.reference, "fly").status_code == 404
    assert opened(client, world.head, "take_step", application.reference, "certify").status_code == 404


def test_the_day_to_mend_by_explains_itself(client, world):
    application = world.returned()

    words = opened(client, world.head, "show_application", application.reference).content.decode()

    assert "side-clock" in words
    assert "<details>" in words


class TestList:
    """The work list."""

    def test_it_holds_what_exists_for_the_person(self, client, world):
        application = world.submitted()

        assert application.reference in opened(client, world.secretariat, "list_applications").content.decode()
        stranger = person_of(Office.CENTRE_HEAD)
        assert application.reference not in opened(client, stranger, "list_applications").content.decode()

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param({"stage": "submitted"}, True, id="stage"),
            pytest.param({"stage": "draft"}, False, id="another stage"),
            pytest.param({"round": "R2563"}, True, id="round"),
            pytest.param({"province": "51"}, True, id="province"),
            pytest.param({"province": "nowhere"}, True, id="nonsense is passed over"),
            pytest.param({"q": "2563-0001"}, True, id="reference"),
            pytest.param({"q": "บริการทดสอบ"}, True, id="words of the centre"),
            pytest.param({"q": "ไม่มีที่นี่"}, False, id="other words"),
        ],
    )
    def test_it_is_filtered_by_its_address(self, client, world, query, found):
        application = world.submitted()

        page = opened(client, world.secretariat, "list_applications", **query).content.decode()

        assert (application.get_absolute_url() in page) is found

    def test_it_asks_the_database_no_more_for_more_lines(self, client, world):
        def make():
            centre = CentreFactory(agency=world.centre.agency)
            world.draft(centre, by=person_of(Office.CENTRE_HEAD, centre=centre))

        def questions():
            with CaptureQueriesContext(connection) as asked:
                opened(client, world.auditor, "list_applications")
            return len(asked)

        make()
        assert questions()  # The first page also signs in.
        one = questions()
        for _ in range(5):
            make()

        assert questions() == one
