"""What figures of the quality of assessment are called, and how they are printed."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from saduak.certification.agreement import Agreement, Leaning, Side, Strength
from saduak.certification.queries.quality import Quality
from saduak.design.templatetags.saduak import badge
from saduak.standards.criteria import Leaf

STRENGTHS: dict[Strength, object] = {
    Strength.TOO_LITTLE: gettext_lazy("too little to tell"),
    Strength.ALL_THE_SAME: gettext_lazy("nearly all marks are the same: nothing to tell apart"),
    Strength.RELIABLE: gettext_lazy("reliable"),
    Strength.TENTATIVE: gettext_lazy("reliable enough for tentative conclusions"),
    Strength.UNRELIABLE: gettext_lazy("not reliable"),
}
SIDES: dict[Side, object] = {
    Side.TOO_LITTLE: gettext_lazy("too little to tell"),
    Side.IN_LINE: gettext_lazy("in line with the others"),
    Side.HARSH: gettext_lazy("marks lower than the others"),
    Side.LENIENT: gettext_lazy("marks higher than the others"),
}
TONES = {Side.HARSH: "warning", Side.LENIENT: "warning", Side.IN_LINE: "success", Side.TOO_LITTLE: "plain"}


def title(leaf: Leaf) -> str:
    """The words of a line of the criteria."""
    own = next((part for part in leaf.criterion.parts if part.code == leaf.code), leaf.criterion)
    return own.title(get_language() or "th")


def percent(share: float | None) -> str:
    """A share as a number of per cent with one digit."""
    return "–" if share is None else f"{100 * share:.1f}"


def signed(share: float | None) -> str:
    """A difference as a number of per cent with its sign."""
    return "–" if share is None else f"{100 * share:+.1f}"


def alpha(found: Agreement) -> str:
    """Krippendorff's alpha; a dash where it cannot be told."""
    return "–" if found.alpha is None or found.strength is Strength.TOO_LITTLE else f"{found.alpha:.2f}"


def interval(found: Leaning) -> str:
    """Where the true difference lies, as far as the visits tell."""
    return "–" if found.low is None else f"{signed(found.low)} … {signed(found.high)}"


def mean(differences: list[float]) -> float | None:
    """The mean difference of one visit."""
    return sum(differences) / len(differences) if differences else None


def flag(found: Leaning) -> SafeString:
    """To which side somebody leans, as a mark with words."""
    return badge(SIDES[found.side], TONES[found.side])


def case(application: Any) -> SafeString:
    """A link to a case."""
    return format_html('<a href="{}">{}</a>', application.get_absolute_url(), application.reference)


def leads(quality: Quality, words: str, **wish: Any) -> SafeString:
    """A link to the cases behind a figure."""
    query = urlencode({"round": quality.round.reference, **wish}, doseq=True)
    return format_html('<a href="{}?{}">{}</a>', reverse("list_quality_cases"), query, words)
