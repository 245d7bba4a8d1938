"""What is proposed to the steering committee about certificates, and what it decides (ข้อเสนอเกี่ยวกับใบรับรอง)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.certification.models.meetings import Attendance, Meeting
from saduak.certification.procedure.certificates import ALIVE, ActKind, Ground

KINDS = [(kind.value, kind.label) for kind in ActKind if kind != ActKind.RETURN]
"""What can be proposed: every act but the return, which is the centre's own."""

NOTHING = "nothing"
"""The decision that nothing is done to the certificate."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Ways of choosing proposals."""

    def open(self) -> Self:
        """Those on which nothing is resolved and that were not taken back."""
        return self.filter(settled_at=None)

    def waiting(self) -> Self:
        """The open ones that stand on no agenda, of certificates to which something can still be done."""
        return self.open().filter(meeting=None, certificate__stage__in=ALIVE)

    def for_line(self) -> Self:
        """With what a line about each prints."""
        return self.select_related(
            "certificate__centre__agency__ministry",
            "certificate__centre__province",
            "certificate__application__round",
            "proposed_by",
            "stated_by",
        )


class Proposal(models.Model):
    """That the committee does something to a certificate, on which ground, and what it decides.

    It stands on the agenda of at most one meeting; when that is cancelled it waits for another. The decision takes
    effect with the resolution.
    """

    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(_("what is proposed"), max_length=20, choices=KINDS)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices)
    reason = models.TextField(_("reason"))
    until_day = models.DateField(_("until"), null=True)  # Null: until somebody decides, or for good.
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(  # Null: the clock.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    statement = models.TextField(_("statement of the centre"), blank=True)
    stated_at = models.DateTimeField(_("stated at"), null=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("stated by")
    )
    meeting = models.ForeignKey(  # Null: it waits for a meeting, or was taken back.
        Meeting, on_delete=models.PROTECT, null=True, related_name="proposals"
    )
    position = models.PositiveIntegerField(pgettext_lazy("agenda", "position"), null=True)
    decision = models.CharField(
        _("decision"), max_length=20, choices=[*KINDS, (NOTHING, _("Nothing is done"))], blank=True
    )
    decided_ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices, blank=True)
    decided_reason = models.TextField(_("reason"), blank=True)
    decided_until = models.DateField(_("until"), null=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)  # Null: open.

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal about a certificate")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(settled_at=None), name="one_open_proposal_per_certificate"
            ),
            models.UniqueConstraint(fields=["meeting", "position"], name="proposals_are_numbered_once"),
            models.CheckConstraint(name="a_proposal_states_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="a_statement_names_who_made_it",
                condition=Q(statement="", stated_by=None) | ~Q(statement="") & Q(stated_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_proposal_on_an_agenda_is_numbered",
                condition=Q(meeting=None, position=None, decision="")
                | Q(meeting__isnull=False, position__isnull=False),
            ),
            models.CheckConstraint(
                name="a_decision_on_a_certificate_states_its_reason", condition=Q(decision="") | ~Q(decided_reason="")
            ),
            models.CheckConstraint(
                name="a_decision_that_acts_names_its_ground",
                condition=Q(decision__in=["", NOTHING], decided_ground="", decided_until=None)
                | ~Q(decision__in=["", NOTHING]) & ~Q(decided_ground=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.kind}"

    @property
    def sight(self) -> str:
        """The decision and the statement as they were read; given back by whoever decides."""
        read = (self.decision, self.decided_ground, self.decided_until or "", self.decided_reason, self.stated_at or "")
        return " ".join(map(str, read)).strip()

    @property
    def departs(self) -> bool:
        """Whether something else is decided than was proposed."""
        follows = (self.decision, self.decided_ground, self.decided_until) == (self.kind, self.ground, self.until_day)
        return bool(self.decision) and not follows


class ProposalRecusal(models.Model):
    """That a member steps aside while one certificate is considered (การไม่เข้าร่วมพิจารณา)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="recusals_on_certificates")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("recusal")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "seat"], name="a_member_steps_aside_once_per_certificate"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.proposal_id}"
