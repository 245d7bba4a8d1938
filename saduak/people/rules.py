"""Arithmetic of accounts: when a second factor is due, when a session has slept too long."""

from datetime import date, datetime, timedelta


def second_factor_due(officer_since: date, joined: date, *, grace_days: int) -> date:
    """The first day without a grace: so many days after the later of the first appointment and the account."""
    return max(officer_since, joined) + timedelta(days=grace_days)


def is_idle(last_seen: datetime, now: datetime, *, minutes: int) -> bool:
    """Whether more than so many minutes have passed since the last page."""
    return now - last_seen > timedelta(minutes=minutes)
