"""What waits for a person in certification, gathered from one module for each kind of person (งานที่รอดำเนินการ)."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from saduak.certification.queries.work_of_assessors import work_for_assessor
from saduak.certification.queries.work_of_assets import work_of_assets
from saduak.certification.queries.work_of_centres import work_for_centre
from saduak.certification.queries.work_of_consensus import work_for_consensus
from saduak.certification.queries.work_of_coordinators import work_for_coordinator
from saduak.certification.queries.work_of_panels import work_for_panel
from saduak.certification.queries.work_of_reconsiderations import work_of_reconsiderations
from saduak.certification.queries.work_of_records import work_of_records
from saduak.certification.queries.work_of_renewals import work_of_renewals
from saduak.certification.queries.work_of_secretariat import work_for_secretariat
from saduak.certification.queries.work_of_steering import work_for_steering_secretary
from saduak.certification.queries.work_of_surveillance import work_of_surveillance
from saduak.design.work import WorkItem

ASKED: tuple[Callable[..., list[WorkItem]], ...] = (
    work_for_centre,
    work_for_coordinator,
    work_for_secretariat,
    work_for_panel,
    work_for_assessor,
    work_for_consensus,
    work_for_steering_secretary,
    work_of_reconsiderations,
    work_of_surveillance,
    work_of_renewals,
    work_of_assets,
    work_of_records,
)
"""Each takes the person and today, and gives what waits; nothing for people whom it does not concern."""


def work_for(user: Any) -> list[WorkItem]:
    """Everything that waits for the person."""
    today = timezone.localdate()
    return [item for ask in ASKED for item in ask(user, today)]
