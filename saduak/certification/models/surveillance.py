"""The surveillance of a certified centre: what was found, what the centre answers, who verified it (การติดตาม)."""

from datetime import date
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.certificates import SEES_EVERY_CERTIFICATE
from saduak.certification.procedure.certificates import ALIVE
from saduak.certification.procedure.surveillance import (
    BEFORE_CHECK,
    ENDED,
    OPEN,
    SURVEILLANCE,
    CheckMode,
    Origin,
    SurveillanceStage,
)
from saduak.certification.rules import MOST_TURNS
from saduak.directory.models import BodyKind, Office
from saduak.directory.models.memberships import memberships_of
from saduak.journal.models import Case
from saduak.standards.criteria import Library


class SurveillanceQuerySet(models.QuerySet["Surveillance"]):
    """Ways of choosing surveillances."""

    def open(self) -> Self:
        """Those that have not ended."""
        return self.exclude(stage__in=ENDED)

    def visible_to(self, user: Any) -> Self:
        """All, to whoever watches over certificates; what is announced, to the centre and its agency; to whoever is
        sent to check, that one."""
        held = memberships_of(user)
        on_committee = any(m.body and m.body.kind == BodyKind.STEERING_COMMITTEE for m in held)
        if on_committee or {membership.office for membership in held} & SEES_EVERY_CERTIFICATE:
            return self.all()
        centres = [m.centre_id for m in held if m.centre_id]
        agencies = [m.agency_id for m in held if m.office == Office.AGENCY_COORDINATOR]
        own = Q(certificate__centre__in=centres) | Q(certificate__centre__agency__in=agencies)
        announced = Q(notified_at__isnull=False)
        return self.filter(own & announced | Q(assessor=user.pk))

    def due_to_escalate(self, day: date) -> Self:
        """Those whose answer is overdue; a practice holds nobody to its days."""
        return self.filter(stage=SurveillanceStage.AWAITING, answer_due__lt=day, is_example=False)

    def due_to_stop(self, day: date) -> Self:
        """The open ones of certificates that have ended."""
        ended = ~Q(certificate__stage__in=ALIVE) | Q(certificate__expires_on__lt=day)
        return self.open().filter(ended)

    def for_page(self) -> Self:
        """With what every list and page prints."""
        return self.select_related(
            "certificate__centre__agency__ministry",
            "certificate__centre__province",
            "certificate__round__criteria",
            "certificate__application__round",
            "assessor",
            "draw",
            "proposal__meeting",
        )


