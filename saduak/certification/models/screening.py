"""What the screening found, criterion by criterion (การกลั่นกรอง)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """What the secretariat finds of one criterion."""

    ACCEPTED = "accepted", _("In order")
    TO_MEND = "to_mend", _("To be mended")
    FAILED = "failed", _("Not met")


class ScreeningMark(models.Model):
    """The finding on one criterion, with its remark (ผลการกลั่นกรองรายข้อ)."""

    application = models.ForeignKey("Application", on_delete=models.CASCADE, related_name="screening_marks")
    code = models.CharField(_("code"), max_length=20)
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    remark = models.TextField(_("remark"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("finding of the screening")
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="one_finding_per_criterion"),
            models.CheckConstraint(
                name="what_is_not_in_order_has_a_remark",
                condition=Q(finding=Finding.ACCEPTED) | ~Q(remark=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.finding}"

    @property
    def is_failed(self) -> bool:
        """Whether the criterion is found not met."""
        return self.finding == Finding.FAILED

    @property
    def is_to_mend(self) -> bool:
        """Whether the centre has to mend the item."""
        return self.finding == Finding.TO_MEND
