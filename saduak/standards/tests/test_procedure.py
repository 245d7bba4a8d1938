"""What is listed is permitted, all else is refused."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from saduak.standards.procedure import CRITERIA, MAPPING, MappingStage, Role, Stage

PERMITTED = {
    ("load", Stage.DRAFT, Role.SECRETARIAT),
    ("edit", Stage.DRAFT, Role.SECRETARIAT),
    ("discard", Stage.DRAFT, Role.SECRETARIAT),
    ("publish", Stage.DRAFT, Role.SECRETARIAT),
}
PERMITTED_OF_MAPPINGS = {
    ("link", MappingStage.DRAFT, Role.SECRETARIAT),
    ("confirm", MappingStage.DRAFT, Role.SECRETARIAT),
}


@pytest.mark.parametrize("step", [step.name for step in CRITERIA.steps])
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("role", [*Role, "centre", "clock"])
@pytest.mark.parametrize("is_sound", [True, False])
def test_only_these_steps_are_open(step, stage, role, is_sound):
    case = SimpleNamespace(stage=stage, is_sound=is_sound)

    decision = CRITERIA.consider(step, case, roles={role}, at=timezone.now())

    assert decision.allowed == ((step, stage, role) in PERMITTED and (is_sound or step != "publish"))


@pytest.mark.parametrize("step", [step.name for step in MAPPING.steps])
@pytest.mark.parametrize("stage", list(MappingStage))
@pytest.mark.parametrize("role", [*Role, "centre", "clock"])
@pytest.mark.parametrize("strangers", [(), ("9.9",)])
@pytest.mark.parametrize("is_sound", [True, False])
def test_only_these_steps_of_a_mapping_are_open(step, stage, role, strangers, is_sound):
    case = SimpleNamespace(stage=stage, strangers=strangers, newer=SimpleNamespace(is_sound=is_sound))

    decision = MAPPING.consider(step, case, roles={role}, at=timezone.now())

    listed = (step, stage, role) in PERMITTED_OF_MAPPINGS
    assert decision.allowed == (listed and not (step == "confirm" and (strangers or not is_sound)))
