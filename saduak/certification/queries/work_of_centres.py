"""What waits for the people of a centre: drafts, returned dossiers, and rounds in which it has not begun."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Application
from saduak.certification.procedure.applications import EDITABLE, Stage
from saduak.certification.queries.centres import centres_without_application, own_centres, rounds_to_apply_in
from saduak.design.work import WorkItem

KIND = _("Certification")


def work_for_centre(user: Any, today: date) -> list[WorkItem]:
    """What the person's own centres have to do."""
    centres = own_centres(user)
    if not centres:
        return []
    mine = Application.objects.of_centres(centres).filter(stage__in=EDITABLE).for_page()
    return [*map(_unfinished, mine), *_not_begun(user, today)]


def _unfinished(application: Application) -> WorkItem:
    returned = application.stage == Stage.RETURNED
    return WorkItem(
        reference=application.reference,
        who=str(application.centre),
        awaited=_("Mend the items that the secretariat named") if returned else _("Finish the self-assessment"),
        due=None if application.round.is_example and not returned else application.lapses_after,
        url=reverse("assess", args=[application.reference]),
        action=_("Mend") if returned else _("Go on"),
        kind=KIND,
        is_example=application.is_example,
    )


def _not_begun(user: Any, today: date) -> list[WorkItem]:
    return [
        WorkItem(
            reference=round_.reference,
            who=str(centre),
            awaited=_("Apply for certification in this round"),
            due=None if round_.is_example else round_.application_closes_on,
            url=f"{reverse('start_application')}?{urlencode({'centre': centre.code, 'round': round_.reference})}",
            action=_("Begin"),
            kind=KIND,
            is_example=round_.is_example,
        )
        for round_ in rounds_to_apply_in(today)
        for centre in centres_without_application(user, round_)
    ]
