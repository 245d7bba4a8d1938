"""What a desk shows to its staff at one version, so that it is drawn once for everybody who looks."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

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

    def __init__(self, version: str, now: datetime, find: Callable[[], Desk]) -> None:
        self.version, self.now, self.day = version, now, timezone.localdate(now)
        self._find = find

    @cached_property
    def desk(self) -> Desk:
        """The desk; looked for when something is to be drawn."""
        return self._find()

    def __hash__(self) -> int:
        return hash(self.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self.version == other.version


def asked_of(desk: Desk, now: datetime) -> Asked:
    """What is asked of a desk that is at hand."""
    tag = state_tag(desk.centre, timezone.localdate(now))
    return Asked(version_of(desk.centre.code, desk.version, tag, now), now, lambda: desk)


def version_of(code: str, settings: int, tag: str, now: datetime) -> str:
    """The version of a desk by the code of its centre, the version of its settings, and the tag of its day."""
    minute = int(now.timestamp()) // 60
    return f"{code}-{timezone.localdate(now):%Y%m%d}-{tag}-{settings}-{minute:x}-{get_language()}"
