"""How long a visitor is told to wait (เวลารอโดยประมาณ).

The one place where pages, kiosks and paper ask for a wait. What the estimator knows is put in here; where it knows
nothing, nothing is said.
"""

from dataclasses import dataclass
from datetime import datetime

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Desk, Ticket


@dataclass(frozen=True)
class Wait:
    """About `low` to `high` minutes, both rounded to five; `expected_end` is when the visit would end."""

    low: int
    high: int
    expected_end: datetime | None = None


def wait_of(ticket: Ticket, at: datetime) -> Wait | None:
    """What the holder of a waiting ticket is told; None: it is not known."""
    return None


def wait_for_new(desk: Desk, service: Service, at: datetime) -> Wait | None:
    """What somebody is told who would take a ticket now; None: it is not known."""
    return None
