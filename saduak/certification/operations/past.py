"""Results of earlier years are brought in from a spreadsheet, matched to centres, and settled where they contradict.

Nothing is written before a dry run was seen. What the sources say is never changed: a person matches a line to a
centre, or says which of several lines holds; each with an entry in the journal, and each can be taken back.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from saduak.certification.models import Holding, Match, PastResult, PastSheet, PastStage
from saduak.certification.operations.past_columns import COLUMNS, PastPlanner
from saduak.certification.queries.past import agreed, lines_beside, lines_named_alike
from saduak.directory.models import Agency, Centre
from saduak.directory.operations.centres import open_centre
from saduak.directory.operations.exchange.planning import plan_of
from saduak.directory.operations.exchange.plans import SAME, Plan
from saduak.directory.operations.exchange.writing import why_refused
from saduak.directory.policies import is_secretariat
from saduak.directory.sheets import SheetRefused, read_sheet
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, record
from saduak.thai.dates import be_year

MOST_ROWS = 5_000
"""Rows of one sheet: so many are checked and written while the person waits."""
SHOWN_LINES = 200
ONE_AT_A_TIME = 0x5AD0B1
"""The number of the advisory lock that lets one sheet of past results be written at a time."""


@transaction.atomic
def take_in(content: bytes, *, file_name: str, by: Any, is_example: bool = False) -> PastSheet:
    """Read an uploaded spreadsheet and keep what it would do, or every problem. Raises PermissionDenied."""
    _may_keep_records(by)
    sheet = PastSheet(
        file_name=file_name[-200:], content=content, is_example=is_example, by=by, language=get_language() or "th"
    )
    plan, planner, problems = _planned(sheet)
    sheet.problems = problems
    if planner is not None and not problems:
        new = [deed for deed in plan.deeds if deed.action != SAME]
        sheet.preview = [[deed.row, deed.words, planner.match_of(deed)] for deed in new[:SHOWN_LINES]]
        sheet.total = len(new)
    sheet.digest = plan.digest
    sheet.state = PastStage.REFUSED if problems else PastStage.CHECKED
    if problems:
        sheet.content = b""
    sheet.save()
    return sheet


@transaction.atomic
def write(sheet: PastSheet, *, by: Any, seen: str) -> PastSheet:
    """Write exactly what the dry run with the digest `seen` showed, or nothing.

    Raises PermissionDenied, and ValidationError when the sheet does not wait. Where the same file would now do
    something else, nothing is written and the sheet is overtaken.
    """
    _may_keep_records(by)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    sheet = PastSheet.objects.select_for_update().get(pk=sheet.pk)
    if not sheet.waits or sheet.digest != seen:
        raise ValidationError(_("This spreadsheet was written or given up already."))
    plan, _planner, problems = _planned(sheet)
    if problems or plan.digest != sheet.digest:
        return _finished(sheet, PastStage.OVERTAKEN)
    made = PastResult.objects.bulk_create(
        PastResult(
            **deed.facts,
            match=Match.MATCHED if deed.facts["centre_id"] else Match.OPEN,
            sheet=sheet,
            row=deed.row,
            is_example=sheet.is_example,
        )
        for deed in plan.deeds
        if deed.action != SAME
    )
    now = timezone.now()
    Entry.objects.bulk_create(
        Entry(
            at=now,
            case_kind=PastResult.case_kind,
            case_reference=line.reference,
            centre_id=line.centre_id,
            step="imported",
            by=by,
            by_name=str(by),
            facts={"file": sheet.file_name, "row": line.row, "source": line.source, "outcome": line.outcome},
        )
        for line in made
    )
    return _finished(sheet, PastStage.WRITTEN)


@transaction.atomic
def give_up(sheet: PastSheet, *, by: Any) -> PastSheet:
    """Drop a spreadsheet that was not written. Raises PermissionDenied and ValidationError."""
    _may_keep_records(by)
    sheet = PastSheet.objects.select_for_update().get(pk=sheet.pk)
    if not sheet.waits:
        raise ValidationError(_("This spreadsheet was written or given up already."))
    return _finished(sheet, PastStage.GIVEN_UP)


@transaction.atomic
def match(line: PastResult, centre: Centre, *, by: Any, seen: int | None = None) -> list[PastResult]:
    """Say which centre a line is about, and every other line of the same name in the same province that is not matched.

    Raises PermissionDenied, StepOvertaken, and ValidationError.
    """
    if centre.merged_into_id is not None:
        raise ValidationError(_("The centre was merged into another one."))
    if centre.province_id != line.province_id:
        raise ValidationError(_("The centre is in another province than the source says."))
    lines = _named_alike(line, by=by, seen=seen)
    held = [one.cycle_be for one in lines if one.holding == Holding.HOLDS]
    if PastResult.objects.filter(centre=centre, cycle_be__in=held, holding=Holding.HOLDS).exists():
        raise ValidationError(_("Two past results of one year hold."))
    return [
        _changed(one, "matched", by=by, facts={"centre": centre.code}, centre=centre, match=Match.MATCHED)
        for one in lines
    ]


@transaction.atomic
def leave_alone(line: PastResult, *, by: Any, seen: int | None = None) -> list[PastResult]:
    """Say that no centre of the directory is meant. Raises PermissionDenied, StepOvertaken and ValidationError."""
    return [_changed(one, "left_alone", by=by, match=Match.ALONE) for one in _named_alike(line, by=by, seen=seen)]


@transaction.atomic
def open_historic_centre(line: PastResult, *, agency: Agency, by: Any, seen: int | None = None) -> Centre:
    """Enter the centre that a line is about as one that no longer serves, and match the line to it.

    Raises PermissionDenied, StepOvertaken and ValidationError.
    """
    _may_keep_records(by)
    centre = open_centre(
        agency=agency,
        province=line.province,
        name_th=line.centre_name,
        by=by,
        is_open=False,
        opening_note=_("From records"),
    )
    match(line, centre, by=by, seen=seen)
    return centre


@transaction.atomic
def unmatch(line: PastResult, *, by: Any, reason: str, seen: int | None = None) -> PastResult:
    """Take a match back; a verdict on it is taken back too. Raises PermissionDenied, StepOvertaken, ValidationError."""
    (line,) = _locked([line], by=by, seen=seen)
    if line.match == Match.OPEN:
        raise ValidationError(_("This line is not matched."))
    _reason_is_given(reason)
    was = line.centre.code if line.centre else ""
    return _changed(
        line,
        "unmatched",
        by=by,
        note=reason,
        facts={"centre": was},
        centre=None,
        match=Match.OPEN,
        holding=Holding.OPEN,
        reason="",
    )


@transaction.atomic
def settle(line: PastResult, *, by: Any, reason: str, seen: str | None = None) -> list[PastResult]:
    """Say that this line holds; those of the same centre and year that contradict it are set aside.

    `seen` is `versions_of` the lines that the person compared. Raises PermissionDenied, StepOvertaken, ValidationError.
    """
    _reason_is_given(reason)
    lines = _beside(line, by=by, seen=seen)
    ours = next(one for one in lines if one.pk == line.pk)
    against = [one for one in lines if one.pk != ours.pk and agreed([one.outcome, ours.outcome]) == "disputed"]
    changed = [
        _changed(
            one, "set_aside", by=by, note=reason, facts={"holds": ours.pk}, holding=Holding.SET_ASIDE, reason=reason
        )
        for one in lines
        if one in against or (one.pk != ours.pk and one.holding == Holding.HOLDS)
    ]
    return [*changed, _changed(ours, "held", by=by, note=reason, holding=Holding.HOLDS, reason=reason)]


@transaction.atomic
def reopen(line: PastResult, *, by: Any, reason: str, seen: str | None = None) -> list[PastResult]:
    """Let every line of this centre and year stand as its source tells it again. Raises as `settle` does."""
    _reason_is_given(reason)
    lines = _beside(line, by=by, seen=seen)
    return [
        _changed(one, "reopened", by=by, note=reason, holding=Holding.OPEN, reason="")
        for one in lines
        if one.holding != Holding.OPEN
    ]


def versions_of(lines: Sequence[PastResult]) -> str:
    """What tells whether any of the lines that somebody compares was changed."""
    return "-".join(f"{line.pk}.{line.version}" for line in sorted(lines, key=lambda line: line.pk))


def _planned(sheet: PastSheet) -> tuple[Plan, PastPlanner | None, list[list[Any]]]:
    with override(sheet.language):
        try:
            read = read_sheet(bytes(sheet.content))
            if len(read.rows) > MOST_ROWS:
                raise SheetRefused("too_many_rows", rows=len(read.rows), most=MOST_ROWS)
        except SheetRefused as refused:
            return Plan(), None, [[0, "", "", why_refused(refused.code, refused.params)]]
        planner = PastPlanner(latest_cycle=be_year(timezone.localdate()))
        plan = plan_of(read, COLUMNS, lambda: planner)
        problems = sorted(plan.problems, key=lambda one: one.row)
        return plan, planner, [[one.row, one.column, one.value, one.words] for one in problems]


def _finished(sheet: PastSheet, stage: PastStage) -> PastSheet:
    sheet.state = stage
    sheet.content = b""
    sheet.save(update_fields=["state", "content"])
    return sheet


def _named_alike(line: PastResult, *, by: Any, seen: int | None) -> list[PastResult]:
    (line,) = _locked([line], by=by, seen=seen)
    if line.match != Match.OPEN:
        raise ValidationError(_("This line was looked at already."))
    return list(lines_named_alike(line).select_for_update(of=("self",)).order_by("pk"))


def _beside(line: PastResult, *, by: Any, seen: str | None) -> list[PastResult]:
    lines = _locked(list(lines_beside(line)), by=by)
    if seen is not None and seen != versions_of(lines):
        raise StepOvertaken(line, tuple(line.history.order_by("-pk")[:3]))  # type: ignore[arg-type]
    return lines


def _locked(lines: Sequence[PastResult], *, by: Any, seen: int | None = None) -> list[PastResult]:
    _may_keep_records(by)
    keys = [line.pk for line in lines]
    found = list(PastResult.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    if seen is not None and found[0].version != seen:
        raise StepOvertaken(found[0], tuple(found[0].history.filter(facts__version__gt=seen)))  # type: ignore[arg-type]
    return found


def _changed(
    line: PastResult, step: str, *, by: Any, note: str = "", facts: dict[str, Any] | None = None, **changes: Any
) -> PastResult:
    line.version += 1
    for field, value in changes.items():
        setattr(line, field, value)
    line.save(update_fields=["version", *changes])
    facts = {**(facts or {}), "version": line.version}
    record(line, step=step, by=by, at=timezone.now(), note=note.strip(), facts=facts)
    return line


def _reason_is_given(reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Give the reason."))


def _may_keep_records(by: Any) -> None:
    if not is_secretariat(by):
        raise PermissionDenied
