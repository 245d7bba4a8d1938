"""Agreement, leaning and rotation, against published worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.certification.agreement import (
    NOTHING,
    Leaning,
    Side,
    Strength,
    Together,
    again,
    agreement,
    disagreement,
    leaning,
    t_quantile,
    together,
)

FOUR_OBSERVERS = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
]
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part D: twelve units, four observers, gaps."""

THREE_CODERS = [
    [1],
    [2, 2],
    [1, 1],
    [3, 3],
    [3, 3, 4],
    [4, 4, 4],
    [1, 3],
    [2, 2],
    [1, 1],
    [1, 1],
    [3, 3],
    [3, 3],
    [3, 4],
]
"""The computational example of the encyclopaedia's article on the coefficient: three coders, fifteen units."""


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        pytest.param(FOUR_OBSERVERS, 0.849, id="four observers with gaps"),
        pytest.param(THREE_CODERS, 0.811, id="three coders with gaps"),
        pytest.param([[1, 1], [0, 0]], 1.0, id="full agreement"),
        pytest.param([[1, 0], [0, 1]], -0.5, id="worse than chance"),
        pytest.param([[1, 1], [1, 1]], None, id="no variation tells nothing"),
        pytest.param([[1], []], None, id="nothing to compare"),
    ],
)
def test_alpha(units, alpha):
    assert disagreement(units).alpha == (None if alpha is None else pytest.approx(alpha, abs=0.0005))


@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=4), min_size=1, max_size=8), st.randoms())
def test_alpha_does_not_depend_on_the_order(units, chance):
    shuffled = [chance.sample(unit, len(unit)) for unit in chance.sample(units, len(units))]

    once, again_ = disagreement(units), disagreement(shuffled)

    assert once.observed == pytest.approx(again_.observed)
    assert once.expected == pytest.approx(again_.expected)
    assert once.alpha is None or once.alpha <= 1


def test_lines_are_added_up_each_against_its_own_chance():
    mostly_met, mostly_not = [[1, 1], [1, 0]], [[0, 0], [0, 1]]

    apart = disagreement(mostly_met) + disagreement(mostly_not)

    assert apart.values == 8
    assert apart.alpha < disagreement(mostly_met + mostly_not).alpha


def test_agreement_counts_what_is_equal_and_how_far_apart_the_rest_is():
    found = agreement([[1, 1], [1, 0.5], [None, None], [None, 1], [1]])

    assert (found.visits, found.compared, found.equal, found.pairs) == (4, 4, 2, 2)
    assert (found.share_equal, found.difference) == (0.5, 0.25)


def test_nothing_has_no_figures():
    assert (NOTHING.share_equal, NOTHING.difference, NOTHING.alpha) == (None, None, None)
    assert (NOTHING + agreement([[1, 0]])).compared == 1


@pytest.mark.parametrize(
    ("units", "strength"),
    [
        pytest.param([[1, 0]] * 4, Strength.TOO_LITTLE, id="four visits are too little"),
        pytest.param([[1, 1]] * 5, Strength.ALL_THE_SAME, id="all the same"),
        pytest.param([[1, 1]] * 4 + [[0, 0]], Strength.RELIABLE, id="reliable"),
        pytest.param([[1, 1]] * 6 + [[0, 0]] * 2 + [[0, 1]], Strength.TENTATIVE, id="tentative"),
        pytest.param([[1, 0]] * 5, Strength.UNRELIABLE, id="unreliable"),
    ],
)
def test_what_may_be_concluded(units, strength):
    assert agreement(units).strength == strength


@pytest.mark.parametrize(
    ("visits", "side"),
    [
        pytest.param([[-0.5]] * 4, Side.TOO_LITTLE, id="four visits are too little"),
        pytest.param([[]] * 9, Side.TOO_LITTLE, id="nothing to compare with"),
        pytest.param([[-0.1, -0.2]] * 5, Side.HARSH, id="harsh"),
        pytest.param([[0.1, 0.2]] * 5, Side.LENIENT, id="lenient"),
        pytest.param([[-0.02]] * 5, Side.IN_LINE, id="sure, but too small to tell"),
        pytest.param([[-0.6], [0.4], [-0.6], [0.4], [-0.6]], Side.IN_LINE, id="large, but may be chance"),
        pytest.param([[0.6], [-0.4], [0.6], [-0.4], [0.6]], Side.IN_LINE, id="large upwards, but may be chance"),
    ],
)
def test_to_which_side_an_assessor_leans(visits, side):
    assert leaning(visits).side == side


def test_the_interval_is_taken_over_visits():
    found = leaning([[0.1, 0.3], [0.0], [0.1, 0.1, 0.1]])

    assert (found.visits, found.marks) == (3, 6)
    assert found.mean == pytest.approx(0.1)
    assert found.high - found.mean == pytest.approx(4.303 * 0.1 / 3**0.5)


def test_one_visit_has_a_mean_and_no_interval():
    assert leaning([[0.5]]) == Leaning(1, 1, 0.5, None, None)


def test_quantiles_end_on_the_careful_side():
    assert (t_quantile(1), t_quantile(30), t_quantile(500)) == (12.706, 2.042, 2.042)


def test_pairs_are_counted_whoever_is_named_first():
    found = together([["a", "b"], ["b", "a"], ["a", "c"]])

    assert found["a", "b"] == Together(2, 2 / 3, 1.0)
    assert not found["a", "b"].is_often


def test_a_pair_that_hardly_ever_parts_is_told():
    assert together([["a", "b"]] * 5)["a", "b"].is_often
    assert not together([["a", "b"]] * 5 + [["a", "c"]] * 5)["a", "b"].is_often


def test_who_comes_again_the_next_round():
    seats = [(2563, "a", 1), (2564, "a", 1), (2564, "b", 1), (2566, "b", 1), (2565, "a", 1)]

    assert again(seats) == [("a", 1, 2565), ("a", 1, 2564)]
