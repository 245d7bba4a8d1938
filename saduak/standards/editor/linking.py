"""The mapping as rows that a person can change, each with what is suggested and why (หน้าเทียบเกณฑ์)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from saduak.standards.criteria import Criterion, Library
from saduak.standards.editor.comparison import Row, rows_of
from saduak.standards.mapping import Ground, Links, Suggestion, lines_between, suggestions
from saduak.standards.models import CriteriaMapping
from saduak.thai.text import letter_pairs, overlap


@dataclass(frozen=True)
class LinkRow:
    """One line of the mapping, with the page on which each of its newer criteria is changed and why it is so."""

    row: Row
    changes: tuple[tuple[Criterion, str, str], ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is the same under the same code and nobody chose otherwise: nothing to look through."""
        return not self.row.has_changed and all(why for _criterion, _url, why in self.changes)


@dataclass(frozen=True)
class Choice:
    """An older criterion that a newer one may come from; `alike` in hundredths."""

    criterion: Criterion
    alike: int
    chosen: bool


def link_rows(mapping: CriteriaMapping, older: Library, newer: Library, links: Links) -> tuple[LinkRow, ...]:
    """Every line with its explanation."""
    suggested = suggestions(older, newer)
    rows = rows_of(older, newer, lines_between(older, newer, links))
    return tuple(
        LinkRow(
            row,
            tuple(
                (
                    criterion,
                    reverse("link_criterion", args=[mapping.newer.reference, mapping.older.reference, criterion.code]),
                    explained(suggested[criterion.code], links.get(criterion.code, ())),
                )
                for criterion in row.newer
            ),
        )
        for row in rows
    )


def explained(suggestion: Suggestion, linked: tuple[str, ...]) -> str:
    """Why a criterion is linked so, when that is what was suggested; "" when a person chose otherwise."""
    if tuple(linked) != suggestion.links:
        return ""
    facts = {"code": suggestion.older, "alike": round(suggestion.similarity * 100)}
    match suggestion.ground:
        case Ground.CODE_AND_TEXT:
            return _("Suggested: same code, texts %(alike)s%% alike") % facts
        case Ground.TEXT:
            return _("Suggested: the text of %(code)s is %(alike)s%% alike") % facts
    if suggestion.older:
        return _("Suggested as new: the nearest is %(code)s, only %(alike)s%% alike") % facts
    return _("Suggested as new: nothing is left that could be it")


def choices_for(older: Library, newer: Criterion, linked: tuple[str, ...]) -> list[Choice]:
    """Every older criterion, those that are linked first, then the likest."""
    letters = letter_pairs(f"{newer.th} {newer.asks_th}")
    choices = [
        Choice(each, round(overlap(letter_pairs(f"{each.th} {each.asks_th}"), letters) * 100), each.code in linked)
        for each in older.criteria()
    ]
    return sorted(choices, key=lambda choice: (not choice.chosen, -choice.alike))
