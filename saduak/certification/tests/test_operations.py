"""A round from its opening to the register, deed by deed."""

import pytest

from saduak.certification.models import Application, Certificate
from saduak.certification.procedure.applications import Stage
from saduak.certification.tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_a_round_runs_to_its_end(world):
    application = world.certified()

    certificate = Certificate.objects.get(application=application)
    assert application.stage == Stage.CERTIFIED
    assert application.total == 100
    assert certificate.reference == "GECC-2563-0001"
    assert [entry.step for entry in application.history] == [
        "start",
        "submit",
        "pass_screening",
        "assign",
        "declare",
        "declare",
        "declare",
        "plan_visit",
        "hold_visit",
        "sign_consensus",
        "propose",
        "certify",
    ]
    assert Application.objects.undecided().count() == 0
