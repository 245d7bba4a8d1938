"""Proposals of assignments: what bars is never weighed, everything else is, and the whole can be done again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.certification.allotting import (
    Allotment,
    Cost,
    Load,
    Panel,
    Task,
    Unit,
    Weights,
    kilometres,
    propose,
    read,
    written,
)

POINTS = {"10": (13.7711, 100.62), "50": (18.79, 98.98), "51": (18.57, 99.01), "90": (7.2, 100.6)}
BANGKOK, CHIANG_MAI, LAMPHUN, SONGKHLA = POINTS
KEYS = ("1", "2", "3")

panels = st.builds(
    Panel,
    key=st.just(""),
    capacity=st.integers(0, 6),
    held=st.lists(st.sampled_from([*POINTS, "99"]), max_size=3).map(tuple),
    charge=st.frozensets(st.sampled_from(list(POINTS)), max_size=2),
)
units = st.builds(
    Unit,
    key=st.just(""),
    place=st.sampled_from([*POINTS, "99"]),
    ties=st.dictionaries(st.sampled_from(KEYS), st.integers(1, 3)),
    barred=st.frozensets(st.sampled_from(KEYS)),
    last=st.sampled_from(["", *KEYS]),
)


@st.composite
def tasks(draw):
    """A few units and three sub-committees, one of them perhaps without members, and a place that no map knows."""
    three = tuple(replace(draw(panels), key=key) for key in KEYS)
    some = draw(st.lists(units, max_size=9))
    return Task(three, tuple(replace(unit, key=f"u{number}") for number, unit in enumerate(some)), POINTS)


def two(*units, **of_task):
    """Two sub-committees of equal size that may go anywhere."""
    return Task((Panel("1", 5), Panel("2", 5)), units, POINTS, **of_task)


@settings(max_examples=60, deadline=None)
@given(tasks(), st.integers(0, 3))
def test_a_barred_sub_committee_never_gets_the_unit_and_everybody_else_is_placed(task, seed):
    given_ = propose(task, seed).given

    open_to = {u.key: {p.key for p in task.panels if p.capacity and p.key not in u.barred} for u in task.units}
    assert all(panel in open_to[unit] for unit, panel in given_.items())
    assert given_.keys() == {unit for unit, panels_ in open_to.items() if panels_}


@settings(max_examples=40, deadline=None)
@given(tasks(), st.integers(0, 3))
def test_a_proposal_is_repeated_from_its_record(task, seed):
    first = propose(task, seed)

    again = propose(read(json.loads(json.dumps(written(task)))), seed)

    assert (again.given, again.quality) == (first.given, first.quality)


@settings(max_examples=40, deadline=None)
@given(tasks())
def test_what_another_place_would_cost_is_what_the_whole_would_cost_more(task):
    made = propose(task, 1)
    for number, unit in enumerate(task.units):
        for key, more in made.alternatives(number).items():
            if more is not None:
                moved = Allotment(task, {**made.given, unit.key: key})
                assert moved.quality.cost - made.quality.cost == pytest.approx(more.total, abs=1e-6)
                assert more.total >= -1e-6  # No single unit would be cheaper elsewhere.


@settings(max_examples=30, deadline=None)
@given(tasks())
def test_telling_the_alternatives_changes_nothing(task):
    made = propose(task, 1)
    before = made.quality

    for number in range(len(task.units)):
        made.alternatives(number)

    assert made.given == Allotment(task, made.given).given
    assert made.quality.cost == pytest.approx(before.cost)


def test_near_units_go_together():
    task = two(*(Unit(f"{place}-{n}", place) for n in range(2) for place in (CHIANG_MAI, SONGKHLA)))

    given_ = propose(task, 1).given

    assert given_[f"{CHIANG_MAI}-0"] == given_[f"{CHIANG_MAI}-1"] != given_[f"{SONGKHLA}-0"] == given_[f"{SONGKHLA}-1"]


def test_units_are_shared_out_by_the_number_of_members():
    task = Task((Panel("1", 6), Panel("2", 3)), tuple(Unit(str(n), BANGKOK) for n in range(9)), POINTS)

    made = propose(task, 1)

    assert sorted(made.given.values()).count("1") == 6
    assert (made.quality.fewest, made.quality.most) == (1.0, 1.0)
    assert made.loads == {"1": Load(6, 6.0, 0.0), "2": Load(3, 3.0, 0.0)}


def test_a_sub_committee_without_members_gets_nothing():
    made = propose(Task((Panel("1", 0),), (Unit("u", BANGKOK),), POINTS), 1)

    assert (made.given, made.loads) == ({}, {"1": Load(0, 0.0, 0.0)})


def test_what_a_sub_committee_has_counts():
    task = Task((Panel("1", 5, held=(BANGKOK,) * 4), Panel("2", 5)), (Unit("u", BANGKOK),), POINTS)

    assert propose(task, 1).given == {"u": "2"}


@pytest.mark.parametrize(
    ("unit", "part"),
    [
        pytest.param(Unit("u", BANGKOK, ties={"1": 2}), Cost(ties=120), id="members with a soft tie"),
        pytest.param(Unit("u", BANGKOK, last="1"), Cost(again=250), id="the same sub-committee as last round"),
        pytest.param(Unit("u", LAMPHUN), Cost(outside=400), id="a province in another's charge"),
    ],
)
def test_each_part_is_told_by_itself(unit, part):
    task = Task((Panel("1", 5, charge=frozenset({BANGKOK})), Panel("2", 5)), (unit,), POINTS)

    made = propose(task, 1)

    assert made.given == {"u": "2"}
    assert made.alternatives(0) == {"1": part}


def test_a_unit_that_all_are_barred_from_stays_where_it_is_and_can_be_asked():
    made = propose(two(Unit("u", BANGKOK, barred=frozenset({"1", "2"}))), 1)

    assert (made.given, made.unplaceable) == ({}, [0])
    assert made.alternatives(0) == {"1": None, "2": None}


def test_a_unit_that_is_nowhere_is_told_the_whole_price():
    assert Allotment(two(Unit("u", BANGKOK, ties={"1": 1}))).alternatives(0)["1"].ties == 60


def test_two_units_change_places_when_both_gain():
    crossed = two(
        Unit("a", CHIANG_MAI),
        Unit("b", SONGKHLA),
        Unit("c", CHIANG_MAI, barred=frozenset({"2"})),
        Unit("d", SONGKHLA, barred=frozenset({"1"})),
        weights=Weights(load=5000),  # So that none can move alone.
    )

    assert propose(crossed, 3).given == {"a": "1", "b": "2", "c": "1", "d": "2"}


def test_progress_is_told_to_the_end():
    heard = []

    propose(two(Unit("u", BANGKOK)), 1, told=lambda done, of: heard.append((done, of)))

    assert heard[0][0] == 0
    assert heard[-1][0] == heard[-1][1]


def test_a_record_of_another_method_is_not_read():
    with pytest.raises(ValueError, match="another/9"):
        read({**written(two()), "method": "another/9"})


def test_distances_are_those_of_the_globe():
    assert kilometres((0, 0), (0, 0)) == 0
    assert kilometres((0, 0), (0, 180)) == 20015
    assert kilometres((13.7563, 100.5018), (18.7883, 98.9853)) == pytest.approx(583, abs=2)  # Bangkok – Chiang Mai.
