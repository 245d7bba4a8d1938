"""A report that the plaque, the emblem or the name of the programme is misused (การใช้ป้ายหรือตราโดยไม่ถูกต้อง).

The steps are those of this platform, unchecked against the text of any order of the committee.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.procedure.kit import Procedure, Step


class MisuseStage(TextChoices):
    """Stages of a report."""

    REPORTED = "reported", _("Reported")
    LOOKED_INTO = "looked_into", _("Being looked into")
    SETTLED = "settled", _("Settled")


class Settlement(TextChoices):
    """How a report was settled (ผล)."""

    NO_MISUSE = "no_misuse", _("Nothing was misused")
    CORRECTED = "corrected", _("It was corrected")
    WARNED = "warned", _("A warning was given")
    PROPOSED = "proposed", _("It goes before the committee")
    HANDED_ON = "handed_on", _("It was handed on to another authority")


MISUSE = Procedure(
    name="certification-misuse",
    title=_("Report of misuse of plaque or emblem"),
    starts_at=MisuseStage.REPORTED,
    wordings=WORDINGS,
    steps=(
        Step(
            name="look_into",
            label=_("Look into it"),
            clause="12.11",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({MisuseStage.REPORTED}),
            to=MisuseStage.LOOKED_INTO,
        ),
        Step(
            name="settle",
            label=_("Settle it"),
            clause="12.12",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({MisuseStage.LOOKED_INTO}),
            to=MisuseStage.SETTLED,
        ),
    ),
)
