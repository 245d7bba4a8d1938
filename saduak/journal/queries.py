"""What the journal tells about cases: where each was when, and how long stages last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from django.db import connection

from saduak.journal.models import Entry
from saduak.journal.steps import Recorded


@dataclass(frozen=True)
class Stay:
    """A case in one stage: the entry that brought it there, and the one that took it on (None: it is there still)."""

    stage: str
    arrived: Entry
    left: Entry | None = None

    @property
    def lasted(self) -> timedelta | None:
        """How long; None while it lasts."""
        return self.left.at - self.arrived.at if self.left else None


@dataclass(frozen=True)
class StageDuration:
    """How long cases of one kind stayed in one stage, counting the stays that are over."""

    stage: str
    stays: int
    median: timedelta
    nine_in_ten: timedelta
    longest: timedelta


def history_of(case: Recorded) -> Sequence[Entry]:
    """All entries about a case, oldest first, each with its person."""
    return list(
        Entry.objects.filter(case_kind=case.case_kind, case_reference=case.reference)
        .select_related("by")
        .order_by("pk")
    )


def stays_of(history: Iterable[Entry]) -> list[Stay]:
    """The stages through which a history leads, oldest first; a stage to which a case returns is there twice."""
    arrivals = [entry for entry in history if entry.to_stage and entry.to_stage != entry.from_stage]
    return [Stay(arrived.to_stage, arrived, left) for arrived, left in zip_longest(arrivals, arrivals[1:])]


def stage_durations(
    case_kind: str, *, since: datetime, until: datetime, centre_ids: Iterable[int] | None = None
) -> list[StageDuration]:
    """How long the stages lasted that ended from `since`, before `until`; of all centres, or of those given.

    Median and nine-in-ten are PostgreSQL's `percentile_cont`. Stages are in the order of their names.
    """
    of_centres = "" if centre_ids is None else "AND centre_id = ANY(%(centre_ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            _DURATIONS.format(of_centres=of_centres),
            {
                "case_kind": case_kind,
                "since": since,
                "until": until,
                "centre_ids": None if centre_ids is None else list(centre_ids),
            },
        )
        return [StageDuration(*row) for row in cursor.fetchall()]


_DURATIONS = """
WITH arrivals AS (
    SELECT to_stage AS stage, at AS arrived_at,
           lead(at) OVER (PARTITION BY case_reference ORDER BY sequence) AS left_at
    FROM journal_entry
    WHERE case_kind = %(case_kind)s AND to_stage <> '' AND to_stage <> from_stage {of_centres}
)
SELECT stage, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY left_at - arrived_at),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY left_at - arrived_at),
       max(left_at - arrived_at)
FROM arrivals WHERE left_at >= %(since)s AND left_at < %(until)s
GROUP BY stage ORDER BY stage
"""
