"""How often and how soon a notice is tried again."""

from datetime import timedelta

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""The pause after each failed attempt; after one more than there are pauses the notice has failed. Our own choice:
long enough for a mail server to be mended over night."""


def wait_after(attempts: int) -> timedelta | None:
    """The pause after so many failed attempts (1 or more), or None when there is no further one."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
