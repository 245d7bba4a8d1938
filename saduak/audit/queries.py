"""Questions to the records."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.timezone import get_current_timezone

from saduak.audit.models import Record, RecordQuerySet

USUAL_DAYS = 30
"""How far back the list reaches when nobody says otherwise."""


@dataclass(frozen=True)
class Search:
    """What somebody looks for among the records; what is empty is not asked."""

    first_day: date | None = None
    last_day: date | None = None
    person: str = ""
    act: str = ""
    kind: str = ""
    reference: str = ""

    def as_facts(self) -> dict[str, Any]:
        """What was asked, for the record of an export."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def found(search: Search) -> RecordQuerySet:
    """The records that fit, newest first. Days are Thai days; a person is a user name or a part of a name."""
    records = Record.objects.select_related("person")
    if search.first_day:
        records = records.filter(at__gte=_start_of(search.first_day))
    if search.last_day:
        records = records.filter(at__lt=_start_of(search.last_day + timedelta(days=1)))
    if search.person:
        records = records.filter(
            Q(person__username=search.person)
            | Q(concerns__username=search.person)
            | Q(person_name__icontains=search.person)
            | Q(concerns_name__icontains=search.person)
        )
    exact = {"act": search.act, "kind": search.kind, "reference": search.reference}
    return records.filter(**{name: value for name, value in exact.items() if value})


def kinds() -> list[str]:
    """The kinds of things that records speak of, without reading all of them."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [kind for (kind,) in cursor.fetchall()]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, get_current_timezone())


_KINDS = """
WITH RECURSIVE each AS (
    (SELECT kind FROM audit_record WHERE kind > '' ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT kind FROM audit_record WHERE kind > each.kind ORDER BY kind LIMIT 1) FROM each
    WHERE each.kind IS NOT NULL
)
SELECT kind FROM each WHERE kind IS NOT NULL
"""
