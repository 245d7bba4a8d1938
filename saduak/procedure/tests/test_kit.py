"""The table decides: who, from which stage, provided what."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from saduak.procedure.kit import CLOCK, Decision, Procedure, Reason, Refusal, Step, condition

AT = datetime(2026, 1, 15, tzinfo=UTC)


class Stage(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    LAPSED = "lapsed"


@dataclass
class Letter:
    stage: Stage = Stage.DRAFT
    is_written: bool = True
    is_signed: bool = True


@condition(otherwise="The letter is empty.")
def letter_is_written(letter, at):
    return letter.is_written


@condition(otherwise="The letter is not signed.")
def letter_is_signed(letter, at):
    return letter.is_signed


@condition(otherwise="The week is not over.")
def week_is_over(letter, at):
    return at >= AT


SEND = Step("send", "1", "writer", frozenset({Stage.DRAFT}), Stage.SENT, (letter_is_written, letter_is_signed))
READ = Step("read", "2", frozenset({"reader", "writer"}), frozenset({Stage.DRAFT, Stage.SENT}), None)
LAPSE = Step("lapse", "3", CLOCK, frozenset({Stage.DRAFT}), Stage.LAPSED, (week_is_over,))
LETTERS = Procedure(
    "letters", "Letters", Stage.DRAFT, (SEND, READ, LAPSE), {Refusal.WRONG_ROLE: "Only the writer sends it."}
)


def consider(step, letter=None, *, roles=("writer",), at=AT):
    return LETTERS.consider(step, letter or Letter(), roles=roles, at=at)


def codes(decision):
    return [reason.code for reason in decision.reasons]


@pytest.mark.parametrize(
    ("step", "stage", "roles"),
    [
        pytest.param("send", Stage.DRAFT, {"writer"}, id="the writer sends a draft"),
        pytest.param("send", Stage.DRAFT, {"writer", "reader"}, id="one of several roles is enough"),
        pytest.param("read", Stage.DRAFT, {"writer"}, id="the writer reads a draft"),
        pytest.param("read", Stage.SENT, ["reader"], id="the reader reads what was sent"),
        pytest.param("lapse", Stage.DRAFT, {CLOCK}, id="time ends a draft"),
    ],
)
def test_a_step_is_open_when_everything_fits(step, stage, roles):
    decision = consider(step, Letter(stage), roles=roles)

    assert decision.allowed
    assert decision == Decision(LETTERS.step(step))


@pytest.mark.parametrize(
    ("step", "stage", "roles", "reason"),
    [
        pytest.param("send", Stage.DRAFT, {"reader"}, Refusal.WRONG_ROLE, id="another role"),
        pytest.param("send", Stage.DRAFT, set(), Refusal.WRONG_ROLE, id="no role"),
        pytest.param("lapse", Stage.DRAFT, {"writer"}, Refusal.WRONG_ROLE, id="a person in the place of time"),
        pytest.param("send", Stage.SENT, {"writer"}, Refusal.WRONG_STAGE, id="another stage"),
        pytest.param("send", Stage.SENT, {"reader"}, Refusal.WRONG_ROLE, id="a stranger does not learn the stage"),
    ],
)
def test_a_step_is_refused_for_stage_and_role(step, stage, roles, reason):
    decision = consider(step, Letter(stage), roles=roles)

    assert not decision.allowed
    assert codes(decision) == [reason]


@pytest.mark.parametrize(
    ("letter", "sentences"),
    [
        pytest.param(Letter(is_written=False), ["The letter is empty."], id="one condition"),
        pytest.param(
            Letter(is_written=False, is_signed=False),
            ["The letter is empty.", "The letter is not signed."],
            id="every condition, in order",
        ),
    ],
)
def test_a_refusal_tells_every_condition_that_does_not_hold(letter, sentences):
    decision = consider("send", letter)

    assert [str(reason) for reason in decision.reasons] == sentences
    assert codes(decision)[0] == "letter_is_written"


def test_a_stranger_does_not_learn_which_conditions_hold():
    decision = consider("send", Letter(is_written=False), roles={"reader"})

    assert decision.reasons == (Reason("wrong_role", "Only the writer sends it."),)


def test_a_condition_knows_the_moment():
    assert not consider("lapse", roles={CLOCK}, at=datetime(2026, 1, 14, tzinfo=UTC)).allowed
    assert week_is_over(Letter(), AT)


def test_a_reason_without_a_sentence_shows_its_code():
    assert str(consider("send", Letter(Stage.SENT)).reasons[0]) == "wrong_stage"


@pytest.mark.parametrize(
    ("stage", "roles", "offered"),
    [
        pytest.param(Stage.DRAFT, {"writer"}, ["send", "read"], id="the writer of a draft"),
        pytest.param(Stage.DRAFT, {CLOCK}, ["lapse"], id="time"),
        pytest.param(Stage.SENT, {"writer"}, ["read"], id="the writer of what was sent"),
        pytest.param(Stage.LAPSED, {"writer", "reader", CLOCK}, [], id="the end"),
        pytest.param(Stage.DRAFT, {"stranger"}, [], id="a stranger"),
    ],
)
def test_the_steps_of_a_stage_are_offered_in_the_order_of_the_table(stage, roles, offered):
    decisions = list(LETTERS.decisions(Letter(stage), roles=roles, at=AT))

    assert [decision.step.name for decision in decisions] == offered


def test_a_step_that_is_offered_may_be_refused():
    (send, read) = LETTERS.decisions(Letter(is_signed=False), roles={"writer"}, at=AT)

    assert (send.allowed, read.allowed) == (False, True)


def test_an_unknown_step_is_a_mistake():
    with pytest.raises(KeyError, match="burn"):
        consider("burn")


def test_two_steps_never_share_a_name():
    with pytest.raises(ValueError, match="share a name: send"):
        Procedure("twice", "Twice", Stage.DRAFT, (SEND, SEND))


def test_a_step_moves_from_somewhere():
    with pytest.raises(ValueError, match="from no stage: fly"):
        Procedure("none", "None", Stage.DRAFT, (Step("fly", "1", "writer", frozenset(), Stage.SENT),))
