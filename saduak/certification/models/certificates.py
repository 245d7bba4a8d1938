"""A certificate and its term (ใบรับรอง)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.certificates import CERTIFICATE, CertificateStage
from saduak.journal.models import Case


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Ways of choosing certificates."""

    def valid_on(self, day: date) -> Self:
        """Those in force on that day."""
        return self.filter(stage=CertificateStage.VALID, issued_on__lte=day, expires_on__gte=day)

    def ended_on(self, day: date) -> Self:
        """Those that were issued but are not in force on that day, because they expired or were replaced."""
        return self.filter(~Q(stage=CertificateStage.VALID) | Q(expires_on__lt=day), issued_on__lte=day)

    def newest(self) -> Self:
        """Of each centre the one issued last."""
        issued_later = Q(issued_on__gt=OuterRef("issued_on")) | Q(
            issued_on=OuterRef("issued_on"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(Certificate.objects.filter(issued_later, centre=OuterRef("centre"))))

    def due_to_expire(self, day: date) -> Self:
        """Those whose term is over but that still stand as valid."""
        return self.filter(stage=CertificateStage.VALID, expires_on__lt=day)

    def for_sheet(self) -> Self:
        """With what the printed certificate says."""
        return self.select_related("centre__agency", "round__criteria", "resolution__meeting__body")


class Certificate(Case):
    """A certificate that a resolution gave to one centre; its reference is its number (ใบรับรองมาตรฐาน)."""

    case_kind = "certification.certificate"

    application = models.OneToOneField("Application", on_delete=models.PROTECT, related_name="certificate")
    centre = models.ForeignKey("directory.Centre", on_delete=models.PROTECT, related_name="certificates")
    round = models.ForeignKey("Round", on_delete=models.PROTECT, related_name="certificates")
    resolution = models.ForeignKey("Resolution", on_delete=models.PROTECT, related_name="certificates")
    centre_name_th = models.CharField(_("name of the centre"), max_length=300)
    centre_name_en = models.CharField(_("name of the centre in English"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"))
    is_example = models.BooleanField(_("example"), default=False)

    objects = CertificateQuerySet.as_manager()
    procedure = CERTIFICATE

    class Meta:
        verbose_name = _("certificate")
        ordering = ["-issued_on", "reference"]
        indexes = [models.Index(fields=["centre", "-issued_on"], name="certificate_of_centre")]
        constraints = [
            models.UniqueConstraint(
                name="one_valid_certificate_per_centre",
                fields=["centre"],
                condition=Q(stage=CertificateStage.VALID),
            ),
            models.CheckConstraint(
                name="a_certificate_expires_after_its_issue", condition=Q(expires_on__gt=F("issued_on"))
            ),
            models.CheckConstraint(
                name="a_certificate_has_a_known_stage", condition=Q(stage__in=CertificateStage.values)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Where anybody checks it, which is what its QR code opens."""
        return reverse("check_certificate_number", args=[self.reference])

    def standing_on(self, day: date) -> CertificateStage:
        """Its stage on a day: the term counts, even before the clock has taken its step."""
        if self.stage == CertificateStage.VALID and self.expires_on < day:
            return CertificateStage.EXPIRED
        return CertificateStage(self.stage)
