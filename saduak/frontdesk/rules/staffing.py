"""For whom counters stay open: who may still come today, and the counters that one of them needs (ช่องที่ยังจำเป็น)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from saduak.frontdesk.rules.issuing import Hours, Limit
from saduak.frontdesk.rules.order import Caller

NO_LIMIT = Limit()


def may_still_come(
    now: datetime,
    hours: Hours,
    services: Mapping[str, Limit],
    *,
    of_desk: Limit = NO_LIMIT,
    known: Collection[str] = (),
) -> frozenset[str]:
    """The services for which somebody may still come today; empty: nobody any more, as at night and on holidays.

    Of `services` a ticket may be taken until the day's last closing, so before opening and at midday they count; not
    where giving out has stopped, or a limit is used up. `known` are those of visitors who are booked for later or come
    back to a counter: they come in any case.
    """
    gives = hours.closes_at is not None and now < hours.closes_at and not hours.stopped and not of_desk.is_reached
    taken = (key for key, limit in services.items() if gives and not limit.is_reached)
    return frozenset(known) | frozenset(taken)


def needed(callers: Sequence[Caller], services: Collection[str]) -> frozenset[str]:
    """The keys of the counters without which one of the services would be done at none of `callers`."""
    able = [[caller.key for caller in callers if service in caller.skills] for service in services]
    return frozenset(keys[0] for keys in able if len(keys) == 1)
