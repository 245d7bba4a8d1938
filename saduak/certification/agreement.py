"""How far assessors agree, and who leans to one side, as arithmetic (ความสอดคล้องของผู้ตรวจประเมิน).

Values are shares of the points that can be had, from 0 to 1, so that lines of different weight can be put together.
Nothing here says that anybody is right: it says how far apart people are, and how sure one can be of that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import sqrt
from statistics import fmean, stdev
from typing import TypeVar

RELIABLE, TENTATIVE = 0.8, 0.667
"""From here on firm conclusions may be drawn, and tentative ones: K. Krippendorff, Content Analysis (2004), p. 241."""

MIN_VISITS = 5
"""Visits below which nothing is said of a person, a pair or a line: this platform's default."""

NOTABLE_LEANING = 0.03
"""A mean difference of so large a share of the points is worth telling, if chance does not explain it: this platform's
default, three points of a hundred."""

OFTEN_TOGETHER = 0.8
"""A pair that makes at least this share of the visits of each of the two together is told: this platform's default."""

T_QUANTILES = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.2)."""

Person = TypeVar("Person")


@dataclass(frozen=True)
class Disagreement:
    """Observed and expected disagreement, not yet divided, so that several lines can be added up."""

    observed: float = 0.0
    expected: float = 0.0
    values: int = 0

    def __add__(self, other: "Disagreement") -> "Disagreement":
        return Disagreement(self.observed + other.observed, self.expected + other.expected, self.values + other.values)

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha: 1 is full agreement, 0 is chance; None where all values are the same or missing."""
        return 1 - self.observed / self.expected if self.expected else None


