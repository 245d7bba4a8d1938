"""Centres that may stand in the directory twice are looked for, and told apart by a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.directory.models import Centre, LikelyPair, Province, Verdict
from saduak.directory.operations.centres import may_edit_the_directory
from saduak.directory.operations.writing import write_down
from saduak.directory.rules import ALIKE, Described, core_of, likeness

MOST_TOGETHER = 300
"""Of an agency with more centres in one province only those are compared whose names begin alike."""


def look_for_duplicates() -> int:
    """Compare the centres of every province, and keep the pairs that look like one; returns how many wait.

    Pairs that a person has told apart, or merged, keep their verdict. Pairs that no longer look alike are dropped.
    """
    for province in Province.objects.all():
        _look_through(province)
    return LikelyPair.objects.filter(verdict=Verdict.OPEN).count()


@transaction.atomic
def keep_apart(one: Centre, other: Centre, *, by: Any, reason: str) -> LikelyPair:
    """Say that two centres are two. Raises PermissionDenied, and ValidationError without a reason."""
    may_edit_the_directory(by)
    if not reason.strip():
        raise ValidationError(_("Give the reason."))
    first, second = sorted((one, other), key=lambda centre: centre.pk)
    found = likeness(described(first), described(second))
    pair, _made = LikelyPair.objects.update_or_create(
        one=first,
        other=second,
        defaults={
            "score": found.score,
            "reasons": found.reasons,
            "verdict": Verdict.APART,
            "decided_by": by,
            "decided_at": timezone.now(),
            "note": reason.strip(),
        },
    )
    for centre, twin in ((first, second), (second, first)):
        write_down(centre, "told_apart", by=by, note=reason.strip(), record=twin.code)
    return pair


def described(centre: Centre) -> Described:
    """A centre as the rule compares it; it comes with its agency."""
    return Described(
        centre.name_th,
        centre.agency_id,
        centre.agency.ministry_id,
        centre.district,
        centre.phone,
        centre.email,
        None if centre.latitude is None else float(centre.latitude),
        None if centre.longitude is None else float(centre.longitude),
    )


@transaction.atomic
def _look_through(province: Province) -> None:
    centres = list(Centre.objects.filter(province=province, merged_into=None).select_related("agency").order_by("pk"))
    facts = {centre.pk: described(centre) for centre in centres}
    alike = {}
    for one, other in _candidates(centres):
        found = likeness(facts[one.pk], facts[other.pk])
        if found.score >= ALIKE:
            alike[one.pk, other.pk] = found
    waiting = LikelyPair.objects.filter(one__province=province, verdict=Verdict.OPEN)
    waiting.exclude(pk__in=[pair.pk for pair in waiting if (pair.one_id, pair.other_id) in alike]).delete()
    LikelyPair.objects.bulk_create(
        [
            LikelyPair(one_id=one, other_id=other, score=found.score, reasons=found.reasons)
            for (one, other), found in alike.items()
        ],
        update_conflicts=True,
        unique_fields=["one", "other"],
        update_fields=["score", "reasons"],
    )


def _candidates(centres: Iterable[Centre]) -> Iterator[tuple[Centre, Centre]]:
    """Pairs worth comparing, the smaller key first: of one agency, or of one name."""
    groups: dict[object, list[Centre]] = defaultdict(list)
    for centre in centres:
        core = core_of(centre.name_th)
        groups["name", core].append(centre)
        groups["agency", centre.agency_id].append(centre)
        groups["begin", centre.agency_id, core[:6]].append(centre)
    seen: set[tuple[int, int]] = set()
    for key, group in groups.items():
        if key[0] == "agency" and len(group) > MOST_TOGETHER:  # type: ignore[index]
            continue
        for one, other in combinations(group[: 4 * MOST_TOGETHER], 2):
            if (one.pk, other.pk) not in seen:
                seen.add((one.pk, other.pk))
                yield one, other
