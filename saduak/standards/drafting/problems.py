"""What is still wrong with a draft, each at the value that it is about (การตรวจร่างเกณฑ์)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from saduak.standards.criteria import Library
from saduak.standards.drafting.tree import Node, Sort, is_points, node
from saduak.standards.drafting.writing import Place, Written, written
from saduak.standards.library import LibraryRefused, Problem, load

NAMES = {
    "id": "code",
    "title": "th",
    "max_score": "points",
    "points": "points",
    "points_each": "points",
    "min": "points",
    "colour": "kind",
    "combine": "kind",
    "levels": "",
    "strands": "",
    "criteria": "",
    "groups": "",
    "parts": "",
}
"""Names of values for keys of the format that are called otherwise."""

WHILE_WRITING = frozenset(
    {
        "points_do_not_add_up",
        "empty_list",
        "everything_may_not_apply",
        "level_out_of_reach",
        "levels_out_of_order",
        "maximum_out_of_reach",
        "missing_points",
        "unknown_aspect",
        "waiving_not_allowed",
    }
)
"""Codes of problems that come and go while the rest of the tree is written; a form does not refuse them."""


@dataclass(frozen=True)
class Placed:
    """A problem, and the value that it is about; `problem` has the line of the source as it would be written."""

    problem: Problem
    place: Place

    @property
    def is_for_later(self) -> bool:
        """Whether a form may be kept with it."""
        if self.problem.code == "missing_key":
            return self.problem.params["key"] in ("max_score", "parts")
        return self.problem.code in WHILE_WRITING


@dataclass(frozen=True)
class Checked:
    """A tree as it would be written, the library that it makes if it is sound, else everything that is wrong."""

    written: Written
    library: Library | None
    problems: tuple[Placed, ...]

    def of(self, code: str) -> tuple[Placed, ...]:
        """The problems of one strand, group, criterion or part."""
        settings = (Sort.VERSION, Sort.LEVEL, Sort.ASPECT)
        return tuple(p for p in self.problems if p.place.code == code and p.place.sort not in settings)


def checked(tree: Node, remark: str = "") -> Checked:
    """Check a tree as the library would check its source."""
    out = written(tree, remark)
    library, problems = _loaded(out.text)
    return Checked(out, library, tuple(Placed(_problem(each), _place(each, out.places)) for each in problems))


@lru_cache(maxsize=32)
def _loaded(text: str) -> tuple[Library | None, tuple[Problem, ...]]:
    """The library of a source, or everything that is wrong; reading one takes a tenth of a second."""
    try:
        return load(text), ()
    except LibraryRefused as refused:
        return None, refused.problems


def total_below(each: Node, points_each: str = "", kind: str = "") -> Decimal:
    """The points that everything below a node can give together, as far as they are numbers; gates give none."""
    if each.sort is Sort.CRITERION:
        own = each.values.get("points") or points_each
        return Decimal(own) if kind != "gate" and is_points(own) else Decimal(0)
    if each.sort is Sort.STRAND:
        kind = each.values.get("kind", "")
    inherited = each.values.get("points", "") if each.sort is Sort.GROUP else ""
    below = each.below(Sort.STRAND, Sort.GROUP, Sort.CRITERION)
    return sum((total_below(child, inherited, kind) for child in below), Decimal(0))


def with_stated_sums(tree: Node) -> Node:
    """The tree with the maxima of the version and its scored strands stated as what is below adds up to."""
    children = tuple(_stated(child) if child.values.get("kind") == "scored" else child for child in tree.children)
    return _stated(Node(tree.sort, tree.values, children))


def _stated(each: Node) -> Node:
    total = total_below(each)
    return node(each.sort, {**each.values, "points": f"{total.normalize():f}" if total else ""}, each.children)


def _problem(problem: Problem) -> Problem:
    """A number that was left empty is missing rather than wrong."""
    if problem.code == "bad_points" and not problem.params["value"]:
        return replace(problem, code="missing_key", params={"key": "max_score"})
    return problem


def _place(problem: Problem, places: Sequence[Place]) -> Place:
    place = places[min(problem.line, len(places)) - 1]
    key = problem.params.get("key")
    if problem.code in ("missing_key", "missing_points", "criteria_or_groups", "everything_may_not_apply"):
        name = "points" if problem.code == "missing_points" else str(key or "")
        return Place(place.sort, place.code, NAMES.get(name, name))
    return place
