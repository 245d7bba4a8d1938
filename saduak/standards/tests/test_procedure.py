"""What is listed is permitted, all else is refused."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from saduak.standards.procedure import CRITERIA, Role, Stage

PERMITTED = {
    ("load", Stage.DRAFT, Role.SECRETARIAT),
    ("discard", Stage.DRAFT, Role.SECRETARIAT),
    ("publish", Stage.DRAFT, Role.SECRETARIAT),
}


@pytest.mark.parametrize("step", [step.name for step in CRITERIA.steps])
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("role", [*Role, "centre", "clock"])
def test_only_these_steps_are_open(step, stage, role):
    case = SimpleNamespace(stage=stage)

    decision = CRITERIA.consider(step, case, roles={role}, at=timezone.now())

    assert decision.allowed == ((step, stage, role) in PERMITTED)
