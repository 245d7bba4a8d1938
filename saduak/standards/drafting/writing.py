"""A tree as YAML, and YAML as a tree (การเขียนและอ่านต้นฉบับ).

The writing is plain: one value a line, so that every problem that the library finds is at a line that belongs to one
value of one node. Remarks at the top of a source stay; remarks within it are not kept.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from saduak.standards.drafting.tree import FLAGS, Node, Sort, node
from saduak.standards.source import POINTS, LibraryRefused, Reader

FORMAT = "saduak-criteria/1"
SUM_UP = "sum_up_to_max"
UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

LISTS = {
    Sort.LEVEL: "levels",
    Sort.ASPECT: "aspects",
    Sort.STRAND: "strands",
    Sort.GROUP: "groups",
    Sort.CRITERION: "criteria",
    Sort.PART: "parts",
}


@dataclass(frozen=True)
class Place:
    """What a line belongs to: a value of a node, by name; "" stands for the list below it."""

    sort: Sort
    code: str
    name: str


@dataclass
class Written:
    """A source, and the place of each of its lines."""

    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The source."""
        return "\n".join(self.lines) + "\n"

    def line(self, indent: int, words: str, each: Node, name: str) -> None:
        """One more line."""
        self.lines.append(" " * indent + words)
        self.places.append(Place(each.sort, each.code, name))


def written(tree: Node, remark: str = "") -> Written:
    """The tree as a source in the format `saduak-criteria/1`, after the remark at its top."""
    out = Written()
    for line in remark.splitlines():
        out.line(0, line if line.startswith("#") else f"# {line}", tree, "")
    value = tree.values.get
    out.line(0, f"format: {FORMAT}", tree, "")
    out.line(0, f"id: {quoted(tree.code)}", tree, "code")
    out.line(0, f"cycle_be: {_number(value('cycle_be', ''))}", tree, "cycle_be")
    out.line(0, "title:", tree, "th")
    _texts(out, 2, tree, {"th": "th", "en": "en"}, always="th")
    out.line(0, f"max_score: {_number(value('points', ''))}", tree, "points")
    out.line(0, "rounding:", tree, "step")
    out.line(2, f"score: {quoted(value('step', ''))}", tree, "step")
    out.line(2, "level: none", tree, "step")
    if value("kind"):
        out.line(0, f"not_applicable: {quoted(value('kind', ''))}", tree, "kind")
    for sort, name in ((Sort.LEVEL, "levels"), (Sort.ASPECT, "aspects"), (Sort.STRAND, "strands")):
        if sort is not Sort.ASPECT or tree.below(sort):
            _list(out, 0, name, tree, tree.below(sort))
    return out


@lru_cache(maxsize=32)
def read(source: str) -> tuple[Node, str]:
    """The tree of a source, and the remark at its top. Raises LibraryRefused when it is no YAML mapping at all.

    Keys that the format does not know are left out; a sound source has none.
    """
    reader = Reader(source)
    if not isinstance(reader.root, MappingNode):
        raise LibraryRefused(tuple(reader.problems))
    keys = _keys(reader.root)
    title, rounding = _keys(keys.get("title")), _keys(keys.get("rounding"))
    values = {
        "code": _text(keys.get("id")),
        "th": _text(title.get("th")),
        "en": _text(title.get("en")),
        "cycle_be": _text(keys.get("cycle_be")),
        "points": _text(keys.get("max_score")),
        "step": _text(rounding.get("score")),
        "kind": _text(keys.get("not_applicable")),
    }
    children = [*_each(keys, Sort.LEVEL), *_each(keys, Sort.ASPECT), *_each(keys, Sort.STRAND)]
    return node(Sort.VERSION, values, tuple(children)), _remark(source)


