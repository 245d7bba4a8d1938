"""Conflicts of interest in words, each with the fact that makes it (ส่วนได้เสีย)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saduak.certification.rules import FORMER_POSTING_YEARS, Conflict, ConflictKind, Posting
from saduak.thai import dates

WORDS: dict[ConflictKind, object] = {
    ConflictKind.DECLARED: gettext_lazy("has declared a conflict of interest"),
    ConflictKind.SAME_CENTRE: gettext_lazy("belongs to this centre"),
    ConflictKind.SAME_AGENCY: gettext_lazy("belongs to the same agency"),
    ConflictKind.FORMER_CENTRE: gettext_lazy("belonged to this centre until lately"),
    ConflictKind.FORMER_AGENCY: gettext_lazy("belonged to the same agency until lately"),
    ConflictKind.SAME_MINISTRY: gettext_lazy("belongs to the same ministry"),
    ConflictKind.SAME_PROVINCE: gettext_lazy("works in the same province"),
    ConflictKind.ASSESSED_LAST_ROUND: gettext_lazy("assessed this centre in the round before"),
    ConflictKind.RECIPROCAL: gettext_lazy("is assessed in this round by somebody of the unit's agency"),
}


@dataclass(frozen=True)
class Worded:
    """One conflict: what it is, whether it bars the member, and the fact."""

    words: object
    is_hard: bool
    fact: str


def worded(conflicts: Iterable[Conflict]) -> list[Worded]:
    """Conflicts as they are read, those that bar a member first."""
    found = [Worded(WORDS[one.kind], one.is_hard, _fact(one)) for one in conflicts]
    return sorted(found, key=lambda one: not one.is_hard)


def _fact(conflict: Conflict) -> str:
    if conflict.posting is None:
        return ""
    former = conflict.kind in (ConflictKind.FORMER_CENTRE, ConflictKind.FORMER_AGENCY)
    words = _days(conflict.posting)
    if former:
        words += " " + _("(a posting counts for %(years)s years)") % {"years": FORMER_POSTING_YEARS}
    return f"{conflict.posting.place} {words}".strip()


def _days(posting: Posting) -> str:
    language = get_language() or "th"
    first = dates.short(posting.from_day, language)
    if posting.until_day is None:
        return _("since %(day)s") % {"day": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": dates.short(posting.until_day, language)}
