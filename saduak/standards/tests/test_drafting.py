"""A draft is edited as a tree: every edit keeps it writable, and nothing is lost on the way through YAML or a sheet."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.design.spreadsheets import csv_text, xlsx
from saduak.directory.sheets import read_sheet
from saduak.standards.drafting import table
from saduak.standards.drafting.problems import checked, total_below, with_stated_sums
from saduak.standards.drafting.tree import (
    MOST_NODES,
    EditRefused,
    Node,
    Sort,
    above,
    add,
    change,
    find,
    move,
    node,
    put_under,
    remove,
    settle,
    sound,
)
from saduak.standards.drafting.words import differences
from saduak.standards.drafting.writing import read, written
from saduak.standards.library import LibraryRefused, load
from saduak.standards.tests.factories import GECC_2568, SMALL

WHOLE, REMARK = read(GECC_2568)


def criterion(code, **values):
    return node(Sort.CRITERION, {"code": code, "th": "ข้อใหม่", **values})


def codes(tree, code=""):
    return [child.code for child in (find(tree, code) if code else tree).children]


def through_a_sheet(tree, make=xlsx):
    sheet = read_sheet(make(table.headings(), list(table.rows_of(tree))))
    return table.tree_of(sheet.headings, [(row.number, row.cells) for row in sheet.rows]).tree


def told(checks):
    return [(placed.place.code, placed.place.name, placed.problem.code) for placed in checks.problems]


# Writing and reading


def test_the_criteria_of_2568_are_written_without_loss():
    again = written(WHOLE, REMARK)

    assert load(again.text) == load(GECC_2568)
    assert read(again.text) == (WHOLE, REMARK)
    assert again.text.startswith("# GECC criteria for the 2568 cycle")
    assert len(again.lines) == len(again.places)


def test_what_small_sources_say_besides_is_written_too():
    says = {"not_applicable": "redistribute", "asks": "clear signs"}
    source = SMALL.replace("levels:", f"not_applicable: {says['not_applicable']}\nlevels:").replace(
        "th: เวลาให้บริการ", f"th: เวลาให้บริการ, asks: {says['asks']}"
    )

    again = written(*read(source))

    assert load(again.text) == load(source)
    assert [f'{name}: "{said}"' in again.text for name, said in says.items()] == [True, True]


@pytest.mark.parametrize("make", [xlsx, csv_text])
def test_the_criteria_of_2568_go_through_a_sheet_without_loss(make):
    assert through_a_sheet(WHOLE, make) == WHOLE


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["คำไทย", '"', "\\", "a: b # c", "- x", "=1+1", "'=x", "true", "2.10", "แถว\nใหม่", "\u2028", "null", "&a", "{"]
)
SHEETABLE = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"]), max_size=12)
POINTS = st.sampled_from(["", "1", "2.5", "10", "x", "0", "-1"])


@st.composite
def edits(draw, texts=TEXTS):
    """A small tree after some random edits; those that are refused change nothing."""
    tree = read(SMALL)[0]
    for number in range(draw(st.integers(0, 8))):
        known = [each.code for strand in tree.below(Sort.STRAND) for each in strand.walk()]
        at = draw(st.sampled_from([*known, "gone"]))
        values = {
            name: draw(texts) for name in ("th", "en", "asks_th", "asks_en", "measured_by") if draw(st.booleans())
        }
        values |= {"points": draw(POINTS), "kind": draw(st.sampled_from(["", "graded", "additive"]))}
        new = node(
            draw(st.sampled_from([Sort.STRAND, Sort.GROUP, Sort.CRITERION, Sort.PART])),
            {**values, "code": f"n{number}"},
        )
        try:
            match draw(st.integers(0, 5)):
                case 0:
                    tree = add(tree, new, under=draw(st.sampled_from(["", at])))
                case 1:
                    tree = remove(tree, at)
                case 2:
                    tree = move(tree, at, by=draw(st.sampled_from([-1, 1])))
                case 3:
                    old = find(tree, at)
                    tree = change(tree, at, node(old.sort, {**old.values, **values}, old.children))
                case 4:
                    tree = put_under(tree, at, draw(st.sampled_from(known or ["gone"])))
                case 5:
                    tree = with_stated_sums(tree)
        except EditRefused:
            pass
    return tree


@settings(max_examples=60, deadline=None)
@given(edits())
def test_whatever_is_edited_goes_through_yaml_without_loss(tree):
    out = written(sound(tree), "# หมายเหตุ")

    assert read(out.text) == (tree, "# หมายเหตุ")
    checks = checked(tree)
    assert bool(checks.library) != bool(checks.problems)


@settings(max_examples=25, deadline=None)
@given(edits(SHEETABLE))
def test_whatever_is_edited_goes_through_a_sheet_without_loss(tree):
    # A spreadsheet keeps no difference between kinds of spaces, and the text of a cell is in its one composed form.
    assert through_a_sheet(tree) == tree


# Edits


def test_moving_keeps_within_the_neighbours():
    assert codes(move(WHOLE, "P2", by=-1), "P")[:2] == ["P2", "P1"]
    assert codes(move(WHOLE, "P1", by=-1), "P") == codes(WHOLE, "P")
    assert codes(move(WHOLE, "P14", by=3), "P") == codes(WHOLE, "P")
    assert [s.code for s in move(WHOLE, "R", by=-1).below(Sort.STRAND)] == ["P", "R", "Q"]


def test_a_criterion_goes_to_another_group():
    moved = put_under(WHOLE, "2.1", "Q-advanced-6")

    assert above(moved, "2.1").code == "Q-advanced-6"
    assert codes(moved, "Q-advanced-6")[-1] == "2.1"
    assert put_under(WHOLE, "2.1", "Q-basic") is WHOLE


def test_settings_change_and_strands_stay():
    version = node(Sort.VERSION, {**WHOLE.values, "th": "ใหม่"}, (node(Sort.LEVEL, {"code": "only"}),))

    settled = settle(WHOLE, version)

    assert (settled.values["th"], codes(settled)) == ("ใหม่", ["only", "P", "Q", "R"])


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        pytest.param(lambda: add(WHOLE, criterion("2.2"), under="Q-basic"), "code_taken", id="code taken"),
        pytest.param(lambda: add(WHOLE, criterion("ก"), under="Q-basic"), "bad_code", id="malformed"),
        pytest.param(lambda: add(WHOLE, criterion(""), under="Q-basic"), "no_code", id="no code"),
        pytest.param(lambda: add(WHOLE, criterion("X"), under="Q"), "criteria_or_groups", id="beside groups"),
        pytest.param(lambda: add(WHOLE, criterion("X"), under="R1"), "does_not_belong", id="in a criterion"),
        pytest.param(lambda: add(WHOLE, criterion("X"), under="R1.1"), "does_not_belong", id="in a part"),
        pytest.param(lambda: add(WHOLE, criterion("X"), under="nowhere"), "nothing_there", id="nowhere"),
        pytest.param(lambda: remove(WHOLE, "nothing"), "nothing_there", id="not there"),
        pytest.param(lambda: change(WHOLE, "P1", criterion("P2")), "code_taken", id="renamed to a taken one"),
        pytest.param(lambda: sound(node(Sort.VERSION, {"code": "Not an id"})), "bad_id", id="id"),
        pytest.param(lambda: change(WHOLE, "P1", criterion("P1", en="x" * 2001)), "text_too_long", id="too long"),
        pytest.param(
            lambda: sound(Node(Sort.VERSION, {"code": "many"}, (Node(Sort.STRAND, {"code": "A"}),) * MOST_NODES)),
            "too_many",
            id="too many",
        ),
    ],
)
def test_what_would_break_the_tree_is_refused(edit, code):
    with pytest.raises(EditRefused) as refused:
        edit()

    assert refused.value.code == code


def test_codes_of_aspects_are_their_own():
    settled = change(WHOLE, "P1", criterion("1"))

    assert find(settled, "1").sort is Sort.CRITERION


# Problems


def test_a_sound_tree_has_no_problems():
    assert checked(WHOLE).problems == ()
    assert checked(WHOLE).library == load(GECC_2568)


def test_problems_stand_at_the_value_they_are_about():
    tree = change(WHOLE, "P1", criterion("P1", th="Hours", points="2", measured_by="Not a figure"))
    tree = change(tree, "R1.1", node(Sort.PART, {"code": "R1.1", "th": "วิธี", "points": "3"}))
    tree = change(tree, "P2", node(Sort.CRITERION, {"code": "P2"}))

    assert told(checked(tree)) == [
        ("P1", "th", "not_thai"),
        ("P1", "measured_by", "bad_code"),
        ("P1", "points", "gate_with_points"),
        ("P2", "th", "missing_key"),
        ("R1", "points", "points_do_not_add_up"),
    ]
    assert [placed.is_for_later for placed in checked(tree).problems] == [False, False, False, False, True]
    assert [placed.place.name for placed in checked(tree).of("P1")] == ["th", "measured_by", "points"]


def test_what_is_missing_is_for_later():
    tree = add(WHOLE, node(Sort.STRAND, {"code": "S", "th": "ด้านใหม่", "kind": "scored"}))
    tree = add(tree, criterion("S1"), under="S")
    tree = add(tree, criterion("S2", kind="additive"), under="S")

    found = checked(tree)

    assert told(found) == [
        ("S", "points", "missing_key"),
        ("S1", "points", "missing_points"),
        ("S2", "", "missing_key"),
        ("S2", "points", "missing_key"),
    ]
    assert all(placed.is_for_later for placed in found.problems)


def test_a_strand_with_nothing_in_it_says_so():
    tree = add(WHOLE, node(Sort.STRAND, {"code": "S", "th": "ด้านใหม่", "kind": "gate"}))

    assert told(checked(tree)) == [("S", "", "empty_list")]


def test_sums_are_stated_as_they_add_up():
    tree = remove(WHOLE, "2.18")

    assert (
        told(checked(tree))
        == [("gecc-2568", "points", "points_do_not_add_up"), ("Q", "points", "points_do_not_add_up")][1:]
    )
    stated = with_stated_sums(tree)
    assert (stated.values["points"], find(stated, "Q").values["points"]) == ("94", "64")
    assert checked(stated).library.max_score == 94
    assert total_below(WHOLE) == 100


def test_gates_give_no_points():
    tree = add(WHOLE, criterion("P99", points="5"), under="P")

    assert total_below(tree) == 100


# Sheets


def rows(*lines):
    return [(number, line) for number, line in enumerate(lines, 2)]


HEADS = ["row", "code", "th", "kind", "points"]


def test_the_names_of_the_format_are_understood():
    numbered = table.tree_of(
        HEADS, rows(["version", "x-2570", "เกณฑ์"], ["strand", "A", "ด้าน", "gate"], ["criterion", "A1", "ข้อ"])
    )

    assert [each.code for each in numbered.tree.walk()] == ["x-2570", "A", "A1"]
    assert (numbered.row_of(Sort.STRAND, "A"), numbered.row_of(Sort.LEVEL, "A")) == (3, None)


TOO_MANY = [["version", "x-1"], *(["strand", f"s{number}"] for number in range(1000))]
TWICE, MISSING, UNKNOWN = (1, "code", "heading_twice"), (1, "code", "heading_missing"), (1, "", "unknown_heading")
NO_VERSION = "no_version"


@pytest.mark.parametrize(
    ("heads", "lines", "problems"),
    [
        pytest.param(["row", "th"], [], [MISSING], id="a heading is missing"),
        pytest.param([*HEADS, "code", "รหัส", "อื่น", ""], [], [TWICE, TWICE, UNKNOWN], id="headings"),
        pytest.param(HEADS, [["ข้อ", "A1"]], [(2, "row", "misplaced_row"), (2, "row", NO_VERSION)], id="no version"),
        pytest.param(HEADS, [["version", "x-1"], ["version", "x-2"]], [(3, "row", "misplaced_row")], id="two versions"),
        pytest.param(HEADS, [["version", "x-1"], ["part", "A"]], [(3, "row", "misplaced_row")], id="a part of nothing"),
        pytest.param(HEADS, [["version", "x-1"], ["nonsense", "A"]], [(3, "row", "unknown_row")], id="unknown"),
        pytest.param(
            HEADS,
            [["version", "X 1"], ["strand", ""], ["strand", "ก"], ["strand", "A"], ["group", "A"]],
            [(2, "code", "bad_id"), (3, "code", "no_code"), (4, "code", "bad_code"), (6, "code", "code_in_row")],
            id="codes",
        ),
        pytest.param(HEADS, TOO_MANY, [(1002, "row", "too_many")], id="too many"),
        pytest.param(HEADS, [], [(1, "row", NO_VERSION)], id="nothing"),
    ],
)
def test_rows_that_are_no_tree_are_refused_row_by_row(heads, lines, problems):
    with pytest.raises(table.TableRefused) as refused:
        table.tree_of(heads, rows(*lines))

    assert [(problem.row, problem.column, problem.code) for problem in refused.value.problems] == problems


@pytest.mark.parametrize("source", ["", "- a list", "just words", "a: [", "x: &a b"])
def test_what_is_no_mapping_is_no_tree(source):
    with pytest.raises(LibraryRefused):
        read(source)


def test_strange_yaml_gives_what_can_be_read():
    tree, remark = read(
        "id: x\nstrands: [5, {code: A, criteria: none, groups: [{code: B}]}]\ntitle: words\n1: 2\n? [a]\n: b\n"
    )

    assert [each.code for each in tree.walk()] == ["x", "A", "B"]
    assert remark == ""


# Words


def test_thai_words_are_compared_as_words():
    runs = differences("มีป้ายนำทางจากทางเข้า", "มีป้ายนำทางตั้งแต่ทางเข้าจนถึงจุดบริการ")

    assert [(run.what, run.text) for run in runs] == [
        ("same", "มีป้ายนำทาง"),
        ("removed", "จาก"),
        ("added", "ตั้งแต่"),
        ("same", "ทางเข้า"),
        ("added", "จนถึงจุดบริการ"),
    ]


@given(st.text("กขา ค", max_size=12), st.text("กขา ค", max_size=12))
def test_the_runs_make_both_texts(older, newer):
    runs = differences(older, newer)

    assert "".join(run.text for run in runs if run.what != "added") == older
    assert "".join(run.text for run in runs if run.what != "removed") == newer
    assert not any(one.what == other.what for one, other in pairwise(runs))
