"""The grounds of a request to reconsider, its reviewers, and what they find (เหตุผลและการทบทวน)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from saduak.certification.models.marking import AbstractMark, it_says_one_known_thing


class Ground(models.Model):
    """Why the centre holds the decision on one criterion to be wrong (เหตุผลการขอทบทวน)."""

    reconsideration = models.ForeignKey("Reconsideration", on_delete=models.CASCADE, related_name="grounds")
    code = models.CharField(_("code"), max_length=20)
    text = models.TextField(_("why the decision is wrong"), blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("ground")
        constraints = [
            models.UniqueConstraint(fields=["reconsideration", "code"], name="one_ground_per_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:40]}"


class GroundFile(models.Model):
    """A file that the centre hands in for one ground (เอกสารประกอบเหตุผล)."""

    ground = models.ForeignKey(Ground, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey("attachments.Attachment", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a ground")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return str(self.attachment)


class Reviewer(models.Model):
    """A member who reviews; a trigger refuses whoever scored first or has a hard conflict (ผู้ทบทวน)."""

    reconsideration = models.ForeignKey("Reconsideration", on_delete=models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(_("office"), max_length=40)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)  # Null: not yet.

    class Meta:
        verbose_name = _("reviewer")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reconsideration", "person"], name="a_member_reviews_a_request_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Opinion(AbstractMark):
    """What one reviewer holds of one disputed leaf, seen by nobody else until all have handed in (ความเห็น)."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="opinions")
    note = models.TextField(_("note"), blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("opinion")
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "code"], name="one_opinion_per_leaf_and_reviewer"),
            it_says_one_known_thing("an_opinion_says_one_known_thing"),
        ]


class ReviewedValue(AbstractMark):
    """The value of one disputed leaf on which the reviewers agree (ค่าที่ทบทวนแล้ว)."""

    reconsideration = models.ForeignKey("Reconsideration", on_delete=models.CASCADE, related_name="values")
    reason = models.TextField(_("reason"), blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reviewed value")
        constraints = [
            models.UniqueConstraint(fields=["reconsideration", "code"], name="one_reviewed_value_per_leaf"),
            it_says_one_known_thing("a_reviewed_value_says_one_known_thing"),
        ]
