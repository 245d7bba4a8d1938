"""Centres are opened, corrected, closed and opened again."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from saduak.directory.models import Agency, Centre, Province
from saduak.directory.operations.writing import changed, locked, save_valid, write_down
from saduak.directory.policies import is_administrator, is_secretariat, may_edit_facts_of

FACTS_OF_ITS_HEAD = (
    "address",
    "district",
    "postcode",
    "opening_hours",
    "opening_note",
    "phone",
    "email",
    "website",
    "line_id",
    "latitude",
    "longitude",
)
"""What the head of a centre may correct without asking the secretariat."""


@transaction.atomic
def open_centre(
    *, agency: Agency, province: Province, name_th: str, by: Any | None, code: str = "", **facts: Any
) -> Centre:
    """Enter a centre; without a `code` it gets the next one of its province, such as 51-00012.

    Raises PermissionDenied, and ValidationError with what is wrong. `by=None` is the operator's own command.
    """
    may_edit_the_directory(by)
    centre = Centre(
        agency=agency, province=province, name_th=name_th, code=code or next_code(province), version=1, **facts
    )
    save_valid(centre)
    write_down(centre, "opened", by=by, name=centre.name_th, agency=agency.name_th)
    return centre


@transaction.atomic
def correct_centre(centre: Centre, *, by: Any | None, seen: int | None = None, note: str = "", **facts: Any) -> Centre:
    """Change facts of a centre; its head may change only FACTS_OF_ITS_HEAD.

    Raises PermissionDenied, ValidationError and StepOvertaken; nothing changes then. Without a difference nothing
    is written.
    """
    centre = locked(centre, seen=seen)
    differences = changed(centre, facts)
    if differences.keys() - set(FACTS_OF_ITS_HEAD):
        may_edit_the_directory(by)
    elif by is not None and not may_edit_facts_of(by, centre):
        raise PermissionDenied
    if differences:
        centre.version += 1
        save_valid(centre)
        write_down(centre, "corrected", by=by, note=note, changes=differences)
    return centre


@transaction.atomic
def close_centre(centre: Centre, *, by: Any | None, note: str) -> Centre:
    """Take a centre out of service for good; its past stays. Raises ValidationError when it is closed already."""
    return _turn(centre, is_open=False, step="closed", by=by, note=note)


@transaction.atomic
def reopen_centre(centre: Centre, *, by: Any | None, note: str) -> Centre:
    """Put a closed centre into service again. Raises ValidationError when it is in service already."""
    return _turn(centre, is_open=True, step="reopened", by=by, note=note)


def next_code(province: Province) -> str:
    """The next free code of a province; holds the province's row until the transaction ends."""
    Province.objects.select_for_update().get(pk=province.pk)
    used = Centre.objects.filter(code__regex=rf"^{province.code}-[0-9]{{5}}$").order_by("-code")
    last = used.values_list("code", flat=True).first()
    return f"{province.code}-{int(last[3:]) + 1 if last else 1:05d}"


def _turn(centre: Centre, *, is_open: bool, step: str, by: Any | None, note: str) -> Centre:
    may_edit_the_directory(by)
    if not note.strip():
        raise ValidationError(_("Give the reason."))
    centre = locked(centre)
    if centre.merged_into_id is not None:
        raise ValidationError(_("The centre was merged into another one."))
    if centre.is_open == is_open:
        raise ValidationError(_("The centre is in service.") if is_open else _("The centre is closed."))
    centre.is_open = is_open
    centre.version += 1
    save_valid(centre)
    write_down(centre, step, by=by, note=note)
    return centre


def may_edit_the_directory(by: Any | None) -> None:
    """Raise PermissionDenied for who may not; None is the operator's own command."""
    if by is not None and not (is_secretariat(by) or is_administrator(by)):
        raise PermissionDenied
