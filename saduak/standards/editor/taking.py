"""What a sheet would change in a draft, and what is wrong in its rows (ตรวจตารางก่อนนำเข้า)."""

from dataclasses import dataclass

from saduak.standards.drafting.problems import Checked
from saduak.standards.drafting.table import Numbered
from saduak.standards.drafting.tree import Node, Sort
from saduak.standards.editor.wording import FIELDS, in_the_editor


@dataclass(frozen=True)
class Deed:
    """A row that adds or changes something: its number, its code and title, and the names of the values that change."""

    row: int | None
    code: str
    title: str
    values: str


@dataclass(frozen=True)
class TakenIn:
    """The dry run. Nothing is kept."""

    added: tuple[Deed, ...]
    changed: tuple[Deed, ...]
    removed: tuple[Deed, ...]
    problems: tuple[tuple[int | None, object, str], ...]

    @property
    def changes_anything(self) -> bool:
        """Whether the draft would be another one."""
        return bool(self.added or self.changed or self.removed)


def taken_in(now: Node, numbered: Numbered, checks: Checked) -> TakenIn:
    """What is added, changed and removed, and every problem with its row."""
    before, after = _nodes(now), _nodes(numbered.tree)
    added = [_deed(numbered, each) for key, each in after.items() if key not in before]
    changed = [
        _deed(numbered, each, before[key])
        for key, each in after.items()
        if key in before and _differs(each, before[key])
    ]
    removed = [_deed(numbered, each) for key, each in before.items() if key not in after]
    problems = [
        (numbered.row_of(p.place.sort, p.place.code), FIELDS.get(p.place.name, ""), in_the_editor(p))
        for p in checks.problems
    ]
    return TakenIn(tuple(added), tuple(changed), tuple(removed), tuple(problems))


def _nodes(tree: Node) -> dict[tuple[str, str], Node]:
    settings = (Sort.VERSION, Sort.LEVEL, Sort.ASPECT)
    return {(n.sort.value if n.sort in settings else "", n.code): n for n in tree.walk()}


def _differs(one: Node, other: Node) -> bool:
    """Whether values, or the order of what stands below, are others."""
    return (one.sort, one.values, _below(one)) != (other.sort, other.values, _below(other))


def _below(each: Node) -> list[tuple[Sort, str]]:
    return [(child.sort, child.code) for child in each.children]


def _deed(numbered: Numbered, each: Node, before: Node | None = None) -> Deed:
    names = [name for name in FIELDS if before and each.values.get(name) != before.values.get(name)]
    return Deed(
        row=numbered.row_of(each.sort, each.code),
        code=each.code,
        title=each.values.get("th", ""),
        values=", ".join(str(FIELDS[name]) for name in names),
    )
