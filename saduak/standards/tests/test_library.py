"""A source is read as it is written, or refused with every problem at its line and column."""

from decimal import Decimal

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

from saduak.standards.criteria import Evidence, Kind
from saduak.standards.library import LibraryRefused, load
from saduak.standards.source import Reader
from saduak.standards.tests.factories import GECC_2568, SMALL

SOUND = """\
format: saduak-criteria/1
id: test-2570
cycle_be: 2570
title: {th: เกณฑ์ทดสอบ, en: Test criteria}
max_score: 20
rounding: {score: "0.01", level: none}
not_applicable: redistribute
levels:
  - {code: basic, th: พื้นฐาน, min: 10, colour: blue}
  - {code: advanced, th: ก้าวหน้า, en: Advanced, min: 15, colour: silver}
aspects:
  - {code: "1", th: สถานที่}
strands:
  - code: G
    th: บังคับ
    kind: gate
    criteria:
      - {code: G1, th: ป้าย, asks: clear signs, evidence: [photo, visit]}
  - code: S
    th: คะแนน
    kind: scored
    max_score: 20
    groups:
      - code: S-two
        th: ข้อละสอง
        points_each: 2
        provisional: true
        may_not_apply: true
        criteria:
          - {code: "1.1", aspect: "1", th: ที่จอดรถ, asks: {th: มีที่จอดรถ, en: parking}}
          - {code: "1.2", th: ทางลาด, provisional: false, may_not_apply: false}
          - {code: "1.3", th: ห้องน้ำ, points: 3}
      - code: S-more
        th: ข้อใหญ่
        max_score: 13
        criteria:
          - code: "2.1"
            th: ความพึงพอใจ
            max_score: 10
            parts:
              - {code: "2.1a", th: วิธี, max_score: 2.5, provisional: true}
              - {code: "2.1b", th: ผล, max_score: 7.5, measured_by: feedback.score}
          - code: "2.2"
            th: เทคโนโลยี
            max_score: 3
            combine: sum_up_to_max
            parts:
              - {code: "2.2a", th: ออนไลน์, max_score: 2}
              - {code: "2.2b", th: จองคิว, max_score: 2}
"""


def refused(source):
    """Line, column and code of every problem."""
    with pytest.raises(LibraryRefused) as error:
        load(source)
    return [(problem.line, problem.column, problem.code) for problem in error.value.problems]


