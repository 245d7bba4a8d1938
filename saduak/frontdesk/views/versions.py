"""What a desk shows to its staff at one version, so that it is drawn once for everybody who looks."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from saduak.frontdesk.models import Desk
from saduak.frontdesk.queries.floor import state_tag

STAFF_HEARS = ("ticket", "sitting", "wanted_counter")
"""Kinds of entries that change what the staff of a desk sees."""


def live_address(desk: Desk) -> str:
    """The stream that wakes the pages of a desk's staff: tickets, pauses, calls for help, counters that should open."""
    kinds = "&".join(f"case_kind={kind}" for kind in STAFF_HEARS)
    return f"/live/journal?{kinds}&centre={desk.pk}"


class Asked:
    """A desk at a version of its state; two of one version are the same question.

    The version names another day, another change, other settings, the next minute, the reader's language.
    """

    def __init__(self, desk: Desk, now: datetime) -> None:
        self.desk, self.now, self.day = desk, now, timezone.localdate(now)
        minute = int(now.timestamp()) // 60
        tag = state_tag(desk.centre, self.day)
        self.version = f"{desk.centre.code}-{self.day:%Y%m%d}-{tag}-{desk.version}-{minute:x}-{get_language()}"

    def __hash__(self) -> int:
        return hash(self.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self.version == other.version
