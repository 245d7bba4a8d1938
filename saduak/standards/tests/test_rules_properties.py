"""The score of any criteria tree equals a recomputation from its plain description, in fractions, written otherwise."""

import json
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.standards import rules
from saduak.standards.library import load
from saduak.standards.rules import Verdict

STEPS = ("0.01", "0.1", "1")
few = settings(max_examples=25, deadline=None)


@st.composite
def trees(draw):
    """A description of a library as nested dicts, ready to be written as JSON, which is YAML too."""
    step = Decimal(draw(st.sampled_from(STEPS)))
    waiving = draw(st.sampled_from(["not_allowed", "redistribute"]))
    counter = iter(range(10_000))

    def coded(**facts):
        return {"code": f"C{next(counter)}", "th": "ข้อ", **facts}

    def points(least=1, most=800):
        return draw(st.integers(least, most)) * step

    def scored():
        kind = draw(st.sampled_from(["fixed", "graded", "parts", "additive"]))
        if kind == "fixed":
            made = coded(points=points())
        elif kind == "graded":
            made = coded(max_score=points())
        else:
            parts = [coded(max_score=points()) for _ in range(draw(st.integers(1, 4)))]
            total = sum(part["max_score"] for part in parts)
            made = coded(parts=parts, max_score=total)
            if kind == "additive":
                made |= {"combine": "sum_up_to_max", "max_score": points(1, int(total / step))}
        if waiving == "redistribute" and draw(st.booleans()):
            made["may_not_apply"] = True
        return made

    def strand():
        criteria = [coded(points=points())] + [scored() for _ in range(draw(st.integers(0, 4)))]
        total = sum(criterion.get("points", criterion.get("max_score")) for criterion in criteria)
        if draw(st.booleans()):
            cut = draw(st.integers(1, len(criteria)))
            slices = [part for part in (criteria[:cut], criteria[cut:]) if part]
            return coded(kind="scored", max_score=total, groups=[coded(criteria=part) for part in slices])
        return coded(kind="scored", max_score=total, criteria=criteria)

    strands = [strand() for _ in range(draw(st.integers(1, 3)))]
    total = sum(made["max_score"] for made in strands)
    if gates := draw(st.integers(0, 3)):
        strands.insert(draw(st.integers(0, 1)), coded(kind="gate", criteria=[coded() for _ in range(gates)]))
    minima = sorted(draw(st.sets(st.integers(1, int(total / step)), min_size=1, max_size=3)))
    return {
        "format": "saduak-criteria/1",
        "id": "random",
        "cycle_be": 2570,
        "title": {"th": "สุ่ม"},
        "max_score": total,
        "rounding": {"score": str(step), "level": "none"},
        "not_applicable": waiving,
        "levels": [coded(min=least * step, colour="blue") for least in minima],
        "strands": strands,
    }


def criteria_of(strand):
    return strand.get("criteria") or [criterion for group in strand["groups"] for criterion in group["criteria"]]


@st.composite
def sheets(draw):
    """A tree and a sheet for it: some leaves unanswered, some criteria not applicable."""
    tree = draw(trees())
    step = Decimal(tree["rounding"]["score"])
    answers = {}
    for strand in tree["strands"]:
        for criterion in criteria_of(strand):
            if criterion.get("may_not_apply") and draw(st.booleans()):
                answers[criterion["code"]] = Verdict.NOT_APPLICABLE
            elif strand["kind"] == "gate" or "points" in criterion:
                answers[criterion["code"]] = draw(st.sampled_from([Verdict.MET, Verdict.MET, Verdict.NOT_MET, None]))
            else:
                for leaf in criterion.get("parts", [criterion]):
                    most = int(leaf["max_score"] / step)
                    given = draw(st.none() | st.integers(0, most) | st.just(most))
                    answers[leaf["code"]] = None if given is None else given * step
    return tree, answers


def library_of(tree):
    return load(json.dumps(tree, ensure_ascii=False, default=str))


