"""Units are assigned, visited and scored through the interface, as blind as on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from saduak.certification.models import AllotmentProposal, Application, ScoreSheet
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.machines.tests.machine import Machine
from saduak.standards.rules import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World.while_running(Phase.VISITS)


@pytest.fixture
def system(client):
    return lambda person: Machine(client, person)


def marks(application, **different):
    full = {
        leaf.code: Verdict.MET.value if leaf.is_yes_or_no else str(leaf.max_score)
        for leaf in application.library.leaves.values()
    }
    return {"marks": [{"code": code, "answer": different.get(code, answer)} for code, answer in full.items()]}


def plan_of(world, *people, **facts):
    yesterday = timezone.localtime() - timedelta(days=1)
    return {
        "mode": "on_spot",
        "starts_at": yesterday.replace(hour=9, minute=0).isoformat(),
        "ends_at": yesterday.replace(hour=11, minute=0).isoformat(),
        "place": "ที่ทำการ",
        "assessors": [person.pk for person in people],
        **facts,
    }


def test_a_unit_goes_from_the_screening_to_the_proposal(world, system):
    unit = world.screened()
    one = f"applications/{unit.reference}"
    office, chair, member = system(world.secretariat), system(world.chair), system(world.member)
    panels = office.done("GET", f"rounds/{world.round.reference}/panels")
    assigned = office.done("POST", f"{one}/assign", {"panel": panels[0]["panel"], "seen": unit.version})
    assert assigned["stage"] == "assigned"

    assert chair.ask("GET", one).status_code == 403  # Nothing opens before the declaration.
    for person in (world.chair, world.member):
        system(person).done("POST", f"{one}/declaration", {"has_conflict": False}, status=204)
    members = office.done("GET", f"{one}/members")
    free = [each["id"] for each in members if each["may_assess"]]
    assert free == [world.chair.pk, world.member.pk]
    planned = office.done("POST", f"{one}/visit", plan_of(world, world.chair, world.member, seen=assigned["version"]))
    assert planned["stage"] == "visit_planned"
    (visit,) = chair.done("GET", f"visits?panel=5&application={unit.reference}")["items"]
    assert [each["id"] for each in visit["assessors"]] == free

    sheets = [system(person).done("POST", f"{one}/sheet", status=201) for person in (world.chair, world.member)]
    chair.done("PUT", f"sheets/{sheets[0]['reference']}/marks", marks(unit))
    different = next(code for code, leaf in unit.library.leaves.items() if not leaf.is_yes_or_no)
    member.done("PUT", f"sheets/{sheets[1]['reference']}/marks", marks(unit, **{different: "0"}))
    held = chair.done("POST", f"{one}/visit/held", {"seen": planned["version"]})
    for each, sheet in zip((chair, member), sheets, strict=True):
        assert each.done("POST", f"sheets/{sheet['reference']}/submit", {"seen": 0})["unmarked"] == []

    agreement = chair.done("POST", f"{one}/agreement/equal")
    (open_row,) = [row for row in agreement["rows"] if not row["is_settled"]]
    assert (open_row["code"], [given["answer"] for given in open_row["given"]][1]) == (different, "0")
    said = {"code": different, "answer": "1", "reason": "ตกลงร่วมกัน", "seen": open_row["seen"]}
    agreed = member.done("PUT", f"{one}/agreement", said)
    again = chair.ask("PUT", f"{one}/agreement", {**said, "answer": "0"})
    assert (again.status_code, again.json()["title"]) == (409, "Somebody was faster")
    stale = chair.ask("POST", f"{one}/agreement/sign", {"seen": held["version"], "read": agreement["read"]})
    assert (stale.status_code, stale.json()["type"].split("#")[1]) == (422, "problem-refused")
    signed = chair.done("POST", f"{one}/agreement/sign", {"seen": held["version"], "read": agreed["read"]})
    proposed = chair.done("POST", f"{one}/propose", {"seen": signed["version"]})

    assert (proposed["stage"], proposed["total"]) == ("proposed", signed["total"])
    unit.refresh_from_db()
    assert unit.history.get(step="sign_consensus").by == world.chair


def test_a_sheet_is_blind_until_all_are_in(world, system):
    unit = world.visited()
    one = f"applications/{unit.reference}"
    sheet = world.score(unit, world.chair)

    for person in (world.member, world.panel_secretary, world.secretariat, world.auditor, world.head):
        asked = system(person)
        assert asked.ask("GET", f"sheets/{sheet.reference}").status_code in {403, 404}
        assert asked.ask("PUT", f"sheets/{sheet.reference}/marks", marks(unit)).status_code in {403, 404}
        assert asked.ask("GET", f"{one}/agreement").status_code in {403, 404}
    assert system(world.chair).ask("GET", f"{one}/agreement").status_code == 403
    assert system(world.member).done("GET", "sheets")["items"] == []
    mine = system(world.member).done("POST", f"{one}/sheet", status=201)
    assert mine["marks"] == []
    assert system(world.secretariat).ask("POST", f"{one}/sheet").status_code == 403
    assert ScoreSheet.objects.count() == 2


def test_a_mark_that_is_none_is_pointed_to(world, system):
    unit = world.visited()
    asked = system(world.member)
    sheet = asked.done("POST", f"applications/{unit.reference}/sheet", status=201)

    for said, where in (
        ({"code": "none", "answer": "met"}, 0),
        ({"code": next(iter(unit.library.leaves)), "answer": "?"}, 0),
    ):
        answer = asked.ask("PUT", f"sheets/{sheet['reference']}/marks", {"marks": [said]})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/marks/{where}/answer")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        pytest.param({"assessors": [2**31 - 1]}, "/assessors/0", id="a stranger"),
        pytest.param({"mode": "video", "place": "http://"}, "/place", id="no link"),
    ],
)
def test_a_visit_that_cannot_be_is_pointed_to(world, system, change, pointer):
    unit = world.declared(world.assigned())

    answer = system(world.panel_secretary).ask(
        "POST",
        f"applications/{unit.reference}/visit",
        {**plan_of(world, world.chair, world.member, seen=unit.version), **change},
    )

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_a_visit_is_moved_cancelled_and_corrected(world, system):
    unit = world.visit_planned()
    one, chair, office = f"applications/{unit.reference}", system(world.chair), system(world.secretariat)

    asked = plan_of(world, world.chair, world.member, seen=unit.version, reason="ฝนตก")
    moved = chair.done("PUT", f"{one}/visit", asked)
    assert chair.ask("PUT", f"{one}/visit", asked).status_code == 409
    held = chair.done("POST", f"{one}/visit/held", {"seen": moved["version"]})
    taken_back = office.done("POST", f"{one}/visit/correct", {"seen": held["version"], "reason": "บันทึกผิด"})
    cancelled = chair.done("POST", f"{one}/visit/cancel", {"seen": taken_back["version"], "reason": "น้ำท่วม"})

    assert cancelled["stage"] == "assigned"


def test_units_are_assigned_as_the_platform_proposes_or_otherwise(world, system):
    unit, office = world.screened(), system(world.secretariat)
    assert {world.chair, world.member}  # Two who could assess.

    made = office.done("POST", f"rounds/{world.round.reference}/allotments", status=201)
    assert made["given"] == {unit.reference: world.five.reference}
    why = office.done("GET", f"allotments/{made['id']}/units/{unit.reference}")
    assert (why["panel"], why["waits"]) == (world.five.reference, True)
    assert office.ask("GET", f"allotments/{made['id']}/units/none").status_code == 404
    wrong = {"panel": "none", "seen": unit.version, "reason": "ใกล้กว่า"}
    assert office.ask("POST", f"allotments/{made['id']}/units/{unit.reference}", wrong).status_code == 422
    assert office.done("POST", f"allotments/{made['id']}/stop")["state"] == "finished"
    office.done("POST", f"allotments/{made['id']}/accept", {})

    unit.refresh_from_db()
    assert (unit.stage, unit.history.get(step="assign").facts["proposal"]) == ("assigned", made["reference"])
    assert system(world.chair).ask("GET", f"allotments/{made['id']}").status_code == 403
    assert AllotmentProposal.objects.count() == 1


def test_several_units_are_assigned_together_or_not_at_all(world, system):
    unit, office = world.screened(), system(world.secretariat)
    units = [{"reference": unit.reference, "seen": unit.version}]
    together = {"panel": world.five.reference, "units": [*units, {"reference": "none", "seen": 0}]}
    refused = office.ask("POST", f"rounds/{world.round.reference}/assignments", together)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/units/1/reference")
    assert Application.objects.get().stage == "screened"

    (panel,) = office.done("POST", f"rounds/{world.round.reference}/assignments", {**together, "units": units})

    assert panel["units"] == [unit.reference]
