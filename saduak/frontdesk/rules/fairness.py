"""Whether a day was fair: waits by class, who passed whom and why, calls against the order (ความเป็นธรรมของคิว).

Made from the first calls of a day's tickets as they stood then, so that anybody can make it again from the journal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from statistics import fmean

from saduak.frontdesk.rules.order import Caller, Priority, Waiting, place, standing
from saduak.frontdesk.rules.order import Standing as Stands
from saduak.frontdesk.rules.reasons import Answer, why_before


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket's first call: the ticket as it stood then, when its visitor had come, by which counter it was called,
    and the officer's reason for a call out of order, empty for *next*."""

    ticket: Waiting
    came: int
    at: int
    caller: Caller
    out_of_order: str = ""

    @property
    def waited(self) -> int:
        """Milliseconds; before a booked time nobody waits."""
        return max(0, self.at - max(self.came, self.ticket.arrived))


@dataclass(frozen=True, slots=True)
class Passing:
    """Another was called while I waited, by a counter that could have called me."""

    mine: Called
    other: Called

    @property
    def answer(self) -> Answer:
        """Why."""
        mine, other = self.mine, self.other
        return why_before(
            mine.ticket,
            other.ticket,
            other.at,
            caller=other.caller,
            came=mine.came,
            out_of_order=other.out_of_order,
        )


@dataclass(frozen=True, slots=True)
class OfClass:
    """How one class waited: visitors, mean, what 95 of 100 did not pass, and the longest, in milliseconds.

    `sooner` is the mean wait of the class with the lowest b over the own: under load it comes near the ratio of their b
    (Kleinrock 1964); None where nobody of this class waited.
    """

    priority: Priority
    visitors: int
    mean: float
    most_of_them: int
    longest: int
    sooner: float | None


@dataclass(frozen=True, slots=True)
class Fairness:
    """A day's report (รายงานความเป็นธรรม).

    `classes` by falling b. Of the visitors of the lowest b, 95 of 100 were not passed by more than `most_of_them` who
    came later; whoever was passed most, by `most`: these are `passings`. `against` are calls by *next* before somebody
    who stood ahead and could have been called: there should be none.
    """

    visitors: int
    classes: tuple[OfClass, ...]
    most_of_them: int
    most: int
    passings: tuple[Passing, ...]
    out_of_order: tuple[Called, ...]
    against: tuple[Passing, ...]

    def share(self, key: str) -> Fraction:
        """The share of visitors of one class."""
        return Fraction(sum(one.visitors for one in self.classes if one.priority.key == key), max(1, self.visitors))


def fairness(calls: Iterable[Called]) -> Fairness:
    """The report of these first calls, in whatever order they come."""
    in_time = sorted(calls, key=lambda one: (one.at, one.ticket.sequence, one.ticket.key))
    passings = [
        Passing(mine, other)
        for number, other in enumerate(in_time)
        for mine in in_time[number + 1 :]
        if mine.came <= other.at and mine.at > other.at and other.caller.can_call(mine.ticket)
    ]
    lowest = min((one.ticket.priority.b for one in in_time), default=0)
    passed: dict[str, list[Passing]] = {one.ticket.key: [] for one in in_time if one.ticket.priority.b == lowest}
    for one in passings:
        if one.mine.ticket.key in passed and one.other.came > one.mine.came:
            passed[one.mine.ticket.key].append(one)
    most = max(passed.values(), key=len, default=[])
    return Fairness(
        len(in_time),
        _of_classes(in_time),
        _most_of_them([len(some) for some in passed.values()]),
        len(most),
        tuple(most),
        tuple(one for one in in_time if one.out_of_order),
        tuple(one for one in passings if _is_against_the_order(one)),
    )


def _is_against_the_order(passing: Passing) -> bool:
    mine, other = passing.mine.ticket, passing.other
    return (
        not other.out_of_order
        and standing(mine, other.at) is Stands.READY
        and place(mine, other.at) < place(other.ticket, other.at)
    )


def _of_classes(calls: Sequence[Called]) -> tuple[OfClass, ...]:
    waits: dict[Priority, list[int]] = {}
    for one in calls:
        waits.setdefault(one.ticket.priority, []).append(one.waited)
    ordered = sorted(waits, key=lambda priority: (-priority.b, priority.key))
    slowest = fmean(waits[ordered[-1]]) if ordered else 0.0
    return tuple(
        OfClass(
            priority,
            len(some),
            fmean(some),
            _most_of_them(some),
            max(some),
            slowest / fmean(some) if any(some) else None,
        )
        for priority in ordered
        for some in [waits[priority]]
    )


def _most_of_them(values: Sequence[int]) -> int:
    """What 95 of 100 do not pass: the smallest value with that share at or below it; 0 of none."""
    return sorted(values)[ceil(len(values) * 0.95) - 1] if values else 0
