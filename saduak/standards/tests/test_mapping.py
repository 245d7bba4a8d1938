"""What becomes of each criterion from one version to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.standards.library import load
from saduak.standards.mapping import (
    Ground,
    LineKind,
    composed,
    identity,
    lines_between,
    strangers,
    suggested_links,
    suggestions,
)
from saduak.standards.tests.factories import GECC_2568

HEAD = """format: saduak-criteria/1
id: {id}
cycle_be: 2570
title: {{th: เกณฑ์}}
max_score: {most}
rounding: {{score: "0.01", level: none}}
levels: [{{code: basic, th: ระดับพื้นฐาน, min: 1, colour: blue}}]
strands:
  - code: S
    th: เกณฑ์ให้คะแนน
    kind: scored
    max_score: {most}
    criteria:
"""


def library(*rows, most):
    return load(HEAD.format(id="some-2570", most=most) + "".join(f"      - {row}\n" for row in rows))


OLDER = library(
    '{code: "1", th: ช่องทางรับเรื่องร้องเรียน, points: 2}',
    '{code: "2", th: ห้องน้ำที่สะอาดและถูกสุขลักษณะ, points: 2}',
    '{code: "3", th: การจองคิวออนไลน์, points: 2}',
    '{code: "4", th: แผนรองรับเหตุฉุกเฉิน, max_score: 4, parts: [{code: "4a", th: มีแผน, max_score: 1}, '
    '{code: "4b", th: ซักซ้อมแผน, max_score: 3}]}',
    most=10,
)
NEWER = library(
    '{code: "1", th: ช่องทางรับเรื่องร้องเรียน, points: 2}',
    '{code: "2", th: ระบบรับชำระเงินอิเล็กทรอนิกส์, points: 2}',
    '{code: "3", th: ห้องน้ำที่สะอาดและถูกสุขลักษณะ, points: 1}',
    '{code: "4", th: แผนรองรับเหตุฉุกเฉินหรือภัยพิบัติ, max_score: 5, parts: [{code: "4b", th: มีแผน, max_score: 1}, '
    '{code: "4c", th: ซักซ้อมแผนทุกปี, max_score: 4}]}',
    most=10,
)


def kinds(lines):
    return [(line.kind.value, line.older, line.newer) for line in lines]


def test_codes_are_followed_unless_they_were_given_to_something_else():
    found = suggestions(OLDER, NEWER)

    assert [(s.newer, s.older, s.ground) for s in found.values()] == [
        ("1", "1", Ground.CODE_AND_TEXT),
        ("2", "3", Ground.NOTHING),
        ("3", "2", Ground.TEXT),
        ("4", "4", Ground.CODE_AND_TEXT),
    ]
    assert found["1"].similarity == found["3"].similarity == 1
    assert found["2"].links == ()


def test_lines_tell_what_became_of_everything():
    lines = lines_between(OLDER, NEWER, suggested_links(OLDER, NEWER))

    assert kinds(lines) == [
        ("same", ("1",), ("1",)),
        ("new", (), ("2",)),
        ("changed", ("2",), ("3",)),
        ("changed", ("4",), ("4",)),
        ("dropped", ("3",), ()),
    ]


def test_what_is_answered_alike_is_paired():
    lines = lines_between(OLDER, NEWER, suggested_links(OLDER, NEWER))

    assert [line.leaves for line in lines] == [(("1", "1"),), (), (("2", "3"),), (("4a", "4b"), ("4b", "4c")), ()]


def test_points_are_no_answer_to_a_yes_or_no():
    graded = library('{code: "1", th: ช่องทางรับเรื่องร้องเรียน, max_score: 2}', most=2)
    fixed = library('{code: "1", th: ช่องทางรับเรื่องร้องเรียน, points: 2}', most=2)

    (line,) = lines_between(graded, fixed, identity(fixed))

    assert (line.kind, line.leaves) == (LineKind.CHANGED, ())


def test_splits_and_mergers_are_told_by_their_links():
    links = {"1": ("1",), "2": ("1",), "3": ("2", "3"), "4": ("4",)}

    assert kinds(lines_between(OLDER, NEWER, links)) == [
        ("split", ("1",), ("1", "2")),
        ("merged", ("2", "3"), ("3",)),
        ("changed", ("4",), ("4",)),
    ]


def test_what_hangs_together_is_one_line():
    links = {"1": ("1", "2"), "2": ("2", "3"), "3": ("3",), "4": ()}

    assert kinds(lines_between(OLDER, NEWER, links)) == [
        ("merged", ("1", "2", "3"), ("1", "2", "3")),
        ("new", (), ("4",)),
        ("dropped", ("4",), ()),
    ]


def test_a_version_goes_on_as_itself():
    whole = load(GECC_2568)

    lines = lines_between(whole, whole, identity(whole))

    assert {line.kind for line in lines} == {LineKind.SAME}
    assert suggested_links(whole, whole) == identity(whole)
    assert {leaf for line in lines for leaf in line.leaves} == {(code, code) for code in whole.leaves}


def test_nothing_is_alike_where_nothing_is_left():
    one = library('{code: "1", th: ช่องทางรับเรื่องร้องเรียน, points: 2}', most=2)
    two = library('{code: "1", th: ช่องทางรับเรื่องร้องเรียน, points: 1}', '{code: "2", th: จุดแรกรับ, points: 1}', most=2)

    assert suggestions(one, two)["2"].older == ""


def test_strangers_are_named_and_refused():
    links = {"1": ("1", "gone"), "lost": ("1",)}

    assert strangers(OLDER, NEWER, links) == ("lost", "gone")
    with pytest.raises(KeyError, match="lost"):
        lines_between(OLDER, NEWER, links)


def test_two_mappings_join_into_one():
    assert composed({"b": ("a", "x"), "c": ("x",)}, {"d": ("b", "c"), "e": ("new",), "f": ()}) == {
        "d": ("a", "x"),
        "e": (),
        "f": (),
    }


@given(st.dictionaries(st.sampled_from("1234"), st.lists(st.sampled_from("1234"), unique=True).map(tuple)))
def test_every_criterion_stands_in_exactly_one_line(links):
    lines = lines_between(OLDER, NEWER, links)

    assert sorted(code for line in lines for code in line.older) == list("1234")
    assert sorted(code for line in lines for code in line.newer) == list("1234")
    for line in lines:
        for code in line.newer:
            assert set(links.get(code, ())) <= set(line.older)
