"""Meetings, their resolutions and letters, and acts on certificates through the interface."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from saduak.certification.models import Certificate, Resolution
from saduak.certification.operations import letters
from saduak.certification.rules import Phase
from saduak.certification.tests.agendas import proposed_units
from saduak.certification.tests.world import World
from saduak.documents.papers import Paper, render_paper
from saduak.machines.tests.machine import Machine
from saduak.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World.while_running(Phase.RESOLUTION)


@pytest.fixture
def system(client):
    return lambda person: Machine(client, person)


def call(office, world, **facts):
    today = timezone.localdate().isoformat()
    return office.done(
        "POST", "meetings", {"round": world.round.reference, "number": "1/2569", "held_on": today, **facts}, status=201
    )


def resolve(office, meeting, **facts):
    one = f"meetings/{meeting['reference']}"
    meeting = office.done("GET", one)
    said = {"seen": meeting["version"], "sight": meeting["sight"], "number": "1/2569", "text": "เห็นชอบ", "votes_for": 4}
    return office.client.post(f"/api/v1/{one}/resolution", {**said, **facts}, headers=office.header)


def test_a_meeting_goes_from_its_call_to_its_letters(world, system):
    assert world.steering_members
    office = system(world.steering_secretary)
    first, second = proposed_units(world, 2)
    called = call(office, world)
    one = f"meetings/{called['reference']}"
    assert system(world.secretariat).ask("POST", f"{one}/convene", {"seen": 0}).status_code == 403

    wrong = office.ask("POST", f"{one}/agenda", {"applications": [first.reference, "none"]})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/applications/1")
    office.done("POST", f"{one}/agenda", {"applications": [first.reference, second.reference]})
    items = office.done("GET", f"{one}/agenda")["items"]
    office.done("PUT", f"{one}/agenda", {"items": [items[1]["id"]]})
    second_item, first_item = office.done("GET", f"{one}/agenda")["items"]
    assert (second_item["application"], second_item["position"]) == (second.reference, 1)

    convened = office.done("POST", f"{one}/convene", {"seen": called["version"]})
    office.done("PUT", f"{one}/attendance", {"present": [seat["person"] for seat in convened["seats"]]})
    stranger = office.ask("PUT", f"{one}/attendance", {"present": [world.secretariat.pk]})
    assert (stranger.status_code, stranger.json()["errors"][0]["pointer"]) == (422, "/present/0")

    at = f"{one}/agenda/{first_item['id']}"
    member = world.steering_members[0].pk
    aside = office.done("POST", f"{at}/aside", {"person": member, "reason": "ญาติทำงานที่ศูนย์"})
    assert aside["aside"] == [{"person": member, "reason": "ญาติทำงานที่ศูนย์"}]
    assert office.done("POST", f"{at}/aside/back", {"person": member})["aside"] == []
    assert office.ask("POST", f"{at}/aside", {"person": 2**31 - 1, "reason": "ญาติ"}).status_code == 422
    decided = {"decision": "decline", "reason": "เอกสารไม่ครบ", "seen": first_item["seen"]}
    assert office.done("PUT", at, decided)["decision"] == "decline"
    assert office.ask("PUT", at, {**decided, "decision": "certify", "level": "basic"}).status_code == 409
    office.done("DELETE", f"{one}/agenda/{second_item['id']}", status=204)
    office.done("POST", f"{one}/agenda", {"applications": [second.reference]})
    office.done("POST", f"{one}/agenda/follow")
    no_minutes = resolve(office, called, file=SimpleUploadedFile("a.pdf", b"GIF89a", "application/pdf"))
    assert (no_minutes.status_code, no_minutes.json()["errors"][0]["pointer"]) == (422, "/file")
    assert not Resolution.objects.exists()
    paper = render_paper(Paper(title="รายงาน", blocks=(), at=timezone.now()))
    resolved = resolve(office, called, file=SimpleUploadedFile("a.pdf", paper, "application/pdf"))

    assert resolved.status_code == 201, resolved.content.decode()
    told = resolved.json()
    assert (told["stage"], told["resolution"]["has_minutes"]) == ("resolved", True)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.stage, second.stage) == ("not_certified", "certified")

    assert office.done("GET", f"{one}/letters/state")["written"] == 0
    office.done("POST", f"{one}/letters/draft")
    letters.draft_letters(Resolution.objects.get())
    drafted = office.done("GET", f"{one}/letters")
    assert {each["state"] for each in drafted["items"]} == {"draft"}
    stale = office.ask("POST", f"{one}/letters/release", {"seen": drafted["total"] + 1})
    assert (stale.status_code, stale.json()["type"].split("#")[1]) == (409, "problem-overtaken")
    state = office.done("POST", f"{one}/letters/release", {"seen": drafted["total"]})
    assert state["by_state"] == {"released": drafted["total"]}
    assert set(Notice.objects.values_list("released_by", flat=True)) == {world.steering_secretary.pk}


def test_a_meeting_is_cancelled_and_one_without_resolution_has_no_letters(world, system):
    office = system(world.steering_secretary)
    called = call(office, world)

    cancelled = office.done("POST", f"meetings/{called['reference']}/cancel", {"seen": 0, "reason": "ไม่ครบองค์ประชุม"})

    assert cancelled["stage"] == "cancelled"
    assert office.ask("GET", f"meetings/{called['reference']}/letters").status_code == 404
    assert office.done("GET", "meetings?stage=cancelled")["total"] == 1
    assert office.done("GET", "meetings?stage=called")["total"] == 0


def test_only_the_committees_secretary_calls_it(world, system):
    body = {"round": world.round.reference, "number": "1/2569", "held_on": "2026-01-01"}

    assert system(world.secretariat).ask("POST", "meetings", body).status_code == 403
    assert system(world.steering_secretary).ask("POST", "meetings", {**body, "round": "none"}).status_code == 422


@pytest.fixture
def certificate(world):
    last_year = timezone.localdate() - timedelta(days=365)
    earlier = World(today=last_year, cycle_be=2560, **world.bodies, criteria=world.criteria, centre=world.centre)
    earlier.share_people_of(world)
    return earlier.certified().certificate


def test_a_certificate_is_suspended_by_order_and_restored(world, system, certificate):
    office, one = system(world.secretariat), f"certificates/{certificate.reference}"
    (listed,) = office.done("GET", "certificates?stage=valid")["items"]
    said = {"seen": listed["version"], "reason": "น้ำท่วมอาคาร"}
    assert system(world.head).ask("POST", f"{one}/suspend", {**said, "ground": "public_harm"}).status_code == 403
    assert office.ask("POST", f"{one}/suspend", {**said, "ground": "other"}).status_code == 422

    suspended = office.done("POST", f"{one}/suspend", {**said, "ground": "public_harm"})
    restored = office.done(
        "POST", f"{one}/restore", {"seen": suspended["version"], "reason": "แก้ไขแล้ว", "ground": "mended"}
    )

    assert (suspended["stage"], restored["stage"]) == ("suspended", "valid")
    assert [act["kind"] for act in restored["acts"]] == ["restore", "suspend"]


def test_a_certificate_is_revoked_by_the_committee_after_the_centre_was_heard(world, system, certificate):
    assert world.steering_members
    office, centre, one = system(world.steering_secretary), system(world.head), f"certificates/{certificate.reference}"
    said = {"seen": certificate.version, "ground": "false_evidence", "reason": "หลักฐานไม่เป็นจริง"}
    assert office.ask("POST", f"{one}/proposal", {**said, "kind": "return"}).status_code == 422
    office.done("POST", f"{one}/proposal", {**said, "kind": "suspend"})
    taken_back = office.done("POST", f"{one}/proposal/take-back", {"reason": "เสนอผิด"})
    assert taken_back["proposals"][0]["is_settled"]
    office.done("POST", f"{one}/proposal", {**said, "seen": taken_back["version"], "kind": "suspend"})
    heard = centre.done("PUT", f"{one}/proposal/statement", {"statement": "เป็นภาพเก่า", "seen": ""})
    assert heard["proposals"][0]["statement"] == "เป็นภาพเก่า"
    assert centre.ask("PUT", f"{one}/proposal/statement", {"statement": "อื่น", "seen": ""}).status_code == 409

    called = call(office, world)
    meeting = f"meetings/{called['reference']}"
    (waiting,) = office.done("GET", "proposals")["items"]
    assert office.ask("POST", f"{meeting}/agenda/certificates", {"certificates": ["none"]}).status_code == 422
    office.done("POST", f"{meeting}/agenda/certificates", {"certificates": [waiting["certificate"]]})
    convened = office.done("POST", f"{meeting}/convene", {"seen": called["version"]})
    office.done("PUT", f"{meeting}/attendance", {"present": [seat["person"] for seat in convened["seats"]]})
    at = f"{meeting}/agenda/{one}"
    member = {"person": world.steering_members[0].pk, "reason": "เคยทำงานที่ศูนย์"}
    assert office.done("POST", f"{at}/aside", member)["aside"]
    office.done("POST", f"{at}/aside/back", {"person": member["person"]})
    matter = office.done("GET", at)
    office.done(
        "PUT", at, {"decision": "revoke", "ground": "false_evidence", "reason": "ร้ายแรง", "seen": matter["seen"]}
    )
    assert office.done("GET", f"{meeting}/agenda/certificates")["items"][0]["decision"] == "revoke"
    office.done("DELETE", at, status=204)
    office.done("POST", f"{meeting}/agenda/certificates", {"certificates": [waiting["certificate"]]})
    matter = office.done("GET", at)
    office.done(
        "PUT", at, {"decision": "revoke", "ground": "false_evidence", "reason": "ร้ายแรง", "seen": matter["seen"]}
    )
    assert resolve(office, called).status_code == 201

    assert Certificate.objects.get().stage == "revoked"
