"""The page of a proposal of assignments."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from saduak.certification.models import AllotmentProposal, Application, Panel
from saduak.certification.models.allotments import AllotmentState
from saduak.certification.operations import allotting
from saduak.certification.presenters import allotting as shown
from saduak.certification.procedure.applications import Stage
from saduak.certification.tests.test_allotments import place, second
from saduak.certification.tests.test_allotments import world as world
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, MembershipFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat(client, world):
    client.force_login(world.secretariat)
    return client


def proposed(world):
    return allotting.begin(world.round, by=world.secretariat, seed=1)


def test_the_board_leads_to_a_proposal(secretariat, world):
    unit = world.screened()

    board = secretariat.get(reverse("assign_applications")).text
    answer = secretariat.post(reverse("propose_assignments"), {"round": world.round.reference}, follow=True)

    assert "เสนอการมอบหมาย" in board
    proposal = AllotmentProposal.objects.get()
    assert answer.redirect_chain[-1][0] == proposal.get_absolute_url()
    assert escape(unit.centre) in answer.text
    assert "จะมีต้นทุนมากกว่า" in answer.text
    assert proposal.sha256 in answer.text
    assert proposal.reference in secretariat.get(reverse("assign_applications")).text


def test_the_whole_is_accepted_and_says_so(secretariat, world):
    world.screened(), second(world)
    proposal = proposed(world)

    answer = secretariat.post(proposal.get_absolute_url(), {"accept": "all"}, follow=True)

    assert "มอบหมายตามข้อเสนอแล้ว 2 หน่วย" in answer.text
    assert set(Application.objects.values_list("stage", flat=True)) == {Stage.ASSIGNED}
    again = secretariat.post(proposal.get_absolute_url(), {"accept": "all"})
    assert again.status_code == 422
    assert "หน่วยตามข้อเสนอได้รับมอบหมายครบแล้ว" in again.text


def test_two_officers_at_once_get_a_409(secretariat, world):
    unit = world.screened()
    proposal = proposed(world)
    secretariat.post(proposal.get_absolute_url(), {"units": [unit.reference]})

    answer = secretariat.post(proposal.get_absolute_url(), {"units": [unit.reference]})

    assert answer.status_code == 409


def test_nothing_chosen_is_refused(secretariat, world):
    world.screened()

    assert secretariat.post(proposed(world).get_absolute_url()).status_code == 422


def test_another_choice_asks_for_its_reason_and_keeps_what_was_chosen(secretariat, world):
    unit = world.screened()
    proposal = proposed(world)
    here = reverse("decide_allotment", args=[proposal.pk, unit.reference])
    other = world.panel if proposal.panel_of(unit.reference) == world.six.reference else world.other_panel

    refused = secretariat.post(here, {"panel": other.pk, "reason": "", "seen": unit.version})
    empty = secretariat.post(here, {"reason": "x", "seen": unit.version})
    done = secretariat.post(here, {"panel": other.pk, "reason": "เส้นทางเดียวกัน", "seen": unit.version}, follow=True)

    assert (refused.status_code, empty.status_code, done.status_code) == (422, 422, 200)
    assert f'value="{other.pk}" checked' in refused.text
    assert f"มอบหมายให้{shown.name_of(other)}แล้ว" in done.text
    assert "ทางเลือกด้านล่างเป็นไปตามวันที่จัดทำข้อเสนอ" in secretariat.get(here).text


def test_a_unit_that_is_no_part_of_the_proposal_is_not_found(secretariat, world):
    world.screened()
    proposal = proposed(world)
    other = second(world)

    answer = secretariat.get(reverse("decide_allotment", args=[proposal.pk, other.reference]))

    assert answer.status_code == 404


def test_a_unit_barred_everywhere_stands_by_itself(secretariat, world):
    unit = world.screened()
    for seated in (world.chair, world.seats[3]):
        MembershipFactory(person=seated, agency=unit.centre.agency, office=Office.POSTED)
    proposal = proposed(world)

    page = secretariat.get(proposal.get_absolute_url()).text
    alone = secretariat.get(reverse("decide_allotment", args=[proposal.pk, unit.reference])).text

    assert "หน่วยที่ระบบเสนอไม่ได้" in page
    assert alone.count("ไม่เสนอ เพราะมีผู้มีส่วนได้เสียต้องห้าม") == 2


def test_a_unit_with_one_way_only_says_so(secretariat, world):
    unit = world.screened()
    MembershipFactory(person=world.chair, agency=unit.centre.agency, office=Office.POSTED)
    proposal = proposed(world)

    alone = secretariat.get(reverse("decide_allotment", args=[proposal.pk, unit.reference])).text

    assert "คณะอื่นทุกคณะมีส่วนได้เสียต้องห้าม" in alone
    assert "ต้องห้าม</li>" in secretariat.get(proposal.get_absolute_url()).text


def test_what_changed_since_is_told(secretariat, world):
    unit = world.screened()
    proposal = proposed(world)
    Application.objects.filter(pk=unit.pk).update(version=unit.version + 1)

    assert "มีการเปลี่ยนแปลงแล้ว" in secretariat.get(proposal.get_absolute_url()).text


def test_many_units_are_shown_one_sub_committee_at_a_time(secretariat, world, monkeypatch):
    monkeypatch.setattr(shown, "TOGETHER", 1)
    units = [world.screened(), second(world)]
    proposal = proposed(world)
    first, other = (proposal.panel_of(unit.reference) for unit in units)

    page = secretariat.get(proposal.get_absolute_url(), {"panel": other}).text

    assert first != other
    assert f'id="unit-{units[1].reference}"' in page
    assert f'id="unit-{units[0].reference}"' not in page
    assert f"?panel={first}" in page


def test_a_long_calculation_is_watched_stopped_and_begun_anew(secretariat, world, monkeypatch):
    monkeypatch.setattr(allotting, "AT_ONCE", 0)
    world.screened()
    proposal = proposed(world)
    here = proposal.get_absolute_url()

    page = secretariat.get(here).text
    part = secretariat.get(here, headers={"HX-Request": "true"}).text
    secretariat.post(reverse("stop_allotment", args=[proposal.pk]))
    stopped = secretariat.get(here, headers={"HX-Request": "true"})

    assert 'id="allotment-progress"' in page
    assert part.strip().startswith("<section")
    assert stopped.headers["HX-Refresh"] == "true"
    assert "จัดทำข้อเสนอใหม่" in secretariat.get(here).text
    assert secretariat.get(reverse("allotment_record", args=[proposal.pk])).status_code == 404
    assert AllotmentProposal.objects.get().state == AllotmentState.STOPPED


def test_the_record_is_taken_along_and_calculated_again(secretariat, world):
    world.screened()
    proposal = proposed(world)

    record = json.loads(secretariat.get(reverse("allotment_record", args=[proposal.pk])).content)
    good = secretariat.post(reverse("check_allotment", args=[proposal.pk]), follow=True).text
    AllotmentProposal.objects.update(seed=99)
    bad = secretariat.post(reverse("check_allotment", args=[proposal.pk]), follow=True).text

    assert (record["sha256"], record["given"]) == (proposal.sha256, proposal.given)
    assert "ได้ข้อเสนอเดิม" in good
    assert "ไม่ได้ข้อเสนอนี้" in bad


def test_the_questions_do_not_depend_on_how_many_units_there_are(secretariat, world):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            secretariat.get(proposed(world).get_absolute_url())
        return sum("certification_allotment" not in query["sql"] for query in queries)

    world.screened()
    asked()
    few = asked()
    for _ in range(3):
        centre = CentreFactory(province=place("90", 7.2, 100.6))
        world.screened(centre, by=person_of(Office.CENTRE_HEAD, centre=centre))

    assert asked() == few
    assert Panel.objects.count() == 2
