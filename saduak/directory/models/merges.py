"""Centres that stand in the directory twice, and their becoming one (ระเบียนซ้ำและการรวมระเบียน)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.directory.models.centres import Centre


class Verdict(models.TextChoices):
    """What a person said about two centres that look alike."""

    OPEN = "open", _("to be looked at")
    APART = "apart", _("two different centres")
    MERGED = "merged", _("one and the same")


class LikelyPair(models.Model):
    """Two centres that may be one and the same; `one` has the smaller key (คู่ระเบียนที่อาจซ้ำกัน).

    `score` is out of 100; `reasons` are `[code, points, detail]`, as `rules.likeness` gives them.
    """

    one = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("likeness"))
    reasons = models.JSONField(default=list)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)  # Null: nobody has looked yet.
    note = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_found_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_is_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"

    def get_absolute_url(self) -> str:
        """Where the two stand side by side."""
        return reverse("compare_centres", args=[self.one.code, self.other.code])


class Merge(models.Model):
    """One centre's record became part of another's (การรวมระเบียน).

    `moved` is a list of `[model, field, key, version]`: every row that pointed to the merged centre and points to the
    surviving one since, with its version then where it has one. It is what undoing puts back.
    """

    merged = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="merges")
    surviving = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="absorptions")
    reason = models.TextField(_("reason"))
    moved = models.JSONField(default=list)
    was_open = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("merged at"), default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(_("undone at"), null=True)  # Null: it stands.

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="a_centre_is_merged_into_one_other"
            ),
            models.CheckConstraint(condition=~Q(merged=F("surviving")), name="a_merge_is_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.surviving_id}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_merge", args=[self.pk])
