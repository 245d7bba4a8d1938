"""Criteria are drafted, mapped and published through the interface."""

import pytest

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.machines.tests.machine import Machine
from saduak.standards.tests.factories import SMALL, CriteriaSetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    return Machine(client, person_of(Office.SECRETARIAT_OFFICER))


def test_a_source_becomes_a_draft_and_then_binds(office):
    broken = office.ask(
        "POST", "criteria-drafts/source", {"source": SMALL.replace("max_score: 100}", "max_score: 90}")}
    )
    assert broken.status_code == 422
    assert all(one["pointer"] == "/source" and ":" in one["detail"] for one in broken.json()["errors"])
    draft = office.done("POST", "criteria-drafts/source", {"source": SMALL}, status=201)
    one = f"criteria-drafts/{draft['reference']}"
    assert office.ask("POST", "criteria-drafts/source", {"source": SMALL}).status_code == 422
    changed = {"source": SMALL.replace("เกณฑ์ย่อ", "เกณฑ์สั้น"), "seen": draft["version"]}
    replaced = office.done("PUT", one, changed)
    assert office.ask("PUT", one, changed).status_code == 409
    assert (replaced["title_th"], replaced["problems"]) == ("เกณฑ์สั้น", [])

    published = office.done("POST", f"{one}/publish", {"seen": replaced["version"]})

    assert published["stage"] == "published"
    assert office.get(f"criteria/{draft['reference']}").status_code == 200
    assert office.done("GET", "criteria-drafts")["total"] == 0


def test_a_draft_is_begun_like_another_mapped_and_discarded(office):
    older = CriteriaSetFactory(published=True)
    begun = {"reference": "gecc-2599", "cycle_be": 2599, "title_th": "เกณฑ์ใหม่", "like": older.reference}
    assert office.ask("POST", "criteria-drafts", {**begun, "like": "none"}).json()["errors"][0]["pointer"] == "/like"
    draft = office.done("POST", "criteria-drafts", begun, status=201)
    assert office.ask("POST", "criteria-drafts", begun).status_code == 422
    one = f"criteria-drafts/{draft['reference']}"
    assert office.ask("POST", f"{one}/mappings", {"older": "none"}).json()["errors"][0]["pointer"] == "/older"
    mapping = office.done("POST", f"{one}/mappings", {"older": older.reference}, status=201)
    at = f"criteria-mappings/{mapping['reference']}"
    (code, *_rest) = mapping["links"]
    unknown = office.ask("PUT", at, {"links": {"none": []}, "seen": mapping["version"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/links")
    linked = office.done("PUT", at, {"links": {**mapping["links"], code: []}, "seen": mapping["version"]})
    assert office.done("POST", f"{at}/confirm", {"seen": linked["version"]})["stage"] == "confirmed"

    office.done("POST", f"{one}/discard", {"seen": draft["version"]}, status=204)

    assert office.ask("GET", one).status_code == 404


def test_only_the_secretariat_drafts(client):
    auditor = Machine(client, person_of(Office.AUDITOR))

    assert auditor.ask("POST", "criteria-drafts/source", {"source": SMALL}).status_code == 403
    assert auditor.ask("GET", "criteria-drafts").status_code == 403
