"""What waits for an assessor: own sheets that are not handed in, or of which devices say different things."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import ScoreSheet
from saduak.certification.queries.sheets import disputed_sheets_of, to_be_scored
from saduak.certification.rules import Phase
from saduak.design.work import WorkItem


def work_for_assessor(user: Any, today: date) -> list[WorkItem]:
    """The visits that have begun and wait for the person's own sheet, and what devices disagree on; three queries."""
    items = [_dispute(sheet) for sheet in disputed_sheets_of(user)]
    for visit, sheet in to_be_scored(user):
        application = visit.application
        items.append(
            WorkItem(
                reference=application.reference,
                who=str(application.centre),
                awaited=_("Your score sheet is not handed in."),
                due=None if application.is_example else application.round.window(Phase.VISITS).closes_on,
                url=reverse("open_sheet", args=[application.reference]),
                action=_("Begin to score") if sheet is None else _("Go on scoring"),
                kind=_("Score sheets"),
                is_example=application.is_example,
            )
        )
    return items


def _dispute(sheet: ScoreSheet) -> WorkItem:
    application = sheet.application
    return WorkItem(
        reference=application.reference,
        who=str(application.centre),
        awaited=_("Your devices say different things of your score sheet."),
        due=None if application.is_example else application.round.window(Phase.VISITS).closes_on,
        url=reverse("list_disputes"),
        action=_("Settle it"),
        kind=_("Score sheets"),
        is_example=application.is_example,
    )
