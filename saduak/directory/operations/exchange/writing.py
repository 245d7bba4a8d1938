"""A spreadsheet is taken in, checked, and written exactly as its dry run showed, or not at all."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from saduak.directory.models import Agency, Centre, Import, ImportStage, Membership, Office, Province, SheetKind
from saduak.directory.operations import agencies, memberships
from saduak.directory.operations.centres import next_code
from saduak.directory.operations.exchange.planning import make_plan
from saduak.directory.operations.exchange.plans import CHANGE, SAME, Deed, Plan
from saduak.directory.policies import is_administrator, is_secretariat
from saduak.directory.sheets import SheetRefused, read_sheet
from saduak.journal.models import Entry
from saduak.people.models import User

SHOWN_DEEDS = 100
TOLD_EVERY = 200
AT_A_TIME = 1000
WRITTEN_FIELDS = [
    one.name for one in Centre._meta.concrete_fields if not one.primary_key and one.name not in ("code", "is_open")
]
ONE_AT_A_TIME = 0x5AD0A9
"""The number of the advisory lock that lets one import write at a time."""


def why_refused(code: str, params: dict[str, object]) -> str:
    """Why a file is no sheet, and what to do."""
    words = {
        "empty": _("The file is empty."),
        "too_large": _("The file is too large: at most %(megabytes)s MB. Part it into several."),
        "old_excel": _("This is the old Excel format. Save it as .xlsx and choose it again."),
        "not_a_sheet": _("This is no spreadsheet that can be read. Save it as .xlsx or CSV and choose it again."),
        "encoding": _("The letters of this file cannot be read. Save it as .xlsx, or as CSV in UTF-8."),
        "too_many_rows": _("The sheet has %(rows)s rows, at most %(most)s can be brought in at once. Part it."),
        "no_rows": _("The first sheet has no rows below its headings."),
    }
    return words[code] % params


class Stopped(Exception):
    """A person wants the writing to stop; nothing is written."""


@transaction.atomic
def take_in(content: bytes, *, kind: SheetKind, file_name: str, by: Any) -> Import:
    """Keep an uploaded spreadsheet until it is checked. Raises PermissionDenied."""
    _may_exchange(by)
    return Import.objects.create(
        kind=kind,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        language=get_language() or "th",
        by=by,
    )


def check(sheet: Import) -> Import:
    """Make the plan of a waiting spreadsheet, and keep its problems, or what it would do. Writes nothing else."""
    with transaction.atomic():
        sheet = Import.objects.select_for_update().get(pk=sheet.pk)
        if sheet.state not in (ImportStage.WAITING, ImportStage.CHECKING):
            return sheet
        with override(sheet.language):
            plan, problems = _planned(sheet)
        sheet.problems = problems
        sheet.summary = plan.summary
        sheet.preview = [[d.row, d.action, d.words] for d in plan.deeds if d.action != SAME][:SHOWN_DEEDS]
        sheet.digest = plan.digest
        sheet.total = sum(deed.action != SAME for deed in plan.deeds)
        sheet.state = ImportStage.REFUSED if problems else ImportStage.CHECKED
        if problems:
            _give_up_content(sheet)
        sheet.save()
    return sheet


def leave_to_worker(task: str, sheet: Import) -> None:
    """Let the worker check or write a spreadsheet, once the transaction is through."""
    app.configure_task(f"directory.{task}_import").defer(pk=sheet.pk)


@transaction.atomic
def confirm(sheet: Import, *, by: Any, seen: str) -> Import:
    """Let a checked spreadsheet be written; `seen` is the digest that was shown.

    Raises PermissionDenied, and ValidationError when it is not ready or shows something else by now.
    """
    _may_exchange(by)
    sheet = Import.objects.select_for_update().get(pk=sheet.pk)
    if sheet.state != ImportStage.CHECKED or sheet.digest != seen:
        raise ValidationError(_("This spreadsheet is not waiting to be written."))
    sheet.state = ImportStage.QUEUED
    sheet.by = by
    sheet.save(update_fields=["state", "by"])
    return sheet


@transaction.atomic
def stop(sheet: Import, *, by: Any) -> Import:
    """Give a spreadsheet up; one that is being written stops with nothing written. Raises PermissionDenied."""
    _may_exchange(by)
    # Not locked: whoever writes holds the row until the end, and looks at this wish through another connection.
    Import.objects.filter(pk=sheet.pk, state=ImportStage.WRITING).update(stop_wanted=True)
    waiting = (ImportStage.WAITING, ImportStage.CHECKED, ImportStage.QUEUED)
    Import.objects.filter(pk=sheet.pk, state__in=waiting).update(
        state=ImportStage.CANCELLED, content=b"", finished_at=timezone.now()
    )
    sheet.refresh_from_db()
    return sheet


def write(sheet: Import, request: HttpRequest | None = None) -> Import:
    """Write a queued spreadsheet in one transaction: all of what was shown, or nothing.

    When the directory changed so that the plan differs from the one shown, nothing is written and the state tells.
    """
    if not Import.objects.filter(pk=sheet.pk, state=ImportStage.QUEUED).update(state=ImportStage.WRITING):
        sheet.refresh_from_db()
        return sheet
    sheet.refresh_from_db()
    try:
        with transaction.atomic(), override(sheet.language):
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            plan, problems = _planned(sheet)
            if problems or plan.digest != sheet.digest:
                return _finished(sheet, ImportStage.OVERTAKEN)
            _write_all(sheet, plan, request)
    except Stopped:
        return _finished(sheet, ImportStage.CANCELLED)
    except Exception:
        _finished(sheet, ImportStage.FAILED)
        raise
    return _finished(sheet, ImportStage.WRITTEN)


def _planned(sheet: Import) -> tuple[Plan, list[list[Any]]]:
    try:
        plan = make_plan(SheetKind(sheet.kind), read_sheet(bytes(sheet.content)))
    except SheetRefused as refused:
        return Plan(), [[0, "", "", why_refused(refused.code, refused.params)]]
    problems = sorted(plan.problems, key=lambda one: one.row)
    return plan, [[one.row, one.column, one.value, one.words] for one in problems]


def _write_all(sheet: Import, plan: Plan, request: HttpRequest | None) -> None:
    deeds = [deed for deed in plan.deeds if deed.action != SAME]
    tell = _teller(sheet)
    if sheet.kind == SheetKind.CENTRES:
        _write_centres(deeds, by=sheet.by, tell=tell, file=sheet.file_name)
        return
    one = _write_agency if sheet.kind == SheetKind.AGENCIES else _write_membership
    for number, deed in enumerate(deeds, start=1):
        one(deed, by=sheet.by, request=request)
        if number % TOLD_EVERY == 0:
            tell(number)


def _write_centres(deeds: list[Deed], *, by: User, tell: Callable[[int], None], file: str) -> None:
    """Many at once; the plan has looked at every field, and the database's constraints look again."""
    agencies_by_pk = Agency.objects.in_bulk()
    provinces = Province.objects.in_bulk()
    codes: dict[int, int] = {}
    for start in range(0, len(deeds), AT_A_TIME):
        some = deeds[start : start + AT_A_TIME]
        known = Centre.objects.select_for_update().in_bulk([deed.pk for deed in some if deed.pk])
        written = []
        for deed in some:
            centre = known[deed.pk] if deed.pk else Centre()
            changes = {name: [str(getattr(centre, name)), str(after)] for name, after in deed.facts.items() if deed.pk}
            for name, after in deed.facts.items():
                setattr(centre, name, after)
            centre.agency = agencies_by_pk[centre.agency_id]
            centre.province = provinces[centre.province_id]
            centre.code = centre.code or _code_for(centre.province, codes)
            centre.version += 1
            centre.make_findable()
            written.append((centre, changes, deed.row))
        Centre.objects.bulk_create([centre for centre, _changes, _row in written if centre.pk is None])
        Centre.objects.bulk_update([centre for centre, changes, _row in written if changes], WRITTEN_FIELDS)
        Entry.objects.bulk_create(_entry(centre, changes, row, by=by, file=file) for centre, changes, row in written)
        tell(start + len(some))


