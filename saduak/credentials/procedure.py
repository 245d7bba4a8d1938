"""The life of a signing key (กุญแจลงนาม)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.procedure.kit import Procedure, Refusal, Step

KEEPER = "keeper"
"""Whoever operates the platform and holds its data folder."""


class KeyStage(TextChoices):
    """Stages of a signing key."""

    ACTIVE = "active", _("Signs")
    RETIRED = "retired", _("Signs no more")
    COMPROMISED = "compromised", _("Stolen")


SIGNING_KEY = Procedure(
    name="credentials-signing-key",
    title=_("Signing key"),
    starts_at=KeyStage.ACTIVE,
    wordings={
        Refusal.WRONG_STAGE: _("The key is no longer in a stage that allows this."),
        Refusal.WRONG_ROLE: _("Only the keeper of the keys may do this."),
    },
    steps=(
        Step(
            name="retire",
            label=_("Retire"),
            clause="K.1",
            taken_by=KEEPER,
            moves=frozenset({KeyStage.ACTIVE}),
            to=KeyStage.RETIRED,
        ),
        Step(
            name="declare_stolen",
            label=_("Declare stolen"),
            clause="K.2",
            taken_by=KEEPER,
            moves=frozenset({KeyStage.ACTIVE, KeyStage.RETIRED}),
            to=KeyStage.COMPROMISED,
        ),
    ),
)
