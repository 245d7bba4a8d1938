"""The arithmetic of the directory."""

import pytest

from saduak.directory.rules import quorum_among


@pytest.mark.parametrize(
    ("members", "rule", "number", "quorum"),
    [
        pytest.param(7, "more_than_half", None, 4, id="more than half of seven"),
        pytest.param(8, "more_than_half", None, 5, id="more than half of eight"),
        pytest.param(0, "more_than_half", None, 1, id="nobody is never enough"),
        pytest.param(8, "at_least_half", None, 4, id="half of eight"),
        pytest.param(7, "at_least_half", None, 4, id="half of seven"),
        pytest.param(0, "at_least_half", None, 1, id="half of nobody is not enough"),
        pytest.param(9, "number", 3, 3, id="a fixed number"),
        pytest.param(2, "number", 3, 2, id="never more than there are"),
    ],
)
def test_a_quorum(members, rule, number, quorum):
    assert quorum_among(members, rule=rule, number=number) == quorum
