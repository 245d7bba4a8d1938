"""What waits for the coordinator of an agency: centres that have not handed in while a round takes applications."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from saduak.certification.models import Application
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.centres import rounds_to_apply_in
from saduak.certification.queries.work_of_centres import KIND
from saduak.design.work import WorkItem
from saduak.directory.models import Agency, Office
from saduak.directory.queries import memberships_of


def work_for_coordinator(user: Any, today: date) -> list[WorkItem]:
    """One line for each round and agency in which centres have still to hand in, and one for each returned dossier."""
    coordinated = {m.agency_id for m in memberships_of(user) if m.agency_id and m.office == Office.AGENCY_COORDINATOR}
    if not coordinated:
        return []
    agencies = Agency.objects.filter(pk__in=coordinated).annotate(
        number=Count("centres", filter=Q(centres__is_open=True), distinct=True)
    )
    items = [_still_to_hand_in(agency, round_) for round_ in rounds_to_apply_in(today) for agency in agencies]
    return [item for item in items if item is not None] + _to_mend(coordinated)


def _still_to_hand_in(agency: Any, round_: Any) -> WorkItem | None:
    handed_in = (
        Application.objects.filter(round=round_, centre__agency=agency, submitted_at__isnull=False)
        .exclude(stage=Stage.WITHDRAWN)
        .count()
    )
    left = agency.number - handed_in
    if left <= 0:
        return None
    return WorkItem(
        reference=round_.reference,
        who=str(agency),
        awaited=ngettext("%(number)s centre has not handed in", "%(number)s centres have not handed in", left)
        % {"number": left},
        due=None if round_.is_example else round_.application_closes_on,
        url=f"{reverse('agency_overview')}?round={round_.reference}",
        action=_("See the centres"),
        kind=KIND,
        is_example=round_.is_example,
    )


def _to_mend(agencies: set[int]) -> list[WorkItem]:
    returned = Application.objects.filter(centre__agency__in=agencies, stage=Stage.RETURNED).for_page()
    return [
        WorkItem(
            reference=application.reference,
            who=str(application.centre),
            awaited=_("The centre mends the named items."),
            due=application.mend_until,
            url=application.get_absolute_url(),
            action=_("Look"),
            kind=KIND,
            is_example=application.is_example,
        )
        for application in returned
    ]
