"""Choosing applications for a work list."""

from typing import Any

from django.db.models import Q, QuerySet

from saduak.certification.models import Application
from saduak.directory.models import Centre
from saduak.directory.rules import words_sought


def applications_found(
    user: Any, *, round: Any = None, stage: str = "", province: Any = None, agency: Any = None, q: str = ""
) -> QuerySet[Application]:
    """The applications that exist for the person and fit every filter that is given.

    `q` is a reference or parts of the words of a centre, in any spelling that sounds the same.
    """
    found = Application.objects.visible_to(user)
    if round is not None:
        found = found.filter(round=round)
    if stage:
        found = found.filter(stage=stage)
    if province is not None:
        found = found.filter(centre__province=province)
    if agency is not None:
        found = found.filter(Q(centre__agency=agency) | Q(centre__agency__parent=agency))
    if q.strip():
        centres = Centre.objects.with_words(words_sought(q))
        found = found.filter(Q(reference__icontains=q.strip()) | Q(centre__in=centres))
    return found.for_page()
