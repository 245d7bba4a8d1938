"""What the counters of a desk could do at a moment: today's skills, with later changes taken back (ทักษะของช่องบริการ).

Set-up deeds write under `skills_before` what each counter could do that has learnt or unlearnt something.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from saduak.directory.models import Centre
from saduak.frontdesk.models import Counter, Desk
from saduak.journal.models import Entry


@dataclass(frozen=True)
class Skills:
    """The services of each counter now, and what it did before each of its changes, the earliest first."""

    now: Mapping[int, frozenset[int]]
    changes: Mapping[int, Sequence[tuple[datetime, frozenset[int]]]]

    def at(self, counter: int, moment: datetime) -> frozenset[int]:
        """The services that the counter could do then; of a time before it was entered, those it began with."""
        later = (before for changed_at, before in self.changes.get(counter, ()) if changed_at > moment)
        return next(later, self.now.get(counter, frozenset()))


def skills_since(centre_id: int, since: datetime) -> Skills:
    """The skills at every moment from `since` on, in two questions to the database."""
    now: dict[int, set[int]] = defaultdict(set)
    for counter, service in Counter.skills.through.objects.filter(counter__desk=centre_id).values_list(
        "counter", "service"
    ):
        now[counter].add(service)
    changes: dict[int, list[tuple[datetime, frozenset[int]]]] = defaultdict(list)
    reference = Centre.objects.filter(pk=centre_id).values("code")[:1]
    entries = Entry.objects.filter(case_kind=Desk.case_kind, case_reference=reference, at__gt=since)
    told = entries.filter(facts__has_key="skills_before").order_by("at", "sequence")
    for at, before in told.values_list("at", "facts__skills_before"):
        for counter, services in before.items():
            changes[int(counter)].append((at, frozenset(services)))
    return Skills({counter: frozenset(services) for counter, services in now.items()}, changes)
