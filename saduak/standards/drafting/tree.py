"""The draft as a tree of nodes, each with its values as they were typed (โครงของร่างเกณฑ์).

A tree may hold values that no library accepts; `drafting.problems` tells which. Three things always hold, because every
edit refuses what breaks them: codes are well formed, no code stands twice, and a strand has groups or criteria but not
both. So a code is a safe address of a node.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from saduak.standards.source import LONGEST_TEXT, POINTS

MOST_NODES = 1000
"""The libraries known so far have about 70."""
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")
ID = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
FLAGS = ("true", "false")


class Sort(StrEnum):
    """What a node is."""

    VERSION = "version"
    LEVEL = "level"
    ASPECT = "aspect"
    STRAND = "strand"
    GROUP = "group"
    CRITERION = "criterion"
    PART = "part"


BELOW: Mapping[Sort, tuple[Sort, ...]] = {
    Sort.VERSION: (Sort.LEVEL, Sort.ASPECT, Sort.STRAND),
    Sort.STRAND: (Sort.GROUP, Sort.CRITERION),
    Sort.GROUP: (Sort.CRITERION,),
    Sort.CRITERION: (Sort.PART,),
}
"""What may stand directly below what."""

NAMED = ("code", "th", "en")
VALUES: Mapping[Sort, tuple[str, ...]] = {
    Sort.VERSION: (*NAMED, "kind", "points", "cycle_be", "step"),
    Sort.LEVEL: (*NAMED, "kind", "points"),
    Sort.ASPECT: NAMED,
    Sort.STRAND: (*NAMED, "kind", "points"),
    Sort.GROUP: (*NAMED, "points", "provisional", "may_not_apply"),
    Sort.CRITERION: (
        *NAMED,
        "kind",
        "points",
        "asks_th",
        "asks_en",
        "aspect",
        "evidence",
        "measured_by",
        "provisional",
        "may_not_apply",
    ),
    Sort.PART: (*NAMED, "points", "measured_by", "provisional"),
}
"""The names of the values that a node may have, in the order in which people fill them in.

`kind` of a version is its rule for what does not apply, of a level its colour. `points` of a version and a strand are
the stated maximum, of a level its minimum, of a group what each criterion gives that says nothing else.
"""


class EditRefused(ValueError):
    """The edit would break the tree; `code` is worded by the presenters. Nothing was changed."""

    def __init__(self, code: str, /, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


@dataclass(frozen=True)
class Node:
    """One node; `values` holds only what is not empty, by the names of `VALUES`."""

    sort: Sort
    values: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Node", ...] = ()

    @property
    def code(self) -> str:
        """Its code; the id of the version."""
        return self.values.get("code", "")

    def below(self, *sorts: Sort) -> tuple["Node", ...]:
        """Its children of these sorts, in order."""
        return tuple(child for child in self.children if child.sort in sorts)

    @property
    def seen(self) -> str:
        """A short digest of the node and what is below it, by which a form tells whether somebody changed it."""
        return sha256(repr([(n.sort.value, sorted(n.values.items())) for n in self.walk()]).encode()).hexdigest()[:16]

    def walk(self) -> Iterator["Node"]:
        """The node and everything below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def node(sort: Sort, values: Mapping[str, str], children: tuple[Node, ...] = ()) -> Node:
    """A node with its values cleaned; names that do not belong to the sort are left out.

    The kind of a criterion is empty where its place says it: a gate, or fixed.
    """
    cleaned = {name: clean(values.get(name, "")) for name in VALUES[sort]}
    if sort is Sort.CRITERION and cleaned["kind"] in ("gate", "fixed"):
        cleaned["kind"] = ""
    return Node(sort, {name: value for name, value in cleaned.items() if value}, children)


def clean(text: str) -> str:
    """A text as a source can hold it: line ends as one character, nothing unseen, no space around."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


EMPTY = Node(
    Sort.VERSION,
    {"points": "100", "step": "0.01", "kind": "not_allowed"},
    (
        Node(Sort.LEVEL, {"code": "basic", "th": "ระดับพื้นฐาน", "en": "Basic", "kind": "blue", "points": "70"}),
        Node(Sort.LEVEL, {"code": "advanced", "th": "ระดับก้าวหน้า", "en": "Advanced", "kind": "silver", "points": "80"}),
        Node(Sort.LEVEL, {"code": "excellent", "th": "ระดับเป็นเลิศ", "en": "Excellent", "kind": "gold", "points": "90"}),
        Node(Sort.STRAND, {"code": "P", "th": "เกณฑ์ด้านกายภาพ", "en": "Physical criteria", "kind": "gate"}),
        Node(
            Sort.STRAND, {"code": "Q", "th": "เกณฑ์ด้านคุณภาพ", "en": "Quality criteria", "kind": "scored", "points": "70"}
        ),
        Node(
            Sort.STRAND, {"code": "R", "th": "เกณฑ์ด้านผลลัพธ์", "en": "Outcome criteria", "kind": "scored", "points": "30"}
        ),
    ),
)
"""Where a version begins that is like no other: the programme's levels and strands, without id and criteria."""


