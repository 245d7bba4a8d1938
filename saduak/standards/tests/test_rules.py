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


def test_features_add_up_to_the_maximum_and_not_beyond():
    result = rules.score(GECC, everything_met() | {"R3.6": Decimal("1.99")})

    assert result.by_criterion["R3"] == 10


def test_points_are_told_by_strand_group_and_criterion():
    result = rules.score(GECC, everything_met() | {"2.18": NOT_MET, "R1.3": Decimal("3.25")})

    assert result.total == Decimal("92.25")
    assert result.by_strand == {"Q": Decimal(64), "R": Decimal("28.25")}
    assert result.by_group == {"Q-basic": Decimal(8), "Q-advanced-2": Decimal(44), "Q-advanced-6": Decimal(12)}
    assert result.by_criterion["R1"] == Decimal("8.25")


def test_an_empty_sheet_misses_everything():
    result = rules.score(GECC, {})

    assert result.total == 0
    assert len(result.unanswered) == 58
    assert result.missing_for_next_level == rules.Missing(
        GECC.level("basic"), Decimal(70), tuple(f"P{number}" for number in range(1, 15))
    )


WAIVABLE = load(
    SMALL.replace("levels:", "not_applicable: redistribute\nlevels:").replace(
        "{code: S1, th: คุณภาพบริการ, max_score: 100}",
        "{code: S1, th: คุณภาพ, max_score: 70}\n"
        "      - {code: S2, th: ข้อย่อย, max_score: 30, may_not_apply: true, parts: ["
        "{code: S2a, th: หนึ่ง, max_score: 10}, {code: S2b, th: สอง, max_score: 20}]}",
    )
)


def test_points_of_what_does_not_apply_are_redistributed_and_rounded_half_up():
    result = rules.score(WAIVABLE, {"G1": MET, "S1": Decimal("48.65"), "S2": NOT_APPLICABLE})

    assert result.total == Decimal("69.50")
    assert result.not_applicable == ("S2",)
    assert result.is_complete
    assert rules.score(WAIVABLE, {"S1": Decimal("0.01"), "S2": NOT_APPLICABLE}).total == Decimal("0.01")


@pytest.mark.parametrize(
    ("library", "code", "answer", "problem"),
    [
        pytest.param(GECC, "P1", Decimal(1), "wants_a_verdict", id="points for a gate"),
        pytest.param(GECC, "2.1", Decimal("0.5"), "wants_a_verdict", id="half of a fixed item"),
        pytest.param(GECC, "R1.1", MET, "wants_points", id="met for a graded part"),
        pytest.param(GECC, "R1", Decimal(8), "unknown_code", id="points for a whole that has parts"),
        pytest.param(GECC, "X9", MET, "unknown_code", id="no such item"),
        pytest.param(GECC, "R1.1", Decimal("2.01"), "out_of_range", id="above the maximum"),
        pytest.param(GECC, "R1.1", Decimal("-0.01"), "out_of_range", id="below nothing"),
        pytest.param(GECC, "R1.1", Decimal("NaN"), "out_of_range", id="not a number"),
        pytest.param(GECC, "R1.1", Decimal("Infinity"), "out_of_range", id="endless"),
        pytest.param(GECC, "R1.1", Decimal("1.005"), "finer_than_the_step", id="a thousandth"),
        pytest.param(GECC, "R1.1", 1.5, "wrong_type", id="a binary fraction"),
        pytest.param(GECC, "P1", "met", "wrong_type", id="a plain text"),
        pytest.param(GECC, "2.1", NOT_APPLICABLE, "must_apply", id="not applicable where the version has none"),
        pytest.param(WAIVABLE, "G1", NOT_APPLICABLE, "must_apply", id="a gate that does not apply"),
        pytest.param(WAIVABLE, "S2a", NOT_APPLICABLE, "must_apply", id="a part that does not apply"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(library, code, answer, problem):
    with pytest.raises(rules.AnswersRefused, match=problem) as refused:
        rules.score(library, {code: answer})

    assert refused.value.problems == (rules.WrongAnswer(code, problem),)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("met", MET), ("not_met", NOT_MET), ("2.50", Decimal("2.5")), (" 3 ", Decimal(3)), ("", None), ("  ", None)],
)
def test_a_kept_text_is_read_as_an_answer(text, answer):
    assert rules.read_answer(GECC.leaves["R1.3"], text) == answer


def test_a_text_that_is_no_answer_is_refused():
    with pytest.raises(rules.AnswersRefused, match=r"R1.3: not_a_number"):
        rules.read_answer(GECC.leaves["R1.3"], "ดี")


@pytest.mark.parametrize(
    ("code", "sheets", "equal", "proposal"),
    [
        pytest.param("G1", [MET, MET, MET], True, MET, id="all met"),
        pytest.param("G1", [MET, NOT_MET, MET], False, MET, id="most met"),
        pytest.param("G1", [MET, NOT_MET], False, NOT_MET, id="a tie is not met"),
        pytest.param("G1", [MET, None, NOT_MET], False, NOT_MET, id="one of three is no majority"),
        pytest.param("G1", [None, None], False, None, id="nobody answered"),
        pytest.param("S1", [Decimal(60), Decimal(80), Decimal(70)], False, Decimal(70), id="the middle value"),
        pytest.param("S1", [Decimal(60), Decimal(80)], False, Decimal(60), id="of two the lower"),
        pytest.param("S1", [Decimal(60), None], False, Decimal(60), id="one left it open"),
        pytest.param("S2a", [NOT_APPLICABLE, NOT_APPLICABLE, Decimal(3)], False, NOT_APPLICABLE, id="mostly not"),
        pytest.param("S2a", [NOT_APPLICABLE, Decimal(5), Decimal(3)], False, Decimal(3), id="mostly applicable"),
        pytest.param("S2a", [NOT_APPLICABLE, None], False, None, id="not applicable is no majority"),
    ],
)
def test_several_sheets_give_one_proposal(code, sheets, equal, proposal):
    whole = WAIVABLE.leaves[code].criterion.code
    given = [{whole if answer is NOT_APPLICABLE else code: answer} for answer in sheets]

    line = next(line for line in rules.consolidate(WAIVABLE, given) if line.leaf.code == code)

    assert (line.equal, line.proposal, line.answers) == (equal, proposal, tuple(sheets))


def test_a_line_tells_the_lowest_the_highest_and_the_spread():
    yes_no, points = rules.consolidate(ONE_ITEM, [{"G1": MET, "S1": Decimal(61)}, {"S1": Decimal("80.5")}])

    assert (points.lowest, points.highest, points.spread) == (Decimal(61), Decimal("80.5"), Decimal("19.5"))
    assert (yes_no.lowest, yes_no.highest, yes_no.spread) == (0, 0, 0)


def test_a_line_without_answers_has_neither_lowest_nor_highest():
    yes_no, _points = rules.consolidate(ONE_ITEM, [])

    assert (yes_no.lowest, yes_no.highest, yes_no.spread, yes_no.equal) == (None, None, 0, False)


def test_equal_totals_share_a_place():
    places = rules.ranked({"ค": Decimal(90), "ก": Decimal(80), "ข": Decimal(90), "ง": Decimal(70)})

    assert [(place.place, place.reference) for place in places] == [(1, "ข"), (1, "ค"), (3, "ก"), (4, "ง")]
