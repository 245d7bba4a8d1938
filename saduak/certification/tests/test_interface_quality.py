"""Figures of the assessors and remarks on dossiers through the interface."""

import pytest
from django.utils import timezone

from saduak.audit.models import Record
from saduak.certification.models import Remark
from saduak.certification.models.remarks import RemarkKind
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.machines.tests.machine import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World.while_running(Phase.VISITS)


@pytest.fixture
def system(client):
    return lambda person: Machine(client, person)


def test_agreement_and_work_are_told_to_who_may_see_them(world, system):
    unit = world.assessed()
    at = f"rounds/{world.round.reference}/quality"

    quality = system(world.chair).done("GET", at)
    work = system(world.auditor).done("GET", f"{at}/assessors")

    assert (quality["whole"]["visits"], quality["whole"]["share_equal"]) == (1, 1.0)
    assert len(quality["lines"]) == len(unit.library.leaves)
    assert [one["panel"] for one in quality["panels"]] == [world.five.reference]
    assert {one["person"] for one in work["assessors"]} == {world.chair.pk, world.member.pk}
    assert [one["visits"] for one in work["pairs"]] == [1]
    assert Record.objects.filter(what="figures of the assessors").exists()
    assert system(world.member).ask("GET", at).status_code == 403


def test_the_other_dossier_is_named_only_to_whom_it_exists(world, system):
    unit = world.declared(world.assigned())
    centre = CentreFactory()
    other = world.submitted(centre, by=person_of(Office.CENTRE_HEAD, centre=centre))
    facts = [
        {"evidence": 1, "file": "ก", "codes": ["P1"], "their_evidence": 2, "their_file": "ข", "their_codes": ["P1"]}
    ]
    remark = Remark.objects.create(
        application=unit, other=other, kind=RemarkKind.SAME_FILE, facts=facts, found_at=timezone.now()
    )

    told = {person: system(person).done("GET", f"remarks/{remark.pk}") for person in (world.member, world.secretariat)}

    assert [told[world.member]["other"], told[world.secretariat]["other"]] == ["", other.reference]
    assert other.reference not in str(told[world.member])


def test_a_remark_is_read_and_dismissed_with_its_reason(world, system):
    unit = world.submitted()
    remark = Remark.objects.create(application=unit, kind=RemarkKind.EDITED, facts=[], found_at=timezone.now())
    office = system(world.secretariat)
    (listed,) = office.done("GET", f"rounds/{world.round.reference}/remarks?stands=true&kind=edited")["items"]
    assert system(world.head).ask("GET", f"remarks/{listed['id']}").status_code == 403
    assert (
        system(world.auditor)
        .ask("POST", f"remarks/{listed['id']}/dismiss", {"seen": listed["version"], "reason": "ย่อภาพ"})
        .status_code
        == 403
    )

    dismissed = office.done("POST", f"remarks/{listed['id']}/dismiss", {"seen": listed["version"], "reason": "ย่อภาพ"})

    assert dismissed["dismissed_at"]
    assert office.done("GET", f"rounds/{world.round.reference}/remarks?stands=true")["total"] == 0
    terms = {"evidence_months": 12, "same_text_percent": 80, "like_picture_bits": 4}
    office.done("PUT", f"rounds/{world.round.reference}/remark-terms", terms, status=204)
    world.round.refresh_from_db()
    assert world.round.same_text_percent == 80
    assert remark.pk == dismissed["id"]
