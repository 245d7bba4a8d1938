"""Proposals that give the waiting units of a round to its sub-committees (ข้อเสนอการมอบหมาย)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AllotmentState(models.TextChoices):
    """How far the calculation of a proposal is."""

    WAITING = "waiting", _("waiting to be calculated")
    RUNNING = "running", _("being calculated")
    FINISHED = "finished", _("calculated")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")


class AllotmentProposal(models.Model):
    """One proposal with all that it was made from, so that it can be made again (ข้อเสนอการมอบหมาย).

    `task` is the text of `allotting.written`, `sha256` the digest of it with the seed; `given` holds the sub-committee
    of each unit by their references; `versions` those of the applications as they were looked at.
    """

    case_kind = "certification.allotment_proposal"

    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="allotment_proposals")
    state = models.CharField(_("state"), max_length=10, choices=AllotmentState, default=AllotmentState.WAITING)
    seed = models.BigIntegerField(_("seed"))
    task = models.JSONField(_("what it was made from"), default=dict)
    versions = models.JSONField(_("versions of the applications"), default=dict)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    given = models.JSONField(_("proposed places"), default=dict)
    done = models.PositiveSmallIntegerField(_("parts done"), default=0)
    total = models.PositiveSmallIntegerField(_("parts in all"), null=True)  # Null: nobody knows yet.
    stop_wanted = models.BooleanField(_("to be stopped"), default=False)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("proposal of assignments")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_calculated_proposal_has_its_digest",
                condition=~Q(state=AllotmentState.FINISHED) | Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("show_allotment", args=[self.pk])

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return f"M{self.pk:06d}"

    @property
    def journal_centre_id(self) -> None:
        """It belongs to no centre."""
        return

    @property
    def goes_on(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in {AllotmentState.WAITING, AllotmentState.RUNNING}

    @property
    def is_finished(self) -> bool:
        """Whether there are places to look at."""
        return self.state == AllotmentState.FINISHED

    def panel_of(self, reference: str) -> str:
        """The reference of the sub-committee that is proposed for a unit; "" when none is."""
        given: dict[str, Any] = self.given
        return str(given.get(reference, ""))
