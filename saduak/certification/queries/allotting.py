"""What a proposal of assignments is made from: a round's waiting units and its sub-committees on a day."""

from datetime import date

from saduak.certification.allotting import Panel, Task, Unit
from saduak.certification.models import AllotmentProposal, Assignment, Round
from saduak.certification.queries.board import Board, Column, Fit, board
from saduak.directory.models import Office, Province

CALLED_OUT = frozenset({Office.CHAIR, Office.QUALIFIED_MEMBER, Office.MEMBER, Office.MEMBER_AND_SECRETARY})
"""Offices whose holders go on visits; assistants write (unchecked against the text of the orders)."""


def task_of(round_: Round, *, on: date) -> tuple[Task, dict[str, int]]:
    """The task, and the versions of the applications in it; the number of queries does not depend on their number.

    A sub-committee with any member whom a hard conflict bars is never proposed for that unit.
    """
    found = board(round_, on=on)
    last = _last_time(found)
    units = tuple(
        Unit(
            key=unit.reference,
            place=unit.centre.province.code,
            ties={_key(fit.column): ties for fit in found.fits[unit.pk] if (ties := _soft(fit))},
            barred=frozenset(_key(fit.column) for fit in found.fits[unit.pk] if bars(fit)),
            last=last.get(unit.centre_id, ""),
        )
        for unit in found.waiting
    )
    points = {
        one.code: (float(one.latitude), float(one.longitude))
        for one in Province.objects.exclude(latitude=None).exclude(longitude=None)
        if one.latitude is not None and one.longitude is not None
    }
    codes = dict(Province.objects.values_list("pk", "code"))
    task = Task(tuple(_panel(column, codes) for column in found.columns), units, points)
    return task, {unit.reference: unit.version for unit in found.waiting}


def latest_proposal(round_: Round) -> AllotmentProposal | None:
    """The proposal that was made last in a round, without what it was made from."""
    return round_.allotment_proposals.defer("task", "given", "versions").first()


def _panel(column: Column, codes: dict[int, str]) -> Panel:
    return Panel(
        key=_key(column),
        capacity=sum(seat.office in CALLED_OUT for seat in column.seats),
        held=tuple(one.application.centre.province.code for one in column.assignments),
        charge=frozenset(codes[province] for province in column.charge),
    )


def _key(column: Column) -> str:
    return column.panel.body.reference


def _soft(fit: Fit) -> int:
    """How many members have a tie that is weighed."""
    return sum(not tie.is_barred for tie in fit.ties)


def bars(fit: Fit) -> bool:
    """Whether the unit is never proposed to the sub-committee."""
    return fit.is_short or any(tie.is_barred for tie in fit.ties)


def _last_time(found: Board) -> dict[int, str]:
    """Which sub-committee assessed each centre in the round before, by the centre's key."""
    before = Assignment.objects.filter(
        panel__round__cycle_be=found.round.cycle_be - 1,
        application__centre__in={unit.centre_id for unit in found.waiting},
    ).select_related("panel__body", "application")
    return {one.application.centre_id: one.panel.body.reference for one in before}
