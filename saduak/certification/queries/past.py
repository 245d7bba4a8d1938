"""Results from old papers: which lines are about one centre and year, where they contradict, what they match."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Value, When

from saduak.certification.models import Holding, Outcome, PastResult
from saduak.certification.models.past import PastResultQuerySet
from saduak.directory.models import Centre
from saduak.directory.queries import search_centres
from saduak.directory.rules import Described, likeness
from saduak.thai.text import search_key

UNMATCHED, DISPUTED, SETTLED = "unmatched", "disputed", "settled"
"""States of lines that a list can be narrowed to; `disputed` is also what contradicting sources say together."""
CANDIDATES = 400
_NAME = Case(When(centre=None, then=F("subject")), default=Value(""), output_field=CharField())
"""What gathers the lines that are not matched; the others are gathered by their centre."""


def subject_of(centre_name: str, province_code: str) -> str:
    """What lines that are not matched are gathered by."""
    return f"{province_code}:{search_key(centre_name).replace(' ', '')}"


def agreed(outcomes: Collection[str]) -> str:
    """What several sources say together; DISPUTED when they contradict. A source without a level contradicts none."""
    levels = {outcome for outcome in outcomes if outcome != Outcome.CERTIFIED}
    if len(levels) > 1 or (Outcome.DECLINED in levels and Outcome.CERTIFIED in outcomes):
        return DISPUTED
    return next(iter(levels), str(Outcome.CERTIFIED))


@dataclass(frozen=True)
class Told:
    """All that is told of one centre in one year: the lines that stand, and those set aside."""

    cycle_be: int
    lines: tuple[PastResult, ...]

    @property
    def standing(self) -> list[PastResult]:
        """The lines that nobody has set aside."""
        return [line for line in self.lines if line.holding != "set_aside"]

    @property
    def outcome(self) -> str:
        """What they say together; DISPUTED while they contradict."""
        return agreed([line.outcome for line in self.standing])

    @property
    def is_disputed(self) -> bool:
        """Whether a person still has to say what holds."""
        return self.outcome == DISPUTED

    @property
    def is_settled(self) -> bool:
        """Whether a person has said so."""
        return any(line.holding != "open" for line in self.lines)

    @property
    def is_example(self) -> bool:
        """Whether a line is made up for a demonstration."""
        return any(line.is_example for line in self.lines)


def told_of(lines: Iterable[PastResult]) -> list[Told]:
    """Lines of one centre, gathered by year, the latest first."""
    gathered: dict[int, list[PastResult]] = defaultdict(list)
    for line in lines:
        gathered[line.cycle_be].append(line)
    return [Told(cycle, tuple(gathered[cycle])) for cycle in sorted(gathered, reverse=True)]


def told_of_centre(centre: Centre) -> list[Told]:
    """What old papers tell of a centre, by year, the latest first; one query."""
    return told_of(PastResult.objects.filter(centre=centre).order_by("pk"))


def lines_beside(line: PastResult) -> QuerySet[PastResult]:
    """Every line about the same centre and year, this one included."""
    lines = PastResult.objects.with_places().filter(cycle_be=line.cycle_be).order_by("pk")
    if line.centre_id is not None:
        return lines.filter(centre=line.centre_id)
    return lines.filter(centre=None, subject=line.subject)


def lines_named_alike(line: PastResult) -> QuerySet[PastResult]:
    """Every line, of whatever year, that has the same name in the same province and is not matched yet."""
    return PastResult.objects.unmatched().filter(subject=line.subject)


@dataclass(frozen=True)
class Gathered:
    """One centre and year: what is told together, and where. `line` is the key of one of the lines."""

    cycle_be: int
    province: int
    outcome: str
    line: int
    is_example: bool


def gathered(lines: QuerySet[PastResult] | None = None) -> list[Gathered]:
    """Every centre and year that old papers tell of, each once; one query."""
    chosen = PastResult.objects.all() if lines is None else lines
    rows = (
        chosen.standing()  # type: ignore[attr-defined]
        .order_by()
        .values("cycle_be", "centre", name=_NAME)
        .annotate(
            outcomes=ArrayAgg("outcome", distinct=True),
            places=ArrayAgg("province", distinct=True),
            line=Max("pk"),
            examples=Count("pk", filter=Q(is_example=True)),
        )
    )
    return [
        Gathered(row["cycle_be"], row["places"][0], agreed(row["outcomes"]), row["line"], bool(row["examples"]))
        for row in rows
    ]


def disputes() -> QuerySet[PastResult]:
    """One line of every centre and year whose sources contradict each other."""
    lines = [one.line for one in gathered() if one.outcome == DISPUTED]
    return PastResult.objects.with_places().filter(pk__in=lines)


def chosen(said: dict[str, Any]) -> PastResultQuerySet:
    """The lines that a filter asks for: `year`, `province`, `outcome` and `state`; what is missing narrows nothing."""
    lines = PastResult.objects.with_places()
    if said.get("year"):
        lines = lines.filter(cycle_be=said["year"])
    if said.get("province"):
        lines = lines.filter(province=said["province"])
    if said.get("outcome"):
        lines = lines.filter(outcome=said["outcome"])
    if said.get("state") == UNMATCHED:
        return lines.unmatched()
    if said.get("state") == DISPUTED:
        return lines.filter(pk__in=disputes().values("pk"))
    if said.get("state") == SETTLED:
        return lines.exclude(holding=Holding.OPEN)
    return lines


def by_year(lines: Iterable[Gathered]) -> Mapping[int, Mapping[str, int]]:
    """How many centres each outcome has in each year, the earliest year first."""
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in lines:
        counted[one.cycle_be][one.outcome] += 1
    return {cycle: dict(counted[cycle]) for cycle in sorted(counted)}


@dataclass(frozen=True)
class Suggestion:
    """A centre that a line may be about, with how alike they are out of 100 and why."""

    centre: Centre
    score: int
    reasons: tuple[tuple[str, int, str], ...]


def suggestions_for(line: PastResult, *, number: int = 8) -> list[Suggestion]:
    """The centres of the province that a line may be about, the likeliest first."""
    own = Centre.objects.filter(province=line.province, merged_into=None)
    found = {one.pk: one for one in search_centres(line.centre_name, among=own, number=20).centres}
    if line.agency_id is not None:
        found |= {one.pk: one for one in own.filter(agency=line.agency).with_names().order_by("pk")[:CANDIDATES]}
    told = Described(line.centre_name, line.agency_id or 0, line.agency.ministry_id if line.agency else None)
    weighed = []
    for centre in found.values():
        alike = likeness(told, Described(centre.name_th, centre.agency_id, centre.agency.ministry_id))
        weighed.append(Suggestion(centre, alike.score, alike.reasons))
    return sorted(weighed, key=lambda one: (-one.score, one.centre.pk))[:number]
