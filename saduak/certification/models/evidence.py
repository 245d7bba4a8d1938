"""Evidence, and the criteria that it serves (หลักฐาน)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where evidence comes from (ที่มาของหลักฐาน)."""

    UPLOAD = "upload", _("File")
    PHOTO = "photo", _("Photograph")
    MEASURE = "measure", _("Measured from operations")
    VISIT = "visit", _("Taken on the visit")


class Evidence(models.Model):
    """One piece of evidence; it may serve several criteria (หลักฐาน)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="evidence")
    attachment = models.ForeignKey("attachments.Attachment", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=300, blank=True)
    source = models.CharField(_("where it comes from"), max_length=10, choices=Source.choices, default=Source.UPLOAD)
    period_from = models.DateField(_("period from"), null=True)  # Null: the centre named no period.
    period_until = models.DateField(_("period until"), null=True)  # Null: the centre named no period.
    carried_from = models.ForeignKey(  # Null: new in this round.
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("used again from")
    )
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="the_period_of_evidence_runs_forward",
                condition=Q(period_from__isnull=True)
                | Q(period_until__isnull=True)
                | Q(period_until__gte=models.F("period_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.attachment)


class EvidenceUse(models.Model):
    """That a piece of evidence serves a criterion (การใช้หลักฐาน)."""

    application = models.ForeignKey("Application", on_delete=models.CASCADE, related_name="evidence_uses")
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="uses")
    code = models.CharField(max_length=20)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "code"], name="evidence_serves_a_criterion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.evidence}"
