"""The dossier as it was handed over (สำนวนคำขอ)."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Dossier(models.Model):
    """The dossier as it was handed over, with its hash; a trigger refuses every change (สำนวนคำขอ)."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="dossiers")
    number = models.PositiveSmallIntegerField(_("number"))
    handed_over_at = models.DateTimeField(_("handed over at"))
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("dossier")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="dossiers_are_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}/{self.number}"
