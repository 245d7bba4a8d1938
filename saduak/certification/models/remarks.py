"""What looks odd about a dossier: remarks for people to judge, never verdicts (ข้อสังเกตเกี่ยวกับหลักฐาน)."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RemarkKind(models.TextChoices):
    """What was noticed."""

    SAME_FILE = "same_file", _("One file in the dossiers of two centres")
    LIKE_PICTURE = "like_picture", _("Pictures of two centres that look alike")
    SAME_TEXT = "same_text", _("The same text in the dossiers of two centres")
    TAKEN_OUTSIDE = "taken_outside", _("Photographs taken outside the time that counts")
    EDITED = "edited", _("Photographs edited after they were taken")


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Ways of choosing remarks."""

    def open(self) -> Self:
        """Those that nobody has dismissed."""
        return self.filter(dismissed_at__isnull=True)

    def for_page(self) -> Self:
        """With what every list and page prints."""
        return self.select_related(
            "application__round",
            "application__centre__province",
            "application__centre__agency",
            "other__round",
            "other__centre__province",
            "other__centre__agency",
            "dismissed_by",
        )


class Remark(models.Model):
    """One thing that was noticed about a dossier, with its facts; a person may dismiss it with a reason (ข้อสังเกต).

    What two dossiers have in common is a remark on each of them. `facts` is a list of what was found, in the form that
    `queries.remarks` tells.
    """

    case_kind = "certification.remark"

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="remarks")
    other = models.ForeignKey(  # Null: it concerns this dossier alone.
        "Application", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(_("what was noticed"), max_length=20, choices=RemarkKind)
    facts = models.JSONField(_("facts"), default=list)
    version = models.PositiveIntegerField(_("version"), default=1)
    found_at = models.DateTimeField(_("noticed at"))
    dismissed_at = models.DateTimeField(_("dismissed at"), null=True)  # Null: it stands.
    dismissed_by = models.ForeignKey(  # Null: it stands.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on a dossier")
        ordering = ["application__reference", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_kind_of_remark_is_made_once_of_two_dossiers",
                fields=["application", "other", "kind"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="a_dismissed_remark_has_a_person_and_a_reason",
                condition=Q(dismissed_at__isnull=True, dismissed_by__isnull=True, reason="")
                | (Q(dismissed_at__isnull=False, dismissed_by__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="two_centres_or_one_dossier",
                condition=Q(kind__in=["taken_outside", "edited"], other__isnull=True)
                | (Q(kind__in=["same_file", "like_picture", "same_text"], other__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("show_remark", args=[self.pk])

    @property
    def reference(self) -> str:
        """Its reference in the journal."""
        return f"N{self.pk:06d}"

    @property
    def journal_centre_id(self) -> int:
        """Entries are filed under the centre of the dossier."""
        return self.application.centre_id

    @property
    def stands(self) -> bool:
        """Whether nobody has dismissed it."""
        return self.dismissed_at is None

    @property
    def pieces(self) -> list[dict[str, Any]]:
        """What was found, piece by piece."""
        return list(self.facts)


class TextSketch(models.Model):
    """The sketch of one text of a dossier, as it was handed over, to find texts that are alike (ลายพิมพ์ข้อความ)."""

    application = models.ForeignKey("Application", on_delete=models.CASCADE, related_name="text_sketches")
    code = models.CharField(_("code"), max_length=20)
    letters = models.PositiveIntegerField(_("letters"))
    bands = ArrayField(models.BigIntegerField(), verbose_name=_("bands"))

    class Meta:
        verbose_name = _("sketch of a text")
        indexes = [GinIndex(fields=["bands"], name="text_sketches_by_band")]
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="one_sketch_per_text_of_a_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.code}"
