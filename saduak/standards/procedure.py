"""How a set of criteria becomes binding (การประกาศใช้เกณฑ์).

The clauses are this platform's own; the programme has published no regulation for the keeping of its criteria.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from saduak.procedure.kit import Procedure, Refusal, Step


class Stage(StrEnum):
    """Where a set of criteria stands; a discarded draft is taken away, only the journal still knows it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Role(StrEnum):
    """Who takes steps with criteria."""

    SECRETARIAT = "secretariat"


CRITERIA = Procedure(
    name="criteria",
    title=_("Keeping of the criteria"),
    starts_at=Stage.DRAFT,
    steps=(
        Step(
            name="load",
            clause="1",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.DRAFT}),
            to=None,
            label=_("Load another source"),
        ),
        Step(
            name="discard",
            clause="2",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.DRAFT}),
            to=Stage.DISCARDED,
            label=_("Discard the draft"),
        ),
        Step(
            name="publish",
            clause="3",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({Stage.DRAFT}),
            to=Stage.PUBLISHED,
            label=_("Publish the criteria"),
        ),
    ),
    wordings={
        Refusal.WRONG_STAGE: _("Published criteria never change. Load a new version instead."),
        Refusal.WRONG_ROLE: _("Only the secretariat keeps the criteria."),
    },
)
