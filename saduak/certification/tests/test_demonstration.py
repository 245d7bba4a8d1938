"""The demonstration has something to do at every stage."""

from collections import Counter

import pytest

from saduak.certification.demonstration import lamphun, scale
from saduak.certification.models import Application, Certificate, Round
from saduak.certification.procedure.applications import Stage


@pytest.mark.django_db
def test_every_stage_has_something_to_do():
    accounts = lamphun.load(password="mali-bua-kaeo-kulap")

    units = Application.objects.order_by("reference")
    assert Counter(unit.stage for unit in units) == {
        Stage.DRAFT: 1,
        Stage.SUBMITTED: 2,
        Stage.RETURNED: 1,
        Stage.VISITED: 2,
        Stage.PROPOSED: 1,
        Stage.CERTIFIED: 1,
    }
    assert [u.failed_gates for u in units if u.stage == Stage.SUBMITTED] == [(), ("P14",)]
    assert {u.sheets_are_in for u in units if u.stage == Stage.VISITED} == {True, False}
    assert Certificate.objects.get().level == "excellent"
    assert Round.objects.get().is_example
    assert {a.username for a in accounts} >= {"secretariat", "sub5-chair", "pea-head", "baac-coordinator"}


@pytest.mark.django_db
def test_generated_applications_reach_every_province_and_are_the_same_each_time():
    made = scale.load(160, cycle_be=2598)

    units = Application.objects.filter(round=made)
    assert units.values("centre__province").distinct().count() == 77
    assert {Stage.DRAFT, Stage.PROPOSED, Stage.CERTIFIED} <= set(units.values_list("stage", flat=True))
    assert Certificate.objects.count() == units.filter(stage=Stage.CERTIFIED).count()
    assert units.order_by("reference").first().claim.unanswered == ()
    with pytest.raises(RuntimeError, match="has a round already"):
        scale.load(1, cycle_be=2598)