def _entry(centre: Centre, changes: dict[str, list[str]], row: int, *, by: User, file: str) -> Entry:
    facts: dict[str, Any] = {"version": centre.version, "file": file, "row": row}
    return Entry(
        at=timezone.now(),
        case_kind=Centre.case_kind,
        case_reference=centre.code,
        centre_id=centre.pk,
        step="corrected" if changes else "imported",
        by=by,
        by_name=str(by),
        facts=facts | ({"changes": changes} if changes else {}),
    )


def _code_for(province: Province, codes: dict[int, int]) -> str:
    if province.pk not in codes:
        codes[province.pk] = int(next_code(province)[3:]) - 1
    codes[province.pk] += 1
    return f"{province.code}-{codes[province.pk]:05d}"


def _write_agency(deed: Deed, *, by: User, request: HttpRequest | None) -> None:
    facts = dict(deed.facts)
    if "parent_code" in facts:
        above = facts.pop("parent_code")
        facts["parent"] = Agency.objects.get(code=above) if above else None
    if deed.action == CHANGE:
        agencies.correct_agency(Agency.objects.get(pk=deed.pk or 0), by=by, **facts)
    else:
        agencies.add_agency(by=by, **facts)


def _write_membership(deed: Deed, *, by: User, request: HttpRequest | None) -> None:
    if deed.action == CHANGE:
        membership = Membership.objects.get(pk=deed.pk or 0)
        memberships.end(membership, last_day=deed.facts["until_day"], by=by, request=request)
        return
    facts = dict(deed.facts)
    kind, pk = facts.pop("place_kind"), facts.pop("place_pk")
    place = memberships.PLACES[kind].objects.get(pk=pk)
    person = User.objects.get(pk=facts.pop("person_id"))
    memberships.appoint(person, office=Office(facts.pop("office")), place=place, by=by, request=request, **facts)


def _teller(sheet: Import) -> Callable[[int], None]:
    """Tells how far the writing is, through a connection of its own: what is being written is seen by nobody yet."""

    def tell(done: int) -> None:
        aside = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            with aside.cursor() as cursor:
                cursor.execute(
                    "UPDATE directory_import SET done = %s WHERE id = %s RETURNING stop_wanted", [done, sheet.pk]
                )
                row = cursor.fetchone()
        finally:
            aside.close()
        if row is not None and row[0]:
            raise Stopped

    return tell


def _finished(sheet: Import, state: ImportStage) -> Import:
    sheet.refresh_from_db(fields=["done", "total", "stop_wanted"])
    sheet.state = state
    sheet.finished_at = timezone.now()
    if state == ImportStage.WRITTEN:
        sheet.done = sheet.total or 0
    _give_up_content(sheet)
    sheet.save()
    return sheet


def _give_up_content(sheet: Import) -> None:
    sheet.content = b""


def _may_exchange(by: Any) -> None:
    if not (is_secretariat(by) or is_administrator(by)):
        raise PermissionDenied
