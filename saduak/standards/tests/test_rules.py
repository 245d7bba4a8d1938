"""Scores, band edges and consolidation."""

from decimal import Decimal

import pytest

from saduak.standards import rules
from saduak.standards.library import load
from saduak.standards.rules import Verdict
from saduak.standards.tests.factories import GECC_2568, SMALL

GECC = load(GECC_2568)
ONE_ITEM = load(SMALL)
MET, NOT_MET, NOT_APPLICABLE = Verdict


def everything_met(library=GECC, **changes):
    full = {leaf.code: MET if leaf.is_yes_or_no else leaf.max_score for leaf in library.leaves.values()}
    return full | changes


@pytest.mark.parametrize(
    ("points", "level"),
    [
        ("0", None),
        ("69.99", None),
        ("70", "basic"),
        ("79.99", "basic"),
        ("80", "advanced"),
        ("89.99", "advanced"),
        ("90", "excellent"),
        ("100", "excellent"),
    ],
)
def test_a_level_begins_exactly_at_its_minimum(points, level):
    result = rules.score(ONE_ITEM, {"G1": MET, "S1": Decimal(points)})

    assert result.total == Decimal(points)
    assert (result.level.code if result.level else None) == level


def test_99_points_with_one_gate_missed_give_no_level():
    result = rules.score(ONE_ITEM, {"G1": NOT_MET, "S1": Decimal(99)})

    assert result.level is None
    assert result.missing_for_next_level == rules.Missing(ONE_ITEM.level("excellent"), Decimal(0), ("G1",))


def test_an_unanswered_gate_is_not_met():
    result = rules.score(ONE_ITEM, {"S1": Decimal(99)})

    assert (result.gates_met, result.failed_gates, result.unanswered) == (False, ("G1",), ("G1",))
    assert result.level is None


def test_the_criteria_of_2568_add_up_to_100():
    result = rules.score(GECC, everything_met())

    assert result.total == 100
    assert result.level.code == "excellent"
    assert result.missing_for_next_level is None
    assert result.is_complete
