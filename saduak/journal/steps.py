"""The one helper that takes a step: lock, ask, change, write down."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from django.db import models, transaction
from django.utils import timezone

from saduak.journal.models import Case, Entry
from saduak.postgres.standing import Standing
from saduak.postgres.writing import at_once, change, insertion
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
    found: CaseT | None = _locking(type(case)).first(pk=case.pk)
    if found is None:
        raise type(case).DoesNotExist(case.pk)
    return found


@cache
def _locking(kind: type[CaseT]) -> Standing[CaseT]:
    return Standing(lambda pk: kind._default_manager.select_for_update(of=("self",)).filter(pk=pk).order_by(), pk=-2)


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
    _inside_a_transaction()
    return take_step_with_locked(
        procedure, name, lock(case), by=by, roles=roles, at=at, seen=seen, note=note, facts=facts, **changes
    )


def take_step_with_locked(
    procedure: Procedure[Any],
    name: str,
    locked: CaseT,
    *,
    by: Any | None,
    roles: Collection[str] | Callable[[CaseT], Collection[str]],
    at: datetime | None = None,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> CaseT:
    """`take_step` with a case that the caller has read with `lock` in this transaction, to decide what to change."""
    held = roles(locked) if callable(roles) else roles
    entry = prepare_step(
        procedure, name, locked, by=by, roles=held, at=at, seen=seen, note=note, facts=facts, **changes
    )
    write(locked, ["stage", "stage_since", "version", *changes], entry)
    return locked


def write(locked: Case, fields: Collection[str], entry: Entry) -> None:
    """Save some fields of a locked case, and its entry, in one statement."""
    if any(hasattr(getattr(locked, name), "resolve_expression") for name in fields):
        locked.save(update_fields=fields)  # Only Django can put an expression into SQL.
        entry.save(force_insert=True)
        return
    text, values = change(locked, list(fields), condition=("true", []))
    parts = {"moved": (f"{text} RETURNING 1", values), "told": insertion(entry, source="moved")}
    at_once(parts, "SELECT count(*) FROM moved")


def prepare_step(
    procedure: Procedure[Any],
    name: str,
    case: CaseT,
    *,
    by: Any | None,
    roles: Collection[str],
    at: datetime | None = None,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Entry:
    """The entry of a step, with the case changed in memory and nothing written yet.

    For who writes case, entry and more in one statement, and sees to it that nobody else has changed the case.
    """
    if seen is not None and seen != case.version:
        raise StepOvertaken(case, tuple(case.history.filter(facts__version__gt=seen)))
    return _move(procedure, Taking(case, name, note, facts or {}, changes), roles, by=by, at=at or timezone.now())


@dataclass(frozen=True)
class Taking(Generic[CaseT]):
    """One case's part in steps that many take together; as the parameters of `take_step`."""

    case: CaseT
    step: str
    note: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)


def take_steps(
    procedure: Procedure[Any],
    takings: Sequence[Taking[CaseT]],
    cases: models.QuerySet[CaseT],
    *,
    by: Any | None,
    roles: Callable[[CaseT], Collection[str]],
    at: datetime,
) -> list[CaseT]:
    """Take a step with each of many cases of one kind, all of them or none, in the order given; each case once.

    They are read from `cases`, which may bring along what the conditions ask, and locked in the order of their keys.
    What changes alike is changed in one question to the database, and all entries are written in one: a thousand cases
    cost little more than ten. Raises StepRefused for the first that may not. Must be called inside
    `transaction.atomic`.
    """
    _inside_a_transaction()
    keys = [taking.case.pk for taking in takings]
    locked = {case.pk: case for case in cases.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))}
    entries = []
    alike: dict[tuple[Any, ...], list[CaseT]] = {}
    for taking in takings:
        case = locked[taking.case.pk]
        entries.append(_move(procedure, replace(taking, case=case), roles(case), by=by, at=at))
        alike.setdefault((case.stage, case.stage_since, *sorted(taking.changes.items())), []).append(case)
    for (stage, since, *changes), those in alike.items():
        facts = {"stage": stage, "stage_since": since, **dict(changes)}
        type(those[0])._default_manager.filter(pk__in=[case.pk for case in those]).update(
            version=models.F("version") + 1, **facts
        )
    Entry.objects.bulk_create(entries)
    return [locked[key] for key in keys]


def _inside_a_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A step is taken inside transaction.atomic.")


def _move(
    procedure: Procedure[Any], taking: Taking[Any], held: Collection[str], *, by: Any | None, at: datetime
) -> Entry:
    """Ask the procedure and change the locked case; its entry, as it is to be written. Raises StepRefused."""
    case = taking.case
    decision = procedure.consider(taking.step, case, roles=held, at=at)
    if not decision.allowed:
        raise StepRefused(decision)
    step = decision.step
    came_from = case.stage
    if step.to is not None:
        case.stage = step.to
        case.stage_since = at
    case.version += 1
    for name, value in taking.changes.items():
        setattr(case, name, value)
    return entry_about(
        case,
        step=step.name,
        clause=step.clause,
        from_stage=came_from,
        to_stage=case.stage,
        by=by,
        role=min(step.roles.intersection(held)),
        at=at,
        note=taking.note,
        facts={**taking.facts, "version": case.version},
    )


def record(case: Recorded, *, step: str, by: Any | None, at: datetime, **said: Any) -> Entry:
    """Write one entry about a case, as `entry_about` makes it; steps write their own."""
    entry = entry_about(case, step=step, by=by, at=at, **said)
    entry.save(force_insert=True)
    return entry


def entry_about(
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
    """One entry about a case, not yet written: for `record`, and for whoever writes many in one question."""
    return Entry(
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
