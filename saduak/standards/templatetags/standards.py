"""The criteria as tags for every page that shows them: `{% load standards %}`."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.design import icons
from saduak.standards import presenters
from saduak.standards.criteria import Criterion, Evidence, Group, Leaf, Library, Named, Part, Strand

register = template.Library()


@register.inclusion_tag("standards/criterion.html")
def criterion(
    criterion: Criterion, library: Library | None = None, heading: int = 3, anchor: str = ""
) -> dict[str, Any]:
    """{% criterion item library=library heading=4 anchor="c-" %}

    One criterion as a block: code, title, points, what it asks, parts, evidence, what is measured, and the mark of what
    is provisional. `heading` is the level of its heading; `anchor` starts the element's id.
    """
    return {
        "criterion": criterion,
        "aspect": presenters.aspect_of(library, criterion) if library else None,
        "heading": f"h{heading}",
        "asked_in": "th" if criterion.asks(_language()) == criterion.asks_th else "en",
        "anchor": f"{anchor}{criterion.code}" if anchor else "",
    }


@register.simple_tag
def provisional_mark(thing: Criterion | Group | Part | Leaf) -> SafeString:
    """{% provisional_mark item %}: nothing for what comes from the official booklet"""
    provisional = getattr(thing, "is_provisional", None)
    if isinstance(thing, Leaf):
        provisional = any(part.provisional for part in thing.criterion.parts if part.code == thing.code)
        provisional = provisional or thing.criterion.provisional
    if not (getattr(thing, "provisional", False) if provisional is None else provisional):
        return SafeString("")
    words = _("Provisional")
    return format_html(
        '<span class="badge provisional-mark" data-tone="attention">{}{}</span>', icons.icon("edit"), words
    )


@register.simple_tag
def evidence_kinds(criterion: Criterion) -> SafeString:
    """{% evidence_kinds item %}"""
    items = [
        format_html("<li>{}{}</li>", icons.icon(presenters.EVIDENCE_ICONS[kind]), presenters.EVIDENCE[kind])
        for kind in criterion.evidence
    ]
    return format_html('<ul class="evidence-kinds">{}</ul>', SafeString("".join(items))) if items else SafeString("")


@register.filter
def titled(thing: Named) -> str:
    """{{ criterion|titled }} → its title in the reader's language, Thai where there is no other"""
    return thing.title(_language())


@register.filter
def asked(criterion: Criterion) -> str:
    """{{ criterion|asked }} → what it asks, in the reader's language where the library has it"""
    return criterion.asks(_language())


@register.filter
def points(value: Decimal | None) -> str:
    """{{ result.total|points }} → 92.25"""
    return "" if value is None else presenters.points(value)


@register.filter
def points_words(thing: Criterion | Leaf | Group | Strand) -> str:
    """{{ criterion|points_words }} → 2 points, all or nothing"""
    return presenters.points_words(thing)


@register.filter
def figure_words(code: str) -> object:
    """{{ criterion.measured_by|figure_words }} → opening hours of the centre"""
    return presenters.figure_words(code)


@register.filter
def evidence_words(kind: str) -> object:
    """{{ "photo"|evidence_words }} → Photograph"""
    return presenters.EVIDENCE[Evidence(kind)]


def _language() -> str:
    return get_language() or "th"
