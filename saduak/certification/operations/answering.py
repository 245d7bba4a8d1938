"""What the committee's answer to a request to reconsider does to the first decision (ผลของการทบทวน).

Never to the worse for the centre (no reformatio in peius); unchecked against the text.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.certification.models import AgendaItem, Application, Certificate, Reconsideration, Resolution
from saduak.certification.models.meetings import Decision
from saduak.certification.operations import certificates
from saduak.certification.operations import reconsiderations as asking
from saduak.certification.operations.taking import refuse, take
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.meetings import MEETING
from saduak.certification.rules import higher_level


def check(item: AgendaItem) -> None:
    """Raises StepRefused when the decision on the item does not fit what is decided on, or makes it worse."""
    request = item.reconsideration
    about_screening = request is not None and request.is_about_screening
    if (item.decision == Decision.CONTINUE) is not about_screening and item.decision != Decision.DECLINE:
        refuse(MEETING, "resolve", "decision_fits", _("This cannot be decided here."))
    if request is None or about_screening:
        return
    library = request.library
    if higher_level(library, item.level, request.first_level) != item.level:
        refuse(
            MEETING,
            "resolve",
            "never_to_the_worse",
            _("A reconsideration never ends worse for the centre than the first decision."),
        )


def answer(item: AgendaItem, resolution: Resolution, *, by: Any, at: datetime) -> Reconsideration:
    """Let the resolution uphold or change the first decision. Must be called inside the resolution's transaction."""
    request = item.reconsideration
    assert request is not None  # noqa: S101  The caller has looked.
    facts = {"resolution": resolution.number, "level": item.level, "reconsideration": request.reference}
    if item.changes:
        _change(item, request, resolution, by=by, at=at, facts=facts)
    return asking.take(
        "change" if item.changes else "uphold",
        request,
        by=by,
        at=at,
        note=item.reason,
        facts={**facts, "first_level": request.first_level},
        resolution=resolution,
    )


def _change(
    item: AgendaItem,
    request: Reconsideration,
    resolution: Resolution,
    *,
    by: Any,
    at: datetime,
    facts: dict[str, Any],
) -> None:
    unit = item.application
    if request.is_about_screening:
        take("take_up_again", unit, by=by, at=at, note=item.reason, facts=facts)
        return
    step = "certify_after_all" if unit.stage == Stage.NOT_CERTIFIED else "raise_level"
    changed = take(
        step,
        unit,
        by=by,
        at=at,
        note=item.reason,
        facts={**facts, "first_level": request.first_level},
        resolution=resolution,
        level=item.level,
        total=request.total,
    )
    changed.round, changed.centre = unit.round, unit.centre
    if step == "certify_after_all":
        certificates.issue([changed], resolution, by=by, at=at)
    elif (older := _in_force(unit, resolution)) is not None:
        # The raised level takes the rest of the term: what was decided first is its beginning.
        certificates.issue([changed], resolution, by=by, at=at, until=older.expires_on)


def _in_force(unit: Application, resolution: Resolution) -> Certificate | None:
    """The certificate that the raised level replaces; none when it has ended meanwhile."""
    valid = unit.certificates.filter(stage=CertificateStage.VALID, expires_on__gt=resolution.resolved_on)
    return valid.first()
