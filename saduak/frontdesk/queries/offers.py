"""What a desk offers to whoever takes a ticket, kept in the process as long as nobody changes the desk's set-up."""

import time
from dataclasses import dataclass, field
from datetime import date

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Desk, PriorityClass
from saduak.frontdesk.queries.hours import hours_of
from saduak.frontdesk.rules.issuing import Hours

LASTS = 10.0
"""Seconds after which everything is read again: holidays are entered elsewhere, and say nothing to the desk."""

MOST_KEPT = 1000
"""Desks of which one process remembers what they offer."""


@dataclass
class Offers:
    """Services and classes of a desk by what devices call them, and how it keeps the days that were asked about.

    Its rows are shared by all threads, and only read.
    """

    services: dict[int, Service]
    classes: list[PriorityClass]
    _hours: dict[date, Hours] = field(default_factory=dict)

    def offered_class(self, code: str) -> PriorityClass | None:
        """The class of that code, if it can be chosen; without a code, that of visitors who say nothing."""
        if code:
            return next((one for one in self.classes if one.code == code and one.is_offered), None)
        return next((one for one in self.classes if not one.is_priority), None)

    def hours(self, desk: Desk, day: date) -> Hours:
        """One day as the desk keeps it."""
        if day not in self._hours:
            self._hours[day] = hours_of(desk, day)
        return self._hours[day]


def offers_of(desk: Desk) -> Offers:
    """As the desk stands: `desk` has just been read, and every change of its set-up gives it the next version."""
    now = time.monotonic()
    version, until, offers = _kept.get(desk.pk, _NOTHING)
    if offers is None or version != desk.version or now >= until:
        services = Service.objects.filter(centre=desk.pk)
        classes = PriorityClass.objects.filter(desk=desk.pk).order_by("position", "pk")
        offers = Offers({one.pk: one for one in services}, list(classes))
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[desk.pk] = desk.version, now + LASTS, offers
    return offers


_NOTHING: tuple[int, float, Offers | None] = (0, 0.0, None)
_kept: dict[int, tuple[int, float, Offers | None]] = {}
