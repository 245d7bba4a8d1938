"""One assessor's own score sheet (แบบให้คะแนนรายบุคคล)."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.procedure.kit import Procedure, Step, condition


class SheetStage(TextChoices):
    """Stages of a score sheet."""

    OPEN = "open", _("Being filled in")
    SUBMITTED = "submitted", _("Submitted")


@condition(otherwise=_("The visit has not been held yet."))
def the_visit_was_held(sheet: Any, at: datetime) -> bool:
    return bool(sheet.visit_was_held)


@condition(otherwise=_("Some criteria have no mark yet."))
def every_criterion_is_marked(sheet: Any, at: datetime) -> bool:
    return not sheet.unmarked


@condition(otherwise=_("Two of your devices say different things of some criteria. Settle these first."))
def the_devices_agree(sheet: Any, at: datetime) -> bool:
    return not sheet.disputed


SHEET = Procedure(
    name="certification-score-sheet",
    title=_("Score sheet"),
    starts_at=SheetStage.OPEN,
    wordings=WORDINGS,
    steps=(
        Step(
            name="submit",
            label=_("Submit my score sheet"),
            clause="5.7",
            taken_by=Role.ASSESSOR,
            moves=frozenset({SheetStage.OPEN}),
            to=SheetStage.SUBMITTED,
            provided=(the_visit_was_held, every_criterion_is_marked, the_devices_agree),
        ),
    ),
)
