"""The one helper that takes a step: lock, ask, change, write down."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db import transaction
from django.utils import timezone

from saduak.journal.models import Case, Entry
from saduak.procedure.kit import Decision, Procedure

CaseT = TypeVar("CaseT", bound=Case)


class Recorded(Protocol):
    """What entries can be about: a case, or a thing of the directory."""

    case_kind: str

    @property
    def reference(self) -> str:
        """Its reference, of one kind used once."""

    @property
    def journal_centre_id(self) -> int | None:
        """The centre under which its entries are filed."""


class StepRefused(Exception):
    """The procedure does not allow the step; `decision` says why. Nothing was changed. Pages answer 422."""

    def __init__(self, decision: Decision[Any]) -> None:
        self.decision = decision
        super().__init__(" ".join(str(reason) for reason in decision.reasons))


class StepOvertaken(Exception):
    """Somebody changed the case after the person opened it; `since` tells what. Nothing changed. Pages answer 409."""

    def __init__(self, case: Case, since: Sequence[Entry]) -> None:
        self.case = case
        self.since = since
        super().__init__(f"{case.reference} changed in the meantime.")


def lock(case: CaseT) -> CaseT:
    """The case as the database has it now, locked until the transaction ends."""
    return type(case)._default_manager.select_for_update(of=("self",)).get(pk=case.pk)


def take_step(
    procedure: Procedure[Any],
    name: str,
    case: CaseT,
    *,
    by: Any | None,
    roles: Collection[str] | Callable[[CaseT], Collection[str]],
    at: datetime | None = None,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> CaseT:
    """Take one step with one case, and write the journal's entry in the same transaction.

    `roles` are the person's roles over the case, or a function that tells them of the locked case. `seen` is the
    version the person was looking at. `changes` are fields saved with the stage. Returns the case as it is now.
    Raises StepRefused and StepOvertaken; both change nothing. Must be called inside `transaction.atomic`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A step is taken inside transaction.atomic.")
    at = at or timezone.now()
    locked = lock(case)
    if seen is not None and seen != locked.version:
        raise StepOvertaken(locked, tuple(locked.history.filter(facts__version__gt=seen)))
    held = roles(locked) if callable(roles) else roles
    decision = procedure.consider(name, locked, roles=held, at=at)
    if not decision.allowed:
        raise StepRefused(decision)
    step = decision.step
    came_from = locked.stage
    if step.to is not None:
        locked.stage = step.to
        locked.stage_since = at
    locked.version += 1
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save(update_fields=["stage", "stage_since", "version", *changes])
    record(
        locked,
        step=step.name,
        clause=step.clause,
        from_stage=came_from,
        to_stage=locked.stage,
        by=by,
        role=min(step.roles.intersection(held)),
        at=at,
        note=note,
        facts={**(facts or {}), "version": locked.version},
    )
    return locked


def record(
    case: Recorded,
    *,
    step: str,
    by: Any | None,
    at: datetime,
    clause: str = "",
    from_stage: str = "",
    to_stage: str = "",
    role: str = "",
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry about a case; for steps use `take_step`, which calls this."""
    return Entry.objects.create(
        at=at,
        case_kind=case.case_kind,
        case_reference=case.reference,
        centre_id=case.journal_centre_id,
        step=step,
        clause=clause,
        from_stage=from_stage,
        to_stage=to_stage,
        by=by,
        by_name=str(by) if by is not None else "",
        role=role,
        note=note,
        facts=facts or {},
    )
