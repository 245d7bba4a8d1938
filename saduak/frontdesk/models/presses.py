"""What a button did, so that pressing it again does nothing more (การกดปุ่มที่ทำไปแล้ว)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from saduak.directory.models import Centre


class Press(models.Model):
    """A press of a button, known by the key that came with it; the same key gets the same answer (การกดปุ่ม)."""

    key = models.UUIDField(primary_key=True)
    centre = models.ForeignKey(
        Centre, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre")
    )
    deed = models.CharField(_("deed"), max_length=40)
    ticket = models.ForeignKey(
        "Ticket", db_index=False, on_delete=models.PROTECT, null=True, related_name="+"
    )  # Null: none waited.
    at = models.DateTimeField(_("at"))

    class Meta:
        indexes = [models.Index(fields=["at"], name="press_by_age")]

    def __str__(self) -> str:
        return f"{self.deed} {self.key}"
