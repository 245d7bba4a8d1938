"""The score sheet as a page: own, saved while it is filled in, and closed once handed in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.audit.models import Record
from saduak.certification.models import Mark, ScoreSheet
from saduak.certification.procedure.sheets import SheetStage
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def unit(world):
    return world.visited()


@pytest.fixture
def sheet(world, unit, client):
    """The member's own sheet, begun; the member is signed in."""
    client.force_login(world.member)
    client.post(reverse("open_sheet", args=[unit.reference]))
    return ScoreSheet.objects.get()


def at(sheet, code):
    return reverse("mark_criterion", args=[sheet.reference, code])


def test_opening_the_page_begins_nothing_and_the_button_does(world, unit, client):
    client.force_login(world.member)

    page = client.get(reverse("open_sheet", args=[unit.reference]))
    assert page.status_code == 200
    assert not ScoreSheet.objects.exists()
    begun = client.post(reverse("open_sheet", args=[unit.reference]))

    assert begun["Location"] == ScoreSheet.objects.get().get_absolute_url()


def test_a_member_who_does_not_assess_has_no_sheet(world, unit, client):
    client.force_login(world.panel_secretary)

    assert client.get(reverse("open_sheet", args=[unit.reference])).status_code == 403


def test_the_sheet_goes_on_where_a_mark_is_missing(client, sheet):
    client.post(at(sheet, "P1"), {"said-P1": "met"})

    assert client.get(sheet.get_absolute_url())["Location"] == at(sheet, "P2")


def test_a_criterion_shows_what_the_centre_says_and_shows(client, sheet):
    words = client.get(at(sheet, "P1")).content.decode()

    assert "เวลาให้บริการ" in words
    assert "ภาพถ่าย" in words
    assert Record.objects.filter(what="dossier: P1").exists()


def test_without_javascript_a_mark_is_saved_and_leads_on(client, sheet):
    answer = client.post(at(sheet, "2.1"), {"said-2.1": "not_met", "note-2.1": "ไม่พบรายงาน", "then": "next"})

    assert answer["Location"] == at(sheet, "2.2")
    assert Mark.objects.get().note == "ไม่พบรายงาน"


def test_the_last_criterion_leads_to_handing_in(client, sheet):
    answer = client.post(at(sheet, "R1"), {"said-R1.1": "๙.๕", "said-R1.2": "20", "then": "next"})

    assert answer["Location"] == reverse("submit_sheet", args=[sheet.reference])
    assert Mark.objects.get(code="R1.1").answer == "9.5"


def test_the_autosave_answers_quietly(client, sheet):
    saved = client.post(at(sheet, "P1"), {"said-P1": "met"}, headers={"autosave": "1"})
    refused = client.post(at(sheet, "R1"), {"said-R1.1": "11"}, headers={"autosave": "1"})

    assert saved.json() == {"fields": {}}
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()


def test_points_beyond_the_most_are_refused_and_what_was_typed_stays(client, sheet):
    answer = client.post(at(sheet, "R1"), {"said-R1.1": "11", "said-R1.2": "3", "note-R1.1": "ดีมาก"})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="11"' in words
    assert "ดีมาก" in words
    assert not Mark.objects.exists()


def test_the_foot_alone_is_fetched_after_a_save(client, sheet):
    client.post(at(sheet, "2.1"), {"said-2.1": "met"})

    words = client.get(at(sheet, "2.1"), headers={"hx-request": "true", "hx-target": "standing"}).content.decode()

    assert "<html" not in words
    assert "35.00" in words


def test_handing_in_is_refused_while_something_is_unmarked(client, sheet):
    page = client.get(reverse("submit_sheet", args=[sheet.reference])).content.decode()
    answer = client.post(reverse("submit_sheet", args=[sheet.reference]), {"seen": sheet.version})

    assert "ยังไม่ให้คะแนน" in page
    assert answer.status_code == 422
    assert ScoreSheet.objects.get().stage == SheetStage.OPEN


def test_a_sheet_that_was_handed_in_is_read_and_changed_no_more(world, unit, client):
    sheet = world.score(unit, world.member)
    client.force_login(world.member)

    assert client.get(at(sheet, "P1"))["Location"] == sheet.get_absolute_url()
    assert sheet.sha256 in client.get(sheet.get_absolute_url()).content.decode()
    assert client.post(at(sheet, "P1"), {"said-P1": "not_met"}).status_code == 422
    assert Mark.objects.get(code="P1").answer == "met"


def test_handing_in_twice_is_overtaken_or_leads_to_the_sheet(world, unit, client):
    sheet = world.score(unit, world.member, submit=False)
    client.force_login(world.member)
    address = reverse("submit_sheet", args=[sheet.reference])

    assert client.post(address, {"seen": sheet.version + 1}).status_code == 409
    assert client.post(address, {"seen": sheet.version}).status_code == 302
    assert client.post(address, {"seen": sheet.version}).status_code == 302
    assert ScoreSheet.objects.get().is_submitted


def test_my_visits_and_my_work_name_what_waits(world, unit, client):
    client.force_login(world.member)

    assert unit.reference in client.get(reverse("list_my_visits")).content.decode()
    assert [str(item.action) for item in work_for(world.member)] == ["เริ่มให้คะแนน"]
    world.score(unit, world.member)

    assert work_for(world.member) == []
    assert "ส่งแล้ว" in client.get(reverse("list_my_visits")).content.decode()


def test_a_longer_list_of_visits_asks_no_more(world, client):
    def one_more(hour):
        centre = CentreFactory()
        head = person_of(Office.CENTRE_HEAD, centre=centre)
        starts, ends = world.during(Phase.VISITS, hour), world.during(Phase.VISITS, hour + 1)
        world.score(world.visit_planned(centre, by=head, starts_at=starts, ends_at=ends), world.member, submit=False)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("list_my_visits")).status_code == 200
        return len(queries)

    client.force_login(world.member)
    one_more(6)
    asked()  # The first page also begins the session.
    before = asked()
    one_more(8)
    one_more(10)

    assert asked() == before
