"""The demonstration has something to do at every stage."""

from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from saduak.certification.demonstration import scale
from saduak.certification.models import (
    Application,
    Certificate,
    Draw,
    PastResult,
    Reconsideration,
    Round,
    Surveillance,
)
from saduak.certification.presenters.terms_of_reconsiderations import clocks_of
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.past import disputes
from saduak.directory.models import LikelyPair
from saduak.machines.models import Client
from saduak.people.models import User
from tests.support.demonstration import load


@pytest.fixture(scope="module")
def accounts(django_db_setup, django_db_blocker):
    """The accounts of the demonstration, loaded once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_every_stage_has_something_to_do(accounts):
    units = Application.objects.order_by("reference")
    assert Counter(unit.stage for unit in units) == {
        Stage.DRAFT: 1,
        Stage.SUBMITTED: 2,
        Stage.RETURNED: 1,
        Stage.SCREENED_OUT: 1,
        Stage.SCREENED: 1,
        Stage.VISITED: 2,
        Stage.PROPOSED: 1,
        Stage.CERTIFIED: 1,
    }
    assert [u.failed_gates for u in units if u.stage == Stage.SUBMITTED] == [(), ("P14",)]
    assert {u.sheets_are_in for u in units if u.stage == Stage.VISITED} == {True, False}
    assert Certificate.objects.get().level == "excellent"
    assert Round.objects.get().is_example
    assert [(one.stage, one.is_example) for one in Surveillance.objects.all()] == [("answered", True)]
    assert [(one.stage, one.is_example) for one in Reconsideration.objects.all()] == [("asked", True)]
    asked = Reconsideration.objects.get()  # The work list and the page of the request tell one day.
    assert asked.due_on == clocks_of(asked, timezone.localdate())[0].due
    assert sorted(Draw.objects.values_list("stage", "is_example")) == [("announced", True), ("drawn", True)]
    assert Surveillance.objects.get().draw.stage == "drawn"
    assert Client.objects.get().tokens.count() == 1
    assert {a.username for a in accounts} >= {"secretariat", "sub5-chair", "pea-head", "baac-coordinator"}


PAGES = {
    "": [
        "/",
        "/register/",
        "/register/centres/51-00001/",
        "/register/c/GECC-2563-0001/",
        "/register/figures/",
        "/register/records/",
        "/register/draws/",
        "/register/centres/51-00001/?on=1/1/2569",
    ],
    "secretariat": [
        "/my-work",
        "/certification/applications",
        "/certification/applications/2563-0005",
        "/certification/applications/2563-0005/history",
        "/certification/applications/2563-0005/screening",
        "/certification/rounds/R2563",
        "/certification/assignments",
        "/certification/visits",
        "/certification/meetings/M2563-1",
        "/certification/meetings/M2563-1/resolution",
        "/certification/certificates/GECC-2563-0001",
        "/certification/surveillance/GECC-2563-0001-S1",
        "/certification/surveillance/draws/announce",
        "/certification/reconsiderations",
        "/certification/reconsiderations/2563-0009-T1",
        "/certification/assets",
        "/certification/assets/PL-2563-0001",
        "/certification/asset-orders/PO-2563-01",
        "/certification/misuse",
        "/standards/example-2569/edit",
        "/standards/example-2569/compare?show=changed",
        "/standards/example-2569/mapping",
        "/certification/past/",
        "/certification/past/?state=disputed",
        "/certification/quality",
        "/certification/quality/assessors",
        "/certification/quality/rotation",
        "/certification/remarks",
        "/directory/duplicates/",
    ],
    "tot-head": ["/my-work", "/certification/applications/2563-0008/self-assessment/P5"],
    "sub5-chair": [
        "/my-work",
        "/certification/visits/mine",
        "/certification/applications/2563-0003/sheet",
        "/certification/applications/2563-0004/scores",
        "/certification/applications/2563-0002/steps/take_back_proposal",
    ],
    "steering-secretary": ["/my-work", "/certification/meetings"],
    "baac-coordinator": ["/my-work", "/certification/agency"],
}


@pytest.mark.django_db
def test_what_is_made_up_is_marked_on_every_page(accounts, client):
    for username, addresses in PAGES.items():
        if username:
            client.force_login(User.objects.get(username=username))
        for address in addresses:
            answer = client.get(address)
            main = answer.content.decode().partition("<main")[2]
            assert answer.status_code == 200, address
            assert "ตัวอย่าง" in main, f"{username or 'anybody'} sees {address} without the mark"


@pytest.mark.django_db
def test_generated_applications_reach_every_province_and_are_the_same_each_time():
    made = scale.load(160, cycle_be=2598)

    certified = Certificate.objects.filter(round=made)
    units = Application.objects.filter(round=made)
    assert units.values("centre__province").distinct().count() == 77
    assert {Stage.DRAFT, Stage.PROPOSED, Stage.CERTIFIED} <= set(units.values_list("stage", flat=True))
    assert certified.count() == units.filter(stage=Stage.CERTIFIED).count()
    assert units.order_by("reference").first().claim.unanswered == ()
    with pytest.raises(RuntimeError, match="has a round already"):
        scale.load(1, cycle_be=2598)


@pytest.mark.django_db
def test_old_papers_contradict_each_other_and_a_centre_stands_there_twice(accounts):
    assert disputes().count() == 1
    assert PastResult.objects.unmatched().count() == 3
    assert LikelyPair.objects.filter(verdict="open").count() == 1
    assert not PastResult.objects.filter(is_example=False).exists()
