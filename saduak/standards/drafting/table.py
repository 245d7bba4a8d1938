"""The tree as the rows of one sheet, and such rows as a tree (ตารางเกณฑ์).

One row a node, in the order of the tree; what stands below what follows from the order. Words are Thai, because people
edit them; the names of the format are understood as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from saduak.standards.drafting.tree import BELOW, CODE, ID, MOST_NODES, Node, Sort, node
from saduak.standards.drafting.writing import evidence_of

HEADINGS = {
    "row": "แถว",
    "code": "รหัส",
    "th": "ชื่อภาษาไทย",
    "en": "ชื่อภาษาอังกฤษ",
    "kind": "ประเภท",
    "points": "คะแนน",
    "asks_th": "สิ่งที่ต้องมี (ไทย)",
    "asks_en": "สิ่งที่ต้องมี (อังกฤษ)",
    "aspect": "มิติ",
    "evidence": "หลักฐาน",
    "measured_by": "ตัวเลขจากระบบ",
    "provisional": "ฉบับชั่วคราว",
    "may_not_apply": "ยกเว้นได้",
    "cycle_be": "ปี พ.ศ.",
    "step": "ความละเอียดคะแนน",
}
"""The columns: names of values, and how they are headed."""

SORTS = {
    Sort.VERSION: "ชุดเกณฑ์",
    Sort.LEVEL: "ระดับ",
    Sort.ASPECT: "มิติ",
    Sort.STRAND: "ด้าน",
    Sort.GROUP: "กลุ่ม",
    Sort.CRITERION: "ข้อ",
    Sort.PART: "ข้อย่อย",
}
KINDS: Mapping[Sort, Mapping[str, str]] = {
    Sort.VERSION: {"not_allowed": "ทุกข้อใช้กับทุกศูนย์", "redistribute": "เฉลี่ยคะแนนข้อที่ยกเว้น"},
    Sort.LEVEL: {"blue": "น้ำเงิน", "silver": "เงิน", "gold": "ทอง", "bronze": "ทองแดง"},
    Sort.STRAND: {"gate": "ต้องผ่านทุกข้อ", "scored": "ให้คะแนน"},
    Sort.CRITERION: {"fixed": "ได้เต็มหรือไม่ได้", "graded": "ให้คะแนนตามระดับ", "additive": "รวมข้อย่อยไม่เกินเพดาน"},
}
EVIDENCE = {"document": "เอกสาร", "photo": "ภาพถ่าย", "measure": "ตัวเลข", "visit": "ตรวจในพื้นที่"}
FLAGS = {"true": "ใช่", "false": "ไม่ใช่"}
NEEDED = ("row", "code", "th")


@dataclass(frozen=True)
class RowProblem:
    """What keeps rows from being a tree: the number of the row as the program shows it, the column's name, and why."""

    row: int
    column: str
    code: str
    params: Mapping[str, object]


