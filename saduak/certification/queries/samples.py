"""The frame from which a sample of certified centres is drawn (กรอบตัวอย่าง)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from saduak.certification.models import Certificate
from saduak.certification.procedure.draws import Strata

STRATUM: dict[str, str] = {
    Strata.PROVINCE: "centre__province__name_th",
    Strata.LEVEL: "level",
    Strata.MINISTRY: "centre__agency__ministry__name_th",
}
"""By what is divided → the field that names the stratum."""


def frame_of(
    strata: Strata, on: date, *, provinces: Iterable[Any] = (), examples: bool = False
) -> list[tuple[str, str]]:
    """Every certificate in force on the day with its stratum, in the order of the numbers; of the provinces, if given.

    Examples and real certificates never stand in one frame. A centre without a ministry stands in a stratum "-".
    """
    found = Certificate.objects.valid_on(on).filter(is_example=examples)
    if provinces := list(provinces):
        found = found.filter(centre__province__in=provinces)
    if strata == Strata.NONE:
        return [(number, "") for number in found.order_by("reference").values_list("reference", flat=True)]
    pairs = found.order_by("reference").values_list("reference", STRATUM[strata])
    return [(number, stratum or "-") for number, stratum in pairs]


def centres_of(numbers: Iterable[str]) -> dict[str, str]:
    """By the number of each certificate the name of its centre."""
    found = Certificate.objects.filter(reference__in=list(numbers)).select_related("centre")
    return {one.reference: one.centre.name for one in found}
