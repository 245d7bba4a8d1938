"""The draft as a tree of lines, with its sums and what is still wrong (โครงร่างและผลรวม)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saduak.standards.drafting.problems import Checked, Placed, total_below
from saduak.standards.drafting.tree import Node, Sort, is_points
from saduak.standards.editor.wording import FIELDS, in_the_editor
from saduak.standards.presenters import points


@dataclass(frozen=True)
class WordedPlace:
    """A problem of the draft in words, where it is, and the page on which it is mended."""

    where: str
    field: object
    sentence: str
    url: str


@dataclass(frozen=True)
class Line:
    """One node of the outline. `points` are those it gives, in words; empty for gates."""

    node: Node
    title: str
    url: str
    points: str
    problems: int
    provisional: bool
    is_first: bool
    is_last: bool
    below: tuple["Line", ...]

    @property
    def may_hold(self) -> tuple[str, ...]:
        """What can be added below it."""
        match self.node.sort:
            case Sort.STRAND if self.node.below(Sort.GROUP):
                return ("group",)
            case Sort.STRAND if self.node.below(Sort.CRITERION):
                return ("criterion",)
            case Sort.STRAND:
                return ("criterion", "group")
            case Sort.GROUP:
                return ("criterion",)
        return ()


@dataclass(frozen=True)
class Band:
    """Where a level begins on the scale; `at` and `width` are hundredths of the scale's length."""

    title: str
    code: str
    begins: str
    at: str
    width: str


@dataclass(frozen=True)
class Standing:
    """The sums of the draft as they are now, beside what it states."""

    total: str
    stated: str
    adds_up: bool
    gates: int
    criteria: int
    bands: tuple[Band, ...]
    problems: tuple[WordedPlace, ...]
    is_sound: bool


def lines_of(reference: str, tree: Node, checks: Checked) -> tuple[Line, ...]:
    """The strands with everything below them."""
    wrong: dict[str, int] = {}
    for placed in checks.problems:
        wrong[placed.place.code] = wrong.get(placed.place.code, 0) + 1
    strands = tree.below(Sort.STRAND)
    return tuple(_line(reference, each, strands, wrong, "", each.values.get("kind", ""), False) for each in strands)


def standing_of(reference: str, tree: Node, checks: Checked) -> Standing:
    """Sums, bands and problems."""
    total, stated = total_below(tree), tree.values.get("points", "")
    every = [each for each in tree.walk() if each.sort is Sort.CRITERION]
    gates = [s for s in tree.below(Sort.STRAND) if s.values.get("kind") == "gate"]
    return Standing(
        total=points(total) if total else "0",
        stated=stated,
        adds_up=is_points(stated) and Decimal(stated) == total,
        gates=sum(1 for strand in gates for each in strand.walk() if each.sort is Sort.CRITERION),
        criteria=len(every),
        bands=_bands(tree, total),
        problems=tuple(placed_words(reference, tree, placed) for placed in checks.problems),
        is_sound=checks.library is not None,
    )


def placed_words(reference: str, tree: Node, placed: Placed) -> WordedPlace:
    """One problem with the page on which it is mended; a part's is that of its criterion."""
    place = placed.place
    field = FIELDS.get(place.name, "")
    if place.sort in (Sort.VERSION, Sort.LEVEL, Sort.ASPECT):
        where = {Sort.LEVEL: _("Level %(code)s"), Sort.ASPECT: _("Aspect %(code)s")}.get(
            place.sort, _("The whole version")
        )
        url = reverse("edit_criteria_settings", args=[reference])
        return WordedPlace(where % {"code": place.code}, field, in_the_editor(placed), url)
    owner = place.code
    if place.sort is Sort.PART:
        owner = next(
            n.code for n in tree.walk() for child in n.children if child.code == place.code and child.sort is Sort.PART
        )
    return WordedPlace(place.code, field, in_the_editor(placed), reverse("edit_criterion", args=[reference, owner]))


def gives(each: Node, points_each: str = "", kind: str = "") -> str:
    """The points of a node in a few words."""
    total = total_below(each, points_each, kind)
    number = sum(1 for child in each.walk() if child.sort is Sort.CRITERION)
    if kind == "gate":
        return "" if each.sort is Sort.CRITERION else ngettext("%(n)s item", "%(n)s items", number) % {"n": number}
    worded = points(total) if total else "0"
    if each.sort is Sort.STRAND and each.values.get("points") not in (None, worded):
        return _("%(points)s of %(stated)s points") % {"points": worded, "stated": each.values["points"]}
    return ngettext("%(points)s point", "%(points)s points", int(total)) % {"points": worded}


def title_of(each: Node) -> str:
    """The title in the reader's language, Thai where there is no other."""
    english = each.values.get("en", "") if get_language() == "en" else ""
    return english or each.values.get("th", "")


def _line(
    reference: str,
    each: Node,
    row: Sequence[Node],
    wrong: Mapping[str, int],
    points_each: str,
    kind: str,
    provisional: bool,
) -> Line:
    inherited = each.values.get("points", "") if each.sort is Sort.GROUP else points_each
    said = each.values.get("provisional")
    is_provisional = said == "true" if said else provisional
    children = each.below(Sort.GROUP, Sort.CRITERION)
    return Line(
        node=each,
        title=title_of(each) or _("(without a title)"),
        url=reverse("edit_criterion", args=[reference, each.code]),
        points=gives(each, points_each, kind),
        problems=wrong.get(each.code, 0) + sum(wrong.get(part.code, 0) for part in each.below(Sort.PART)),
        provisional=is_provisional or any(part.values.get("provisional") == "true" for part in each.below(Sort.PART)),
        is_first=row[0] is each,
        is_last=row[-1] is each,
        below=tuple(_line(reference, child, children, wrong, inherited, kind, is_provisional) for child in children),
    )


def _bands(tree: Node, total: Decimal) -> tuple[Band, ...]:
    begins = [
        (Decimal(level.values["points"]), level)
        for level in tree.below(Sort.LEVEL)
        if is_points(level.values.get("points", ""))
    ]
    end = max([total, *(least for least, _level in begins)], default=Decimal(0))
    bands = []
    for number, (least, level) in enumerate(begins):
        until = begins[number + 1][0] if number + 1 < len(begins) else end
        width = max(until - least, Decimal(0))
        bands.append(
            Band(
                title=title_of(level) or level.code,
                code=level.values.get("kind", ""),
                begins=points(least),
                at=f"{least / end * 100:.2f}",
                width=f"{width / end * 100:.2f}",
            )
        )
    return tuple(bands)
