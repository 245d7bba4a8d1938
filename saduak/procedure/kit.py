"""A procedure is a table: one clause a line, read from top to bottom.

One table serves five uses: the check before a step, the enabled buttons, the reason under a disabled
button, the error message, and the generated diagram.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

CLOCK = "clock"
"""The role of time itself: a step taken by the clock is taken by no person."""

StageT = TypeVar("StageT", bound=StrEnum)


class Refusal(StrEnum):
    """Why a step is not open, apart from the procedure's own conditions."""

    WRONG_STAGE = "wrong_stage"
    WRONG_ROLE = "wrong_role"


@dataclass(frozen=True)
class Reason:
    """One reason why a step is refused: a code that presenters and tests rely on, and its sentence if it has one."""

    code: str
    sentence: object = ""

    def __str__(self) -> str:
        return str(self.sentence or self.code)


@dataclass(frozen=True)
class Condition:
    """A sentence that can be true of a case at a moment, with the sentence to show when it is not."""

    name: str
    holds: Callable[[Any, datetime], bool]
    otherwise: object

    def __call__(self, case: Any, at: datetime) -> bool:
        return self.holds(case, at)


def condition(*, otherwise: object) -> Callable[[Callable[[Any, datetime], bool]], Condition]:
    """Make a condition of a function `(case, at) -> bool`; `otherwise` is shown when it does not hold."""

    def named(function: Callable[[Any, datetime], bool]) -> Condition:
        return Condition(function.__name__, function, otherwise)

    return named


@dataclass(frozen=True)
class Step(Generic[StageT]):
    """One clause: who may take it, from which stages, to which stage, provided what.

    `to=None` leaves the case in its stage. `label` is what the button says.
    """

    name: str
    clause: str
    taken_by: str | Collection[str]
    moves: frozenset[StageT]
    to: StageT | None
    provided: tuple[Condition, ...] = ()
    label: object = ""

    @property
    def roles(self) -> frozenset[str]:
        """The roles that may take the step."""
        return frozenset([self.taken_by]) if isinstance(self.taken_by, str) else frozenset(self.taken_by)


@dataclass(frozen=True)
class Decision(Generic[StageT]):
    """Whether a step is open for these roles now; when it is not, every reason."""

    step: Step[StageT]
    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """True when nothing speaks against the step."""
        return not self.reasons


@dataclass(frozen=True)
class Procedure(Generic[StageT]):
    """The table of steps in the order of the regulation.

    `name` is the address of its generated page; `wordings` gives a sentence for `Refusal` codes.
    Raises ValueError when two steps share a name or a step moves from nowhere.
    """

    name: str
    title: object
    starts_at: StageT
    steps: tuple[Step[StageT], ...]
    wordings: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [step.name for step in self.steps]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"Steps share a name: {', '.join(sorted(doubled))}.")
        if homeless := [step.name for step in self.steps if not step.moves]:
            raise ValueError(f"Steps move from no stage: {', '.join(homeless)}.")

    def step(self, name: str) -> Step[StageT]:
        """The step of that name. Raises KeyError when the procedure has none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def consider(self, name: str, case: Any, *, roles: Collection[str], at: datetime) -> Decision[StageT]:
        """Decide whether `roles` may take the step `name` with `case` at the moment `at`.

        A stage or role that does not fit ends the consideration: a stranger does not learn which conditions hold.
        """
        step = self.step(name)
        if step.roles.isdisjoint(roles):
            return Decision(step, (self._refusal(Refusal.WRONG_ROLE),))
        if case.stage not in step.moves:
            return Decision(step, (self._refusal(Refusal.WRONG_STAGE),))
        return Decision(step, tuple(Reason(c.name, c.otherwise) for c in step.provided if not c(case, at)))

    def decisions(self, case: Any, *, roles: Collection[str], at: datetime) -> Iterator[Decision[StageT]]:
        """The steps that belong to this stage and these roles, each with its decision, in the order of the table."""
        for step in self.steps:
            if case.stage in step.moves and not step.roles.isdisjoint(roles):
                yield self.consider(step.name, case, roles=roles, at=at)

    def _refusal(self, code: Refusal) -> Reason:
        return Reason(code.value, self.wordings.get(code.value, ""))
