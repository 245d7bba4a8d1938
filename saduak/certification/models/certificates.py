"""A certificate and its term (ใบรับรอง)."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.spans import Span
from saduak.certification.procedure.certificates import (
    ALIVE,
    BY_ACT,
    CERTIFICATE,
    URGENT,
    ActKind,
    CertificateStage,
    Ground,
    Rule,
)
from saduak.directory.models import BodyKind, Office
from saduak.directory.models.memberships import memberships_of
from saduak.journal.models import Case

SEES_EVERY_CERTIFICATE = {Office.SECRETARIAT_OFFICER, Office.STEERING_SECRETARY, Office.INSPECTOR, Office.AUDITOR}


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Ways of choosing certificates."""

    def valid_on(self, day: date) -> Self:
        """Those in force on that day."""
        return self.filter(_in_force(day), issued_on__lte=day, expires_on__gte=day)

    def ended_on(self, day: date) -> Self:
        """Those that were issued but are not in force on that day, for whatever reason."""
        return self.filter(~_in_force(day) | Q(expires_on__lt=day), issued_on__lte=day)

    def was_in_force_on(self, day: date, *, is_so: bool = True) -> Self:
        """Those that held on a day that is past, or those that did not, by the spans that the journal made."""
        held = Exists(Span.objects.in_force_on(day).filter(certificate=OuterRef("pk")))
        return self.filter(held if is_so else ~held)

    def visible_to(self, user: Any) -> Self:
        """Its officers' pages: own centre's and own agency's; all, to the secretariat, the steering committee, the
        auditors and the inspectors."""
        held = memberships_of(user)
        on_committee = any(m.body and m.body.kind == BodyKind.STEERING_COMMITTEE for m in held)
        if on_committee or {membership.office for membership in held} & SEES_EVERY_CERTIFICATE:
            return self.all()
        centres = [m.centre_id for m in held if m.centre_id]
        agencies = [m.agency_id for m in held if m.office == Office.AGENCY_COORDINATOR]
        return self.filter(Q(centre__in=centres) | Q(centre__agency__in=agencies))

    def newest(self, *, by: date | None = None) -> Self:
        """Of each centre the one issued last, or last by a day."""
        issued_later = Q(issued_on__gt=OuterRef("issued_on")) | Q(
            issued_on=OuterRef("issued_on"), pk__gt=OuterRef("pk")
        )
        if by is not None:
            issued_later &= Q(issued_on__lte=by)
        return self.filter(~Exists(Certificate.objects.filter(issued_later, centre=OuterRef("centre"))))

    def due_to_expire(self, day: date) -> Self:
        """Those whose term is over but that still stand as valid or suspended."""
        return self.filter(stage__in=ALIVE, expires_on__lt=day)

    def due_to_restore(self, day: date) -> Self:
        """Those whose suspension had a last day, and it has passed, while their term runs."""
        return self.filter(stage=CertificateStage.SUSPENDED, suspended_until__lt=day, expires_on__gte=day)

    def for_page(self) -> Self:
        """With what every list and case page prints."""
        return self.select_related(
            "centre__agency__ministry", "centre__province", "round__criteria", "application__round", "act__resolution"
        )

    def for_sheet(self) -> Self:
        """With what the printed certificate says."""
        return self.select_related("centre__agency", "round__criteria", "resolution__meeting__body")

    def for_credential(self) -> Self:
        """With what the signed credential says."""
        return self.for_sheet().select_related("centre__province")


def _in_force(day: date) -> Q:
    """Valid, or suspended until a day that has passed."""
    return Q(stage=CertificateStage.VALID) | Q(stage=CertificateStage.SUSPENDED, suspended_until__lt=day)


