"""One line of a work list, whichever package it comes from (งานที่รอดำเนินการ)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class WorkItem:
    """What waits for a person: the case, who it is about, what is awaited, by when, and the next action.

    `due=None`: no term runs. `kind` is the words by which lists are grouped; `action` is what the button says;
    an `is_example` is marked as one.
    """

    reference: str
    who: str
    awaited: object
    due: date | None
    url: str
    action: object
    kind: object = ""
    is_example: bool = False

    def days_left(self, today: date) -> int | None:
        """Days until the term ends, negative once it is over; None without a term."""
        return None if self.due is None else (self.due - today).days

    def tone(self, today: date) -> str:
        """The clock's colour: danger when late, warning within three days, else plain."""
        left = self.days_left(today)
        if left is None or left > 3:
            return "plain"
        return "danger" if left < 0 else "warning"


def by_urgency(items: list[WorkItem]) -> list[WorkItem]:
    """The most pressing first; what has no term comes last."""
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.reference))