class Surveillance(Case):
    """One follow-up of a certified centre, from its plan to its end (การติดตามตรวจประเมินหลังการรับรอง)."""

    case_kind = "certification.surveillance"

    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, related_name="surveillances")
    origin = models.CharField(_("opened"), max_length=10, choices=Origin.choices)
    turn = models.PositiveSmallIntegerField(_("turn of the calendar"), null=True)  # Null: not by the calendar.
    draw = models.ForeignKey(  # Null: not drawn.
        "Draw", on_delete=models.PROTECT, null=True, related_name="surveillances", verbose_name=_("draw")
    )
    reason = models.TextField(_("reason"), blank=True)
    due_on = models.DateField(_("to be checked by"))
    assessor = models.ForeignKey(  # Null: nobody is assigned yet, or who was has stood back.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who checks")
    )
    declared_at = models.DateTimeField(_("declared free of conflict at"), null=True)
    notified_at = models.DateTimeField(_("announced at"), null=True)
    mode = models.CharField(_("how it is checked"), max_length=10, choices=CheckMode.choices, blank=True)
    checked_on = models.DateField(_("checked on"), null=True)
    summary = models.TextField(_("summary"), blank=True)
    answer_due = models.DateField(_("to be answered by"), null=True)  # Null: nothing is asked of the centre.
    asked_on = models.DateField(_("asked on"), null=True)
    turns = models.PositiveSmallIntegerField(_("times the centre was asked"), default=0)
    proposal = models.OneToOneField(  # Null: it did not come before the committee.
        "Proposal", on_delete=models.PROTECT, null=True, related_name="surveillance", verbose_name=_("proposal")
    )
    is_example = models.BooleanField(_("example"), default=False)

    objects = SurveillanceQuerySet.as_manager()
    procedure = SURVEILLANCE

    class Meta:
        verbose_name = _("surveillance")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(stage__in=sorted(OPEN)),
                name="one_open_surveillance_per_certificate",
            ),
            models.UniqueConstraint(fields=["certificate", "turn"], name="a_turn_of_the_calendar_comes_once"),
            models.CheckConstraint(
                name="a_surveillance_has_a_known_stage", condition=Q(stage__in=SurveillanceStage.values)
            ),
            models.CheckConstraint(
                name="a_surveillance_says_what_opened_it",
                condition=Q(origin=Origin.CALENDAR, turn__isnull=False, draw=None)
                | Q(origin=Origin.DRAW, draw__isnull=False, turn=None)
                | Q(origin__in=[Origin.HAND, Origin.DATA], turn=None, draw=None) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="who_checks_is_free_of_conflict",
                condition=Q(stage__in=[*sorted(BEFORE_CHECK), SurveillanceStage.CANCELLED])
                | Q(assessor__isnull=False, declared_at__isnull=False, checked_on__isnull=False) & ~Q(mode=""),
            ),
            models.CheckConstraint(
                name="an_answer_is_asked_for_by_a_day",
                condition=~Q(stage=SurveillanceStage.AWAITING) | Q(answer_due__isnull=False, asked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("show_surveillance", args=[self.reference])

    @property
    def journal_centre_id(self) -> int:
        """Its entries are filed under the centre."""
        return self.certificate.centre_id

    @property
    def library(self) -> Library:
        """The criteria by which the centre was certified."""
        return self.certificate.round.criteria.library

    @cached_property
    def recorders(self) -> frozenset[int]:
        """The keys of those who recorded a finding."""
        return frozenset(self.findings.values_list("recorded_by", flat=True))

    @property
    def has_findings(self) -> bool:
        """Whether something was found."""
        return self.findings.exists()

    @property
    def current(self) -> models.QuerySet["FindingTurn"]:
        """What is asked of the centre in this turn, and what became of it."""
        return FindingTurn.objects.filter(finding__surveillance=self, number=self.turns)

    @property
    def has_unanswered(self) -> bool:
        """Whether something that is asked has no answer."""
        return self.current.filter(answer="").exists()

    @property
    def has_unverified(self) -> bool:
        """Whether an answer of this turn has no verdict."""
        return self.current.filter(verdict="").exists()

    @property
    def has_unmended(self) -> bool:
        """Whether an answer of this turn was found not to be enough."""
        return self.current.filter(verdict=Verified.NOT_MENDED).exists()

    @property
    def is_verified_by_its_recorder(self) -> bool:
        """Whether somebody verified what they had recorded; the database refuses it too."""
        return self.current.filter(verified_by=F("recorded_by")).exists()

    @property
    def has_turn_left(self) -> bool:
        """Whether the centre may be asked once more."""
        return self.turns < MOST_TURNS

    @property
    def is_resolved(self) -> bool:
        """Whether the committee has resolved on what was proposed."""
        return self.proposal is not None and self.proposal.settled_at is not None


class Severity(models.TextChoices):
    """How much a finding weighs (ระดับความรุนแรง)."""

    MINOR = "minor", _("Minor")
    MAJOR = "major", _("Major")
    CRITICAL = "critical", _("Critical")


class SurveillanceFinding(models.Model):
    """What was found of one criterion (ข้อที่ตรวจพบ)."""

    surveillance = models.ForeignKey(Surveillance, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(_("criterion"), max_length=20)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    text = models.TextField(_("what was found"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("finding of the surveillance")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_finding_says_what_was_found", condition=~Q(text="")),
            models.CheckConstraint(name="a_finding_has_a_known_severity", condition=Q(severity__in=Severity.values)),
        ]

    def __str__(self) -> str:
        return f"{self.surveillance_id} {self.code}"


class Verified(models.TextChoices):
    """What the verification of an answer says (ผลการทวนสอบ)."""

    MENDED = "mended", _("Mended")
    NOT_MENDED = "not_mended", _("Not mended yet")


class FindingTurn(models.Model):
    """One time that the centre was asked about a finding: by when, its answer, and who else verified it (รอบคำตอบ)."""

    finding = models.ForeignKey(SurveillanceFinding, on_delete=models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField(_("turn"))
    due_on = models.DateField(_("to be answered by"))
    recorded_by = models.ForeignKey(  # Who recorded the finding, so that the database can tell who may not verify.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    files = models.ManyToManyField("attachments.Attachment", related_name="+", verbose_name=_("evidence"))
    verdict = models.CharField(_("verification"), max_length=10, choices=Verified.choices, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    verified_at = models.DateTimeField(_("verified at"), null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("verified by")
    )

    class Meta:
        verbose_name = _("answer to a finding")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="a_finding_is_asked_once_a_turn"),
            models.CheckConstraint(
                name="a_finding_is_verified_by_somebody_else",
                condition=Q(verified_by=None) | ~Q(verified_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="a_verdict_names_who_verified", condition=Q(verdict="") | Q(verified_by__isnull=False)
            ),
            models.CheckConstraint(
                name="what_is_not_mended_has_a_remark", condition=~Q(verdict=Verified.NOT_MENDED) | ~Q(remark="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding} {self.number}"
