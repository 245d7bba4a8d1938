"""A draft on the desk: its tree, what is wrong with it, and the ways from here (โต๊ะร่างเกณฑ์)."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from saduak.design.components import Tab
from saduak.standards.criteria import Library
from saduak.standards.drafting.problems import Checked, checked, with_stated_sums
from saduak.standards.drafting.tree import Node, Sort, above, find
from saduak.standards.drafting.writing import read
from saduak.standards.editor.outline import Line, Standing, lines_of, standing_of
from saduak.standards.models import CriteriaSet


@dataclass(frozen=True)
class Desk:
    """What every page of the editor shows."""

    draft: CriteriaSet
    tree: Node
    checks: Checked

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The outline."""
        return lines_of(self.draft.reference, self.tree, self.checks)

    @cached_property
    def standing(self) -> Standing:
        """The sums, the levels and what is wrong."""
        return standing_of(self.draft.reference, self.tree, self.checks)

    def kind_above(self, code: str) -> str:
        """Whether a node stands among gates or among what is scored."""
        here = find(self.tree, code)
        while here.sort is not Sort.STRAND:
            here = above(self.tree, here.code)
        return here.values.get("kind", "")

    def places_for_criteria(self) -> list[tuple[str, str]]:
        """Groups, and strands without groups, by code."""
        places = []
        for strand in self.tree.below(Sort.STRAND):
            groups = strand.below(Sort.GROUP)
            places += [(each.code, f"{each.code} {each.values.get('th', '')}") for each in groups or (strand,)]
        return places

    def aspects(self) -> list[tuple[str, str]]:
        """The aspects by code."""
        return [(a.code, f"{a.code} {a.values.get('th', '')}") for a in self.tree.below(Sort.ASPECT)]

    def way(self) -> list[str]:
        """The codes of all criteria in order."""
        return [each.code for each in self.tree.walk() if each.sort is Sort.CRITERION]

    def tabs(self, current: str) -> list[Tab]:
        """The pages about this draft."""
        pages = {
            "edit_criteria": _("Criteria"),
            "edit_criteria_settings": _("Levels and settings"),
            "bring_in_criteria": _("Sheet"),
            "compare_criteria": _("Comparison"),
            "map_criteria": _("Mapping"),
            "preview_criteria": pgettext("draft", "Preview"),
            "publish_criteria": _("Publish"),
        }
        return [
            Tab(label, reverse(name, args=[self.draft.reference]), current=name == current)
            for name, label in pages.items()
        ]


def on_the_desk(draft: CriteriaSet) -> Desk:
    """A draft as it is now."""
    tree, remark = read(draft.source)
    return Desk(draft, tree, checked(tree, remark))


def as_it_would_be(desk: Desk, tree: Node) -> Desk:
    """The same draft with another tree, for totals while somebody is typing."""
    return Desk(desk.draft, tree, checked(tree))


def best_library(criteria: CriteriaSet) -> Library | None:
    """The version as a value, for looking at it; of a draft whose sums do not fit yet, with the sums as they are."""
    if criteria.is_sound:
        return criteria.library
    tree, _remark = read(criteria.source)
    return checked(with_stated_sums(tree)).library
