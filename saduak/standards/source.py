"""Reading YAML by its nodes, so that every problem is found at its line and column (การตรวจต้นฉบับ).

The methods return what they could read, or an empty value when they have noted a problem; nothing is raised until all
is read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    ScalarEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

LARGEST = 512 * 1024
"""In bytes of UTF-8; the libraries known so far are about 20 KB."""
DEEPEST = 12
"""Levels of nesting; the format itself needs 9."""
LONGEST_TEXT = 2000
POINTS = re.compile(r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,2})?")
THAI = re.compile(r"[\u0e01-\u0e2e]")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a source; `line` and `column` count from 1, `code` is worded by the presenters."""

    line: int
    column: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.line}:{self.column} {self.code}" + (f" ({facts})" if facts else "")


class LibraryRefused(ValueError):
    """The source is not a sound library; `problems` holds all that is wrong, in the order of the text."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


class Reader:
    """A source, its root node if it is YAML at all, and the problems noted so far."""

    def __init__(self, text: str) -> None:
        self.root, found = _composed(text)
        self.problems: list[Problem] = list(found)

    def problem(self, node: Node, code: str, /, **params: object) -> None:
        """Note one problem at the place of `node`."""
        self._note(node.start_mark.line, node.start_mark.column, code, **params)

    def mapping(self, node: Node | None, keys: Mapping[str, bool]) -> dict[str, Node]:
        """The values of a mapping by key; `keys` are the known ones and whether they are required."""
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self._wrong_type(node, "mapping")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name in found:
                self.problem(key, "duplicate_key", key=name)
            elif name not in keys:
                self.problem(key, "unknown_key", key=name)
            else:
                found[name] = value
        for name, required in keys.items():
            if required and name not in found:
                self.problem(node, "missing_key", key=name)
        return found

    def sequence(self, node: Node) -> list[Node]:
        """The items of a list, which must have some."""
        if not isinstance(node, SequenceNode):
            self._wrong_type(node, "list")
            return []
        if not node.value:
            self.problem(node, "empty_list")
        return list(node.value)

    def text(self, node: Node | None, *, pattern: str = "") -> str:
        """A text of 1 to 2,000 characters; written as a number or a yes-no value it must be in quotation marks."""
        if node is None:
            return ""
        if not self._is(node, "str"):
            self._wrong_type(node, "text")
            return ""
        text = str(node.value).strip()
        if not text:
            self.problem(node, "empty_text")
        elif len(text) > LONGEST_TEXT:
            self.problem(node, "text_too_long", longest=LONGEST_TEXT)
        elif pattern and not re.fullmatch(pattern, text):
            self.problem(node, "bad_code", value=text)
        return text

    def thai(self, node: Node | None) -> str:
        """A text with at least one Thai letter in it."""
        text = self.text(node)
        if node is not None and text and not THAI.search(text):
            self.problem(node, "not_thai", value=text)
        return text

    def points(self, node: Node | None) -> Decimal:
        """Points above 0 and below 10,000 with at most two decimals, read without a detour over binary fractions."""
        if node is None:
            return Decimal(0)
        if not isinstance(node, ScalarNode):
            self._wrong_type(node, "number")
        elif not POINTS.fullmatch(node.value) or not Decimal(node.value):
            self.problem(node, "bad_points", value=node.value)
        else:
            return Decimal(node.value)
        return Decimal(0)

    def whole(self, node: Node | None, lowest: int, highest: int) -> int:
        """A whole number between two others."""
        if node is None:
            return 0
        if not self._is(node, "int") or not re.fullmatch("[0-9]{1,9}", node.value):
            self._wrong_type(node, "number")
            return 0
        if not lowest <= int(node.value) <= highest:
            self.problem(node, "out_of_range", lowest=lowest, highest=highest)
        return int(node.value)

    def flag(self, node: Node | None) -> bool:
        """True or false; what is not there is false."""
        if node is None:
            return False
        if not self._is(node, "bool") or node.value.lower() not in ("true", "false"):
            self._wrong_type(node, "true_or_false")
            return False
        return bool(node.value.lower() == "true")

    def choice(self, node: Node | None, allowed: tuple[str, ...], code: str = "not_one_of") -> str:
        """One of the allowed words, or an empty text."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self._wrong_type(node, "text")
            return ""
        if node.value not in allowed:
            self.problem(node, code, value=node.value, allowed=", ".join(allowed))
            return ""
        return str(node.value)

    def value_of(self, node: Node, key: str) -> Node | None:
        """The value under a key, if the node is a mapping and has it."""
        if not isinstance(node, MappingNode):
            return None
        return next((value for name, value in node.value if name.value == key), None)

    def quietly(self, node: Node | None) -> str:
        """The text of a node without noting anything."""
        return node.value if isinstance(node, ScalarNode) else ""

    def _is(self, node: Node, name: str) -> bool:
        return isinstance(node, ScalarNode) and str(node.tag) == f"tag:yaml.org,2002:{name}"

    def _wrong_type(self, node: Node, wanted: str) -> None:
        self.problem(node, "wrong_type", wanted=wanted)

    def _note(self, line: int, column: int, code: str, /, **params: object) -> None:
        self.problems.append(_problem(line, column, code, **params))


@lru_cache(maxsize=8)
def _composed(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root node and no problem, or the problems of the whole text; a draft is read again and again as it is edited.

    Nobody changes the nodes.
    """
    if len(text.encode(errors="surrogatepass")) > LARGEST:
        return None, (_problem(0, 0, "too_large", largest_kb=LARGEST // 1024),)
    found: list[Problem] = []
    root = None
    try:
        events: list[Event] = []
        found.extend(_tricks(text, events))
        root = None if found else _composed_of(events)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        found.append(_problem(mark.line, mark.column, "not_yaml", reason=error.problem))
    except ReaderError as error:
        before = text[: error.position]
        column = error.position - before.rfind("\n") - 1
        found.append(_problem(before.count("\n"), column, "forbidden_character"))
    if root is None and not found:
        found.append(_problem(0, 0, "empty"))
    return root, tuple(found)


class _Replayed:
    """A parser that has read its text already: finding the events takes nine tenths of composing a tree of them."""

    def __init__(self, events: list[Event]) -> None:
        self._ahead = events[::-1]

    def check_event(self, *kinds: type[Event]) -> bool:
        """Whether the next event is of one of the kinds."""
        return isinstance(self._ahead[-1], kinds)

    def peek_event(self) -> Event:
        """The next event, which stays the next."""
        return self._ahead[-1]

    def get_event(self) -> Event:
        """The next event."""
        return self._ahead.pop()


def _composed_of(events: list[Event]) -> Node | None:
    """The root node of a text, whose first line may say which version of YAML it is."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = next((event.version for event in events if isinstance(event, DocumentStartEvent)), None)
    yaml._parser = _Replayed(events)  # type: ignore[attr-defined]
    return yaml.composer.get_single_node()


def _tricks(text: str, events: list[Event]) -> Iterator[Problem]:
    """What makes a small text a large tree, or a tree other than it looks; its events are added to the list."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        events.append(event)
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                yield _problem(event.start_mark.line, event.start_mark.column, "too_deep", deepest=DEEPEST)
                return
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            yield _problem(event.start_mark.line, event.start_mark.column, "alias")
        elif isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag:
            yield _problem(event.start_mark.line, event.start_mark.column, "tag", tag=str(event.tag))


def _problem(line: int, column: int, code: str, /, **params: object) -> Problem:
    return Problem(line + 1, column + 1, code, params)