def strands_and_below(tree: Node) -> Iterator[Node]:
    """Every strand, group, criterion and part in order."""
    for strand in tree.below(Sort.STRAND):
        yield from strand.walk()


def seen_of(tree: Node, code: str) -> str:
    """The digest of what a form shows under that code, for the id the settings; "" when it is not there any more.

    A strand and a group are shown without what is below them.
    """
    if code == tree.code:
        return replace(tree, children=tree.below(Sort.LEVEL, Sort.ASPECT)).seen
    found = next((each for each in strands_and_below(tree) if each.code == code), Node(Sort.PART))
    shown = found if found.sort is Sort.CRITERION else replace(found, children=())
    return shown.seen if found.values else ""


def find(tree: Node, code: str) -> Node:
    """The strand, group, criterion or part of that code. Raises EditRefused when there is none."""
    found = next((each for each in strands_and_below(tree) if each.code == code), None)
    if found is None:
        raise EditRefused("nothing_there", code=code)
    return found


def above(tree: Node, code: str) -> Node:
    """The node under which a strand, group, criterion or part stands. Raises EditRefused."""
    found = next((each for each in tree.walk() if any(_is(child, code) for child in each.children)), None)
    if found is None:
        raise EditRefused("nothing_there", code=code)
    return found


def change(tree: Node, code: str, changed: Node) -> Node:
    """Another node in the place of the one with that code, which may have got another code. Raises EditRefused."""
    find(tree, code)
    return sound(_mapped(tree, lambda each: changed if _is(each, code) else each))


def settle(tree: Node, version: Node) -> Node:
    """Other values, levels and aspects of the version; its strands stay. Raises EditRefused."""
    settings = version.below(Sort.LEVEL, Sort.ASPECT)
    return sound(replace(version, children=(*settings, *tree.below(Sort.STRAND))))


def add(tree: Node, new: Node, *, under: str = "") -> Node:
    """A new node at the end of those below `under`; a strand stands below nothing. Raises EditRefused."""
    if not under:
        return sound(replace(tree, children=(*tree.children, new)))
    place = find(tree, under)
    return change(tree, under, replace(place, children=(*place.children, new)))


def remove(tree: Node, code: str) -> Node:
    """The tree without a node and what is below it. Raises EditRefused when it is not there."""
    place = above(tree, code)
    rest = tuple(child for child in place.children if not _is(child, code))
    return sound(_mapped(tree, lambda each: replace(each, children=rest) if each is place else each))


def move(tree: Node, code: str, *, by: int) -> Node:
    """The node that many places down (up below 0) among its neighbours, at most to the end. Raises EditRefused."""
    place, moved = above(tree, code), find(tree, code)
    others = place.below(*(sort for sort in Sort if sort is not moved.sort))
    row = list(place.below(moved.sort))
    at = row.index(moved)
    row.insert(min(max(at + by, 0), len(row) - 1), row.pop(at))
    return _mapped(tree, lambda each: replace(each, children=(*others, *row)) if each is place else each)


def put_under(tree: Node, code: str, under: str) -> Node:
    """The criterion at the end of another group or strand. Raises EditRefused."""
    moved = find(tree, code)
    if above(tree, code).code == under:
        return tree
    return add(remove(tree, code), moved, under=under)


def sound(tree: Node) -> Node:
    """The same tree. Raises EditRefused when a node is misplaced, or a code missing, malformed or taken."""
    if sum(1 for _ in tree.walk()) > MOST_NODES:
        raise EditRefused("too_many", most=MOST_NODES)
    if not ID.fullmatch(tree.code):
        raise EditRefused("bad_id", code=tree.code)
    taken: set[tuple[str, str]] = set()
    for each in tree.walk():
        for child in each.children:
            if child.sort not in BELOW.get(each.sort, ()):
                raise EditRefused("does_not_belong", code=child.code)
            if not CODE.fullmatch(child.code):
                raise EditRefused("bad_code" if child.code else "no_code", code=child.code)
            family = child.sort.value if child.sort in (Sort.LEVEL, Sort.ASPECT) else ""
            if (family, child.code) in taken:
                raise EditRefused("code_taken", code=child.code)
            taken.add((family, child.code))
        if each.sort is Sort.STRAND and each.below(Sort.GROUP) and each.below(Sort.CRITERION):
            raise EditRefused("criteria_or_groups", code=each.code)
        longest = max((len(value) for value in each.values.values()), default=0)
        if longest > LONGEST_TEXT:
            raise EditRefused("text_too_long", code=each.code, longest=LONGEST_TEXT)
    return tree


def is_points(text: str) -> bool:
    """Whether a text is a number of points as a source may hold it."""
    return bool(POINTS.fullmatch(text))


def _is(each: Node, code: str) -> bool:
    """Whether it is the node of that code; levels and aspects have codes of their own."""
    return each.code == code and each.sort not in (Sort.VERSION, Sort.LEVEL, Sort.ASPECT)


def _mapped(tree: Node, made: Callable[[Node], Node]) -> Node:
    """The tree with every node replaced by what is made of it, from the top; what is replaced is not entered."""
    other = made(tree)
    if other is not tree:
        return other
    children = tuple(_mapped(child, made) for child in tree.children)
    return tree if children == tree.children else replace(tree, children=children)
