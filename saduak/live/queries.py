"""What a listener has missed (รายการที่พลาดไป)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from saduak.journal.models import Entry
from saduak.live.audiences import Topic


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


def missed(topics: Sequence[Topic], seen: int, *, limit: int) -> list[Event]:
    """The events about `topics` that somebody who last saw the entry `seen` can have missed, oldest first.

    At most `limit` events; see `EntryQuerySet.missed_by`.
    """
    entries = Entry.objects.filter(reduce(or_, map(_about, topics))).missed_by(seen).order_by("sequence")
    return [
        Event(*row)
        for row in entries.values_list("sequence", "case_kind", "case_reference", "centre_id", "step")[:limit]
    ]


def _about(topic: Topic) -> Q:
    about = Q(case_kind=topic.case_kind)
    if topic.reference is not None:
        about &= Q(case_reference=topic.reference)
    if topic.centre_id is not None:
        about &= Q(centre_id=topic.centre_id)
    return about