class TableRefused(ValueError):
    """The rows are no tree; `problems` holds all that is wrong, in the order of the rows."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.row}:{p.column} {p.code}" for p in problems))


@dataclass(frozen=True)
class Numbered:
    """A tree that came from rows; `rows` tells the number of the row by family of sorts and code, see `row_of`."""

    tree: Node
    rows: Mapping[tuple[Sort, str], int]

    def row_of(self, sort: Sort, code: str) -> int | None:
        """The row in which a node stood."""
        return self.rows.get((_family(sort), code))


def headings() -> list[str]:
    """The first row."""
    return list(HEADINGS.values())


def rows_of(tree: Node) -> Iterator[list[str]]:
    """All other rows."""
    for each in tree.walk():
        yield [SORTS[each.sort], *(_worded(each, name) for name in HEADINGS if name != "row")]


def tree_of(heads: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Numbered:
    """The tree of rows with their numbers. Raises TableRefused with every problem of the rows.

    What the rows say may still be unsound as a library; `drafting.problems` tells that.
    """
    columns, problems = _columns(heads)
    if problems:
        raise TableRefused(problems)
    kept: dict[tuple[Sort, str], int] = {}
    way: list[_Open] = []
    root: _Open | None = None
    number = 0
    for at, (number, cells) in enumerate(rows):
        values = {name: cells[column].strip() for name, column in columns.items() if column < len(cells)}
        if at >= MOST_NODES:
            problems.append(RowProblem(number, "row", "too_many", {"most": MOST_NODES}))
            break
        sort = _sort(values.get("row", ""))
        if sort is None:
            problems.append(RowProblem(number, "row", "unknown_row", {"value": values.get("row", "")}))
            continue
        problems += _code_problems(number, sort, values.get("code", ""), kept)
        kept.setdefault((_family(sort), values.get("code", "")), number)
        opened = _Open(node(sort, _plain(sort, values)), [])
        if sort is Sort.VERSION:
            problems += [RowProblem(number, "row", "misplaced_row", {})] if root else []
            root, way = root or opened, [root or opened]
            continue
        while way and sort not in BELOW.get(way[-1].node.sort, ()):
            way.pop()
        if not way:
            problems.append(RowProblem(number, "row", "misplaced_row", {}))
            way = [root] if root else []
            continue
        way[-1].children.append(opened)
        way.append(opened)
    if root is None:
        problems.append(RowProblem(number or 1, "row", "no_version", {}))
    if problems or root is None:
        raise TableRefused(problems)
    return Numbered(root.closed(), kept)


@dataclass(frozen=True)
class _Open:
    """A node whose children are still being read."""

    node: Node
    children: list["_Open"]

    def closed(self) -> Node:
        return replace(self.node, children=tuple(child.closed() for child in self.children))


def _columns(heads: Sequence[str]) -> tuple[dict[str, int], list[RowProblem]]:
    known = {words: name for name, words in HEADINGS.items()} | {name: name for name in HEADINGS}
    columns: dict[str, int] = {}
    problems = []
    for place, head in enumerate(heads):
        name = known.get(" ".join(head.split()))
        if name in columns:
            problems.append(RowProblem(1, name or "", "heading_twice", {"value": head}))
        elif name:
            columns[name] = place
        elif head.strip():
            problems.append(RowProblem(1, "", "unknown_heading", {"value": head[:60]}))
    problems += [
        RowProblem(1, name, "heading_missing", {"value": HEADINGS[name]}) for name in NEEDED if name not in columns
    ]
    return columns, problems


def _code_problems(number: int, sort: Sort, code: str, kept: Mapping[tuple[Sort, str], int]) -> Iterator[RowProblem]:
    pattern = ID if sort is Sort.VERSION else CODE
    if not code:
        yield RowProblem(number, "code", "no_code", {})
    elif not pattern.fullmatch(code):
        yield RowProblem(number, "code", "bad_id" if sort is Sort.VERSION else "bad_code", {"code": code[:60]})
    elif first := kept.get((_family(sort), code)):
        yield RowProblem(number, "code", "code_in_row", {"code": code, "first": first})


def _family(sort: Sort) -> Sort:
    """Strands, groups, criteria and parts share their codes."""
    return sort if sort in (Sort.VERSION, Sort.LEVEL, Sort.ASPECT) else Sort.CRITERION


def _sort(words: str) -> Sort | None:
    return next((sort for sort, thai in SORTS.items() if words in (thai, sort.value)), None)


def _worded(each: Node, name: str) -> str:
    value = each.values.get(name, "")
    match name:
        case "kind":
            return KINDS.get(each.sort, {}).get(value, value)
        case "evidence":
            return ", ".join(EVIDENCE.get(kind, kind) for kind in evidence_of(each))
        case "provisional" | "may_not_apply":
            return FLAGS.get(value, value)
    # The reader takes an apostrophe before a sign for a spreadsheet's way of writing text.
    return f"'{value}" if value[:1] == "'" and value[1:2] in tuple("=+-@\t\r") else value


def _plain(sort: Sort, values: Mapping[str, str]) -> dict[str, str]:
    """The values of a row under the names of the format."""
    plain = dict(values)
    plain["kind"] = _code_of(KINDS.get(sort, {}), values.get("kind", ""))
    for name in ("provisional", "may_not_apply"):
        plain[name] = _code_of(FLAGS, values.get(name, ""))
    kinds = [word.strip() for word in values.get("evidence", "").split(",") if word.strip()]
    plain["evidence"] = ", ".join(_code_of(EVIDENCE, word) for word in kinds)
    return plain


def _code_of(words: Mapping[str, str], said: str) -> str:
    return next((code for code, thai in words.items() if said == thai), said)
