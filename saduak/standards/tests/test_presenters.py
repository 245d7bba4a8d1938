"""Every problem, figure and kind has its words."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from saduak.standards import presenters, source
from saduak.standards.library import LibraryRefused, load
from saduak.standards.tests.factories import GECC_2568, SMALL

GECC = load(GECC_2568)


def drawn(template, **context):
    return Template("{% load standards %}" + template).render(Context(context))


def test_every_problem_code_has_words_and_every_word_a_code():
    package = Path(presenters.__file__).parent
    code = "".join(
        (package / name).read_text() for name in ("library.py", "source.py", "operations.py", "forms/sources.py")
    )

    used = set(re.findall(r'(?:problem|_note|Problem|_at_the_id)\([^()]*?"([a-z_0-9]+)"[,)]', code.replace("\n", " ")))
    used |= {"unknown_format", "not_one_of"}

    assert used - {"wrong_type"} <= set(presenters.PROBLEMS)
    assert {word for word in presenters.PROBLEMS if f'"{word}"' not in code} == set()


def test_every_figure_of_2568_has_words():
    named = {criterion.measured_by for criterion in GECC.criteria()} - {""}
    named |= {part.measured_by for criterion in GECC.criteria() for part in criterion.parts} - {""}

    assert named <= set(presenters.FIGURES)
    assert presenters.figure_words("centre.colour") == "centre.colour"


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("P1", "Must be met; no points"),
        ("2.1", "1 point, all or nothing"),
        ("1.1", "2 points, all or nothing"),
        ("R1", "up to 10 points"),
        ("R3", "features add up, at most 10 points"),
    ],
)
def test_points_are_told_in_words(code, english):
    with translation.override("en"):
        assert presenters.points_words(GECC.criterion(code)) == english


@pytest.mark.parametrize(
    ("value", "words"), [("2", "2"), ("2.50", "2.5"), ("100", "100"), ("0", "0"), ("92.25", "92.25")]
)
def test_points_have_no_idle_zeros(value, words):
    assert presenters.points(Decimal(value)) == words


@pytest.mark.parametrize(
    ("template", "code", "words"),
    [
        ("{{ c|titled }}", "P1", "เวลาให้บริการ"),
        ("{{ c|asked }}", "P14", "มีป้ายแสดงเขตปลอดบุหรี่"),
        ("{{ c|points_words }}", "2.18", "6 คะแนน ได้เต็มหรือไม่ได้"),
        ("{{ c.max_score|points }}", "R1", "10"),
        ("{{ nothing|points }}", "R1", ""),
        ("{{ c.measured_by|figure_words }}", "P1", "เวลาเปิดให้บริการของศูนย์"),
        ("{% for e in c.evidence %}{{ e|evidence_words }} {% endfor %}", "P2", "เอกสาร ภาพถ่าย "),
        ("{% provisional_mark c %}", "P1", ""),
        ("{% evidence_kinds c %}", "R1", ""),
    ],
)
def test_tags_word_a_criterion(template, code, words):
    assert drawn(template, c=GECC.criterion(code), nothing=None) == words


@pytest.mark.parametrize(("code", "marked"), [("2.1", False), ("1.1", True), ("R1.1", True), ("R3.1", False)])
def test_a_leaf_is_marked_where_it_is_provisional(code, marked):
    assert bool(drawn("{% provisional_mark leaf %}", leaf=GECC.leaves[code])) == marked


def test_a_criterion_can_stand_alone_on_any_page():
    page = drawn(
        "{% criterion c %}{% criterion c library=lib heading=4 anchor='x-' %}", c=GECC.criterion("1.1"), lib=GECC
    )

    assert page.count("<h3>") == page.count("<h4>") == page.count('id="x-1.1"') == page.count("ด้านสถานที่") == 1


def test_an_excerpt_shows_what_lies_around_the_problem():
    text = SMALL.replace("th: เวลาให้บริการ", f"th: {'เวลา' * 40}, asks: x, aspect: 7")

    with pytest.raises(LibraryRefused) as refused:
        load(text)
    problem = presenters.worded(refused.value.problems, text)[0]

    row = next(row for row in problem.excerpt if row.marked)
    assert row.before.startswith("…")
    assert row.before.endswith("aspect: ")
    assert (row.marked, row.after) == ("7", "}")


def test_a_problem_at_the_end_of_the_text_still_has_its_place():
    with pytest.raises(LibraryRefused) as refused:
        load("a: [1")
    problem = presenters.worded(refused.value.problems, "a: [1")[0]

    assert [(row.before, row.marked) for row in problem.excerpt] == [("a: [1", " ")]
    assert presenters.worded((source.Problem(1, 1, "empty"),), "")[0].excerpt[0].marked == " "
