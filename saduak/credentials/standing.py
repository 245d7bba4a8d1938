"""Who tells which cases were suspended or have ended; the packages that issue credentials say it (ผู้แจ้งสถานะ)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from saduak.credentials.status_lists import StatusPurpose

Reader = Callable[[], Mapping[StatusPurpose, QuerySet[Any, Any]]]
"""For each purpose a query that gives, as its one column, the references of the cases whose bit is set now.

REVOCATION: those that have ended for good before their term. SUSPENSION: those that are not in force now, for a time or
for good.
"""

_READERS: dict[str, Reader] = {}


def told_by(case_kind: str, reader: Reader) -> None:
    """Let the reader tell about cases of that kind."""
    _READERS[case_kind] = reader


def readers() -> dict[str, Reader]:
    """Every reader by the kind of case it knows."""
    return dict(_READERS)