def place_of(source, text):
    """Line and column of the first place where `text` stands."""
    before = source[: source.index(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_the_criteria_of_2568_are_read_whole():
    library = load(GECC_2568)

    assert (len(library.gates), len(list(library.criteria())), len(library.leaves)) == (14, 50, 58)
    assert [(strand.code, strand.max_score) for strand in library.strands] == [("P", 0), ("Q", 70), ("R", 30)]
    assert [criterion.code for criterion in library.criteria()][:15] == [f"P{n}" for n in range(1, 15)] + ["2.1"]
    assert sum(criterion.is_provisional for criterion in library.criteria()) == 28


def test_a_criterion_takes_over_from_its_group():
    first, second, third = (load(SOUND).criterion(code) for code in ("1.1", "1.2", "1.3"))

    assert (first.kind, first.max_score, first.provisional, first.may_not_apply) == (Kind.FIXED, 2, True, True)
    assert (second.max_score, second.provisional, second.may_not_apply) == (2, False, False)
    assert (third.max_score, third.strand, third.group) == (3, "S", "S-two")


def test_kinds_follow_from_the_points():
    library = load(SOUND)

    kinds = {criterion.code: criterion.kind for criterion in library.criteria()}

    assert kinds == {"G1": "gate", "1.1": "fixed", "1.2": "fixed", "1.3": "fixed", "2.1": "graded", "2.2": "additive"}
    assert load(SMALL).criterion("S1").kind is Kind.GRADED
    assert library.leaves["2.1a"].max_score == Decimal("2.5")


def test_titles_and_texts_fall_back_to_the_language_there_is():
    library = load(SOUND)

    assert [level.title("en") for level in library.levels] == ["พื้นฐาน", "Advanced"]
    assert library.title("th") == "เกณฑ์ทดสอบ"
    assert library.criterion("1.1").asks("th") == "มีที่จอดรถ"
    assert library.criterion("G1").asks("th") == library.criterion("G1").asks("en") == "clear signs"
    assert library.criterion("1.2").asks("en") == ""
    assert str(library.criterion("1.2")) == "1.2 ทางลาด"


def test_things_are_found_by_their_code():
    library = load(SOUND)

    assert library.aspect("1").th == "สถานที่"
    assert library.aspect("9") is None
    assert library.level("advanced").min == 15
    assert library.level("excellent") is None
    assert library.criterion("G1").evidence == (Evidence.PHOTO, Evidence.VISIT)
    assert library.criterion("2.1").is_provisional
    assert not library.criterion("2.2").is_provisional
    with pytest.raises(KeyError):
        library.criterion("9.9")


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        pytest.param("saduak-criteria/1", "saduak-criteria/2", "saduak-criteria/2", "unknown_format", id="format"),
        pytest.param("cycle_be: 2570", "cycle_be: 2570\nowner: x", "owner", "unknown_key", id="unknown key"),
        pytest.param("th: ป้าย, asks", "th: ป้าย, ask", "ask:", "unknown_key", id="unknown key of a criterion"),
        pytest.param("id: test-2570", "id: test-2570\nid: x-1", "id: x-1", "duplicate_key", id="key twice"),
        pytest.param("id: test-2570\n", "", "format", "missing_key", id="missing key"),
        pytest.param("{code: G1, th: ป้าย,", "{code: G1,", "{code: G1,", "missing_key", id="missing Thai title"),
        pytest.param("th: ป้าย", 'th: ""', '"", asks', "empty_text", id="empty Thai title"),
        pytest.param("th: ป้าย", "th: Signs", "Signs", "not_thai", id="Thai title without Thai"),
        pytest.param("th: ป้าย", "th: " + "ป" * 2001, "ปป", "text_too_long", id="endless title"),
        pytest.param("th: ป้าย", "th: [ป้าย]", "[ป้าย]", "wrong_type", id="list for a text"),
        pytest.param('code: "1.2"', "code: 1.2", "1.2, th", "wrong_type", id="number for a code"),
        pytest.param("code: G1", "code: ก1", "ก1", "bad_code", id="Thai code"),
        pytest.param('code: "1.2"', 'code: "1.1"', '"1.1", th: ทางลาด', "duplicate_code", id="code twice"),
        pytest.param('code: "2.2a"', "code: S", "S, th: ออนไลน์", "duplicate_code", id="code of a strand again"),
        pytest.param("code: advanced", "code: basic", "basic, th: ก้าวหน้า", "duplicate_code", id="level twice"),
        pytest.param("cycle_be: 2570", "cycle_be: 2027", "2027", "out_of_range", id="Gregorian year"),
        pytest.param("cycle_be: 2570", "cycle_be: ปี", "ปี", "wrong_type", id="year in words"),
        pytest.param("cycle_be: 2570", "cycle_be: 0x0A0A", "0x0A0A", "wrong_type", id="year in hexadecimal"),
        pytest.param("max_score: 2.5", "max_score: 2.555", "2.555", "bad_points", id="three decimals"),
        pytest.param("max_score: 2.5", "max_score: -2", "-2,", "bad_points", id="negative points"),
        pytest.param("max_score: 2.5", "max_score: 0", "0, provisional", "bad_points", id="no points"),
        pytest.param("max_score: 2.5", "max_score: .nan", ".nan", "bad_points", id="not a number"),
        pytest.param("max_score: 2.5", "max_score: [2]", "[2]", "wrong_type", id="list for points"),
        pytest.param("    max_score: 20", "    max_score: 21", "21", "points_do_not_add_up", id="strand and library"),
        pytest.param("max_score: 13", "max_score: 14", "14", "points_do_not_add_up", id="group"),
        pytest.param("max_score: 7.5", "max_score: 7", "10\n            parts", "points_do_not_add_up", id="parts"),
        pytest.param("points: 3", "points: 4", "20\n    groups", "points_do_not_add_up", id="one item"),
        pytest.param("max_score: 3", "max_score: 5", "5\n            combine", "maximum_out_of_reach", id="features"),
        pytest.param("min: 15", "min: 10", "10, colour: silver", "levels_out_of_order", id="equal levels"),
        pytest.param("min: 15", "min: 9", "9, colour: silver", "levels_out_of_order", id="levels out of order"),
        pytest.param("min: 15", "min: high", "high", "bad_points", id="a level from no number of points"),
        pytest.param("min: 15", "min: 20.01", "20.01", "level_out_of_reach", id="level out of reach"),
        pytest.param("colour: blue", "colour: pink", "pink", "not_one_of", id="colour"),
        pytest.param("colour: blue", "colour: [blue]", "[blue]", "wrong_type", id="list for a colour"),
        pytest.param("th: ป้าย", "points: 2, th: ป้าย", "2, th: ป้าย", "gate_with_points", id="gate with points"),
        pytest.param("kind: gate", "kind: gate\n    max_score: 5", "5\n    criteria", "gate_with_points", id="gates"),
        pytest.param("th: ป้าย", "may_not_apply: true, th: ป้าย", "true, th", "gate_must_apply", id="gate waived"),
        pytest.param("kind: gate", "kind: gat", "gat\n", "not_one_of", id="kind"),
        pytest.param("[photo, visit]", "[photo, smell]", "smell", "not_one_of", id="evidence"),
        pytest.param("[photo, visit]", "[photo, photo]", "photo]", "duplicate_value", id="evidence twice"),
        pytest.param("[photo, visit]", "photo", "photo}", "wrong_type", id="text for a list"),
        pytest.param("[photo, visit]", "[]", "[]", "empty_list", id="empty list"),
        pytest.param('aspect: "1"', 'aspect: "7"', '"7"', "unknown_aspect", id="aspect"),
        pytest.param("feedback.score", "Score", "Score", "bad_code", id="measure"),
        pytest.param("provisional: false", 'provisional: "no"', '"no"', "wrong_type", id="text for a yes or no"),
        pytest.param("points_each: 2\n", "\n", '{code: "1.1"', "missing_points", id="no points at all"),
        pytest.param("points: 3", "points: 3, max_score: 3", "3, max", "points_and_max_score", id="both"),
        pytest.param("points: 3", "points: 3, combine: sum_up_to_max", "sum_up_to_max}", "needs_max_score", id="a sum"),
        pytest.param("combine: sum_up_to_max", "combine: product", "product", "not_one_of", id="combination"),
        pytest.param("{code: G1", "7\n      - {code: G1", "7\n", "wrong_type", id="number in a list of mappings"),
        pytest.param('score: "0.01"', 'score: "0.05"', '"0.05"', "not_one_of", id="rounding"),
        pytest.param('score: "0.01"', 'score: "1"', "2.5", "finer_than_the_step", id="halves in whole points"),
        pytest.param("redistribute", "forget", "forget", "not_one_of", id="rule for what does not apply"),
        pytest.param("not_applicable: redistribute\n", "", "true\n        criteria", "waiving_not_allowed", id="free"),
        pytest.param("th: ป้าย", "th: &a ป้าย", "&a", "alias", id="anchor"),
        pytest.param("th: ป้าย", "th: !!str ป้าย", "!!str", "tag", id="tag"),
        pytest.param("th: ป้าย", "th: [[[[[[[[[ป้าย]]]]]]]]]", "[[ป้าย", "too_deep", id="nesting"),
        pytest.param("th: ป้าย, asks", "th: ป้าย asks", ": clear", "not_yaml", id="no YAML"),
        pytest.param("th: ป้าย", "th: ป้าย\x00", "\x00", "forbidden_character", id="control character"),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_place(old, new, at, code):
    assert old in SOUND
    source = SOUND.replace(old, new, 1)

    assert (*place_of(source, at), code) in refused(source)


def test_features_need_their_parts():
    source = SOUND.replace("combine: sum_up_to_max\n            parts:", "combine: sum_up_to_max\n            part:")

    assert {code for _line, _column, code in refused(source)} == {"missing_key", "unknown_key"}


def test_a_strand_has_criteria_or_groups():
    source = SMALL.replace("    criteria:\n      - {code: G1, th: เวลาให้บริการ}\n", "")

    assert refused(source) == [(12, 5, "criteria_or_groups")]


def test_a_scored_strand_has_points():
    assert refused(SMALL.replace("    max_score: 100\n", "")) == [(17, 5, "missing_key")]


def test_something_of_every_strand_must_apply():
    source = SMALL.replace("levels:", "not_applicable: redistribute\nlevels:").replace(
        "max_score: 100}", "max_score: 100, may_not_apply: true}"
    )

    assert refused(source) == [(18, 5, "everything_may_not_apply")]


def test_gates_may_stand_in_groups():
    grouped = "    groups:\n      - code: G-a\n        th: กลุ่ม\n        criteria: [{code: G1, th: ป้าย}]\n"
    source = SMALL.replace("    criteria:\n      - {code: G1, th: เวลาให้บริการ}\n", grouped)

    assert load(source).criterion("G1").group == "G-a"
    assert refused(source.replace("th: กลุ่ม", "th: กลุ่ม\n        points_each: 1")) == [(18, 22, "gate_with_points")]


def test_all_problems_are_told_at_once_in_the_order_of_the_text():
    source = SOUND.replace("colour: blue", "colour: pink").replace("kind: gate", "kind: gat").replace("7.5", "7,5")

    found = refused(source)

    assert len(found) >= 3
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        pytest.param("", (1, 1, "empty"), id="nothing"),
        pytest.param("# only a remark\n", (1, 1, "empty"), id="a remark"),
        pytest.param("- a\n- b\n", (1, 1, "wrong_type"), id="a list"),
        pytest.param("ข้อความ", (1, 1, "wrong_type"), id="a sentence"),
        pytest.param("a: [1", (1, 6, "not_yaml"), id="cut off"),
        pytest.param("a: 1\n---\nb: 2\n", (2, 1, "not_yaml"), id="two documents"),
        pytest.param("x" * (512 * 1024 + 1), (1, 1, "too_large"), id="too large"),
        pytest.param("a: \ud800", (1, 4, "forbidden_character"), id="half a character"),
    ],
)
def test_what_is_no_library_at_all_is_refused(source, problem):
    assert problem in refused(source)


