"""Spreadsheets that were brought in, from the check to the last row (การนำเข้าข้อมูล)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SheetKind(models.TextChoices):
    """What a spreadsheet holds."""

    CENTRES = "centres", _("Centres")
    AGENCIES = "agencies", _("Agencies")
    MEMBERSHIPS = "memberships", _("Offices of people")


class ImportStage(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", _("waiting to be checked")
    CHECKING = "checking", _("being checked")
    REFUSED = "refused", _("has problems")
    CHECKED = "checked", _("ready to be written")
    QUEUED = "queued", _("waiting to be written")
    WRITING = "writing", _("being written")
    WRITTEN = "written", _("written")
    OVERTAKEN = "overtaken", _("overtaken by other changes")
    CANCELLED = "cancelled", _("stopped by a person")
    FAILED = "failed", _("stopped by a mistake")


GOING_ON = (ImportStage.WAITING, ImportStage.CHECKING, ImportStage.QUEUED, ImportStage.WRITING)


class Import(models.Model):
    """One uploaded spreadsheet (ไฟล์นำเข้า).

    `problems` is a list of `[row, column, value, words]`; `summary` counts `rows`, `create`, `change` and `same`;
    `preview` holds the first deeds as `[row, action, words]`; `digest` is the hash of all deeds that were shown.
    The content is dropped once it is written or given up.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=SheetKind)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(_("state"), max_length=20, choices=ImportStage, default=ImportStage.WAITING)
    language = models.CharField(max_length=5, default="th")
    problems = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    preview = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)  # Null: not counted yet.
    stop_wanted = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("uploaded"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)  # Null: not yet.

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "queued", "writing", "written"]) | Q(problems=[]),
                name="what_has_problems_is_not_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_import", args=[self.pk])

    @property
    def goes_on(self) -> bool:
        """Whether the worker has it."""
        return self.state in GOING_ON
