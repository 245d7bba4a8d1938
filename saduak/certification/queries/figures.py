"""The register in numbers (สถิติทะเบียน)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from saduak.certification.models import Certificate, Round
from saduak.directory.models import Province
from saduak.thai.text import sort_key


@dataclass(frozen=True)
class Standing:
    """How many certificates are in force on a day, how many of them are examples, and in how many provinces."""

    valid: int
    examples: int
    provinces: int
    all_provinces: int
    latest: Round | None

    @property
    def year(self) -> str:
        """The Buddhist year of the latest round that gave certificates; empty when none did."""
        return str(self.latest.cycle_be) if self.latest else ""


def standing_on(day: date) -> Standing:
    """The register in a few numbers; three queries."""
    counted = Certificate.objects.valid_on(day).aggregate(
        valid=Count("pk"),
        examples=Count("pk", filter=Q(is_example=True)),
        provinces=Count("centre__province", distinct=True),
    )
    given = Round.objects.filter(Exists(Certificate.objects.filter(round=OuterRef("pk"))))
    return Standing(**counted, all_provinces=Province.objects.count(), latest=given.order_by("-cycle_be").first())


@dataclass(frozen=True)
class OfProvince:
    """The certificates in force in one province, by level."""

    province: Province
    of_level: Mapping[str, int]

    @property
    def total(self) -> int:
        """All levels together."""
        return sum(self.of_level.values())


@dataclass(frozen=True)
class Figures:
    """The register in many numbers: issued by round and level, and in force on a day by level and by province."""

    issued: Mapping[int, Mapping[str, int]]
    provinces: tuple[OfProvince, ...]
    of_level: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        together: dict[str, int] = defaultdict(int)
        for one in self.provinces:
            for level, number in one.of_level.items():
                together[level] += number
        object.__setattr__(self, "of_level", together)

    @property
    def valid(self) -> int:
        """How many are in force."""
        return sum(self.of_level.values())


def figures_on(day: date) -> Figures:
    """What was issued by each round, the earliest first, and what is in force on a day; three queries."""
    issued: dict[int, dict[str, int]] = defaultdict(dict)
    by_round = Certificate.objects.order_by("round__cycle_be").values_list("round__cycle_be", "level")
    for cycle, level, number in by_round.annotate(number=Count("pk")):
        issued[cycle][level] = number
    valid: dict[int, dict[str, int]] = defaultdict(dict)
    by_province = Certificate.objects.valid_on(day).order_by().values_list("centre__province", "level")
    for province, level, number in by_province.annotate(number=Count("pk")):
        valid[province][level] = number
    provinces = sorted(Province.objects.all(), key=lambda province: sort_key(province.name))
    return Figures(dict(issued), tuple(OfProvince(one, valid.get(one.pk, {})) for one in provinces))
