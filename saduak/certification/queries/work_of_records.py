"""What waits for the secretariat among old papers and double records: a line for each kind, with how many."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.certification.models import PastResult
from saduak.certification.queries.past import DISPUTED, UNMATCHED, disputes
from saduak.design.work import WorkItem
from saduak.directory.models import LikelyPair, Office, Verdict
from saduak.directory.queries import memberships_of

KIND = gettext_lazy("Old papers and double records")


def work_of_records(user: Any, today: date) -> list[WorkItem]:
    """Contradictions to settle, lines to match, and records that may be one centre; six queries."""
    if not any(held.office == Office.SECRETARIAT_OFFICER for held in memberships_of(user)):
        return []
    past = reverse("list_past_results")
    contradicting, unmatched = disputes(), PastResult.objects.unmatched()
    pairs = LikelyPair.objects.filter(verdict=Verdict.OPEN).count()
    return [
        *_line(
            contradicting.count(),
            _("Results from records"),
            gettext_lazy("Say which of the contradicting sources holds"),
            f"{past}?state={DISPUTED}",
            is_example=not contradicting.filter(is_example=False).exists(),
        ),
        *_line(
            unmatched.count(),
            _("Results from records"),
            gettext_lazy("Say which centre an old paper means"),
            f"{past}?state={UNMATCHED}",
            is_example=not unmatched.filter(is_example=False).exists(),
        ),
        *_line(
            pairs,
            _("Duplicate records"),
            gettext_lazy("Say whether two records are one centre"),
            reverse("list_duplicates"),
        ),
    ]


def _line(number: int, reference: str, awaited: object, url: str, *, is_example: bool = False) -> list[WorkItem]:
    if not number:
        return []
    who = _("%(number)s to look at") % {"number": f"{number:,}"}
    action = gettext_lazy("Look at them")
    return [WorkItem(reference, who, awaited, None, url, action, KIND, is_example)]