def test_a_small_text_cannot_become_a_large_tree():
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert {code for _line, _column, code in refused(laughs)} == {"alias"}


def test_a_key_that_is_no_word_is_unknown():
    assert (1, 3, "unknown_key") in refused("? [a]\n: 1\n" + SMALL)


def test_a_problem_reads_as_its_place_and_code():
    with pytest.raises(LibraryRefused, match=r"1:9 unknown_format \(value=x, allowed=saduak-criteria/1\)"):
        load(SMALL.replace("saduak-criteria/1", "x"))


def _plainly(node):
    """What a node says and where, without its marks' other words."""
    inside = node.value
    if isinstance(node, MappingNode):
        inside = [(_plainly(key), _plainly(value)) for key, value in node.value]
    elif isinstance(node, SequenceNode):
        inside = [_plainly(each) for each in node.value]
    return str(node.tag), inside, (node.start_mark.line, node.start_mark.column)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(SOUND, id="a library"),
        pytest.param("- yes\n- 010\n- 1:30\n", id="no version"),
        pytest.param("%YAML 1.1\n---\n- yes\n- 010\n- 1:30\n", id="an old version"),
        pytest.param("- {a: [~, 1.5, 'x', \"y\"]}\n- |\n  z\n", id="every style"),
    ],
)
def test_a_source_that_is_read_once_says_what_it_says(source):
    assert _plainly(Reader(source).root) == _plainly(YAML(typ="safe", pure=True).compose(source))
