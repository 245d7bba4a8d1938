"""What several devices say of one line comes out the same in whatever order, and however often, it arrives."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.certification.merging import Change, merged
from tests.support import node

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


ON_A_DEVICE = """
    const { merged } = await import(`${site}/certification/field/sheet.js`);
    console.log(JSON.stringify((await given()).map(([seed, changes]) => merged(seed, changes))));
"""


def on_a_device(line):
    """A line as the server tells it to a device."""
    if line is None:
        return {"answer": "", "note": "", "base": [], "disputed": False}
    says = line.says
    return {"answer": says.answer, "note": says.note, "base": list(line.versions), "disputed": line.is_disputed}


def as_event(one):
    payload = {"answer": one.answer, "note": one.note}
    event = {"base_version": one.base, "client_time": one.at.isoformat(), "clock_offset": 0, "payload": payload}
    return {"version": one.version, "event": event}


def test_a_device_puts_changes_together_as_the_server_does():
    cases = []

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(histories(), st.integers(0, 9))
    def draw(history, sent):
        cases.append((history, history[:sent]))

    draw()
    told = node.run(
        ON_A_DEVICE,
        [[on_a_device(merged(sent)), [as_event(one) for one in history if one not in sent]] for history, sent in cases],
    )

    assert any(line["disputed"] for line in told)
    for (history, sent), line in zip(cases, told, strict=True):
        whole = on_a_device(merged(history))
        if not sent:
            assert line == {**whole, "base": sorted(whole["base"])}
        elif not line[
            "disputed"
        ]:  # A device is told of a dispute as one line; it may see one for longer than it lasts.
            assert (line["answer"], line["note"]) == (whole["answer"], whole["note"])
            assert not whole["disputed"]
