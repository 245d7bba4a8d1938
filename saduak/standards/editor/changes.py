"""What somebody else changed while a person was typing (การแก้ไขพร้อมกัน)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from saduak.design.components import Moment
from saduak.journal.models import Entry
from saduak.standards.drafting.tree import Node, Sort, strands_and_below
from saduak.standards.editor.wording import FIELDS
from saduak.standards.presenters import moments

PARTS, LEVELS, ASPECTS = _("Parts"), _("Levels"), _("Aspects")


@dataclass(frozen=True)
class Both:
    """One value: what stands now, and what was typed."""

    field: object
    theirs: str
    mine: str


@dataclass(frozen=True)
class Overtaken:
    """Everything in which the two differ, and who was faster."""

    values: tuple[Both, ...]
    since: Sequence[Moment]


def overtaken_by(tree: Node, mine: Node, code: str, entries: Sequence[Entry]) -> Overtaken:
    """What was typed beside what stands now; parts in one value."""
    found = [each for each in strands_and_below(tree) if each.code == code]
    theirs = found[0] if found else Node(mine.sort)
    names = [name for name in FIELDS if theirs.values.get(name, "") != mine.values.get(name, "")]
    both = [Both(FIELDS[name], theirs.values.get(name, ""), mine.values.get(name, "")) for name in names]
    if mine.sort is Sort.CRITERION and theirs.children != mine.children:
        both.append(Both(PARTS, _parts(theirs), _parts(mine)))
    return Overtaken(tuple(both), moments(entries[-3:]))


def settings_overtaken(theirs: Node, mine: Node, entries: Sequence[Entry]) -> Overtaken:
    """The same for the settings of a version, with its levels and aspects."""
    names = [name for name in FIELDS if theirs.values.get(name, "") != mine.values.get(name, "")]
    both = [Both(FIELDS[name], theirs.values.get(name, ""), mine.values.get(name, "")) for name in names]
    for sort, label in ((Sort.LEVEL, LEVELS), (Sort.ASPECT, ASPECTS)):
        if theirs.below(sort) != mine.below(sort):
            both.append(Both(label, _rows(theirs, sort), _rows(mine, sort)))
    return Overtaken(tuple(both), moments(entries[-3:]))


def _parts(each: Node) -> str:
    return _rows(each, Sort.PART)


def _rows(each: Node, sort: Sort) -> str:
    rows = (" ".join([n.code, n.values.get("th", ""), n.values.get("points", "")]).strip() for n in each.below(sort))
    return " · ".join(rows)