class Certificate(Case):
    """A certificate that a resolution gave to one centre; its reference is its number (ใบรับรองมาตรฐาน)."""

    case_kind = "certification.certificate"

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="certificates")
    centre = models.ForeignKey("directory.Centre", on_delete=models.PROTECT, related_name="certificates")
    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="certificates")
    resolution = models.ForeignKey("Resolution", on_delete=models.PROTECT, related_name="certificates")
    centre_name_th = models.CharField(_("name of the centre"), max_length=300)
    centre_name_en = models.CharField(_("name of the centre in English"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"))
    is_example = models.BooleanField(_("example"), default=False)
    act = models.ForeignKey(  # Null: nothing but its issue, its term or a newer one has moved it.
        "CertificateAct", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("last act")
    )
    suspended_until = models.DateField(_("suspended until"), null=True)  # Null: not, or until somebody decides.

    objects = CertificateQuerySet.as_manager()
    procedure = CERTIFICATE

    class Meta:
        verbose_name = _("certificate")
        ordering = ["-issued_on", "reference"]
        indexes = [models.Index(fields=["centre", "-issued_on"], name="certificate_of_centre")]
        constraints = [
            models.UniqueConstraint(
                name="one_living_certificate_per_centre",
                fields=["centre"],
                condition=Q(stage__in=["suspended", "valid"]),
            ),
            models.CheckConstraint(
                name="a_certificate_expires_after_its_issue", condition=Q(expires_on__gt=F("issued_on"))
            ),
            models.CheckConstraint(
                name="a_certificate_has_a_known_stage", condition=Q(stage__in=CertificateStage.values)
            ),
            models.CheckConstraint(
                name="an_act_stands_behind_each_side_exit",
                condition=~Q(stage__in=sorted(BY_ACT)) | Q(act__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_suspension_has_a_last_day",
                condition=Q(stage=CertificateStage.SUSPENDED) | Q(suspended_until=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Where anybody checks it, which is what its QR code opens."""
        return reverse("check_certificate_number", args=[self.reference])

    @property
    def act_in_hand(self) -> str:
        """The kind of the act that is recorded but has not moved the certificate yet; "" when there is none."""
        newest = self.acts.order_by("-pk").first()
        return newest.kind if newest is not None and newest.pk != self.act_id else ""

    @property
    def is_on_open_agenda(self) -> bool:
        """Whether a meeting that has not ended is to resolve on it."""
        return self.proposals.open().filter(meeting__isnull=False).exists()

    def is_alive_on(self, day: date) -> bool:
        """Whether anything can still be done to it."""
        return self.stage in ALIVE and self.expires_on >= day

    def standing_on(self, day: date) -> CertificateStage:
        """Its stage on a day: the days count, even before the clock has taken its step."""
        if self.stage in ALIVE and self.expires_on < day:
            return CertificateStage.EXPIRED
        if self.stage == CertificateStage.SUSPENDED and self.suspended_until and self.suspended_until < day:
            return CertificateStage.VALID
        return CertificateStage(self.stage)


class CertificateAct(models.Model):
    """What was done to a certificate, on which ground and by which authority; written once (การดำเนินการ)."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(_("act"), max_length=20, choices=ActKind.choices)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices)
    reason = models.TextField(_("reason"))
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until"), null=True)  # Null: until somebody decides, or for good.
    resolution = models.ForeignKey(  # Null: a rule allows it.
        "Resolution", on_delete=models.PROTECT, null=True, related_name="acts", verbose_name=_("resolution")
    )
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices, blank=True)
    taken_at = models.DateTimeField(_("at"))
    taken_by = models.ForeignKey(  # Null: the clock.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("act on a certificate")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="an_act_is_of_a_known_kind", condition=Q(kind__in=ActKind.values)),
            models.CheckConstraint(name="an_act_has_a_known_ground", condition=Q(ground__in=Ground.values)),
            models.CheckConstraint(name="an_act_states_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="an_act_rests_on_a_resolution_or_on_a_rule",
                condition=Q(resolution__isnull=False, rule="") | Q(resolution=None, rule__in=Rule.values),
            ),
            models.CheckConstraint(
                name="only_the_committee_revokes_and_upholds",
                condition=~Q(kind__in=[ActKind.REVOKE, ActKind.PROLONG]) | Q(resolution__isnull=False),
            ),
            models.CheckConstraint(
                name="only_suspensions_have_a_last_day",
                condition=Q(until_day=None)
                | Q(kind__in=[ActKind.SUSPEND, ActKind.PROLONG], until_day__gte=F("from_day")),
            ),
            models.CheckConstraint(
                name="an_order_is_provisional_and_urgent",
                condition=~Q(rule=Rule.PROVISIONAL_ORDER)
                | Q(kind=ActKind.SUSPEND, until_day__isnull=False, ground__in=URGENT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.kind}"

    @property
    def authority(self) -> str:
        """The number of the resolution, or the rule in words."""
        return self.resolution.number if self.resolution is not None else str(Rule(self.rule).label)


class CertificateFile(models.Model):
    """The sealed PDF of a certificate, made once for each wording of it (ไฟล์ใบรับรองที่ลงลายมือชื่อดิจิทัล).

    `fingerprint` is another one as soon as anything of the certificate's words, its design or its key is.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="files")
    fingerprint = models.CharField(_("fingerprint"), max_length=32)
    file = models.OneToOneField("attachments.Attachment", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey("credentials.SealingKey", on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(_("PDF sealed at"))

    class Meta:
        verbose_name = _("file of a certificate")
        constraints = [
            models.UniqueConstraint(name="a_wording_is_sealed_once", fields=["certificate", "fingerprint"]),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.fingerprint}"
