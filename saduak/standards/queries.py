"""Reads for the pages of the criteria."""

from pathlib import Path
from typing import Any

from django.shortcuts import get_object_or_404

from saduak.standards.models import CriteriaSet

BUNDLED = ("gecc-2568",)
"""Ids of the sources that come with the platform."""


def bundled_source(code: str) -> str:
    """A source that comes with the platform. Raises KeyError for an id that does not."""
    if code not in BUNDLED:
        raise KeyError(code)
    return (Path(__file__).parent / "data" / f"{code}.yaml").read_text(encoding="utf-8")


def bundled_but_not_loaded() -> list[str]:
    """The ids that come with the platform and are not kept yet."""
    kept = set(CriteriaSet.objects.filter(reference__in=BUNDLED).values_list("reference", flat=True))
    return [code for code in BUNDLED if code not in kept]


def criteria_set_for(user: Any, reference: str) -> CriteriaSet:
    """The set of criteria of that id, if the person may read it. Raises Http404."""
    return get_object_or_404(CriteriaSet.objects.visible_to(user), reference=reference)
