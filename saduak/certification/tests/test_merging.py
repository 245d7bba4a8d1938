"""What several devices say of one line comes out the same in whatever order, and however often, it arrives."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.certification.merging import Change, merged

NOON = datetime(2020, 4, 25, 12, tzinfo=UTC)


def change(version, *base, answer="met", note="", minutes=0):
    return Change(version, base, answer, note, NOON + timedelta(minutes=minutes))


@st.composite
def histories(draw):
    """Changes of up to three devices: each is made upon what its device knew, which is a part of what came before."""
    changes, knows = [], [set(), set(), set()]
    for number in range(draw(st.integers(1, 9))):
        device = draw(st.integers(0, 2))
        if changes and draw(st.booleans()):
            knows[device] |= {one.version for one in changes if draw(st.booleans())}
        seen = merged(one for one in changes if one.version in knows[device])
        answer = draw(st.sampled_from(["met", "not_met", ""]))
        made = change(f"v{number}", *(seen.versions if seen else ()), answer=answer, minutes=draw(st.integers(-99, 99)))
        changes.append(made)
        knows[device].add(made.version)
    return changes


@settings(max_examples=200, deadline=None)
@given(histories(), st.data())
def test_any_order_and_any_duplicates_give_the_same_line(history, data):
    sent = data.draw(st.permutations(history)) + data.draw(st.lists(st.sampled_from(history), max_size=5))

    assert merged(sent) == merged(history)


@settings(max_examples=100, deadline=None)
@given(histories())
def test_whoever_knows_everything_ends_every_dispute(history):
    line = merged([*history, change("last", *merged(history).versions, answer="met")])

    assert line.versions == ("last",)
    assert not line.is_disputed


def test_a_later_change_takes_the_place_of_the_one_it_knew():
    line = merged([change("a"), change("b", "a", answer="not_met")])

    assert (line.says.answer, line.is_disputed) == ("not_met", False)


def test_two_changes_that_did_not_know_each_other_are_a_dispute():
    line = merged([change("a"), change("b", "a", answer="not_met", minutes=9), change("c", "a", note="ป้าย", minutes=5)])

    assert line.is_disputed
    assert line.says.version == "b"


def test_two_that_say_the_same_are_none():
    line = merged([change("a", answer="5"), change("b", answer="5", minutes=3)])

    assert not line.is_disputed
    assert line.versions == ("a", "b")


def test_a_line_without_changes_is_none():
    assert merged([]) is None
