"""After the decision: requests to reconsider, surveillance, draws, plaques and misuse through the interface."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from saduak.audit.models import Record
from saduak.certification.models import Surveillance
from saduak.certification.rules import Phase
from saduak.certification.tests.certificates import certificate
from saduak.certification.tests.plaques import Place
from saduak.certification.tests.reviews import ReviewWorld
from saduak.certification.tests.world import picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, person_of
from saduak.machines.tests.machine import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(client):
    return lambda person: Machine(client, person)


def today(days=0):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_request_goes_from_the_centre_to_the_committee(system):
    world = ReviewWorld.while_running(Phase.SCREENING)
    assert world.second_panel
    unit = world.screened_out()
    centre, office = system(world.head), system(world.secretariat)
    chair, member = system(world.other_chair), system(world.other_member)
    begun = centre.done("POST", f"applications/{unit.reference}/reconsiderations", status=201)
    one = f"reconsiderations/{begun['reference']}"
    grounds = {"statement": "ขอให้ทบทวน", "grounds": {"P1": "เปิดตามเวลา"}, "seen": begun["version"]}
    written = centre.done("PUT", one, grounds)
    sent = centre.send(f"{one}/grounds/P1/files", picture())
    assert sent.status_code == 201, sent.content
    (file,) = sent.json()["grounds"][0]["files"]
    centre.done("DELETE", f"{one}/files/{file}", status=204)
    asked = centre.done("POST", f"{one}/ask", {"seen": written["version"]})
    admitted = office.done("POST", f"{one}/admit", {"seen": asked["version"]})
    assert Record.objects.filter(reference=begun["reference"], what="grounds").exists()
    assert office.ask("POST", f"{one}/assign", {"seen": admitted["version"], "panel": "none"}).status_code == 422
    assigned = office.done("POST", f"{one}/assign", {"seen": admitted["version"], "panel": world.three.reference})

    assert chair.ask("GET", one).status_code == 403  # Nothing opens before the declaration.
    for each in (chair, member):
        each.done("POST", f"{one}/declaration", {"has_conflict": False}, status=204)
    able = [each["id"] for each in office.done("GET", f"{one}/reviewers") if each["may_review"]]
    named = {"seen": assigned["version"], "reviewers": able}
    assert office.ask("PUT", f"{one}/reviewers", {**named, "reviewers": [*able, 1]}).status_code == 422
    assert sum(each["reviews"] for each in office.done("PUT", f"{one}/reviewers", named)) == 2

    assert chair.ask("GET", f"{one}/review").status_code == 403
    wrong = chair.ask("PUT", f"{one}/opinion", {"items": [{"code": "P1", "answer": "?"}]})
    assert wrong.json()["errors"][0]["pointer"] == "/items/0/answer"
    for each in (chair, member):
        said = {"items": [{"code": "P1", "answer": "met", "words": "จากภาพ"}]}
        assert each.done("PUT", f"{one}/opinion", said)["unsaid"] == []
        assert each.done("POST", f"{one}/opinion/hand-in")["is_handed_in"]
    assert office.ask("GET", f"{one}/opinion").status_code == 403
    review = chair.done("GET", f"{one}/review")
    assert len(review["opinions"]) == 2
    agreed = {"seen": review["version"], "items": [{"code": "P1", "answer": "met"}]}
    settled = member.done("PUT", f"{one}/review", agreed)
    assert (settled["unsettled"], settled["changes"]) == ([], True)
    assert chair.ask("PUT", f"{one}/review", agreed).status_code == 409
    signed = chair.done("POST", f"{one}/review/sign", {"seen": settled["version"], "summary": "หลักฐานแสดงว่าผ่าน"})
    proposed = chair.done("POST", f"{one}/propose", {"seen": signed["version"]})

    assert (proposed["stage"], proposed["proposes_change"]) == ("proposed", True)
    assert centre.done("GET", one)["proposes_change"] is None
    back = chair.done("POST", f"{one}/take-back", {"seen": proposed["version"], "reason": "ตรวจใหม่"})
    assert (
        chair.done("POST", f"{one}/review/reopen", {"seen": back["version"], "reason": "ตรวจใหม่"})["stage"]
        == "assigned"
    )
    assert centre.done("GET", f"reconsiderations?application={unit.reference}")["total"] == 1


@pytest.fixture
def people(db):
    one = certificate(issued_on=timezone.localdate() - timedelta(days=100))
    return {
        "certificate": one,
        "office": person_of(Office.SECRETARIAT_OFFICER),
        "assessor": person_of(Office.QUALIFIED_MEMBER, body=BodyFactory(number=5)),
        "head": person_of(Office.CENTRE_HEAD, centre=one.centre),
    }


def test_a_surveillance_goes_from_its_opening_to_its_end(system, people):
    office, assessor, centre = (system(people[name]) for name in ("office", "assessor", "head"))
    said = {"reason": "มีเรื่องร้องเรียน", "due_on": today(30)}
    opened = office.done("POST", f"certificates/{people['certificate'].reference}/surveillances", said, status=201)
    one = f"surveillances/{opened['reference']}"
    assert office.done("GET", "surveillances?stage=running&origin=hand")["total"] == 1
    (sent,) = [each["id"] for each in office.done("GET", f"{one}/people") if each["id"] == people["assessor"].pk]
    assert (
        office.ask("POST", f"{one}/send", {"seen": opened["version"], "person": people["head"].pk}).status_code == 422
    )
    office.done("POST", f"{one}/send", {"seen": opened["version"], "person": sent})
    free = assessor.done("POST", f"{one}/declare-free")
    notified = office.done("POST", f"{one}/notify", {"seen": free["version"]})
    done = {"seen": notified["version"], "mode": "visit", "checked_on": today(), "summary": "ตรวจครบ"}
    checked = assessor.done("POST", f"{one}/check", done)
    code = next(people["certificate"].round.criteria.library.criteria()).code
    found = {"code": code, "severity": "major", "text": "ทางลาดชำรุด"}
    recorded = assessor.done("POST", f"{one}/recorded", found)["recorded"]
    assessor.done("DELETE", f"{one}/recorded/{recorded[0]['id']}", status=204)
    assert centre.done("GET", one)["recorded"] == []
    assessor.done("POST", f"{one}/recorded", found)
    handed = assessor.done("POST", f"{one}/hand-over", {"seen": checked["version"]})

    (turn,) = centre.done("GET", one)["findings"]
    at = f"{one}/findings/{turn['id']}"
    centre.done("PUT", at, {"answer": "ซ่อมแล้ว", "seen": ""})
    added = centre.send(f"{at}/files", picture())
    assert added.status_code == 201, added.content
    (file,) = added.json()["findings"][0]["files"]
    centre.done("DELETE", f"{at}/files/{file}", status=204)
    answered = centre.done("POST", f"{one}/answer", {"seen": handed["version"]})
    assert assessor.ask("PUT", f"{at}/verdict", {"verdict": "mended"}).status_code == 403
    office.done("PUT", f"{at}/verdict", {"verdict": "mended"})
    closed = office.done("POST", f"{one}/close", {"seen": answered["version"]})

    assert closed["stage"] == "closed"


def test_who_has_an_interest_stands_back(system, people):
    office, assessor = system(people["office"]), system(people["assessor"])
    said = {"reason": "มีเรื่องร้องเรียน", "due_on": today(30)}
    opened = office.done("POST", f"certificates/{people['certificate'].reference}/surveillances", said, status=201)
    one = f"surveillances/{opened['reference']}"
    office.done("POST", f"{one}/send", {"seen": opened["version"], "person": people["assessor"].pk})

    assessor.done("POST", f"{one}/stand-back", {"reason": "เป็นญาติกับหัวหน้าศูนย์"}, status=204)

    assert Surveillance.objects.get().assessor is None


def test_a_draw_is_announced_in_time_and_drawn_with_its_seed(system, people):
    office = system(people["office"])
    said = {
        "title": "สุ่มตรวจ",
        "purpose": "ติดตาม",
        "size": 1,
        "seed_source": "รางวัลที่หนึ่ง",
        "seed_day": today(1),
        "due_on": today(30),
    }
    assert office.ask("POST", "draws", {**said, "seed_day": today()}).status_code == 422
    assert office.ask("POST", "draws", {**said, "provinces": ["xx"]}).json()["errors"][0]["pointer"] == "/provinces/0"
    assert system(people["head"]).ask("POST", "draws", said).status_code == 403

    announced = office.done("POST", "draws", said, status=201)
    early = office.ask("POST", f"draws/{announced['reference']}/draw", {"seen": announced["version"], "seed": "123456"})
    called_off = office.done(
        "POST", f"draws/{announced['reference']}/call-off", {"seen": announced["version"], "reason": "ประกาศใหม่"}
    )

    assert (early.status_code, called_off["stage"]) == (422, "called_off")


def test_a_plaque_is_ordered_handed_over_and_returned(system):
    place = Place(issued_on=timezone.localdate() - timedelta(days=10))
    office, centre = system(place.office), system(place.head)
    said = {"kind": "plaque", "maker": "โรงหล่อ", "ordered_on": today(), "due_on": today(30)}
    assert office.ask("POST", "asset-orders", {**said, "certificates": ["none"]}).status_code == 422
    order = office.done("POST", "asset-orders", {**said, "certificates": [place.certificate.reference]}, status=201)
    serial = order["pieces"][0]["serial"]
    one = f"assets/{serial}"
    arrived = {"on": today(), "serials": [serial]}
    office.done("POST", f"asset-orders/{order['reference']}/arrived", arrived)
    assert office.ask("POST", f"asset-orders/{order['reference']}/arrived", arrived).status_code == 422
    made = office.done("GET", one)
    delivered = office.done("POST", f"{one}/deliver", {"seen": made["version"], "on": today(), "how": "พิธีมอบ"})
    terms = f"certificates/{place.certificate.reference}/emblem-terms"
    assert centre.done("GET", terms)["accepted_at"] is None
    assert centre.done("POST", f"{terms}/accept")["accepted_at"]
    receipt = SimpleUploadedFile("ใบรับ.jpg", picture().read(), "image/jpeg")
    received = centre.client.post(
        f"/api/v1/{one}/receipt",
        {"seen": delivered["version"], "received_on": today(), "received_by": "นายแดง", "file": receipt},
        headers=centre.header,
    )
    assert received.status_code == 200, received.content.decode()
    lost = centre.done("POST", f"{one}/lost", {"seen": received.json()["version"], "reason": "ถูกขโมย"})
    found = centre.done("POST", f"{one}/found", {"seen": lost["version"], "reason": "พบแล้ว"})

    assert (lost["stage"], found["stage"]) == ("lost", received.json()["stage"])
    assert office.done("GET", "asset-orders")["items"][0]["stage"] == "received"
    assert office.done("GET", "assets?kind=emblem")["total"] == 0


def test_misuse_is_reported_and_settled(system):
    place = Place()
    office = system(place.office)
    said = {"where": "หน้าเว็บ", "what": "ใช้ตราทั้งที่หมดอายุ", "seen_on": today(), "number": place.certificate.reference}
    made = system(place.head).done("POST", "misuse-reports", said, status=201)
    one = f"misuse-reports/{made['reference']}"
    assert made["certificate"] == place.certificate.reference
    assert system(place.head).ask("GET", one).status_code == 403
    taken_up = office.done("POST", f"{one}/look-into", {"seen": office.done("GET", one)["version"]})
    settled = office.done(
        "POST", f"{one}/settle", {"seen": taken_up["version"], "settlement": "warned", "finding": "ตักเตือนแล้ว"}
    )

    assert settled["stage"] == "settled"
    assert office.done("GET", "misuse-reports?stage=reported")["total"] == 0
    assert Record.objects.filter(reference=made["reference"]).exists()


def windows(first):
    days = {"application": (0, 10), "screening": (11, 20), "visits": (21, 30), "resolution": (31, 40)}
    return {
        phase: {"opens_on": today(first + opens), "closes_on": today(first + closes)}
        for phase, (opens, closes) in days.items()
    }


def test_a_round_is_prepared_changed_and_opened(system):
    world = ReviewWorld()
    office, five = system(world.secretariat), world.five
    terms = {"title_th": "รอบใหม่", "criteria": world.criteria.reference, "reminder_months": [1, 6]}
    asked = {**terms, "cycle_be": 2590, "calendar": windows(0)}
    assert office.ask("POST", "rounds", {**asked, "criteria": "none"}).json()["errors"][0]["pointer"] == "/criteria"
    assert (
        office.ask(
            "POST", "rounds", {**asked, "calendar": {**windows(0), "visits": windows(0)["screening"]}}
        ).status_code
        == 422
    )
    made = office.done("POST", "rounds", asked, status=201)
    one = f"rounds/{made['reference']}"
    assert (made["reminder_months"], made["validity_years"]) == ([6, 1], 3)
    changed = office.done("PUT", f"{one}/terms", {**terms, "validity_years": 2, "seen": made["version"]})
    moved = {"calendar": windows(-1), "reason": "เลื่อน", "seen": changed["version"]}
    moved = office.done("PUT", f"{one}/calendar", moved)
    assert office.ask("POST", f"{one}/panels", {"panel": "none"}).status_code == 422
    assert office.done("POST", f"{one}/panels", {"panel": five.reference})["panels"] == [five.reference]
    opened = office.done("POST", f"{one}/open", {"seen": moved["version"]})
    closed = office.ask("POST", f"{one}/close", {"seen": opened["version"]})

    assert (opened["stage"], opened["validity_years"]) == ("open", 2)
    assert closed.status_code in {200, 422}
    assert system(world.head).ask("POST", "rounds", asked).status_code == 403
