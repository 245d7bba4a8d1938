"""The dry run: what each row would do, and every problem with its row and column; nothing is written."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from saduak.directory.models import SheetKind
from saduak.directory.operations.exchange.cells import CellRefused
from saduak.directory.operations.exchange.columns import COLUMNS, SheetColumn
from saduak.directory.operations.exchange.planners import AgenciesPlanner, CentresPlanner, MembershipsPlanner, Planner
from saduak.directory.operations.exchange.plans import Plan, Problem
from saduak.directory.sheets import Row, Sheet
from saduak.thai.text import normalised


def make_plan(kind: SheetKind, sheet: Sheet) -> Plan:
    """What bringing the sheet in would do to the directory as it is now."""
    planners: dict[SheetKind, type[CentresPlanner | AgenciesPlanner | MembershipsPlanner]] = {
        SheetKind.CENTRES: CentresPlanner,
        SheetKind.AGENCIES: AgenciesPlanner,
        SheetKind.MEMBERSHIPS: MembershipsPlanner,
    }
    return plan_of(sheet, COLUMNS[kind], planners[kind])


def plan_of(sheet: Sheet, known: Sequence[SheetColumn], planner_of: Callable[[], Planner]) -> Plan:
    """The rows of a sheet with these columns, as a planner reads them; with wrong headings no row is read."""
    plan = Plan()
    columns = _columns(known, sheet, plan)
    for ref in sheet.merged:
        words = _("Cells are merged here. Part them, and fill in every row.")
        plan.problems.append(Problem(1, ref, "", words))
    if plan.problems:
        return plan
    planner = planner_of()
    for row in sheet.rows:
        _plan_row(planner, columns, row, plan)
    return plan


def _columns(known: Sequence[SheetColumn], sheet: Sheet, plan: Plan) -> list[SheetColumn | None]:
    found: list[SheetColumn | None] = []
    for heading in sheet.headings:
        column = next((one for one in known if heading and one.is_called(heading)), None)
        if heading and column is None:
            plan.problems.append(
                Problem(1, heading, "", _("No column has this name. Correct it, or remove the column."))
            )
        elif column is not None and column in found:
            plan.problems.append(Problem(1, heading, "", _("The column is there twice. Remove one.")))
        found.append(column)
    for column in known:
        if column.required and column not in found:
            plan.problems.append(Problem(1, str(column.label), "", _("The column is missing. Take the template.")))
    return found


def _plan_row(planner: Planner, columns: list[SheetColumn | None], row: Row, plan: Plan) -> None:
    labels = {column.name: str(column.label) for column in columns if column is not None}
    cells = dict.fromkeys(labels, "")
    problems: list[Problem] = []
    for column, cell in zip(columns, row.cells, strict=False):
        if column is not None:
            cells[column.name] = normalised(cell)
        elif cell:
            problems.append(Problem(row.number, "", cell, _("The cell stands in a column without a name. Empty it.")))
    for column in columns:
        if column is not None and column.required and not cells[column.name]:
            problems.append(Problem(row.number, str(column.label), "", _("Fill it in.")))
        if column is not None and cells[column.name].startswith("#") and cells[column.name].endswith(("!", "?", "A")):
            problems.append(
                Problem(row.number, str(column.label), cells[column.name], _("The formula failed. Write the value."))
            )
    facts: dict[str, Any] = {}
    refused = {problem.column for problem in problems}
    for name, cell in cells.items():
        if labels[name] in refused:
            continue
        try:
            facts.update(planner.read(name, cell))
        except CellRefused as error:
            problems.append(Problem(row.number, labels[name], cell, str(error)))
    if not problems:
        try:
            plan.deeds.append(planner.deed(row.number, facts))
        except CellRefused as error:
            problems.append(Problem(row.number, labels.get(planner.key, ""), cells.get(planner.key, ""), str(error)))
        except ValidationError as error:
            for name, words in error.message_dict.items():
                problems += [Problem(row.number, labels.get(name, ""), cells.get(name, ""), w) for w in words]
    plan.problems += problems
