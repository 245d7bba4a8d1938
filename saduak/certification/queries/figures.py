"""The register in numbers, of today or of any earlier day (สถิติทะเบียน)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from saduak.certification.models import Certificate, Round
from saduak.certification.models.certificates import CertificateQuerySet
from saduak.certification.queries.past import by_year, gathered
from saduak.directory.models import Agency, Province
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


def in_force_on(day: date) -> CertificateQuerySet:
    """The certificates in force on a day, by the spans of the journal where the day is past."""
    chosen = Certificate.objects.order_by()
    return chosen.valid_on(day) if day >= timezone.localdate() else chosen.was_in_force_on(day)


def standing_on(day: date) -> Standing:
    """The register in a few numbers; three queries."""
    counted = in_force_on(day).aggregate(
        valid=Count("pk"),
        examples=Count("pk", filter=Q(is_example=True)),
        provinces=Count("centre__province", distinct=True),
    )
    given = Round.objects.filter(Exists(Certificate.objects.filter(round=OuterRef("pk"), issued_on__lte=day)))
    return Standing(**counted, all_provinces=Province.objects.count(), latest=given.order_by("-cycle_be").first())


@dataclass(frozen=True)
class OfPlace:
    """The certificates in force of one province or agency, by level."""

    place: Province | Agency
    of_level: Mapping[str, int]

    @property
    def total(self) -> int:
        """All levels together."""
        return sum(self.of_level.values())


@dataclass(frozen=True)
class OfYear:
    """What one year gave: certificates of this register by level, and what older papers tell, by outcome."""

    cycle_be: int
    of_level: Mapping[str, int]
    from_records: Mapping[str, int]

    @property
    def total(self) -> int:
        """All certificates of the register."""
        return sum(self.of_level.values())

    @property
    def told(self) -> int:
        """All centres of which older papers tell something."""
        return sum(self.from_records.values())


@dataclass(frozen=True)
class Figures:
    """The register in many numbers: by year, and in force on a day by level, province and agency.

    Every province is there, by name; of the agencies those with a centre in force. `example_records` of the results
    that older papers tell are made up for a demonstration.
    """

    day: date
    years: tuple[OfYear, ...]
    provinces: tuple[OfPlace, ...]
    agencies: tuple[OfPlace, ...]
    example_records: int = 0
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

    @property
    def issued(self) -> Mapping[int, Mapping[str, int]]:
        """What each round of this register issued by then, by level; the earliest first."""
        return {one.cycle_be: one.of_level for one in self.years if one.of_level}


def figures_on(day: date) -> Figures:
    """What each year gave until a day, what older papers tell, and what was in force on the day; six queries."""
    issued: dict[int, dict[str, int]] = defaultdict(dict)
    by_round = Certificate.objects.filter(issued_on__lte=day).order_by().values_list("round__cycle_be", "level")
    for cycle, level, number in by_round.annotate(number=Count("pk")):
        issued[cycle][level] = number
    lines = gathered()
    told = by_year(lines)
    years = tuple(OfYear(cycle, issued.get(cycle, {}), told.get(cycle, {})) for cycle in sorted({*issued, *told}))
    of_province, of_agency = (_counted(day, f"centre__{place}") for place in ("province", "agency"))
    provinces = sorted(Province.objects.all(), key=lambda province: sort_key(province.name))
    agencies = sorted(Agency.objects.filter(pk__in=of_agency), key=lambda agency: sort_key(agency.name))
    return Figures(
        day,
        years,
        tuple(OfPlace(one, of_province.get(one.pk, {})) for one in provinces),
        tuple(OfPlace(one, of_agency[one.pk]) for one in agencies),
        sum(line.is_example for line in lines),
    )


def _counted(day: date, place: str) -> Mapping[int, Mapping[str, int]]:
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for key, level, number in in_force_on(day).values_list(place, "level").annotate(number=Count("pk")):
        counted[key][level] = number
    return counted
