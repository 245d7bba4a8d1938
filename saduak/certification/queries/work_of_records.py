"""What waits for the secretariat among old papers and double records."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import PastResult
from saduak.certification.queries.past import disputes
from saduak.design.work import WorkItem
from saduak.directory.models import LikelyPair, Office, Verdict
from saduak.directory.queries import memberships_of

KIND = _("Records")
MOST = 50
"""As many of each are listed; their own pages have them all."""


def work_of_records(user: Any, today: date) -> list[WorkItem]:
    """Contradictions to settle, lines to match, and records that may be one centre; four queries."""
    if not any(held.office == Office.SECRETARIAT_OFFICER for held in memberships_of(user)):
        return []
    pairs = LikelyPair.objects.filter(verdict=Verdict.OPEN).select_related("one", "other")[:MOST]
    unmatched = PastResult.objects.unmatched().with_places().order_by("cycle_be", "pk")[:MOST]
    return [*map(_to_settle, disputes()[:MOST]), *map(_to_match, unmatched), *map(_to_compare, pairs)]


def _to_settle(line: PastResult) -> WorkItem:
    return _of(line, _("Say which of the contradicting sources holds"), _("Settle"))


def _to_match(line: PastResult) -> WorkItem:
    return _of(line, _("Say which centre an old paper means"), _("Match"))


def _of(line: PastResult, awaited: object, action: object) -> WorkItem:
    return WorkItem(
        reference=str(line.cycle_be),
        who=line.centre_name,
        awaited=awaited,
        due=None,
        url=line.get_absolute_url(),
        action=action,
        kind=KIND,
        is_example=line.is_example,
    )


def _to_compare(pair: LikelyPair) -> WorkItem:
    return WorkItem(
        reference=pair.one.code,
        who=f"{pair.one} / {pair.other}",
        awaited=_("Say whether two records are one centre"),
        due=None,
        url=reverse("compare_centres", args=[pair.one.code, pair.other.code]),
        action=_("Compare"),
        kind=KIND,
    )
