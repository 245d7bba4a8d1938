"""Reports of misuse: anybody makes them, the secretariat settles them."""

from datetime import timedelta

import pytest

from saduak.certification.models import MisuseReport
from saduak.certification.operations import misuse, proposals
from saduak.certification.procedure.certificates import ActKind, Ground
from saduak.certification.procedure.misuse import Settlement
from saduak.certification.tests.plaques import NOON, TODAY, Place, reported
from saduak.journal.steps import StepRefused
from tests.support.remembering import made_once


@pytest.fixture
@made_once
def place(db):
    return Place()


def test_a_report_is_looked_into_and_settled(place):
    one, two = reported(place), reported(place, certificate=place.certificate)
    assert [one.reference, two.reference] == ["MU-2569-0001", "MU-2569-0002"]

    taken = misuse.look_into(two, by=place.office, at=NOON)
    settled = misuse.settle(taken, settlement=Settlement.WARNED, finding="ปลดแล้ว", by=place.office, at=NOON)

    assert (settled.stage, settled.settlement) == ("settled", "warned")
    assert [e.clause for e in settled.history] == ["12.10", "12.11", "12.12"]
    assert settled.history.first().centre_id == place.centre.pk
    assert list(MisuseReport.objects.open()) == [one]


def test_what_goes_before_the_committee_is_proposed_first(place):
    one = misuse.look_into(reported(place, certificate=place.certificate), by=place.office, at=NOON)
    said = {"settlement": Settlement.PROPOSED, "finding": "ใช้ผิดซ้ำ", "by": place.office, "at": NOON}
    with pytest.raises(StepRefused, match="โปรดเสนอก่อน"):
        misuse.settle(one, **said)

    proposals.propose(place.certificate, ActKind.SUSPEND, ground=Ground.EMBLEM_MISUSED, reason="ใช้ผิด", by=place.office)

    assert misuse.settle(one, **said).settlement == "proposed"


@pytest.mark.parametrize("facts", [{"where": " "}, {"what": ""}, {"seen_on": TODAY + timedelta(days=1)}])
def test_a_report_says_where_what_and_when(place, facts):
    with pytest.raises(StepRefused):
        reported(place, **facts)


@pytest.mark.parametrize("said", [{"settlement": "other", "finding": "x"}, {"settlement": "warned", "finding": " "}])
def test_an_outcome_is_told(place, said):
    one = misuse.look_into(reported(place), by=place.office, at=NOON)

    with pytest.raises(StepRefused):
        misuse.settle(one, by=place.office, at=NOON, **said)


def test_only_the_secretariat_settles(place):
    with pytest.raises(StepRefused):
        misuse.look_into(reported(place), by=place.head, at=NOON)