def disagreement(units: Iterable[Sequence[float]]) -> Disagreement:
    """Of one line over many visits, with the metric for interval data; missing values are left out of their unit.

    After K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Units with one value cannot be paired and
    do not count. The sum of several lines compares each value with chance within its own line only: that one line is
    mostly met and another mostly not would otherwise pass for agreement.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    counted = Counter(value for unit in pairable for value in unit)
    number = counted.total()
    if not number:
        return Disagreement()
    observed = sum(2 * _squares(Counter(unit)) / (len(unit) - 1) for unit in pairable)
    return Disagreement(observed, 2 * _squares(counted) / (number - 1), number)


def _squares(counted: Mapping[float, int]) -> float:
    """The squared differences of every pair of values, each pair once."""
    return sum(
        times * others * (value - other) ** 2 for (value, times), (other, others) in combinations(counted.items(), 2)
    )


@dataclass(frozen=True)
class Agreement:
    """How far the marks of one line or of several agree."""

    visits: int
    compared: int
    equal: int
    pairs: int
    apart: float
    disagreement: Disagreement

    def __add__(self, other: "Agreement") -> "Agreement":
        """Two lines together; `visits` is the larger of the two, as lines are marked on the same visits."""
        return Agreement(
            max(self.visits, other.visits),
            self.compared + other.compared,
            self.equal + other.equal,
            self.pairs + other.pairs,
            self.apart + other.apart,
            self.disagreement + other.disagreement,
        )

    @property
    def share_equal(self) -> float | None:
        """The share of compared marks on which all assessors of the visit say the same; None without any."""
        return self.equal / self.compared if self.compared else None

    @property
    def difference(self) -> float | None:
        """The mean absolute difference of two assessors' marks, as a share of the points; None without any."""
        return self.apart / self.pairs if self.pairs else None

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha; None where all values are the same or missing."""
        return self.disagreement.alpha

    @property
    def strength(self) -> "Strength":
        """What may be concluded from it."""
        if self.visits < MIN_VISITS:
            return Strength.TOO_LITTLE
        if self.alpha is None:
            return Strength.ALL_THE_SAME
        if self.alpha >= RELIABLE:
            return Strength.RELIABLE
        return Strength.TENTATIVE if self.alpha >= TENTATIVE else Strength.UNRELIABLE


class Strength(StrEnum):
    """What an agreement allows to conclude (ระดับความเชื่อถือได้)."""

    TOO_LITTLE = "too_little"
    ALL_THE_SAME = "all_the_same"
    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    UNRELIABLE = "unreliable"


NOTHING = Agreement(0, 0, 0, 0, 0.0, Disagreement())


def agreement(units: Iterable[Sequence[float | None]]) -> Agreement:
    """The agreement on one line: for each visit the values of its assessors; None is `does not apply`.

    That it does not apply counts as equal when all say so, and as a difference of sameness, not of points, otherwise.
    """
    compared = [unit for unit in units if len(unit) > 1]
    pointed = [[value for value in unit if value is not None] for unit in compared]
    pairs = [abs(one - other) for unit in pointed for one, other in combinations(unit, 2)]
    return Agreement(
        visits=len(compared),
        compared=len(compared),
        equal=sum(len(set(unit)) == 1 for unit in compared),
        pairs=len(pairs),
        apart=sum(pairs),
        disagreement=disagreement(pointed),
    )


# Leaning --------------------------------------------------------------------------------------------------------


class Side(StrEnum):
    """To which side an assessor leans (แนวโน้มการให้คะแนน)."""

    TOO_LITTLE = "too_little"
    IN_LINE = "in_line"
    HARSH = "harsh"
    LENIENT = "lenient"


@dataclass(frozen=True)
class Leaning:
    """The mean signed difference of an assessor to others, as a share of the points, with its 95 % interval."""

    visits: int
    marks: int
    mean: float | None
    low: float | None
    high: float | None

    @property
    def side(self) -> Side:
        """Harsh or lenient only when the difference is notable and the interval leaves zero out."""
        if self.visits < MIN_VISITS or self.mean is None or self.low is None or self.high is None:
            return Side.TOO_LITTLE
        if self.mean <= -NOTABLE_LEANING and self.high < 0:
            return Side.HARSH
        return Side.LENIENT if self.mean >= NOTABLE_LEANING and self.low > 0 else Side.IN_LINE


def leaning(visits: Iterable[Sequence[float]]) -> Leaning:
    """From the differences of each visit, own value less that of the others; a visit counts once.

    Marks of one visit depend on each other, so the interval is taken over the means of visits, not over marks.
    """
    told = [differences for differences in visits if differences]
    means = [fmean(differences) for differences in told]
    marks = sum(map(len, told))
    if len(means) < 2:
        return Leaning(len(means), marks, means[0] if means else None, None, None)
    mean = fmean(means)
    half = t_quantile(len(means) - 1) * stdev(means) / sqrt(len(means))
    return Leaning(len(means), marks, mean, mean - half, mean + half)


def t_quantile(degrees: int) -> float:
    """The two-sided 95 % quantile; beyond 30 degrees of freedom that of 30, which is on the careful side."""
    return T_QUANTILES[min(degrees, len(T_QUANTILES)) - 1]


# Rotation -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Together:
    """How often two people assess on the same visits, and the share of each one's visits that this is."""

    visits: int
    share_of_one: float
    share_of_other: float

    @property
    def is_often(self) -> bool:
        """Whether both hardly ever assess without each other."""
        return self.visits >= MIN_VISITS and min(self.share_of_one, self.share_of_other) >= OFTEN_TOGETHER


def together(visits: Iterable[Iterable[Person]]) -> dict[tuple[Person, Person], Together]:
    """Every pair that assesses together, by the two people; who comes first on a visit comes first in a pair."""
    made: Counter[Person] = Counter()
    pairs: Counter[frozenset[Person]] = Counter()
    named: dict[frozenset[Person], tuple[Person, Person]] = {}
    for visit in visits:
        people = list(dict.fromkeys(visit))
        made.update(people)
        for one, other in combinations(people, 2):
            pair = frozenset((one, other))
            named.setdefault(pair, (one, other))
            pairs[pair] += 1
    return {
        (one, other): Together(number, number / made[one], number / made[other])
        for pair, number in pairs.items()
        for one, other in [named[pair]]
    }


def again(seats: Iterable[tuple[int, Person, int]]) -> list[tuple[Person, int, int]]:
    """Who assesses a centre in two rounds running: (person, centre, the later round), from (round, person, centre)."""
    held = set(seats)
    return sorted(
        ((person, centre, cycle) for cycle, person, centre in held if (cycle - 1, person, centre) in held),
        key=lambda one: (-one[2], str(one[0]), one[1]),
    )