def recomputed(tree, answers):
    """Gates met, points by strand and the level's code, in fractions."""
    by_strand, gates_met = {}, True
    step = Fraction(tree["rounding"]["score"])
    for strand in tree["strands"]:
        reached = whole = applies = Fraction(0)
        for criterion in criteria_of(strand):
            code = criterion["code"]
            if strand["kind"] == "gate":
                gates_met = gates_met and answers[code] == "met"
                continue
            most = Fraction(criterion["points"] if "points" in criterion else criterion["max_score"])
            whole += most
            if answers.get(code) == "not_applicable":
                continue
            applies += most
            if "points" in criterion:
                reached += most if answers[code] == "met" else 0
            else:
                given = sum(Fraction(answers[leaf["code"]] or 0) for leaf in criterion.get("parts", [criterion]))
                reached += min(given, most)
        if strand["kind"] == "scored":
            by_strand[strand["code"]] = floor(reached * whole / applies / step + Fraction(1, 2)) * step
    total = sum(by_strand.values())
    reached_levels = [level["code"] for level in tree["levels"] if Fraction(level["min"]) <= total]
    return gates_met, by_strand, total, reached_levels[-1] if gates_met and reached_levels else None


@settings(max_examples=80, deadline=None)
@given(sheets())
def test_the_score_equals_an_independent_recomputation(sheet):
    tree, answers = sheet

    result = rules.score(library_of(tree), answers)

    level = result.level.code if result.level else None
    assert (result.gates_met, result.by_strand, result.total, level) == recomputed(tree, answers)
    assert set(result.unanswered) == {code for code, answer in answers.items() if answer is None}


@few
@given(sheets())
def test_no_score_is_below_nothing_or_above_its_maximum(sheet):
    tree, answers = sheet
    library = library_of(tree)

    result = rules.score(library, answers)

    assert 0 <= result.total <= library.max_score
    assert all(0 <= result.by_strand[s.code] <= s.max_score for s in library.strands if s.code in result.by_strand)
    assert all(result.by_criterion[c.code] <= c.max_score for c in library.criteria())


@few
@given(sheets(), st.data())
def test_a_better_answer_never_lowers_the_score_or_the_level(sheet, data):
    tree, answers = sheet
    library = library_of(tree)
    code = data.draw(st.sampled_from(sorted(library.leaves)))
    leaf = library.leaves[code]
    best = Verdict.MET if leaf.is_yes_or_no else leaf.max_score
    if answers.get(leaf.criterion.code) is Verdict.NOT_APPLICABLE:
        return

    before, after = rules.score(library, answers), rules.score(library, answers | {code: best})

    assert after.total >= before.total
    assert (after.level.min if after.level else 0) >= (before.level.min if before.level else 0)


@few
@given(sheets(), st.randoms())
def test_the_order_of_answers_does_not_matter(sheet, random):
    tree, answers = sheet
    library = library_of(tree)
    shuffled = list(answers.items())
    random.shuffle(shuffled)

    assert rules.score(library, dict(shuffled)) == rules.score(library, answers)


@few
@given(sheets())
def test_what_is_missing_is_enough_for_the_next_level(sheet):
    tree, answers = sheet
    library = library_of(tree)
    result = rules.score(library, answers)

    missing = result.missing_for_next_level

    if missing is None:
        assert result.level == library.levels[-1]
    else:
        assert library.level_for(result.total + missing.points, gates_met=True) == missing.level
        assert bool(missing.gates) or missing.points > 0


@few
@given(sheets(), st.integers(1, 5))
def test_equal_sheets_are_proposed_as_they_are(sheet, count):
    tree, answers = sheet
    library = library_of(tree)

    lines = rules.consolidate(library, [answers] * count)

    assert rules.proposed_answers(lines) == {code: answer for code, answer in answers.items() if answer is not None}
    assert all(line.spread == 0 for line in lines)


@few
@given(sheets(), st.data())
def test_a_proposal_can_always_be_scored_and_lies_between_the_sheets(sheet, data):
    tree, answers = sheet
    library = library_of(tree)
    changed = data.draw(st.lists(st.sampled_from(sorted(answers)), max_size=6))
    other = {code: answer for code, answer in answers.items() if code not in changed}

    lines = rules.consolidate(library, [answers, other, answers, other])

    rules.score(library, rules.proposed_answers(lines))
    for line in lines:
        if isinstance(line.proposal, Decimal):
            assert line.lowest <= line.proposal <= line.highest
