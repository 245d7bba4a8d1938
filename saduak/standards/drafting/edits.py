"""What a person does to a draft in the editor, each as an edit of the tree (การแก้ไขร่างเกณฑ์)."""

from collections.abc import Callable
from dataclasses import replace

from saduak.standards.drafting import tree as trees
from saduak.standards.drafting.problems import Placed, checked
from saduak.standards.drafting.tree import Node, Sort

Edit = Callable[[Node], Node]


class ItemRefused(ValueError):
    """What was typed cannot be kept; `problems` are those of the node that was edited."""

    def __init__(self, problems: tuple[Placed, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(placed.problem) for placed in problems))


def saved(code: str, new: Node, *, under: str = "") -> Edit:
    """Put what was typed in the place of the node with that code, and a criterion under another heading.

    The children of a strand or a group stay. Raises ItemRefused and EditRefused.
    """

    def edit(tree: Node) -> Node:
        old = trees.find(tree, code)
        children = new.children if new.sort is Sort.CRITERION else old.children
        changed = trees.change(tree, code, replace(new, children=children))
        return _kept(trees.put_under(changed, new.code, under) if under else changed, new)

    return edit


def added(new: Node, *, under: str = "") -> Edit:
    """Add what was typed at the end below another node; a strand stands below nothing.

    Raises ItemRefused and EditRefused.
    """
    return lambda tree: _kept(trees.add(tree, new, under=under), new)


def settled(version: Node) -> Edit:
    """Put other values, levels and aspects in the place of the version's. Raises ItemRefused and EditRefused."""

    def edit(tree: Node) -> Node:
        edited = trees.settle(tree, version)
        settings = (Sort.VERSION, Sort.LEVEL, Sort.ASPECT)
        found = tuple(p for p in checked(edited).problems if p.place.sort in settings and not p.is_for_later)
        if found:
            raise ItemRefused(found)
        return edited

    return edit


def _kept(tree: Node, new: Node) -> Node:
    checks = checked(tree)
    codes = [new.code, *(child.code for child in new.children)]
    found = tuple(placed for code in codes for placed in checks.of(code) if not placed.is_for_later)
    if found:
        raise ItemRefused(found)
    return tree
