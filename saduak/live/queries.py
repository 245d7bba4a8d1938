"""What a listener has missed (รายการที่พลาดไป)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from saduak.journal.models import Entry, EntryQuerySet
from saduak.live.audiences import Topic

LONGEST_TRANSACTION = timedelta(hours=1)
"""Longer than any step takes. Transaction numbers of entries from a restored backup belong to another server, and
without this bound they could look as if they were still running."""


@dataclass(frozen=True)
class Event:
    """That something happened to a case, and nothing of what: the page is asked for that."""

    sequence: int
    case_kind: str
    case_reference: str
    centre_id: int | None
    step: str

    def concerns(self, topic: Topic) -> bool:
        """Whether the event belongs to the topic."""
        return (
            self.case_kind == topic.case_kind
            and topic.reference in (None, self.case_reference)
            and topic.centre_id in (None, self.centre_id)
        )


def position() -> int:
    """The newest entry that can be seen now; a page prints it, and its stream goes on from there. 0: no entry yet."""
    return Entry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def missed(topic: Topic, seen: int, *, limit: int) -> list[Event]:
    """The events about `topic` that somebody who last saw the entry `seen` can have missed, oldest first.

    Sequence numbers are given out before a transaction commits, so an entry with a smaller number may appear later.
    Whoever saw an entry can have missed only such entries with a smaller number whose transaction was still running
    when it was written; a few that were not missed may be among them. At most `limit` events.
    """
    later = Q(sequence__gt=seen)
    if last := Entry.objects.filter(sequence=seen).values("oldest_running", "recorded_at").first():
        later |= Q(
            sequence__lt=seen,
            transaction_id__gte=last["oldest_running"],
            recorded_at__gte=last["recorded_at"] - LONGEST_TRANSACTION,
        )
    entries = _about(topic).filter(later).order_by("sequence")
    return [
        Event(*row)
        for row in entries.values_list("sequence", "case_kind", "case_reference", "centre_id", "step")[:limit]
    ]


def _about(topic: Topic) -> EntryQuerySet:
    entries = Entry.objects.filter(case_kind=topic.case_kind)
    if topic.reference is not None:
        entries = entries.filter(case_reference=topic.reference)
    if topic.centre_id is not None:
        entries = entries.filter(centre_id=topic.centre_id)
    return entries
