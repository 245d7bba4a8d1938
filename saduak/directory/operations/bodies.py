"""Committees and offices are established and corrected."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from saduak.directory.models import Body, Province
from saduak.directory.operations.writing import changed, locked, save_valid, write_down
from saduak.directory.policies import is_administrator, is_secretariat


@transaction.atomic
def establish(*, by: Any | None, jurisdiction: Iterable[Province] = (), **facts: Any) -> Body:
    """Enter a body with its order and term. Raises PermissionDenied and ValidationError."""
    _may_edit(by)
    body = save_valid(Body(version=1, **facts))
    body.jurisdiction.set(jurisdiction)
    write_down(body, "established", by=by, name=body.name_th, order_no=body.order_no)
    return body


@transaction.atomic
def correct_body(
    body: Body,
    *,
    by: Any | None,
    seen: int | None = None,
    jurisdiction: Iterable[Province] | None = None,
    **facts: Any,
) -> Body:
    """Change a body's names, order, term, quorum or provinces. Raises PermissionDenied, ValidationError, StepOvertaken.

    A term is ended by its last day; the memberships then count no longer by themselves.
    """
    _may_edit(by)
    body = locked(body, seen=seen)
    differences = changed(body, facts)
    if jurisdiction is not None:
        before, after = (sorted(province.code for province in some) for some in (body.jurisdiction.all(), jurisdiction))
        if before != after:
            differences["jurisdiction"] = [before, after]
    if differences:
        body.version += 1
        save_valid(body)
        if jurisdiction is not None:
            body.jurisdiction.set(jurisdiction)
        write_down(body, "corrected", by=by, changes=differences)
    return body


def _may_edit(by: Any | None) -> None:
    if by is not None and not (is_secretariat(by) or is_administrator(by)):
        raise PermissionDenied
