"""The plan that an assessor's device takes along gives the same score in Python and in JavaScript."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.standards import rules
from saduak.standards.library import load
from saduak.standards.plan import evaluate, problem_with
from saduak.standards.tests.factories import GECC_2568, SMALL
from saduak.standards.tests.test_rules_properties import library_of, sheets
from tests.support import node

SCORE_ALL = """
    const score = await import(`${site}/standards/score.js`);
    const told = [];
    for (const [raw, answers] of await given()) {
        const plan = score.prepared(JSON.parse(JSON.stringify(raw)));
        const read = new Map(Object.entries(answers).map(([code, text]) => [code, score.read(text)]));
        const problems = [...read].filter(([, answer]) => answer !== null).map(
            ([code, answer]) => score.problemWith(plan, code, answer));
        told.push([score.evaluate(plan, read), problems, score.points(score.evaluate(plan, read).total)]);
    }
    console.log(JSON.stringify(told));
"""


def drawn(strategy, number):
    """That many examples of a strategy."""
    examples = []

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(example):
        examples.append(example)

    draw()
    return examples


def written(answers):
    """Answers as they are kept and taken along."""
    return {code: "" if answer is None else str(answer) for code, answer in answers.items()}


@pytest.fixture(scope="module")
def scored():
    """Some hundred random sheets with the library and what JavaScript says of each."""
    pairs = [(library_of(tree), answers) for tree, answers in drawn(sheets(), 200)]
    told = node.run(SCORE_ALL, [[library.plan.as_json(), written(answers)] for library, answers in pairs])
    return [(library, answers, *said) for (library, answers), said in zip(pairs, told, strict=True)]


def test_javascript_scores_random_sheets_as_python_does(scored):
    for library, answers, theirs, problems, total in scored:
        ours = rules.score(library, answers)

        assert not any(problems)
        assert total == f"{ours.total:.2f}"
        assert {code: Decimal(points) / 100 for code, points in theirs["byStrand"].items()} == ours.by_strand
        assert {code: Decimal(points) / 100 for code, points in theirs["byGroup"].items()} == ours.by_group
        assert {code: Decimal(points) / 100 for code, points in theirs["byItem"].items()} == ours.by_criterion
        assert tuple(theirs["failedGates"]) == ours.failed_gates
        assert tuple(theirs["unanswered"]) == ours.unanswered
        assert tuple(theirs["waived"]) == ours.not_applicable
        assert theirs["level"] == (ours.level.code if ours.level else "")
        missing = ours.missing_for_next_level
        assert (theirs["aim"], theirs["missing"]) == (
            (missing.level.code, int(missing.points * 100)) if missing else ("", 0)
        )


def test_random_sheets_reach_every_branch(scored):
    levels = {theirs["level"] for _library, _answers, theirs, _problems, _total in scored}

    assert len(levels) > 1
    assert "" in levels
    assert any(theirs["waived"] for _library, _answers, theirs, *_rest in scored)
    assert any(theirs["failedGates"] for _library, _answers, theirs, *_rest in scored)


def test_javascript_refuses_answers_with_the_words_of_python():
    library = load(GECC_2568)
    graded = next(leaf for leaf in library.leaves.values() if not leaf.is_yes_or_no)
    gate = library.gates[0].code
    said = [
        (gate, "met"),
        (gate, "1"),
        (gate, "not_applicable"),
        (graded.code, "met"),
        (graded.code, "0"),
        (graded.code, str(graded.max_score)),
        (graded.code, str(graded.max_score + 1)),
        (graded.code, "0.01"),
        ("ZZ", "1"),
    ]

    told = node.run(SCORE_ALL, [[library.plan.as_json(), {code: answer}] for code, answer in said])

    def ours(code, text):
        answer = text if text in set(rules.Verdict) else int(Decimal(text) * 100)
        return problem_with(library.plan, code, answer)

    assert [problems[0] for _outcome, problems, _total in told] == [ours(*pair) for pair in said]


def test_what_is_no_answer_is_none_on_a_device_either():
    plan = load(SMALL).plan.as_json()

    told = node.run(SCORE_ALL, [[plan, {"S1": text}] for text in ("1e1", "-1", "1.234", "๑", " 1", "NaN", "1.")])

    assert [problems for _outcome, problems, _total in told] == [["not_a_number"]] * 7


def test_the_plan_holds_nothing_but_plain_values():
    def plain(value):
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(inside) for key, inside in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return type(value) in (str, int, bool)

    assert plain(load(GECC_2568).plan.as_json())


@settings(max_examples=25, deadline=None)
@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(drawn, chance):
    tree, answers = drawn
    library = library_of(tree)
    told = {code: int(said * 100) if isinstance(said, Decimal) else said for code, said in answers.items()}
    turned = dict(chance.sample(list(told.items()), len(told)))

    assert evaluate(library.plan, told) == evaluate(library.plan, turned)
