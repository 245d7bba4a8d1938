"""The tree of ministries and agencies is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from saduak.directory.models import Agency, Ministry
from saduak.directory.operations.finding import make_centres_findable_by
from saduak.directory.operations.writing import changed, locked, save_valid, write_down
from saduak.directory.policies import is_administrator, is_secretariat


@transaction.atomic
def add_ministry(*, by: Any | None, **facts: Any) -> Ministry:
    """Enter a ministry. Raises PermissionDenied and ValidationError."""
    _may_edit(by)
    ministry = save_valid(Ministry(**facts))
    write_down(ministry, "opened", by=by, name=ministry.name_th)
    return ministry


@transaction.atomic
def add_agency(*, by: Any | None, **facts: Any) -> Agency:
    """Enter an agency. Raises PermissionDenied and ValidationError."""
    _may_edit(by)
    agency = Agency(**facts)
    _belongs_with_its_parent(agency)
    save_valid(agency)
    write_down(agency, "opened", by=by, name=agency.name_th)
    return agency


@transaction.atomic
def correct_ministry(ministry: Ministry, *, by: Any | None, **facts: Any) -> Ministry:
    """Change a ministry's code, letter code or names. Raises PermissionDenied and ValidationError."""
    _may_edit(by)
    ministry = locked(ministry)
    if differences := changed(ministry, facts):
        save_valid(ministry)
        write_down(ministry, "corrected", by=by, changes=differences)
    return ministry


@transaction.atomic
def correct_agency(agency: Agency, *, by: Any | None, **facts: Any) -> Agency:
    """Change an agency's names, kind or place in the tree. Raises PermissionDenied and ValidationError."""
    _may_edit(by)
    agency = locked(agency)
    if differences := changed(agency, facts):
        _belongs_with_its_parent(agency)
        save_valid(agency)
        if not differences.keys().isdisjoint({"name_th", "name_en"}):
            make_centres_findable_by(agency)
        write_down(agency, "corrected", by=by, changes=differences)
    return agency


def _belongs_with_its_parent(agency: Agency) -> None:
    above = agency.parent
    if above is not None and above.ministry_id != agency.ministry_id:
        raise ValidationError({"parent": _("The agency above it is under another ministry.")})
    while above is not None:
        if above.pk is not None and above.pk == agency.pk:
            raise ValidationError({"parent": _("An agency is not a part of itself.")})
        above = above.parent


def _may_edit(by: Any | None) -> None:
    if by is not None and not (is_secretariat(by) or is_administrator(by)):
        raise PermissionDenied