def quoted(text: str) -> str:
    """A text in quotation marks, whatever is in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def _list(out: Written, indent: int, name: str, each: Node, children: tuple[Node, ...]) -> None:
    out.line(indent, f"{name}:" if children else f"{name}: []", each, "")
    for child in children:
        begin = len(out.lines)
        WRITERS[child.sort](out, indent + 4, child)
        out.lines[begin] = " " * (indent + 2) + "- " + out.lines[begin].lstrip(" ")


def _level(out: Written, indent: int, each: Node) -> None:
    _named(out, indent, each)
    out.line(indent, f"min: {_number(each.values.get('points', ''))}", each, "points")
    out.line(indent, f"colour: {quoted(each.values.get('kind', ''))}", each, "kind")


def _strand(out: Written, indent: int, each: Node) -> None:
    _named(out, indent, each)
    out.line(indent, f"kind: {quoted(each.values.get('kind', ''))}", each, "kind")
    _points(out, indent, "max_score", each)
    groups = each.below(Sort.GROUP)
    _list(out, indent, "groups" if groups else "criteria", each, groups or each.below(Sort.CRITERION))


def _group(out: Written, indent: int, each: Node) -> None:
    _named(out, indent, each)
    _points(out, indent, "points_each", each)
    _flags(out, indent, each)
    _list(out, indent, "criteria", each, each.below(Sort.CRITERION))


def _criterion(out: Written, indent: int, each: Node) -> None:
    _named(out, indent, each)
    value = each.values.get
    if value("aspect"):
        out.line(indent, f"aspect: {quoted(value('aspect', ''))}", each, "aspect")
    asks = {"asks_th": "th", "asks_en": "en"}
    if value("asks_th"):
        out.line(indent, "asks:", each, "asks_th")
        _texts(out, indent + 2, each, asks)
    elif value("asks_en"):
        out.line(indent, f"asks: {quoted(value('asks_en', ''))}", each, "asks_en")
    if value("evidence"):
        kinds = ", ".join(quoted(kind) for kind in evidence_of(each))
        out.line(indent, f"evidence: [{kinds}]", each, "evidence")
    _figure(out, indent, each)
    graded = value("kind") in ("graded", "additive")
    if graded and not value("points"):
        out.line(indent, 'max_score: ""', each, "points")
    _points(out, indent, "max_score" if graded else "points", each)
    if value("kind") == "additive":
        out.line(indent, f"combine: {SUM_UP}", each, "kind")
    _flags(out, indent, each)
    if each.children:
        _list(out, indent, "parts", each, each.children)


def _part(out: Written, indent: int, each: Node) -> None:
    _named(out, indent, each)
    _points(out, indent, "max_score", each)
    _flags(out, indent, each)
    _figure(out, indent, each)


WRITERS = {
    Sort.LEVEL: _level,
    Sort.ASPECT: lambda out, indent, each: _named(out, indent, each),
    Sort.STRAND: _strand,
    Sort.GROUP: _group,
    Sort.CRITERION: _criterion,
    Sort.PART: _part,
}


def evidence_of(each: Node) -> list[str]:
    """The kinds of evidence of a criterion."""
    return [kind.strip() for kind in each.values.get("evidence", "").split(",") if kind.strip()]


def _named(out: Written, indent: int, each: Node) -> None:
    _texts(out, indent, each, {"code": "code", "th": "th", "en": "en"}, always="code")


def _texts(out: Written, indent: int, each: Node, names: Mapping[str, str], always: str = "") -> None:
    for name, key in names.items():
        if name == always or each.values.get(name):
            out.line(indent, f"{key}: {quoted(each.values.get(name, ''))}", each, name)


def _points(out: Written, indent: int, key: str, each: Node) -> None:
    if points := each.values.get("points"):
        out.line(indent, f"{key}: {_number(points)}", each, "points")


def _flags(out: Written, indent: int, each: Node) -> None:
    for name in ("provisional", "may_not_apply"):
        if said := each.values.get(name):
            out.line(indent, f"{name}: {said if said in FLAGS else quoted(said)}", each, name)


def _figure(out: Written, indent: int, each: Node) -> None:
    if figure := each.values.get("measured_by"):
        out.line(indent, f"measured_by: {quoted(figure)}", each, "measured_by")


def _number(text: str) -> str:
    return text if POINTS.fullmatch(text) else quoted(text)


def _remark(source: str) -> str:
    lines = takewhile(lambda line: line.startswith("#"), source.lstrip("\ufeff").splitlines())
    return "\n".join(line.rstrip() for line in lines)


def _each(keys: Mapping[str, YamlNode], sort: Sort) -> Iterator[Node]:
    found = keys.get(LISTS[sort])
    for item in found.value if isinstance(found, SequenceNode) else ():
        if isinstance(item, MappingNode):
            yield _node(_keys(item), sort)


def _node(keys: Mapping[str, YamlNode], sort: Sort) -> Node:
    values = {name: _text(keys.get(name)) for name in ("code", "th", "en", "measured_by", "aspect")}
    values |= {name: _flag(keys.get(name)) for name in ("provisional", "may_not_apply")}
    children: list[Node] = []
    match sort:
        case Sort.LEVEL:
            values |= {"points": _text(keys.get("min")), "kind": _text(keys.get("colour"))}
        case Sort.STRAND:
            values |= {"points": _text(keys.get("max_score")), "kind": _text(keys.get("kind"))}
            children = [*_each(keys, Sort.GROUP), *_each(keys, Sort.CRITERION)]
        case Sort.GROUP:
            values |= {"points": _text(keys.get("points_each"))}
            children = [*_each(keys, Sort.CRITERION)]
        case Sort.CRITERION:
            values |= _answered(keys) | _asks(keys.get("asks")) | _evidence(keys.get("evidence"))
            children = [*_each(keys, Sort.PART)]
        case Sort.PART:
            values |= {"points": _text(keys.get("max_score"))}
    return node(sort, values, tuple(children))


def _answered(keys: Mapping[str, YamlNode]) -> dict[str, str]:
    if "max_score" in keys:
        return {"kind": "additive" if "combine" in keys else "graded", "points": _text(keys["max_score"])}
    return {"points": _text(keys.get("points"))}


def _asks(found: YamlNode | None) -> dict[str, str]:
    if not isinstance(found, MappingNode):
        return {"asks_en": _text(found)}
    keys = _keys(found)
    return {"asks_th": _text(keys.get("th")), "asks_en": _text(keys.get("en"))}


def _evidence(found: YamlNode | None) -> dict[str, str]:
    kinds = found.value if isinstance(found, SequenceNode) else ()
    return {"evidence": ", ".join(_text(kind) for kind in kinds)}


def _flag(found: YamlNode | None) -> str:
    return _text(found).lower()


def _keys(found: YamlNode | None) -> dict[str, YamlNode]:
    if not isinstance(found, MappingNode):
        return {}
    return {key.value: value for key, value in found.value if isinstance(key, ScalarNode)}


def _text(found: YamlNode | None) -> str:
    return str(found.value) if isinstance(found, ScalarNode) else ""
